"""Is the agent good?"""
