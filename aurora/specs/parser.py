"""Reading a spec in whichever dialect it is written. Never raises, never evaluates anything."""

from __future__ import annotations

import warnings

from aurora.specs.building import build
from aurora.specs.draft import Draft, Problems
from aurora.specs.listing import is_listing, read_listing
from aurora.specs.model import Parsed, Spec
from aurora.specs.names import spec_name
from aurora.specs.specv3 import read_markdown
from aurora.specs.stubs import read_stub
from aurora.specs.text import flaw, normalise


def parse(text: str, path: str, name: str | None = None) -> Parsed:
    """The spec in ``text``, and everything that is wrong with it at ``path:line``.

    ``path`` is what diagnostics show, and its suffix tells stubs from Markdown; without ``name`` the spec is
    called after the path below ``specs/``.
    """
    clean = normalise(text)
    problems = Problems(path)
    spec: Spec | None = None
    if trouble := flaw(clean):
        problems.add("SPEC-001", trouble[0], f"the file holds {trouble[1]}")
    elif not clean.strip():
        problems.add("SPEC-002", 1, "the file is empty")
    else:
        with warnings.catch_warnings():  # Python warns of odd literals such as "\d" while parsing them
            warnings.simplefilter("ignore")
            draft = _read(clean, path, problems)
            known_as = name if name is not None else spec_name(path.removeprefix("specs/"))
            spec = build(draft, problems, name=known_as, path=path, text=clean)
    diagnostics, owners = problems.listed()
    return Parsed(spec, diagnostics, owners)


def _read(text: str, path: str, problems: Problems) -> Draft:
    if path.endswith(".py"):
        return read_stub(text, problems)
    if is_listing(text):
        return read_listing(text, problems)
    return read_markdown(text, problems)
