"""What is written down about the events: their JSON schemas, golden bytes and reference page.

``python tests/tools/event_reference.py`` compares the files with the Structs; ``--write`` brings the files
up to date, and refuses where a released event would change: that needs a new tag and an upcast.
"""

from __future__ import annotations

import base64
import json
import sys
import types
import typing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "events"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import msgspec  # noqa: E402

from aurora_events.base import Event  # noqa: E402
from aurora_events.codec import EVENT_TYPES, TAGS, decode, encode, readable  # noqa: E402

SCHEMAS = ROOT / "events" / "schemas"
GOLDEN = ROOT / "tests" / "golden" / "events.json"
PAGE = ROOT / "docs" / "reference" / "events.md"
COMMAND = "python tests/tools/event_reference.py --write"

SAMPLES: dict[str, Any] = {
    "at": 1_700_000_000_000_000_000,
    "actor": "human:ada",
    "cause": "c0ffee",
    "text": "text\n",
}
"""Values that say more than their type does; everything else is made from the field's name and type."""


def fields(kind: type[msgspec.Struct]) -> list[tuple[str, Any, Any]]:
    """Name, type and default (or ``msgspec.NODEFAULT``) of each field, in the order of the bytes."""
    hints = typing.get_type_hints(kind)
    return [(field.name, hints[field.name], field.default) for field in msgspec.structs.fields(kind)]


def sample(kind: Any, name: str = "") -> Any:
    """A value of a type, the same each time."""
    if name in SAMPLES and isinstance(SAMPLES[name], kind if isinstance(kind, type) else object):
        return SAMPLES[name]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(*(sample(inner, field) for field, inner, _ in fields(kind)))
    if isinstance(kind, types.UnionType):
        return sample(kind.__args__[0], name)
    if typing.get_origin(kind) is tuple:
        parts = [each for each in kind.__args__ if each is not ...]
        return tuple(sample(each, name) for each in parts)
    return {str: name or "text", int: len(name), float: 0.5, bool: True}[kind]


def type_name(kind: Any) -> str:
    """How a type is written in the Structs."""
    if kind is type(None):
        return "None"
    if isinstance(kind, types.UnionType):
        return " | ".join(map(type_name, kind.__args__))
    if typing.get_origin(kind) is tuple:
        return f"tuple[{', '.join('...' if each is ... else type_name(each) for each in kind.__args__)}]"
    return str(kind.__name__)


def values_in(kind: Any) -> list[type[msgspec.Struct]]:
    """The value Structs that a type mentions, in order of appearance, each once."""
    found: list[type[msgspec.Struct]] = []
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        found = [] if issubclass(kind, Event) else [kind]
        inner = [hint for _, hint, _ in fields(kind)]
    else:
        inner = list(getattr(kind, "__args__", ()))
    for hint in inner:
        found += [value for value in values_in(hint) if value not in found]
    return found


def schema(kind: type[Event]) -> dict[str, Any]:
    """The JSON schema of an event; since arrays have no names, the names of all fields are added."""
    names = {each.__name__: list(each.__struct_fields__) for each in (kind, *values_in(kind))}
    return {**msgspec.json.schema(kind), "x-fields": names}


def schema_text(kind: type[Event]) -> str:
    return json.dumps(schema(kind), indent=1) + "\n"


def broken_promises(old: Any, new: Any, where: str = "$") -> list[str]:
    """What a reader of ``old`` bytes no longer finds in ``new``. Only optional last fields may be new."""
    if isinstance(old, dict) and isinstance(new, dict):
        gone = [f"{where}.{key} is gone" for key in old if key not in new]
        changed = [
            line
            for key in old
            if key in new and key not in ("title", "description")
            for line in broken_promises(old[key], new[key], f"{where}.{key}")
        ]
        return gone + changed
    if isinstance(old, list) and isinstance(new, list) and where.endswith(".prefixItems"):
        lost = [f"{where} lost its last fields"] if len(new) < len(old) else []
        pairs = enumerate(zip(old, new, strict=False))
        return lost + [line for n, (a, b) in pairs for line in broken_promises(a, b, f"{where}[{n}]")]
    if isinstance(old, list) and isinstance(new, list) and ".x-fields." in where:
        return [] if new[: len(old)] == old else [f"{where} was renamed or reordered: {old} -> {new}"]
    return [] if old == new else [f"{where} changed from {old!r} to {new!r}"]


def golden_entry(kind: type[Event]) -> dict[str, Any]:
    """The bytes of a sample, and what they mean."""
    event = sample(kind)
    return {"bytes": base64.b64encode(encode(event)).decode(), "event": _meaning(event)}


def _meaning(event: Event) -> dict[str, Any]:
    return {"at": event.at, "actor": event.actor, "cause": event.cause, **readable(event)}


def golden() -> dict[str, list[dict[str, Any]]]:
    """All golden bytes ever released, by tag, oldest first."""
    if not GOLDEN.exists():
        return {}
    stored: dict[str, list[dict[str, Any]]] = json.loads(GOLDEN.read_text("utf-8"))
    return stored


