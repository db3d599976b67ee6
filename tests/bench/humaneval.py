"""HumanEval without a model: the examples in a docstring are all that is given, the official tests judge.

Run: python tests/bench/humaneval.py --tasks FILE, where FILE is ``data/HumanEval.jsonl.gz`` of openai/human-eval on
GitHub. Types come from annotations, or else from the examples. Tasks without an example that can be read, or with
types that Aurora's specs do not have, are counted and left out. Exits 1 when of the wrong fits of the whole set fewer
than half are flagged as ambiguous.
"""

from __future__ import annotations

import ast
import gzip
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from aurora.specs.model import Example, Function, Parameter, Signature, Spec
from aurora.specs.types import Type, TypeSyntaxError, type_of
from aurora.specs.values import LiteralSyntaxError, Value, coerced, conforms, literal, parse_value, value_of
from aurora.synthesis.building import build_problem
from tests.bench import solving
from tests.bench.outside import Task, digest, measure, options, summary

FLAGGED_LIMIT = 0.5

_ARROW = re.compile(
    r"\s*(?:==+>?|=>|-+>|=|➞|➡|→|:|,?\s*(?:should )?returns?\b:?|should be(?: equal to)?\b|is\b|#\s*(?:=>|returns))\s*",
    re.IGNORECASE,
)
_INPUT = re.compile(r"\s*(?:input|for)\s*:?\s*(.+?)\s*$", re.IGNORECASE)
_OUTPUT = re.compile(r"\s*(?:output|result|return)\s*:?\s*(.+?)\s*$", re.IGNORECASE)


class Row(msgspec.Struct, frozen=True):
    """A task as the file has it."""

    task_id: str
    prompt: str
    entry_point: str
    test: str


class Shown(NamedTuple):
    """An example in a docstring, and the lines that it takes up."""

    given: tuple[Value, ...]
    answer: Value
    lines: tuple[int, ...]


def tasks(data: bytes) -> Iterator[Task]:
    """The tasks that can be put as problems."""
    for line in gzip.decompress(data).splitlines():
        row = msgspec.json.decode(line, type=Row)
        spec = _spec(row)
        if spec is not None:
            problem = build_problem(
                spec, spec.functions[0], (), seed=0, max_evaluations=solving.BUDGET, wall_seconds=0.0
            )
            yield Task(f"{row.task_id} {row.entry_point}", problem, _judge(row))


def _judge(row: Row) -> Callable[[str], bool]:
    check = f"\n{row.test}\ncheck({row.entry_point})\n"
    return lambda source: solving.passes(f"{row.prompt}\n    pass\n\n{source}\n{check}")


def _spec(row: Row) -> Spec | None:
    """The task as a spec, or ``None``."""
    tree = ast.parse(row.prompt + "\n    pass\n")
    node = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == row.entry_point)
    docstring = ast.get_docstring(node) or ""
    names = [argument.arg for argument in node.args.args]
    shown = list(examples(docstring, row.entry_point, names))
    if not shown:
        return None
    annotated = [_annotated(argument.annotation) for argument in node.args.args]
    columns = zip(*(example.given for example in shown), strict=True)
    types = [_fitting(type_, column) for type_, column in zip(annotated, columns, strict=True)]
    returns = _fitting(_annotated(node.returns), [example.answer for example in shown])
    known = [type_ for type_ in (*types, returns) if type_ is not None]
    if returns is None or len(known) <= len(types):
        return None
    cases: dict[tuple[str, ...], Example] = {}
    for example in shown:
        arguments = tuple(literal(coerced(v, t)) for v, t in zip(example.given, known, strict=False))
        cases.setdefault(arguments, Example(arguments, literal(coerced(example.answer, returns)), None, 1))
    parameters = tuple(Parameter(name, type_) for name, type_ in zip(names, known, strict=False))
    taken = {line for example in shown for line in example.lines}
    lines = [line for number, line in enumerate(docstring.splitlines()) if number not in taken]
    prose = " ".join(" ".join(lines).split())
    signature = Signature(row.entry_point, parameters, returns)
    function = Function(signature, prose, tuple(cases.values()), (), 1)
    return Spec(row.entry_point, "", row.entry_point, "", (function,), (), "", "")


