"""Which specs a synthesis run works on, and what is wrong with those it cannot."""

from __future__ import annotations

from collections.abc import Sequence, Set

import msgspec

from aurora.errors import NotFound
from aurora.service.ids import require_name
from aurora.service.recording import Scan
from aurora.specs.model import Spec
from aurora.specs.names import spec_name
from aurora.specs.parser import parse
from aurora_events.base import Diagnostic


class Target(msgspec.Struct, frozen=True):
    """A spec of a run: its recorded text, and what parsing made of it."""

    name: str
    path: str
    spec_hash: str
    spec: Spec | None
    diagnostics: tuple[Diagnostic, ...]


def select(
    scan: Scan, names: Sequence[str], settled: Set[tuple[str, str]]
) -> tuple[list[Target], list[Diagnostic]]:
    """The specs to search and the files that cannot be taken.

    The named specs, or without names every spec whose (name, hash) is not ``settled`` by an earlier run. A name
    may be given as ``palindrome``, ``palindrome.md`` or a path. Raises ``NotFound`` for a name no file has.
    """
    known = [found.name for found in scan.found]
    wanted = {resolve(name, known) for name in names}
    blocked = {place_of(diagnostic): diagnostic for diagnostic in scan.diagnostics}
    targets: list[Target] = []
    refused = [each for path, each in blocked.items() if not names or spec_name(path) in wanted]
    for found in scan.found:
        skipped = found.name not in wanted if names else (found.name, found.hash) in settled
        if skipped or found.path in blocked:
            continue
        parsed = parse(found.text, f"specs/{found.path}", found.name)
        targets.append(Target(found.name, found.path, found.hash, parsed.spec, parsed.diagnostics))
    return targets, refused


def place_of(diagnostic: Diagnostic) -> str:
    """The path below ``specs/`` that a diagnostic is about."""
    return diagnostic.where.rsplit(":", 1)[0].removeprefix("specs/")


def resolve(name: str, known: Sequence[str]) -> str:
    """The spec name that ``name`` means: exact, as a file or path, or a unique prefix. Raises ``NotFound``."""
    require_name(name, "no spec is named")
    plain = name.removeprefix("./")
    for suffix in (".md", ".py"):
        plain = plain.removesuffix(suffix)
    for candidate in (plain, plain.rsplit("specs/", 1)[-1]):
        if candidate in known:
            return candidate
    matches = [each for each in known if each.startswith(plain)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise NotFound(
            "SPEC-201", f"'{name}' could be {', '.join(sorted(matches)[:5])}", hint="write more of it"
        )
    raise NotFound("SPEC-200", f"no spec '{name}'", where="specs/", hint="aurora spec list")
