"""Proofs: whether something holds for all values, as far as CrossHair can tell."""
