"""The constructs of the field, each lowered to the core norm."""
