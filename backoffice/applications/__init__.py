"""Applications of families, as agents read and decide them."""
