"""A ruleset as people read it: sentences, comparisons, a rule book."""
