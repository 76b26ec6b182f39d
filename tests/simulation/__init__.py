"""The conversation without a server: every order of events, against a simple model."""
