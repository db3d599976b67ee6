"""Application services: one module per task that a person gives Aurora."""
