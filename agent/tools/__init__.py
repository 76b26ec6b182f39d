"""What the agent may do: tools, what they need, and how their results are told to the model."""
