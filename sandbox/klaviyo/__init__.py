"""Klaviyo: events, profiles, segments and opt-outs behind its JSON:API."""
