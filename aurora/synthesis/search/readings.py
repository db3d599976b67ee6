"""What people read in texts: the parts between marks, without spaces around them, and the numbers that stand there.

A *part* is a text in each text, a *reading* is a number in each. A mark that is missing in some texts leaves an
empty part, which reads as nought or one; signs of money and separators of thousands are taken out before a number
is read; what has letters up to ``f`` is read by its base. Invariant: a term gives its vector on every lane.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.pieces import integer
from aurora.synthesis.search.terms import Apply, Term, constant

FIELDS = 6
"""Fields of one text, at most."""

MARKS = 4
"""Marks at which one text is cut, at most."""

REMOVED = 3
"""Kinds of signs that are taken out of a number, at most."""

MARK_COST = 3
"""The cost of a mark that is seen in every text."""

SIGN_COST = 4
"""The cost of what some texts have."""

DEFAULT_COST = 5
"""The cost of what stands for a missing part, if the examples show it."""


class Part(NamedTuple):
    """An expression that gives a part of each text."""

    term: Term
    texts: tuple[str, ...]


def parts_of(term: Term, texts: Sequence[str]) -> Iterator[Part]:
    """The parts of texts: fields between marks, what stands before and after a mark, columns of fixed width."""
    whole = Part(term, tuple(texts))
    yield from _trimmed(whole)
    for mark in _separators(texts):
        yield from _fields(whole, mark)
    for mark in _marks(texts):
        for part in _sides(whole, mark):
            yield part
            yield from _trimmed(part)
    yield from _measured(whole)
    yield from _columns(whole)


def numbers_of(part: Part) -> Iterator[tuple[Term, Vector]]:
    """The numbers that a part shows, if it shows one in each text."""
    term, texts = part
    if all(map(_INTEGER.fullmatch, texts)):
        yield Apply(_INT, term), tuple(map(int, texts))
    elif all(map(_DECIMAL.fullmatch, texts)):
        yield Apply(_FLOAT, term), tuple(map(float, texts))
    elif any(texts) and all(not text or _INTEGER.fullmatch(text) for text in texts):
        for default in (0, 1):
            leaf = constant(str(default), "int", 1)
            yield Apply(_INT_OR, term, leaf), tuple([int(text or default) for text in texts])
    else:
        yield from _based(part)
        yield from _cleaned(part)


def numbers_in(term: Term, texts: Sequence[str]) -> Iterator[tuple[Term, Vector]]:
    """The numbers that stand in texts of as many each, whatever stands around them."""
    pattern = r"\d+"
    if any(map(_POINTED.search, texts)):
        pattern += r"(?:\.\d+)?"
    if any(map(_NEGATIVE.search, texts)):
        pattern = "-?" + pattern
    rows = [re.findall(pattern, text) for text in texts]
    count = len(rows[0])
    if (
        not 0 < count <= MARKS
        or any(len(row) != count for row in rows)
        or any(len(text) > 60 for text in texts)
    ):
        return
    found = Apply(Op(f"re.findall(r'{pattern}', {{0}})", ("str",), "list[str]", 7), term)
    for place in range(count):
        item = Apply(_ITEM, found, constant(str(place), "int", 1 + place // 2))
        column = [row[place] for row in rows]
        if all(map(_INTEGER.fullmatch, column)):
            yield Apply(_INT, item), tuple(map(int, column))
        elif all(map(_DECIMAL.fullmatch, column)):
            yield Apply(_FLOAT, item), tuple(map(float, column))


def with_default(part: Part, wanted: Vector) -> Iterator[tuple[Term, Vector]]:
    """The part, or its number, with what is wanted where the part is empty, if that is always the same."""
    term, texts = part
    defaults = {cell for text, cell in zip(texts, wanted, strict=False) if not text}
    if len(defaults) != 1 or not any(texts):
        return
    (default,) = defaults
    if isinstance(default, str) and default:
        leaf = constant(repr(default), "str", DEFAULT_COST)
        yield Apply(_TEXT_OR, term, leaf), tuple([text or default for text in texts])
    elif isinstance(default, int) and all(not text or _INTEGER.fullmatch(text) for text in texts):
        leaf = constant(str(default), "int", min(DEFAULT_COST, 1 + abs(default)))
        yield Apply(_INT_OR, term, leaf), tuple([int(text or default) for text in texts])


def clocks_of(term: Term, texts: Sequence[str]) -> Iterator[tuple[Term, Vector]]:
    """The time of day, or a length of time, as one number: of minutes or of seconds."""
    rows = [text.split(":") for text in texts]
    if len(rows[0]) not in (2, 3) or len(set(map(len, rows))) > 1:
        return
    if not all(_NATURAL.fullmatch(field) for row in rows for field in row):
        return
    numbers = [list(map(int, row)) for row in rows]
    if any(number > 59 for row in numbers for number in row[1:]):
        return
    split = Apply(_SPLIT, term, constant("':'", "str", MARK_COST))
    fields = [
        Apply(_INT, Apply(_ITEM, split, constant(str(place), "int", 1 + place // 2)))
        for place in range(len(rows[0]))
    ]
    total: Term = fields[0]
    totals = [row[0] for row in numbers]
    for place, field in enumerate(fields[1:], start=1):
        total = Apply(_PLUS, Apply(_TIMES, total, constant("60", "int", 3)), field)
        totals = [60 * before + row[place] for before, row in zip(totals, numbers, strict=True)]
    yield total, tuple(totals)


def cased(part: Part) -> Iterator[Part]:
    """The part in small letters, in capitals, and the like, where that changes it."""
    for op, method in _CASES:
        texts = tuple(map(method, part.texts))
        if texts != part.texts:
            yield Part(Apply(op, part.term), texts)


def normal_forms(part: Part) -> Iterator[Part]:
    """The part without what people ignore when they compare texts: case, spaces around, all spaces,
    all but letters and digits.
    """
    found = {part.texts}
    bare = [part]
    for op, form in _IGNORING:
        texts = tuple(map(form, part.texts))
        if texts not in found:
            found.add(texts)
            bare.append(Part(Apply(op, part.term), texts))
    for each in bare:
        if each is not part:
            yield each
        lower = tuple(map(str.lower, each.texts))
        if lower not in found:
            found.add(lower)
            yield Part(Apply(_CASES[0][0], each.term), lower)


def _spaceless(text: str) -> str:
    return text.replace(" ", "")


def _alphanumeric(text: str) -> str:
    return "".join(mark for mark in text if mark.isalnum())


def _based(part: Part) -> Iterator[tuple[Term, Vector]]:
    """Numbers of another base; a word that happens to be one is told by its lack of digits."""
    term, texts = part
    if all(map(_HEXADECIMAL.fullmatch, texts)) and any(mark.isdigit() for text in texts for mark in text):
        leaf = constant("16", "int", 3)
        yield Apply(_INT_BASE, term, leaf), tuple([int(text, 16) for text in texts])


def _cleaned(part: Part) -> Iterator[tuple[Term, Vector]]:
    """Numbers with other signs around or in them."""
    term, texts = part
    signs = list(dict.fromkeys(sign for text in texts for sign in _SIGNS.findall(text)))
    if not 0 < len(signs) <= REMOVED:
        return
    for sign in signs:
        term = Apply(_REPLACE, term, constant(repr(sign), "str", SIGN_COST), constant("''", "str", 1))
        texts = tuple([text.replace(sign, "") for text in texts])
    if all(map(_INTEGER.fullmatch, texts)):
        yield Apply(_INT, term), tuple(map(int, texts))
    elif all(map(_DECIMAL.fullmatch, texts)):
        yield Apply(_FLOAT, term), tuple(map(float, texts))


def _fields(whole: Part, mark: str) -> Iterator[Part]:
    """What stands between the marks, from the left, and the last one."""
    rows = [text.split(mark) for text in whole.texts]
    split = Apply(_SPLIT, whole.term, constant(repr(mark), "str", MARK_COST))
    count = min(map(len, rows))
    for place in [*range(min(count, FIELDS)), *([-1] if len(set(map(len, rows))) > 1 else [])]:
        field = Apply(_ITEM, split, constant(str(place), "int", 1 + abs(place) // 2))
        yield Part(field, tuple([row[place] for row in rows]))


def _sides(whole: Part, mark: str) -> Iterator[Part]:
    """What stands before and after the first mark, and the last: all of the text, or nothing, where there is none."""
    term, texts = whole
    leaf = constant(repr(mark), "str", MARK_COST if all(mark in text for text in texts) else SIGN_COST)
    for op, method, place in _SIDES:
        yield Part(
            Apply(op, term, leaf),
            tuple([getattr(text, method)(mark)[place] for text in texts]),
        )


def _measured(whole: Part) -> Iterator[Part]:
    """What stands before each unit, in texts that are nothing but numbers with units, such as ``1h30m``."""
    if not all(map(_MEASURED.fullmatch, whole.texts)):
        return
    units = _in_order([re.findall(r"[^\W\d]+", text) for text in whole.texts])
    rest = whole
    for unit in units[:MARKS]:
        leaf = constant(repr(unit), "str", SIGN_COST)
        cut = [text.rpartition(unit) for text in rest.texts]
        yield Part(Apply(_BEFORE_LAST, rest.term, leaf), tuple([before for before, _, _ in cut]))
        rest = Part(Apply(_AFTER_LAST, rest.term, leaf), tuple([after for _, _, after in cut]))
    yield rest


def _in_order(rows: Sequence[Sequence[str]]) -> list[str]:
    """The units in an order that all texts keep; none if there is no such order."""
    units = list(dict.fromkeys(unit for row in sorted(rows, key=len, reverse=True) for unit in row))
    return units if all(list(row) == [unit for unit in units if unit in row] for row in rows) else []


def _columns(whole: Part) -> Iterator[Part]:
    """Pairs of digits in texts that are all as long, such as ``#ff8800`` or ``20240131``."""
    term, texts = whole
    size = len(texts[0])
    if any(len(text) != size for text in texts) or any(text.isalpha() for text in texts):
        return
    run = _HEXADECIMAL.search(texts[0])
    if (
        run is None
        or run.end() < size
        or not all(_HEXADECIMAL.fullmatch(text[run.start() :]) for text in texts)
    ):
        return
    start = run.start()
    width = size - start
    if width not in (4, 6, 8):
        return
    bounds = [(place, place + 2) for place in range(start, size, 2)]
    if width == 8:
        bounds += [(start, start + 4), (start + 4, size)]
    for low, high in bounds:
        column = tuple([text[low:high] for text in texts])
        if low == 0:
            yield Part(Apply(_UNTIL, term, integer(high)), column)
        elif high == size:
            yield Part(Apply(_SINCE, term, integer(low)), column)
        else:
            yield Part(Apply(_SLICE, term, integer(low), integer(high)), column)


