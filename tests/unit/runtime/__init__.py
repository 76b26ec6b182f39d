"""Laws of the process's own parts, without a process."""
