"""Any helpdesk that takes and sends signed JSON events (Standard Webhooks)."""
