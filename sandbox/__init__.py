"""Every vendor emulated at the HTTP edge; imports nothing of the product."""
