"""Carriers' providers."""
