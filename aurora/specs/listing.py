"""The list dialect: ``- name:`` entries with the fields args, returns, examples, pre, post and others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from aurora.specs import examples
from aurora.specs.document import unmarked
from aurora.specs.draft import Draft, DraftCondition, Problems
from aurora.specs.signatures import DEFINITION, declare
from aurora.specs.syntax import excerpt, split_arrow, split_pieces

_ENTRY: Final = re.compile(r"\s*[-*]\s*name\s*:\s*`?(\w*)`?\s*(?:#.*)?", re.IGNORECASE)
_FIELD: Final = re.compile(r"(\w[\w-]*)\s*:(?!=)\s*(.*)", re.DOTALL)
_FIELDS: Final = {
    "name": "name",
    "arg": "args",
    "args": "args",
    "arguments": "args",
    "params": "args",
    "parameters": "args",
    "return": "returns",
    "returns": "returns",
    "description": "prose",
    "doc": "prose",
    "desc": "prose",
    "example": "examples",
    "examples": "examples",
    "pre": "pre",
    "precondition": "pre",
    "preconditions": "pre",
    "post": "post",
    "postcondition": "post",
    "postconditions": "post",
    "invariant": "post",
    "invariants": "post",
}
_LAWS: Final = {
    "commutative": "{f}({b}, {a}) == {f}({a}, {b})",
    "idempotent": "{f}({f}({a})) == {f}({a})",
}
ALIASES: Final = ("f",)
"""``f`` stands for the entry's own function."""


def is_listing(text: str) -> bool:
    """Whether any line is a ``- name:`` entry, and none is a signature."""
    lines = text.split("\n")
    return any(map(_ENTRY.fullmatch, lines)) and not any(
        DEFINITION.match(line.lstrip(" >`")) for line in lines
    )


@dataclass
class _Entry:
    """A ``- name:`` entry: the lines of each field, numbered."""

    name: str
    line: int
    fields: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


def read_listing(text: str, problems: Problems) -> Draft:
    """Collect a list-dialect spec. A blank line ends a function."""
    draft = Draft()
    entry: _Entry | None = None
    current = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = unmarked(raw)
        if found := _ENTRY.fullmatch(raw):
            _close(entry, draft, problems)
            entry, current = _Entry(found[1], number), ""
        elif not line:
            _close(entry, draft, problems)
            entry = None
        elif entry is None:
            _outside(line, number, draft, problems)
        else:
            current = _inside(line, number, entry, current, problems)
    _close(entry, draft, problems)
    return draft


def _outside(line: str, number: int, draft: Draft, problems: Problems) -> None:
    if line.startswith("#") and not draft.title:
        draft.title = re.sub(r"^#+\s*(?:spec\w*\s*:\s*)?", "", line, flags=re.IGNORECASE).strip()
    elif (found := _FIELD.fullmatch(line)) and found[1].lower() in _FIELDS:
        hint = "remove the blank line before it: a blank line ends a function"
        problems.add("SPEC-040", number, f"the field '{found[1]}' belongs to no function", hint=hint)
    elif not line.startswith(("#", "---", "```")):
        draft.prose.append(line)


def _inside(line: str, number: int, entry: _Entry, current: str, problems: Problems) -> str:
    """Add a line to its field; the field that the next line continues."""
    found = _FIELD.fullmatch(line)
    known = _FIELDS.get(found[1].lower()) if found else None
    if found and known:
        entry.fields.setdefault(known, [])
        if found[2].strip():
            entry.fields[known].append((number, found[2].strip()))
        return known
    if current:
        entry.fields[current].append((number, line))
    else:
        problems.add("SPEC-040", number, f"'{excerpt(line)}' is not a field", owner=entry.name)
    return current


def _close(entry: _Entry | None, draft: Draft, problems: Problems) -> None:
    """Turn a finished entry into a function with its examples and conditions."""
    if entry is None:
        return
    if not entry.name:
        problems.add("SPEC-004", entry.line, "the function has no name", hint="write: - name: add")
        return
    if "returns" not in entry.fields:
        hint = "add a line such as: returns: int"
        problems.add(
            "SPEC-005", entry.line, f"'{entry.name}' has no result type", hint=hint, owner=entry.name
        )
        draft.broken.add(entry.name)
        return
    declare(_signature(entry), entry.line, draft, problems)
    function = draft.functions.get(entry.name)
    if function is None:
        return
    function.prose.extend(text for _, text in entry.fields.get("prose", []))
    for number, text in _pieces(entry.fields.get("examples", [])):
        examples.collect(text, number, draft, problems, equals=True, alias=entry.name)
    for number, text in _pieces(entry.fields.get("pre", [])):
        draft.pre.append(DraftCondition(number, text, entry.name, ALIASES))
    names = [parameter.name for parameter in function.signature.parameters]
    for number, text in _pieces(entry.fields.get("post", [])):
        draft.post.append(DraftCondition(number, _law(text, entry.name, names), entry.name, ALIASES))


def _signature(entry: _Entry) -> str:
    """The entry's signature as Python. Arguments may stand in brackets or on lines of their own."""
    parts = [text.strip().rstrip(",") for _, text in entry.fields.get("args", [])]
    joined = ", ".join(part for part in parts if part)
    if len(joined) > 1 and joined[0] + joined[-1] in ("()", "[]", "{}"):
        joined = joined[1:-1]
    if joined.lower() in ("none", "-"):
        joined = ""
    returns = " ".join(text for _, text in entry.fields["returns"]) or "None"
    return f"def {entry.name}({joined}) -> {returns}"


def _pieces(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines, cut where several examples or conditions share one."""
    return [(number, piece) for number, text in lines for piece in split_pieces(text)]


def _law(text: str, function: str, names: list[str]) -> str:
    """A post-condition without its label; a bare law's name becomes the law."""
    label = re.fullmatch(r"(\w[\w -]*?)\s*:\s*(.+)", text, re.DOTALL)
    if label and split_arrow(label[1]) is None:
        return label[2]
    law = _LAWS.get(text.lower().strip(". "))
    if law is None or not names:
        return text
    return law.format(f=function, a=names[0], b=names[-1])
