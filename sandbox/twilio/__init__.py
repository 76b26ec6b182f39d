"""Twilio's messaging API, emulated strictly at the HTTP edge, and the phones behind it."""
