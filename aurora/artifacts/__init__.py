"""The artifact store: content too large for events, in a bare Git repository, named by the sha256 of its bytes."""
