"""Every error of the spec language: its stable code, what it means, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from aurora_events.base import Diagnostic


class Code(msgspec.Struct, frozen=True):
    """A kind of error. Codes are never reused; ``SPEC-0xx`` is invalid, ``SPEC-1xx`` is contradictory."""

    code: str
    meaning: str
    cure: str


_TABLE: Final = (
    Code("SPEC-001", "The file is not text.", "save it as UTF-8 text"),
    Code("SPEC-002", "The file is empty.", "write a title, a signature and some examples"),
    Code(
        "SPEC-003",
        "No function signature was found.",
        "add a line such as: def add(a: int, b: int) -> int",
    ),
    Code(
        "SPEC-004",
        "A signature cannot be read.",
        "write it as: def name(parameter: type, ...) -> type",
    ),
    Code(
        "SPEC-005",
        "A parameter or the result has no type.",
        "add the type, as in: def add(a: int, b: int) -> int",
    ),
    Code(
        "SPEC-006",
        "A type is not one of the spec language.",
        "use int, float, str, bool, None, list[...], dict[..., ...], tuple[...], set[...] or X | None",
    ),
    Code(
        "SPEC-007",
        "A parameter is not a plain one (default value, *args, keyword-only, ...).",
        "write plain parameters and give every argument in the examples",
    ),
    Code("SPEC-008", "A function's name cannot be used.", "choose a name that Python does not use itself"),
    Code("SPEC-009", "A function or parameter is declared twice.", "rename one, or remove it"),
    Code("SPEC-010", "An example cannot be read.", "write it as: add(2, 3) -> 5"),
    Code(
        "SPEC-011",
        "An example calls a function that the spec does not declare.",
        "declare it, or correct its name",
    ),
    Code("SPEC-012", "An example's arguments do not fit the signature.", "give each parameter one argument"),
    Code(
        "SPEC-013",
        "An example's argument is not a value of the parameter's type.",
        "correct the argument or the type",
    ),
    Code(
        "SPEC-014", "An example's result is not a value of the result type.", "correct the result or the type"
    ),
    Code(
        "SPEC-015",
        "An example raises something that is not a built-in exception.",
        "use a built-in exception, as in: root(-1) -> raises ValueError",
    ),
    Code(
        "SPEC-016",
        "A table of examples cannot be read.",
        "give it one column for each parameter, by name, and one for the result: | a | b | result |",
    ),
    Code("SPEC-018", "A value is too large or nested too deeply.", "use a smaller value"),
    Code(
        "SPEC-020",
        "A function has no example, and no post-condition is about it.",
        "add an example, better three to five, under '## Examples'",
    ),
    Code("SPEC-030", "A condition cannot be read.", "write it as: assert f(x) >= 0"),
    Code(
        "SPEC-031",
        "A condition uses something outside the language of conditions.",
        "use only operators, comprehensions, the spec's functions, plain built-ins and methods",
    ),
    Code("SPEC-032", "A condition calls an unknown function.", "declare it in the spec, or correct its name"),
    Code(
        "SPEC-033",
        "The type of a name in a condition cannot be told.",
        "pass it to one of the spec's functions, or compare it with a value",
    ),
    Code("SPEC-034", "A name in a condition is used as two different types.", "use two names"),
    Code(
        "SPEC-035", "A condition calls a function with the wrong arguments.", "give the arguments by position"
    ),
    Code(
        "SPEC-036",
        "A post-condition says nothing about the spec's functions.",
        "call one of them in it, or move it to '## Pre' if it is about the inputs",
    ),
    Code(
        "SPEC-037",
        "A pre-condition fits no function.",
        "use only the parameters of one function, and do not call that function",
    ),
    Code(
        "SPEC-038",
        "A condition stands outside of '## Pre' and '## Post'.",
        "put it under '## Pre' or '## Post'",
    ),
    Code(
        "SPEC-040",
        "A line of a '- name:' entry cannot be read.",
        "use the fields args, returns, description, examples, pre, post and invariants",
    ),
    Code("SPEC-041", "The stub file is not valid Python.", "correct the syntax"),
    Code("SPEC-050", "Two spec files share a name.", "rename one of the files"),
    Code("SPEC-052", "A spec file's name cannot be kept in Git.", "rename the file"),
    Code("SPEC-051", "An example cannot be added to a file by program.", "add it to the file by hand"),
    Code("SPEC-101", "Two examples contradict each other.", "correct or remove one of them"),
    Code("SPEC-102", "An example contradicts a post-condition.", "correct the example or the post-condition"),
    Code(
        "SPEC-103", "An example breaks a pre-condition.", "correct the pre-condition, or remove the example"
    ),
)

CODES: Final = {entry.code: entry for entry in _TABLE}


def diagnostic(code: str, path: str, line: int, message: str, hint: str = "") -> Diagnostic:
    """The diagnostic at ``path:line``; without a ``hint``, the code's own cure is the help."""
    return Diagnostic(code, f"{path}:{line}", message, hint or CODES[code].cure)


def shown(item: Diagnostic) -> str:
    """The diagnostic as people read it."""
    return f"error[{item.code}]: {item.where}: {item.message}\nhelp: {item.hint}"


def result_of(diagnostics: Iterable[Diagnostic]) -> Literal["", "invalid", "contradictory"]:
    """What the diagnostics make of a spec: "" for none, invalid before contradictory."""
    codes = {item.code for item in diagnostics}
    if not codes:
        return ""
    return "contradictory" if all(code.startswith("SPEC-1") for code in codes) else "invalid"


def reference() -> str:
    """The page ``docs/reference/spec-errors.md``."""
    rows = "\n".join(f"| `{entry.code}` | {_cell(entry.meaning)} | {_cell(entry.cure)} |" for entry in _TABLE)
    return (
        "# Errors in specs\n\n"
        "Every error names its place and its cure:\n\n"
        "```\nerror[SPEC-020]: specs/add.md:3: 'add' has no example\n"
        "help: add an example, better three to five, under '## Examples'\n```\n\n"
        "`SPEC-0xx` makes a spec *invalid*: it cannot be read as it stands. "
        "`SPEC-1xx` makes it *contradictory*: no function can do what it says.\n\n"
        f"| code | meaning | help |\n|---|---|---|\n{rows}\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")
