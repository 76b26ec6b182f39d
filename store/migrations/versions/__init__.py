"""One file for each step; the number in the name is its place."""
