"""The life of a review item, decided by people."""
