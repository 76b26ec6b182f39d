"""Klaviyo: events, segments and opt-outs through its JSON:API."""
