"""Adapter: tree-sitter and its grammars, the extra ``trees``. Nothing else of Aurora imports it."""
