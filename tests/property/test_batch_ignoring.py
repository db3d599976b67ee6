"""``.gitignore`` means to Aurora what it means to Git."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.artifacts.walking import Rules, walk
from aurora.batch import ignoring

NAMES = ["a", "b", "ab", "a.c", "b.log", "build", "x[1]", "-", "é"]
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)
PIECES = [
    "*",
    "**",
    "?",
    "[ab]",
    "[!a]",
    "[a-c]",
    "/",
    "/",
    "a",
    "b",
    "ab",
    ".log",
    "build",
    "\\*",
    ".",
    "x",
    "é",
]
PATTERNS = st.tuples(
    st.sampled_from(["", "", "!", "/", "!/"]), st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
)
LINES = st.one_of(
    PATTERNS.map(lambda made: made[0] + "".join(made[1])), st.sampled_from(["", "# a", "a ", "a\\ "])
)


def taken(root: Path) -> set[str]:
    rules = Rules(ignoring.parse, ignoring.ignored)  # type: ignore[arg-type]
    return {os.fsdecode(seen.path) for seen in walk(os.fsencode(root), rules, frozenset(), [])}


def taken_by_git(root: Path) -> set[str]:
    git = ["git", "-C", str(root), "-c", "core.excludesFile=/dev/null"]
    subprocess.run([*git, "init", "-q"], check=True)
    listed = subprocess.run(
        [*git, "ls-files", "-z", "--others", "--exclude-standard"], check=True, capture_output=True
    )
    return {os.fsdecode(path) for path in listed.stdout.split(b"\0") if path}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(PATHS, min_size=1, max_size=8),
    st.lists(LINES, min_size=1, max_size=4),
    st.one_of(st.none(), st.tuples(st.sampled_from(NAMES), st.lists(LINES, max_size=3))),
)
def test_the_same_files_are_taken(
    paths: list[str], lines: list[str], below: tuple[str, list[str]] | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path in paths:
            try:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).touch()
            except OSError:  # a file where another path has a folder
                continue
        (root / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if below is not None and (root / below[0]).is_dir():
            (root / below[0] / ".gitignore").write_text("\n".join(below[1]), encoding="utf-8")
        assert taken(root) == taken_by_git(root)
