"""What can happen in Aurora: every event, its bytes, and its address in the log."""
