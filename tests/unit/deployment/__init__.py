"""What is installed and configured outside the code is held against the code."""