def _trimmed(part: Part) -> Iterator[Part]:
    """The part without the spaces at its ends, where it has any."""
    term, texts = part
    stripped = tuple(map(str.strip, texts))
    if stripped == texts:
        return
    yield Part(Apply(_STRIP, term), stripped)
    for op, method in ((_RSTRIP, str.rstrip), (_LSTRIP, str.lstrip)):
        column = tuple(map(method, texts))
        if column not in (stripped, texts):
            yield Part(Apply(op, term), column)


def _separators(texts: Sequence[str]) -> list[str]:
    """The marks that stand in every text."""
    marks = dict.fromkeys(texts[0]) if texts else {}
    return [mark for mark in marks if not mark.isalnum() and all(mark in text for text in texts)]


def _marks(texts: Sequence[str]) -> list[str]:
    """Marks that some texts have not, or several times: those in most texts first."""
    counts: dict[str, int] = {}
    for text in texts:
        for mark in dict.fromkeys(text):
            if not mark.isalnum() and not mark.isspace():
                counts[mark] = counts.get(mark, 0) + 1
    uneven = [mark for mark in counts if any(text.count(mark) != 1 for text in texts)]
    return sorted((mark for mark in uneven if counts[mark] > 1), key=lambda mark: -counts[mark])[:MARKS]


