"""How people write Python: what stands where in their expressions, and how usual a program is beside that."""
