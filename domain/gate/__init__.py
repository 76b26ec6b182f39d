"""Who is answered, who is not, and why."""
