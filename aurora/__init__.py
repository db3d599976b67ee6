"""Aurora: Markdown specs in, readable verified Python functions out; every step remembered."""

__version__ = "0.1.0"
