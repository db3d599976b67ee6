"""The spec language: what people write, read into one model, with every error at its line."""
