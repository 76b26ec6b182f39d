"""What the scripted model answers, one module per mode."""
