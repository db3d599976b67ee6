"""The ledger: a Git history in ``repo-state`` that is a pure fold of the journal.

``catch_up`` publishes, ``preflight`` asks beforehand whether it may, ``replay`` computes all commits without
writing, ``examine`` finds what is wrong, ``commit_position`` and ``read_clone`` lead back to the log;
``checked_path`` refuses, before an event is appended, a path that could never be published.
Importing this room imports dulwich: reading commands do not.
"""

from aurora.ledger.clone import Clone, read_clone
from aurora.ledger.errors import UnusablePath
from aurora.ledger.examine import LedgerReport, Problem, examine
from aurora.ledger.paths import checked as checked_path
from aurora.ledger.publish import Published, catch_up, preflight
from aurora.ledger.replay import Replayed, replay
from aurora.ledger.repository import commit_position
from aurora.ledger.source import Source

__all__ = [
    "Clone",
    "LedgerReport",
    "Problem",
    "Published",
    "Replayed",
    "Source",
    "UnusablePath",
    "catch_up",
    "checked_path",
    "commit_position",
    "examine",
    "preflight",
    "read_clone",
    "replay",
]