def golden_faults() -> list[str]:
    """Released bytes that no longer mean what they meant."""
    faults = []
    for tag, entries in golden().items():
        for number, entry in enumerate(entries):
            try:
                event = decode(base64.b64decode(entry["bytes"]))
            except msgspec.DecodeError as error:
                faults.append(f"golden bytes {number} of {tag} cannot be read: {error}")
                continue
            meaning = json.loads(json.dumps(_meaning(event)))
            faults += [f"golden {tag} {number}: {line}" for line in lost_meaning(entry["event"], meaning)]
    return faults


def lost_meaning(old: Any, new: Any, where: str = "$") -> list[str]:
    """Values that changed; fields that only the newer Struct has are its defaults and do not count."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [line for key in old for line in lost_meaning(old[key], new.get(key), f"{where}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return [line for n, (a, b) in enumerate(pairs) for line in lost_meaning(a, b, f"{where}[{n}]")]
    return [] if old == new else [f"{where} was {old!r}, now reads {new!r}"]


def schema_faults() -> list[str]:
    """Released schemas that the Structs no longer keep."""
    kinds = {tag: kind for kind, tag in TAGS.items()}
    faults = []
    for path in sorted(SCHEMAS.glob("*.json")):
        tag = path.name.removesuffix(".json")
        if tag not in kinds:
            faults.append(f"{tag} was removed; its events are in logs for ever")
            continue
        old = json.loads(path.read_text("utf-8"))
        faults += [f"{tag}: {line}" for line in broken_promises(old, json.loads(schema_text(kinds[tag])))]
    return faults


def page_text() -> str:
    """The reference page."""
    lines = [
        "# Events",
        "",
        f"Generated from `events/aurora_events` by `{COMMAND}`; do not edit.",
        "",
        "Every event begins with `at` (UTC, nanoseconds since 1970), `actor` (who did it) and `cause`",
        "(the command that led to it). Bytes are a msgpack array: the tag, then the fields in this order.",
    ]
    values: list[type[msgspec.Struct]] = []
    for kind in EVENT_TYPES:
        lines += ["", f"## `{TAGS[kind]}`: {kind.__name__}", "", *_described(kind, skip=3), "", "```json"]
        lines += [json.dumps(readable(sample(kind)), indent=1, ensure_ascii=False), "```"]
        values += [value for value in values_in(kind) if value not in values]
    lines += ["", "# Values inside events"]
    for value in sorted(values, key=lambda each: each.__name__):
        lines += ["", f"## {value.__name__}", "", *_described(value)]
    return "\n".join(lines) + "\n"


def _described(kind: type[msgspec.Struct], skip: int = 0) -> list[str]:
    doc = " ".join((kind.__doc__ or "").split())
    table = ["| field | type | default |", "|---|---|---|"]
    for name, hint, default in fields(kind)[skip:]:
        shown = "" if default is msgspec.NODEFAULT else f"`{default!r}`"
        table.append(f"| `{name}` | `{type_name(hint)}` | {shown} |".replace(" | None`", " \\| None`"))
    return [doc, "", *table]


def outdated() -> list[Path]:
    """The files that do not say what the Structs say."""
    stale = [
        path
        for kind, tag in TAGS.items()
        if not (path := SCHEMAS / f"{tag}.json").exists() or path.read_text("utf-8") != schema_text(kind)
    ]
    released = golden()
    if any(released.get(tag, [None])[-1] != _plain(golden_entry(kind)) for kind, tag in TAGS.items()):
        stale.append(GOLDEN)
    if not PAGE.exists() or PAGE.read_text("utf-8") != page_text():
        stale.append(PAGE)
    return stale


def _plain(entry: dict[str, Any]) -> Any:
    return json.loads(json.dumps(entry))


def write() -> None:
    """Bring all files up to date. Golden bytes are only ever added."""
    for folder in (SCHEMAS, GOLDEN.parent, PAGE.parent):
        folder.mkdir(parents=True, exist_ok=True)
    for kind, tag in TAGS.items():
        (SCHEMAS / f"{tag}.json").write_text(schema_text(kind), "utf-8")
    released = golden()
    for kind, tag in TAGS.items():
        entry = _plain(golden_entry(kind))
        if released.get(tag, [None])[-1] != entry:
            released.setdefault(tag, []).append(entry)
    GOLDEN.write_text(json.dumps(released, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    PAGE.write_text(page_text(), "utf-8")


def main(arguments: list[str]) -> int:
    faults = schema_faults() + golden_faults()
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        print("Released events never change: add a new tag and a pure upcast instead.", file=sys.stderr)
        return 1
    if "--write" in arguments:
        write()
        return 0
    for path in outdated():
        print(f"{path.relative_to(ROOT)} is out of date; run `{COMMAND}`", file=sys.stderr)
    return 1 if outdated() else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
