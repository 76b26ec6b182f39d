"""Twilio: texts both ways over its Messaging API."""