def examples(docstring: str, function: str, parameters: Sequence[str]) -> Iterator[Shown]:
    """The examples of a docstring: doctests, ``f(1) == 2`` and the like, and lines of input and output."""
    lines = docstring.splitlines()
    calls = re.compile(rf"\b{function}\s*\(")
    number = 0
    while number < len(lines):
        found = calls.search(lines[number])
        if found is not None:
            shown = _call(lines, number, found.end() - 1, len(parameters))
        else:
            shown = _input(lines, number, parameters)
        if shown is not None:
            yield shown
            number = shown.lines[-1]
        number += 1


def _call(lines: Sequence[str], number: int, start: int, arity: int) -> Shown | None:
    """The example of a line that calls the function; the arguments begin at ``start``."""
    line = lines[number]
    for end in range(start + 1, len(line) + 1):
        if line[end - 1] != ")":
            continue
        given = _arguments(line[start:end])
        if given is None:
            continue
        if len(given) != arity:
            return None
        rest = line[end:]
        arrow = _ARROW.match(rest)
        if arrow is not None:
            answer = _leading_value(rest[arrow.end() :])
            return Shown(given, answer[0], (number,)) if answer else None
        if not rest.strip() and number + 1 < len(lines):
            following = lines[number + 1]
            arrow = _ARROW.match(following)
            answer = _leading_value(following[arrow.end() :] if arrow else following)
            return Shown(given, answer[0], (number, number + 1)) if answer else None
        return None
    return None


def _input(lines: Sequence[str], number: int, parameters: Sequence[str]) -> Shown | None:
    """The example of a line ``Input: a = 1, b = 2`` and the line ``Output: 3`` that follows."""
    found = _INPUT.match(lines[number])
    if found is None:
        return None
    inputs = found[1]
    here = re.split(
        r"\s*(?:=>|➞|->|,?\s+output\s*:|,?\s*the (?:output|result) should be)\s*",
        inputs,
        maxsplit=1,
        flags=re.IGNORECASE,
    )
    if len(here) == 2:
        inputs, output, taken = here[0], here[1], (number,)
    else:
        following = next(
            (
                place
                for place in range(number + 1, min(number + 3, len(lines)))
                if _OUTPUT.match(lines[place])
            ),
            None,
        )
        if following is None:
            return None
        matched = _OUTPUT.match(lines[following])
        output, taken = matched[1] if matched else "", (number, following)
    given = _named(inputs, parameters)
    answer = _leading_value(output)
    if given is None or answer is None:
        return None
    return Shown(given, answer[0], taken)


def _named(text: str, parameters: Sequence[str]) -> tuple[Value, ...] | None:
    """The values of ``a = 1, b = 2``, in the order of the parameters where the names are theirs, or of ``1, 2``."""
    keywords = re.sub(r"(?<=\w)\s*:\s*", "=", text) if "=" not in text else text
    try:
        call = ast.parse(f"f({keywords})", mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call) or len(call.args) + len(call.keywords) != len(parameters):
        return None
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    nodes = [*call.args, *call.keywords]
    chosen = [named[name] for name in parameters] if named.keys() == set(parameters) else [
        node.value if isinstance(node, ast.keyword) else node for node in nodes
    ]  # fmt: skip
    try:
        return tuple(map(value_of, chosen))
    except LiteralSyntaxError:
        return None


