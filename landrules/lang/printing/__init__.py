"""Tree to text, in either language: one room for the words, one for the lines."""
