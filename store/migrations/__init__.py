"""The history of the tables, oldest first; a migration only ever adds."""
