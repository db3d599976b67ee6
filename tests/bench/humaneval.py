"""HumanEval without a model: the examples in a docstring are all that is given, the official tests judge.

Run: python tests/bench/humaneval.py --tasks FILE, where FILE is ``data/HumanEval.jsonl.gz`` of openai/human-eval on
GitHub. Types come from annotations, or else from the examples. Tasks without an example that can be read, or with
types that Aurora's specs do not have, are counted and left out. Exits 1 when of the wrong fits of the whole set fewer
than half are flagged as ambiguous.
"""

from __future__ import annotations

import ast
import gzip
import sys
from collections.abc import Callable, Iterator

import msgspec

from aurora.specs.model import Example, Function, Parameter, Signature, Spec
from aurora.specs.types import Type, TypeSyntaxError, type_of
from aurora.specs.values import coerced, literal
from aurora.synthesis.building import build_problem
from tests.bench import judging, solving
from tests.bench.docstrings import examples
from tests.bench.outside import Task, digest, measure, options, summary
from tests.bench.shapes import fitting

FLAGGED_LIMIT = 0.5


class Row(msgspec.Struct, frozen=True):
    """A task as the file has it."""

    task_id: str
    prompt: str
    entry_point: str
    test: str


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
    return lambda source: judging.passes(f"{row.prompt}\n    pass\n\n{source}\n{check}")


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
    types = [fitting(type_, column) for type_, column in zip(annotated, columns, strict=True)]
    returns = fitting(_annotated(node.returns), [example.answer for example in shown])
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


def _annotated(annotation: ast.expr | None) -> Type | None:
    if annotation is None:
        return None
    try:
        return type_of(annotation)
    except TypeSyntaxError:
        return None


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
