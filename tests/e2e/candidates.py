"""Waiting candidates without a search: what a run would have proposed, appended directly."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aurora.journal.opening import open_journal
from aurora.review.library import candidate_files
from aurora.synthesis.modules import code_hash
from aurora_events.base import Check
from aurora_events.corpus import CorpusRecord
from aurora_events.record import Entry
from aurora_events.review import Proposed, stream

AT = 1_700_000_000_000_000_000


def spec_text(function: str) -> str:
    """A spec for a function that adds two numbers."""
    return f"""\
# SpecV3: Sum by {function}

def {function}(a: int, b: int) -> int

## Examples
{function}(2, 3) -> 5
{function}(-1, 1) -> 0
"""


def proposal(spec: str, function: str, note: str = "") -> Proposed:
    """The candidate that answers ``spec_text(function)`` in the spec called ``spec``."""
    spec_hash = hashlib.sha256(spec_text(function).encode()).hexdigest()
    body = f'def {function}(a: int, b: int) -> int:\n    """Sum by {function}"""\n    return a + b\n'
    source = f'"""Sum by {function}."""\n\n\n{body}'
    test = (
        f"from {spec} import {function}\n\n\ndef test_examples() -> None:\n    assert {function}(2, 3) == 5\n"
    )
    signature = f"{function}(a: int, b: int) -> int"
    record = CorpusRecord(
        spec, spec_hash, function, signature, "(I,I)->I", 2, 2, 3.0, (), body, 20, 0, (), ()
    )
    item = hashlib.sha256(f"{spec}/{function}/{note}".encode()).hexdigest()[:12]
    return Proposed(
        AT,
        "engine",
        "prepared",
        item=item,
        kind="function",
        name=function,
        spec=spec,
        spec_hash=spec_hash,
        run="prepared",
        result="solved",
        source=source,
        test=test,
        code_hash=code_hash(source),
        record=record,
        evidence=(Check("examples", 2, 2, ""),),
        distinguishing=(),
        alternatives=(),
        note=note,
        files=candidate_files(item, spec, function, source, test),
    )


def write_specs(root: Path, functions: dict[str, str]) -> None:
    """Spec files (name without suffix) that each ask for one function."""
    for spec, function in functions.items():
        (root / "specs" / f"{spec}.md").write_text(spec_text(function), encoding="utf-8")


def propose(root: Path, functions: dict[str, str]) -> dict[str, str]:
    """Append a candidate for each spec; the ids of the items by spec."""
    events = {spec: proposal(spec, function) for spec, function in functions.items()}
    with open_journal(root / ".aurora" / "journal.db") as journal:
        journal.append([Entry(stream(event.item), 1, event) for event in events.values()])
    return {spec: event.item for spec, event in events.items()}
