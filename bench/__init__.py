"""How fast, under what load?"""
