"""The OpenAI-compatible scripted model: two protocols, four modes, no intelligence."""
