"""What runs teach later runs: bias and seeds."""
