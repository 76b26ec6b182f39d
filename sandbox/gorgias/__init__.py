"""Gorgias: a helpdesk whose tickets are filled over REST and whose HTTP integrations call back."""
