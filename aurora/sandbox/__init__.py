"""Untrusted code, kept in: an allow-list, then limits and walls of the operating system."""
