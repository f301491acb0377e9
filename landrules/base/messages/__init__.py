"""The rows of the message catalogue, one module a family."""
