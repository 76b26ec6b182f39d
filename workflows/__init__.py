"""Order, waiting, retrying; no I/O."""
