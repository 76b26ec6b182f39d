"""What the model is told, may do, and may say."""
