"""Every operator means in the search what its text means in Python."""

from __future__ import annotations

import random
import warnings

import pytest

from aurora.specs.types import parse_type
from aurora.specs.values import Value, coerced, conforms, literal
from aurora.synthesis.candidates import MODULES
from aurora.synthesis.cells import Raised, decode, encode
from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import idioms, operators, universe
from aurora.synthesis.search.kernels import function_of
from aurora.synthesis.search.terms import Apply, constant, text

UNIVERSE = universe(
    [
        parse_type(kind)
        for kind in (
            "int", "float", "str", "bool", "list[int]", "list[float]", "list[str]", "list[bool]", "list[list[int]]",
            "dict[str, int]", "set[int]", "tuple[int, str]", "int | None", "list[tuple[int, str]]",
        )
    ],
    parse_type("str"),
)  # fmt: skip
POOLS: dict[str, list[Value]] = {
    "int": [0, 1, 2, 3, 5, 7, -1, -4, 12, 30],
    "float": [0.0, 1.0, 2.5, -1.25, 9.0],
    "str": ["", "a", "ab", "Hello World", "a-b", "10", " x ", "-", "aab", "b,c"],
    "bool": [True, False],
    "None": [None],
}


def made(kind: str, chance: random.Random, depth: int = 0) -> Value:
    """A value of ``kind``."""
    type_ = parse_type(kind)
    arguments = [str(argument) for argument in type_.args]
    match type_.head:
        case "list":
            return [made(arguments[0], chance, depth + 1) for _ in range(chance.randrange(4))]
        case "tuple":
            return tuple(made(argument, chance) for argument in arguments)
        case "set":
            return {made(arguments[0], chance) for _ in range(chance.randrange(4))}
        case "dict":
            return {
                made(arguments[0], chance): made(arguments[1], chance) for _ in range(chance.randrange(4))
            }
        case "|":
            return made(arguments[chance.randrange(len(arguments))], chance)
    return chance.choice(POOLS[kind])


def _whole(value: Value, kind: str) -> str:
    return literal(coerced(value, parse_type(kind)))


def written(op: Op, values: list[Value]) -> Value | Raised:
    """What Python makes of the operator's text."""
    leaves = [
        constant(f"({_whole(value, kind)})", kind, 1)
        for value, kind in zip(values, op.arguments, strict=True)
    ]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            result: Value = eval(text(Apply(op, *leaves))[0], dict(MODULES))
    except Exception as error:  # noqa: BLE001 - an exception is an answer
        return Raised(type(error).__name__)
    return result


EVERY = {
    "outer": operators(UNIVERSE),
    "inner": operators(UNIVERSE, inner=True),
    "idioms": idioms(
        UNIVERSE | {"list[tuple[int, int]]", "tuple[int, int]", "tuple[str, str]", "list[tuple[str, str]]"}
    ),
}


@pytest.mark.parametrize("table", EVERY)
def test_an_operator_runs_as_it_is_written(table: str) -> None:
    chance = random.Random(7)
    for op in EVERY[table]:
        function = function_of(op.run, len(op.arguments), None)
        returns = parse_type(op.returns)
        values_seen = 0
        for _ in range(400):
            if values_seen == 25:
                break
            values = [made(kind, chance) for kind in op.arguments]
            cells = [
                encode(value, parse_type(kind)) for value, kind in zip(values, op.arguments, strict=True)
            ]
            got, wanted = function(*cells), written(op, values)
            if isinstance(got, Raised):
                # Inside the search an operator may refuse what Python would do: too large, or ill-defined.
                assert op.partial, (op, values, got)
                continue
            values_seen += 1
            assert not isinstance(wanted, Raised), (op, values, got, wanted)
            assert conforms(decode(got, returns), returns), (op, values, got)
            assert got == encode(wanted, returns), (op, values, got, wanted)
        assert values_seen, f"{op} never gave a value"


def test_words_of_the_prose_make_operators_cheaper_and_change_nothing_else() -> None:
    plain = {(op.text, op.arguments): op.cost for op in operators(UNIVERSE)}
    hinted = {(op.text, op.arguments): op.cost for op in operators(UNIVERSE, "the largest of the numbers")}
    assert plain.keys() == hinted.keys()
    cheaper = {key for key, cost in hinted.items() if cost < plain[key]}
    assert ("max({0})", ("list[int]",)) in cheaper
    assert ("min({0})", ("list[int]",)) not in cheaper
    assert all(hinted[key] <= cost for key, cost in plain.items())
