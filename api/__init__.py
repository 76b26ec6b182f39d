"""HTTP in, Temporal messages out."""
