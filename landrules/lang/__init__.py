"""Text to tree and back: grammar, frozen nodes with spans, keywords in two languages, friendly mistakes, printer."""
