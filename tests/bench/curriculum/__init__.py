"""A project of small functions, of which later ones build on earlier ones."""
