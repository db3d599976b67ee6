"""Questions about specs: what is recorded, what stands in the files, how it changed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from aurora.service.reading import read
from aurora.service.recording import scan
from aurora.service.targets import place_of, resolve
from aurora.service.workspace import Workspace
from aurora.specs.history import Version, unified
from aurora.specs.model import Spec
from aurora.specs.names import spec_name
from aurora.specs.parser import parse
from aurora_events.base import Diagnostic
from aurora_projections import queries


class Row(msgspec.Struct, frozen=True):
    """A spec in a list. ``state`` is recorded, added, edited or removed (the last three: not recorded yet)."""

    name: str
    path: str
    spec_hash: str
    version: int
    state: str


class Detail(msgspec.Struct, frozen=True):
    """A recorded spec and what Aurora reads in it."""

    name: str
    path: str
    spec_hash: str
    text: str
    functions: tuple[str, ...]
    reading: tuple[str, ...]
    diagnostics: tuple[str, ...]


class Revision(msgspec.Struct, frozen=True):
    """One version of a spec, with the difference to the one before."""

    version: int
    position: int
    at: str
    actor: str
    spec_hash: str
    diff: str
    text: str


def overview(workspace: Workspace, at: str | None) -> list[Row]:
    """The specs as recorded; without ``at`` also how the files differ from that."""
    rows = {
        spec.name: Row(spec.name, spec.path, spec.spec_hash, spec.version, "recorded")
        for spec in queries.specs(read(workspace, at).connection)
    }
    if at is None:
        for change in scan(workspace).changes:
            old = rows.get(change.name)
            rows[change.name] = Row(
                change.name, change.path, change.hash, old.version if old else 0, change.kind
            )
    return [rows[name] for name in sorted(rows)]


def detail(workspace: Workspace, name: str, at: str | None) -> Detail:
    """One recorded spec. Raises ``NotFound``."""
    recorded = {spec.name: spec for spec in queries.specs(read(workspace, at).connection)}
    spec = recorded[resolve(name, list(recorded))]
    parsed = parse(spec.text, f"specs/{spec.path}", spec.name)
    return Detail(
        spec.name,
        spec.path,
        spec.spec_hash,
        spec.text,
        tuple(str(function.signature) for function in parsed.spec.functions) if parsed.spec else (),
        _reading(parsed.spec),
        tuple(f"{each.where}: {each.message}" for each in parsed.diagnostics),
    )


def check(workspace: Workspace, names: Sequence[str]) -> tuple[list[Diagnostic], int]:
    """Every error in the spec files, and how many files were read. Raises ``NotFound`` for an unknown name."""
    seen = scan(workspace)
    known = [found.name for found in seen.found]
    wanted = {resolve(name, known) for name in names} or set(known)
    blocked = {place_of(each) for each in seen.diagnostics}
    diagnostics = [each for each in seen.diagnostics if not names or spec_name(place_of(each)) in wanted]
    files = [found for found in seen.found if found.name in wanted]
    for found in files:
        if found.path not in blocked:
            diagnostics += parse(found.text, f"specs/{found.path}", found.name).diagnostics
    return diagnostics, len(files)


def versions(workspace: Workspace, name: str, at: str | None) -> list[Revision]:
    """Every version of a spec, oldest first. Raises ``NotFound``."""
    connection = read(workspace, at).connection
    known = [spec.name for spec in queries.specs(connection, removed=True)]
    rows = queries.spec_history(connection, resolve(name, known))
    revisions = []
    before = Version("nothing", "/dev/null", "")
    for row in rows:
        now = Version(f"version {row.version}", row.path, row.text)
        diff = unified(before, now)
        before = now
        head = f"version {row.version}, position {row.position}, {row.at[:19]}, {row.actor}"
        what = "removed" if row.removed else row.spec_hash[:12]
        revisions.append(
            Revision(
                row.version, row.position, row.at, row.actor, row.spec_hash, diff, f"{head}, {what}\n{diff}"
            )
        )
    return revisions


def _reading(spec: Spec | None) -> tuple[str, ...]:
    if spec is None:
        return ()
    lines = []
    for function in spec.functions:
        examples = len(function.examples)
        lines.append(f"reads  {function.signature}  ({examples} example{'s' if examples != 1 else ''})")
        lines += [f"pre    {condition.text}" for condition in function.pre]
    for condition in spec.post:
        names = ", ".join(f"{v.name}: {v.type}" for v in condition.variables)
        lines.append(f"post   {condition.text}" + (f"  for all {names}" if names else ""))
    return tuple(lines)
