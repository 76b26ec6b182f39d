"""Marketing platforms."""
