"""Adding an example to a spec's text, in the dialect that the text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aurora.errors import InvalidInput
from aurora.specs.building import short_call
from aurora.specs.codes import CODES
from aurora.specs.doctests import PROMPT, TRACEBACK
from aurora.specs.document import read_lines
from aurora.specs.examples import ExampleError, bind, read_example
from aurora.specs.listing import is_listing
from aurora.specs.model import Example, Function, Parsed, Spec
from aurora.specs.parser import parse
from aurora.specs.rendering import render_example
from aurora.specs.tables import is_delimiter, split_cells
from aurora.specs.text import normalise

_PREFIX: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+•]\s+|\d+[.)]\s+)?")

_INLINE: Final = re.compile(r"\s*examples?\s*:", re.IGNORECASE)


def append_example(text: str, path: str, example_line: str) -> str:
    """``text`` with ``gcd(12, 18) -> 6`` after the function's other examples, and nothing else changed.

    Raises ``InvalidInput`` when the spec or the example cannot be used, or when that call has its answer.
    """
    clean = normalise(text)
    before = parse(clean, path)
    spec = _usable(before)
    function, example = _bound(example_line, spec, path)
    wanted = _meaning(spec, function, example)
    for changed in _edits(clean, path, function, example):
        after = parse(changed, path)
        if after.spec is not None and not after.diagnostics and _meaning(after.spec) == wanted:
            return changed
    shown = render_example(function.signature.name, example)
    raise InvalidInput(
        "SPEC-051",
        f"'{shown}' cannot be added to this file by program",
        where=path,
        hint=CODES["SPEC-051"].cure,
    )


def _usable(parsed: Parsed) -> Spec:
    if parsed.spec is None or parsed.diagnostics:
        first = parsed.diagnostics[0]
        raise InvalidInput(first.code, first.message, where=first.where, hint=first.hint)
    return parsed.spec


def _bound(line: str, spec: Spec, path: str) -> tuple[Function, Example]:
    """The example and its function. Raises ``InvalidInput``."""
    try:
        draft = read_example(line, 0)
        name = getattr(draft.call.func, "id", "")
        function = next((f for f in spec.functions if f.signature.name == name), None)
        if function is None:
            raise ExampleError("SPEC-011", f"'{name}' is not a function of this spec")
        example = bind(draft, function.signature)
    except ExampleError as error:
        raise InvalidInput(
            error.code, str(error), where=path, hint=error.hint or CODES[error.code].cure
        ) from None
    for known in function.examples:
        if known.arguments == example.arguments:
            call = short_call(name, example)
            raise InvalidInput(
                "SPEC-101",
                f"there is an example for {call} already",
                where=f"{path}:{known.line}",
                hint="change that example in the file if it is wrong",
            )
    return function, example


Meaning = dict[str, list[tuple[tuple[str, ...], str | None, str | None]]]


def _meaning(spec: Spec, function: Function | None = None, added: Example | None = None) -> Meaning:
    """The examples of every function, without their lines, with one more for ``function``."""
    meaning: Meaning = {}
    for item in spec.functions:
        examples = (*item.examples, added) if added is not None and item is function else item.examples
        meaning[item.signature.name] = sorted(
            ((e.arguments, e.expected, e.raises) for e in examples), key=lambda e: e[0]
        )
    return meaning


def _edits(text: str, path: str, function: Function, example: Example) -> Iterator[str]:
    """Texts that might say the same and the new example, the most natural first."""
    lines = text.split("\n")
    last = max(known.line for known in function.examples)
    if path.endswith(".py") or lines[last - 1].strip().startswith(PROMPT):
        new = _doctest(lines[last - 1], function, example)
        end = _doctest_end(lines, last)
        yield _insert(lines, end, new)
        yield _insert(lines, end, [line.replace("\\", "\\\\") for line in new])  # docstrings that are not raw
        return
    if is_listing(text):
        if _INLINE.match(lines[last - 1]):
            yield _extended(lines, last, _equation(function, example))
        yield _insert(lines, last, [_prefix(lines[last - 1]) + _equation(function, example)])
        return
    end = next((line.end for line in read_lines(text) if line.number <= last <= line.end), last)
    raw = lines[last - 1]
    if "|" in raw:
        yield _insert(lines, last, _rows(lines, last, function, example))
    shown = render_example(function.signature.name, example)
    tick = "`" if raw.strip().endswith("`") and raw.count("`") % 2 == 0 else ""
    yield _insert(lines, end, [f"{_prefix(raw)}{tick}{shown}{tick}"])
    yield _insert(lines, end, [_prefix(raw) + shown])
    yield _insert(lines, len(lines), ["", "## Examples", shown, ""])


def _insert(lines: list[str], after: int, new: list[str]) -> str:
    """``new`` after line number ``after``; the file ends with a line end as it did, or gets one."""
    changed = [*lines[:after], *new, *lines[after:]]
    return "\n".join(changed if changed[-1] == "" else [*changed, ""])


def _extended(lines: list[str], last: int, addition: str) -> str:
    """Examples in one line, separated by semicolons, get one more."""
    line = f"{lines[last - 1].rstrip().rstrip(';')}; {addition}"
    return "\n".join([*lines[: last - 1], line, *lines[last:]])


def _prefix(line: str) -> str:
    found = _PREFIX.match(line)
    return found[0] if found else ""


def _equation(function: Function, example: Example) -> str:
    shown = render_example(function.signature.name, example)
    return shown if example.raises else f"{_call(function, example)} = {example.expected}"


def _call(function: Function, example: Example) -> str:
    return f"{function.signature.name}({', '.join(example.arguments)})"


def _rows(lines: list[str], last: int, function: Function, example: Example) -> list[str]:
    """A row for the table around line ``last``, its cells in the order of the header."""
    top = last - 1
    while top > 0 and "|" in lines[top - 1]:
        top -= 1
    header = [cell.strip("`*_ ").split(":")[0].strip() for cell in split_cells(lines[top])]
    values = dict(zip((p.name for p in function.signature.parameters), example.arguments, strict=True))
    outcome = f"raises {example.raises}" if example.raises else str(example.expected)
    if not set(values) <= set(header) or is_delimiter(lines[top]):
        cells = [f"`{_call(function, example)}`", outcome]
    else:
        cells = [values.get(name, outcome) for name in header]
    escaped = " | ".join(cell.replace("|", "\\|") for cell in cells)
    indent = lines[last - 1][: len(lines[last - 1]) - len(lines[last - 1].lstrip())]
    return [f"{indent}| {escaped} |"]


def _doctest_end(lines: list[str], start: int) -> int:
    """The number of the last line of the doctest that starts at line ``start``."""
    end = start
    while (
        end < len(lines) and lines[end].strip() and not lines[end].strip().startswith((PROMPT, '"""', "'''"))
    ):
        end += 1
    return end


def _doctest(first: str, function: Function, example: Example) -> list[str]:
    indent = first[: len(first) - len(first.lstrip())]
    lines = [f"{PROMPT} {_call(function, example)}"]
    if example.raises:
        lines += [f"{TRACEBACK}:", f"{example.raises}"]
    else:
        lines.append(str(example.expected))
    return [indent + line for line in lines]