_INTEGER = re.compile(r"\s?[+-]?\d{1,18}\s?")
_DECIMAL = re.compile(r"\s?[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})\s?")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{1,16}")
_SIGNS = re.compile(r"[^\d.+-]")
_MEASURED = re.compile(r"(\s*\d+\s*[^\W\d]+)+\s*\d*\s*")
_POINTED = re.compile(r"\d\.\d")
_NEGATIVE = re.compile(r"(?<![\w.])-\d")
_NATURAL = re.compile(r"\d{1,4}")
_PLUS = Op("{0} + {1}", ("int", "int"), "int", 2)
_TIMES = Op("{0} * {1}", ("int", "int"), "int", 2)
_SPLIT = Op("{0}.split({1})", ("str", "str"), "list[str]", 3)
_ITEM = Op("{0}[{1}]", ("list[str]", "int"), "str", 2)
_INT = Op("int({0})", ("str",), "int", 3)
_FLOAT = Op("float({0})", ("str",), "float", 4)
_INT_OR = Op("int({0} or {1})", ("str", "int"), "int", 4)
_TEXT_OR = Op("{0} or {1}", ("str", "str"), "str", 3)
_INT_BASE = Op("int({0}, {1})", ("str", "int"), "int", 4)
_REPLACE = Op("{0}.replace({1}, {2})", ("str", "str", "str"), "str", 4)
_BEFORE = Op("{0}.partition({1})[0]", ("str", "str"), "str", 4)
_AFTER = Op("{0}.partition({1})[2]", ("str", "str"), "str", 4)
_BEFORE_LAST = Op("{0}.rpartition({1})[0]", ("str", "str"), "str", 5)
_AFTER_LAST = Op("{0}.rpartition({1})[2]", ("str", "str"), "str", 5)
_SIDES = (
    (_BEFORE, "partition", 0),
    (_AFTER, "partition", 2),
    (_BEFORE_LAST, "rpartition", 0),
    (_AFTER_LAST, "rpartition", 2),
)
_STRIP = Op("{0}.strip()", ("str",), "str", 4)
_RSTRIP = Op("{0}.rstrip()", ("str",), "str", 4)
_LSTRIP = Op("{0}.lstrip()", ("str",), "str", 4)
_CASES = (
    (Op("{0}.lower()", ("str",), "str", 4), str.lower),
    (Op("{0}.upper()", ("str",), "str", 4), str.upper),
    (Op("{0}.capitalize()", ("str",), "str", 5), str.capitalize),
    (Op("{0}.title()", ("str",), "str", 6), str.title),
)
_IGNORING = (
    (_STRIP, str.strip),
    (Op("{0}.replace(' ', '')", ("str",), "str", 4), _spaceless),
    (Op("''.join(letter for letter in {0} if letter.isalnum())", ("str",), "str", 8), _alphanumeric),
)
_UNTIL = Op("{0}[:{1}]", ("str", "int"), "str", 2)
_SINCE = Op("{0}[{1}:]", ("str", "int"), "str", 2)
_SLICE = Op("{0}[{1}:{2}]", ("str", "int", "int"), "str", 4)
OPERATORS = frozenset(
    {
        _PLUS, _TEXT_OR, _ITEM, _INT, _FLOAT, _INT_OR, _INT_BASE, _REPLACE, _BEFORE, _AFTER, _BEFORE_LAST,
        _AFTER_LAST, _STRIP, _RSTRIP, _LSTRIP, _UNTIL, _SINCE, _SLICE,
        *(op for op, _ in (*_IGNORING, *_CASES)),
    }
)  # fmt: skip
"""What readings end with: these very operators, not others that read alike."""
