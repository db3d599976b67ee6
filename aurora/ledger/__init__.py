"""The Git history in ``repo-state``: a fold of the journal, on dulwich."""
