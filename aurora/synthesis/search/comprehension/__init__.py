"""Comprehensions: bodies over the elements of a collection, enumerated once and given to every way to use them."""
