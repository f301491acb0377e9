"""Tree to norms: names bound, types and dimensions checked, constructs lowered to one core, exceptions linked."""
