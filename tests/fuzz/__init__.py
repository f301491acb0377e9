"""Programs that nobody would write, read to see that nothing falls."""
