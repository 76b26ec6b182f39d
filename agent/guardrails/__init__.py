"""The checks between a draft and the customer, one module per rule."""
