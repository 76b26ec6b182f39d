"""The world: one folder per family, one file per vendor."""