def _arguments(text: str) -> tuple[Value, ...] | None:
    try:
        call = ast.parse(f"f{text}", mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(call, ast.Call) or call.keywords:
        return None
    try:
        return tuple(map(value_of, call.args))
    except LiteralSyntaxError:
        return None


def _leading_value(text: str) -> tuple[Value] | None:
    """The value that a text begins with, as the longest literal; in a tuple, since it may be ``None``."""
    clean = re.split(r"\s+#", text.strip())[0].rstrip(" .;,")
    worked_out = re.match(r"[\d ()*/+-]+[*/+-][\d ()*/+-]+ = (.+)", clean)  # 19 - 5 - 6 = 8
    clean = worked_out[1] if worked_out else clean
    for end in range(len(clean), 0, -1):
        if end < len(clean) and (clean[end].isalnum() or clean[end] in "_'\""):
            continue
        try:
            return (parse_value(clean[:end]),)
        except LiteralSyntaxError:
            continue
    return None


def _annotated(annotation: ast.expr | None) -> Type | None:
    if annotation is None:
        return None
    try:
        return type_of(annotation)
    except TypeSyntaxError:
        return None


def _fitting(type_: Type | None, values: Sequence[Value]) -> Type | None:
    """The annotated type if the values are of it, else the type that the values show."""
    if type_ is not None and all(conforms(coerced(value, type_), type_) for value in values):
        return type_
    return _common([_shape(value) for value in values])


def _shape(value: Value) -> Type | None:
    """The type of a value; ``None`` where its elements have none in common."""
    match value:
        case None:
            return Type("None")
        case list() | set():
            element = _common([_shape(item) for item in value]) if value else Type("?")
            return Type(type(value).__name__, (element,)) if element else None
        case tuple():
            members = [_shape(item) for item in value]
            known = tuple(member for member in members if member)
            return Type("tuple", known) if len(known) == len(members) else None
        case dict():
            keys = _common([_shape(key) for key in value]) if value else Type("?")
            items = _common([_shape(item) for item in value.values()]) if value else Type("?")
            return Type("dict", (keys, items)) if keys and items else None
    return Type(type(value).__name__)


def _common(types: Sequence[Type | None]) -> Type | None:
    """The type that covers all of ``types``: equal ones, int with float, empty containers, and ``None`` with another."""
    found: Type | None = Type("?")
    for type_ in types:
        if type_ is None or found is None:
            return None
        found = _joined(found, type_)
    return _settled(found) if found else None


def _joined(left: Type, right: Type) -> Type | None:
    if left == right or right.head == "?":
        return left
    if left.head == "?":
        return right
    if {left.head, right.head} == {"int", "float"}:
        return Type("float")
    if left.head == right.head and len(left.args) == len(right.args):
        members = [_joined(a, b) for a, b in zip(left.args, right.args, strict=True)]
        known = tuple(member for member in members if member)
        return Type(left.head, known) if len(known) == len(members) else None
    none = Type("None")
    if none in (left, right):
        other = right if left == none else left
        return other if other.head == "|" else Type("|", (other, none))
    if none in left.args and left.head == "|":
        inner = _joined(left.args[0], right)
        return Type("|", (inner, none)) if inner else None
    return None


def _settled(type_: Type) -> Type:
    """The type with ``int`` for what no value showed."""
    if type_.head == "?":
        return Type("int")
    return Type(type_.head, tuple(map(_settled, type_.args)))


def main() -> int:
    """Run the tasks and print what came of them."""
    chosen = options("HumanEval from its docstring examples.", 10.0, "the file HumanEval.jsonl.gz")
    data = chosen.tasks.read_bytes()
    count = len(gzip.decompress(data).splitlines())
    found = list(tasks(data))
    shown = sum(len(task.problem.examples) for task in found) / max(1, len(found))
    print(f"read {count} tasks, sha256 {digest(data)}; {len(found)} have examples, {shown:.1f} each")
    results = measure(found, chosen)
    print(summary(results))
    print("right:", ", ".join(result.name.split()[-1] for result in results if result.right))
    print("wrong and claimed as solved:")
    for result in results:
        if result.solution.result == "solved" and not result.right:
            body = result.solution.source.splitlines()[-1].strip()
            print(f"  {result.name}: {body}")
    wrong = [result for result in results if result.solution.fits and not result.right]
    flagged = sum(result.solution.result == "ambiguous" for result in wrong)
    enough = flagged >= FLAGGED_LIMIT * len(wrong)
    return 0 if enough or len(results) < len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
