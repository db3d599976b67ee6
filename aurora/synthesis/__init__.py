"""Search for programs: problems in, attempts and outcomes out."""
