"""Zendesk: a helpdesk whose tickets are filled over REST and whose event webhooks are signed."""
