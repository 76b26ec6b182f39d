"""Requests for no more texts, in whatever words."""
