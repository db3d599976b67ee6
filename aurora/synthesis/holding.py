"""Whether a condition holds for given values and functions. Runs inside the sandboxed child.

The functions that it calls are given: a candidate, its guarded companions, or tables of examples.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import cast

from aurora.sandbox.loading import load_expression, load_module
from aurora.specs.types import parse_type
from aurora.specs.values import conforms, parse_value
from aurora.synthesis.answers import Answer, Function, call
from aurora.synthesis.conditions import calls_to, close, expression, fresh, made_inside
from aurora.synthesis.problem import Rule
from aurora.synthesis.tasks import Subject

HOLDS, BROKEN, SILENT, CUT = "holds", "broken", "silent", "cut"
"""What a condition says: silent where a call is outside of a domain, cut where it takes too many steps."""


class Outside(BaseException):
    """A call about which no condition says anything."""


class Holding:
    """A rule, compiled: ask it with literals for its variables."""

    def __init__(
        self, rule: Rule, functions: Mapping[str, Function], subjects: Mapping[str, Subject]
    ) -> None:
        self.rule = rule
        self._condition = _compiled(rule, functions, subjects)
        self._limits = list(_limits(rule, functions, subjects))

    def ask(self, values: Sequence[str], steps: int) -> tuple[str, Answer]:
        """What the rule says about ``values``, and the answer that says so."""
        answer = call(self.truth, values, steps)
        if not answer.ended:
            return CUT, answer
        return {"True": HOLDS, "None": SILENT}.get(answer.text, BROKEN), answer

    def truth(self, *values: object) -> bool | None:
        """Whether the rule holds for ``values`` themselves, or ``None`` where it says nothing.

        Raises what the rule raises.
        """
        try:
            if not all(inside(*values) for inside in self._limits):
                return None
            return bool(self._condition(*values))
        except Outside:
            return None


def load_functions(sources: Sequence[str], names: Collection[str]) -> dict[str, Function]:
    """The functions called ``names`` of audited modules; of a name in several, the last one's."""
    loaded: dict[str, object] = {}
    for source in sources:
        loaded |= load_module(source)
    return {name: cast(Function, loaded[name]) for name in names}


def guarded(
    subject: Subject,
    function: Function,
    functions: Mapping[str, Function],
    misled: tuple[type[Exception], ...] = (),
) -> Function:
    """``function`` as conditions call it: ``Outside`` beyond its domain, or where it raises as declared.

    ``misled`` are exceptions from which nothing follows, and that are let through.
    """
    inside = domain(subject, functions, misled)
    declared = subject.declared

    def ask(*arguments: object) -> object:
        if not inside(*arguments):
            raise Outside
        try:
            return function(*arguments)
        except Exception as error:
            if isinstance(error, misled) or declared.isdisjoint(
                kind.__name__ for kind in type(error).__mro__
            ):
                raise
            raise Outside from None

    return ask


def domain(
    subject: Subject, functions: Mapping[str, Function], misled: tuple[type[Exception], ...] = ()
) -> Callable[..., bool]:
    """Whether arguments satisfy every pre-condition; one that raises, unless ``misled``, is not satisfied."""
    names = [name for name, _ in subject.parameters]
    known = {name for name in functions if name != subject.name}
    rules = [
        (_compiled(rule, functions, {}), [names.index(name) for name, _ in rule.variables])
        for rule in subject.pre
        if known.issuperset(rule.calls)
    ]

    def inside(*arguments: object) -> bool:
        if len(arguments) != len(names):
            return True  # the call itself will say what is wrong
        try:
            return all(condition(*(arguments[place] for place in places)) for condition, places in rules)
        except misled:
            raise
        except Exception:  # noqa: BLE001 - people write 10 // n > 2 and mean that 0 is outside
            return False

    return inside


def assignments(rule: Rule, subjects: Sequence[Subject], limit: int) -> list[tuple[str, ...]]:
    """Values for the rule's variables out of the examples; whole rows first, where a call takes variables."""
    pools = [pool(subjects, type_) for _, type_ in rule.variables]
    found: dict[tuple[str, ...], None] = {}
    for row in [*_rows(rule, {subject.name: subject for subject in subjects}), {}]:
        choices = [
            [row[name]] if name in row else values
            for (name, _), values in zip(rule.variables, pools, strict=True)
        ]
        found.update(dict.fromkeys(islice(product(*choices), limit)))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def pool(subjects: Sequence[Subject], type_: str) -> list[str]:
    """The literals in the examples that are of a type, arguments before results, each once."""
    wanted = parse_type(type_)
    cases = [case for subject in subjects for case in subject.examples]
    texts = [text for case in cases for text in case.arguments]
    texts += [case.expected for case in cases if case.expected is not None]
    return [text for text in dict.fromkeys(texts) if conforms(parse_value(text), wanted)]


def _limits(
    rule: Rule, functions: Mapping[str, Function], subjects: Mapping[str, Subject]
) -> Iterator[Function]:
    """Whether each call of the rule has an answer, to be asked before anything else of the rule is.

    ``min(xs) <= mean(xs)`` must not fail on ``min([])`` when ``mean([])`` is outside of the pre-conditions of
    ``mean``, or raises by an example.
    """
    variables = [name for name, _ in rule.variables]
    known = [name for name in rule.calls if name in subjects]
    limited = [name for name in known if subjects[name].pre or subjects[name].declared]
    for name, node in calls_to(rule.text, limited):
        if not made_inside(node, {*variables, *rule.calls}):
            inside = fresh("inside", [*variables, *rule.calls])
            source = ast.unparse(ast.Call(ast.Name(inside, ast.Load()), node.args, node.keywords))
            reach = {each: functions[each] for each in rule.calls}
            yield load_expression(source, variables, {**reach, inside: _answers(functions[name])})


def _answers(function: Function) -> Function:
    """Whether a guarded function is not ``Outside``; exceptions are left for the condition to meet."""

    def ask(*arguments: object) -> bool:
        try:
            function(*arguments)
        except Exception:  # noqa: BLE001 - the condition will call it again, and it will be seen then
            return True
        return True

    return ask


def _rows(rule: Rule, subjects: Mapping[str, Subject]) -> Iterator[dict[str, str]]:
    """For each call on plain variables and each example of the function: the variables it settles."""
    variables = {name for name, _ in rule.variables}
    for node in ast.walk(ast.parse(rule.text.strip(), mode="eval")):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in subjects:
            names = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
            if names and len(names) == len(node.args) and variables.issuperset(names):
                for case in subjects[node.func.id].examples:
                    if len(case.arguments) == len(names):
                        yield dict(zip(names, case.arguments, strict=True))


def _compiled(rule: Rule, functions: Mapping[str, Function], subjects: Mapping[str, Subject]) -> Function:
    """The rule as a function of its variables, with ``functions`` in its reach."""
    called = [subjects[name] for name in rule.calls if name in subjects]
    types = [
        text for subject in called for text in (*(type_ for _, type_ in subject.parameters), subject.returns)
    ]
    variables = [name for name, _ in rule.variables]
    near = fresh("close", [*variables, *rule.calls])
    reach = {name: functions[name] for name in rule.calls}
    return load_expression(ast.unparse(expression(rule, types, near)), variables, {**reach, near: close})
