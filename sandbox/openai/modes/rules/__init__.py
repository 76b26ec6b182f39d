"""The `rules` mode: intent, tool, worded answer, all by pattern."""
