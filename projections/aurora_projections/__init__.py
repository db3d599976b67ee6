"""What Aurora knows: tables folded from the journal."""
