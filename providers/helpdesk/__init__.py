"""Helpdesks."""
