"""Gorgias: tickets over REST, replies back through HTTP integrations."""
