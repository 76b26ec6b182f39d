"""Zendesk: tickets over REST, replies back through a signed event webhook."""
