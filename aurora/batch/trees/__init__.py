"""Languages other than Python, through tree-sitter: a table for each, one walk for all."""
