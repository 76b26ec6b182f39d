"""The demo brand: an outdoor-clothing shop of our own invention, as data files and their loader."""
