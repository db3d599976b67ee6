"""Operators mean what SMT-LIB says, in all three forms: the exact meaning, the fast form, and the packed one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from aurora.synthesis.sygus.kernels import kernel_of
from aurora.synthesis.sygus.literals import write_literal, write_sort
from aurora.synthesis.sygus.operators import ANY, BITS, Operator
from aurora.synthesis.sygus.packing import Packing, Unpackable
from aurora.synthesis.sygus.printer import print_term
from aurora.synthesis.sygus.terms import (
    BOOL,
    INT,
    STRING,
    Apply,
    Constant,
    Hole,
    Sort,
    Term,
    Value,
    bit_vector,
)
from aurora.synthesis.sygus.theories import ENVIRONMENT, OPERATORS, evaluate, python_source, sort_of

WIDTH = 3

SAMPLES: dict[Sort, list[Value]] = {
    STRING: ["", "a", "ab", "aba", "0", "07", "7b", "²", "b"],
    INT: [-2, -1, 0, 1, 2, 3, 7],
    BOOL: [False, True],
    bit_vector(WIDTH): list(range(1 << WIDTH)),
}

KNOWN: list[tuple[str, tuple[Value, ...], Value]] = [
    ("str.at", ("abc", 1), "b"),
    ("str.at", ("abc", -1), ""),
    ("str.at", ("abc", 3), ""),
    ("str.substr", ("abcd", 1, 2), "bc"),
    ("str.substr", ("abcd", 1, 9), "bcd"),
    ("str.substr", ("abcd", -1, 2), ""),
    ("str.substr", ("abcd", 4, 1), ""),
    ("str.substr", ("abcd", 1, 0), ""),
    ("str.substr", ("abcd", 1, -1), ""),
    ("str.indexof", ("banana", "an", 2), 3),
    ("str.indexof", ("banana", "x", 0), -1),
    ("str.indexof", ("ab", "", 2), 2),
    ("str.indexof", ("ab", "", 3), -1),
    ("str.indexof", ("ab", "a", -1), -1),
    ("str.replace", ("banana", "an", "x"), "bxana"),
    ("str.replace", ("ab", "", "x"), "xab"),
    ("str.replace", ("", "", "x"), "x"),
    ("str.replace", ("ab", "c", "x"), "ab"),
    ("str.replace_all", ("banana", "an", "x"), "bxxa"),
    ("str.replace_all", ("ab", "", "x"), "ab"),
    ("str.to_int", ("007",), 7),
    ("str.to_int", ("",), -1),
    ("str.to_int", ("-1",), -1),
    ("str.to_int", ("²",), -1),
    ("str.from_int", (12,), "12"),
    ("str.from_int", (-1,), ""),
    ("str.to_code", ("a",), 97),
    ("str.to_code", ("ab",), -1),
    ("str.from_code", (97,), "a"),
    ("str.from_code", (0x30000,), ""),
    ("str.is_digit", ("7",), True),
    ("str.is_digit", ("77",), False),
    ("str.prefixof", ("a", "ab"), True),
    ("str.suffixof", ("a", "ab"), False),
    ("str.contains", ("ab", "b"), True),
    ("str.<", ("a", "b"), True),
    ("div", (-7, 2), -4),
    ("div", (-7, -2), 4),
    ("mod", (-7, 2), 1),
    ("mod", (-7, -2), 1),
    ("=>", (True, False), False),
    ("xor", (True, False), True),
    ("ite", (False, "a", "b"), "b"),
]

KNOWN_BITS: list[tuple[str, tuple[int, ...], Value]] = [
    ("bvnot", (0b101,), 0b010),
    ("bvneg", (0b001,), 0b111),
    ("bvadd", (0b111, 0b010), 0b001),
    ("bvsub", (0b001, 0b010), 0b111),
    ("bvmul", (0b011, 0b011), 0b001),
    ("bvudiv", (0b101, 0b000), 0b111),
    ("bvurem", (0b101, 0b000), 0b101),
    ("bvsdiv", (0b101, 0b010), 0b111),
    ("bvsdiv", (0b101, 0b000), 0b001),
    ("bvsrem", (0b101, 0b010), 0b111),
    ("bvshl", (0b011, 0b001), 0b110),
    ("bvshl", (0b011, 0b111), 0b000),
    ("bvlshr", (0b110, 0b001), 0b011),
    ("bvashr", (0b100, 0b001), 0b110),
    ("bvashr", (0b100, 0b111), 0b111),
    ("bvult", (0b001, 0b111), True),
    ("bvslt", (0b001, 0b111), False),
    ("bvsge", (0b111, 0b100), True),
]


def signatures(operator: Operator) -> Iterator[tuple[Sort, ...]]:
    """The sorts that the operator is tried on."""
    if ANY in operator.parameters:
        for sort in SAMPLES:
            yield tuple(sort if each == ANY else each for each in operator.parameters)
    else:
        yield tuple(bit_vector(WIDTH) if each == BITS else each for each in operator.parameters)


def value(name: str, arguments: tuple[Value, ...], sorts: tuple[Sort, ...]) -> Value:
    """The exact value of an application to literals."""
    constants = tuple(Constant(*pair) for pair in zip(arguments, sorts, strict=True))
    return evaluate(Apply(name, constants), {}, {}, {})


@pytest.mark.parametrize(("name", "arguments", "wanted"), KNOWN)
def test_meaning_of_core_and_strings(name: str, arguments: tuple[Value, ...], wanted: Value) -> None:
    kinds: dict[type, Sort] = {str: STRING, int: INT, bool: BOOL}
    found = value(name, arguments, tuple(kinds[type(each)] for each in arguments))
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(("name", "arguments", "wanted"), KNOWN_BITS)
def test_meaning_of_bit_vectors(name: str, arguments: tuple[Value, ...], wanted: Value) -> None:
    assert value(name, arguments, (bit_vector(WIDTH),) * len(arguments)) == wanted


@pytest.mark.parametrize("name", OPERATORS)
def test_the_fast_form_has_the_same_value(name: str) -> None:
    """The loops of the search are generated from it."""
    operator = OPERATORS[name]
    for sorts in signatures(operator):
        term = Apply(name, tuple(Hole("N", number) for number in range(len(sorts))))
        source = python_source(term, _letter, _sort_among(sorts))
        fast = eval(f"lambda a=0, b=0, c=0: {source}", dict(ENVIRONMENT))
        for arguments in itertools.product(*(SAMPLES[sort] for sort in sorts)):
            assert fast(*arguments) == value(name, arguments, sorts), arguments


PACKED = [
    name
    for name in OPERATORS
    if (name.startswith("bv") and name not in ("bvshl", "bvlshr")) or name in ("=", "distinct")
]


@pytest.mark.parametrize("name", PACKED)
def test_the_packed_form_has_the_same_value_on_every_lane(name: str) -> None:
    operator = OPERATORS[name]
    sort = bit_vector(WIDTH)
    count = len(operator.parameters)
    rows = list(itertools.product(SAMPLES[sort], repeat=count))
    packing = Packing(WIDTH, len(rows))
    term = Apply(name, tuple(Hole("N", number) for number in range(count)))
    try:
        source = packing.source(term, _letter)
    except Unpackable:
        return
    columns = [packing.pack(column) for column in zip(*rows, strict=True)]
    found = eval(f"lambda a, b=0: {source}")(*columns)
    wanted = [value(name, row, (sort,) * count) for row in rows]
    truth = isinstance(wanted[0], bool)
    assert found == (packing.pack(wanted) << WIDTH if truth else packing.pack(wanted))


@pytest.mark.parametrize("name", ["bvshl", "bvlshr"])
def test_packed_shifts_keep_to_their_lanes(name: str) -> None:
    sort = bit_vector(WIDTH)
    packing = Packing(WIDTH, 1 << WIDTH)
    for distance in range(1 << WIDTH):
        source = packing.source(Apply(name, (Hole("N", 0), Constant(distance, sort))), _letter)
        found = eval(f"lambda a: {source}")(packing.pack(SAMPLES[sort]))
        assert found == packing.pack([value(name, (each, distance), (sort, sort)) for each in SAMPLES[sort]])


def test_a_packed_conditional_chooses_on_each_lane() -> None:
    sort = bit_vector(WIDTH)
    packing = Packing(WIDTH, 1 << WIDTH)
    test = Apply("=", (Hole("N", 0), Constant(1, sort)))
    source = packing.source(Apply("ite", (test, Hole("N", 1), Hole("N", 2))), _letter)
    numbers = packing.pack(SAMPLES[sort])
    found = eval(f"lambda a, b, c: {source}")(numbers, packing.constant(Constant(7, sort)), numbers)
    assert found == packing.pack([7 if each == 1 else each for each in SAMPLES[sort]])


def test_operators_that_fold_take_more_arguments() -> None:
    three = tuple(Constant(text, STRING) for text in "abc")
    assert evaluate(Apply("str.++", three), {}, {}, {}) == "abc"
    source = python_source(Apply("str.++", three), _letter, lambda leaf: STRING)
    assert eval(source) == "abc"


@pytest.mark.parametrize("name", [name for name, operator in OPERATORS.items() if operator.idle])
def test_an_idle_operator_gives_its_first_argument(name: str) -> None:
    operator = OPERATORS[name]
    sorts = operator.parameters
    idle = eval(f"lambda a, b: {operator.idle.format('a', 'b')}")
    for arguments in itertools.product(*(SAMPLES[sort] for sort in sorts)):
        if idle(*arguments[:2]):
            assert value(name, arguments, sorts) == arguments[0]


def test_a_kernel_keeps_the_first_of_equal_vectors() -> None:
    places, values, derivations = {("aa",): 0}, [("aa",)], [("old",)]
    kernel = kernel_of("(a0+b0, )", 2, 1, True)
    kernel("new", [[("a",), ("",)]] * 2, [(0, 2), (0, 2)], places, values, derivations)
    assert values == [("aa",), ("a",), ("",)]
    assert derivations[1:] == [("new", 0, 1), ("new", 1, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATORS)
def test_cvc5_agrees(name: str) -> None:
    """What SMT-LIB leaves open, division by zero, is left out."""
    cvc5 = pytest.importorskip("cvc5")
    solver = cvc5.Solver()
    parser = cvc5.InputParser(solver)
    symbols = parser.getSymbolManager()
    for sorts in signatures(OPERATORS[name]):
        for arguments in itertools.product(*(SAMPLES[sort] for sort in sorts)):
            if name in ("div", "mod") and arguments[1] == 0:
                continue
            constants = tuple(Constant(*pair) for pair in zip(arguments, sorts, strict=True))
            term = Apply(name, constants)
            wanted = Constant(value(name, arguments, sorts), sort_of(term, _no_leaf, {}))
            text = f"(simplify (= {print_term(term)} {write_literal(wanted)}))"
            parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "operator")
            answer = parser.nextCommand().invoke(solver, symbols)
            assert answer.strip() == "true", (text, write_sort(wanted.sort))


def _letter(leaf: Term) -> str:
    assert isinstance(leaf, Hole)
    return "abc"[leaf.number]


def _no_leaf(leaf: Term) -> Sort:
    raise AssertionError(leaf)


def _sort_among(sorts: tuple[Sort, ...]):  # type: ignore[no-untyped-def]
    def sort(leaf: Term) -> Sort:
        assert isinstance(leaf, Hole)
        return sorts[leaf.number]

    return sort
