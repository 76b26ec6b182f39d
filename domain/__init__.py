"""Pure rules and value objects; no clock, no network, no storage."""
