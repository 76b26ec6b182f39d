"""The brand's own endpoint, told by signed JSON (Standard Webhooks)."""
