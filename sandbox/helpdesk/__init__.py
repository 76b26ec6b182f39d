"""A helpdesk that speaks signed webhooks (Standard Webhooks) both ways."""
