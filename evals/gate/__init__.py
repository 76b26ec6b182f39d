"""Is the gate right?"""
