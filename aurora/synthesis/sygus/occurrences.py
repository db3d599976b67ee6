"""Places in strings that people mean: the first, second, third ... occurrence of a delimiter, and just behind it.

As terms, ``indexof(s, d, 1 + indexof(s, d, 0))``, they are large, and the bank reaches them late; but there are few of
them. So they are made directly, with the cost that their terms have, and offered where slices look for starts and ends.
FlashFill's position expressions are the model (Gulwani, POPL 2011).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aurora.synthesis.algorithms.slices import Known, Vector
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.problem import Production
from aurora.synthesis.sygus.round import Round
from aurora.synthesis.sygus.terms import Term

_MOST = 4
"""Occurrences of one delimiter in one string."""

_DELIMITERS = 12


class _Text(NamedTuple):
    vector: tuple[str, ...]
    cost: int
    term: Term


def occurrences(round_: Round, sources: list[int]) -> Iterator[Known]:
    """The places of delimiters, which are constants of the grammar, in the strings at ``sources`` in the bank.

    Nothing where the grammar has no ``str.indexof``, or the bank neither 0 nor 1. A place that exists on some examples
    only is -1 on the others.
    """
    forms, bank = round_.forms, round_.bank
    if forms.index_of is None:
        return
    integers = bank.places[forms.whole]
    zero, one = (integers.get((number,) * round_.lanes) for number in (0, 1))
    if zero is None:
        return
    texts = [_text(round_, place) for place in sources]
    for text in texts:
        for delimiter in _delimiters(round_, text):
            start = Known(bank.cost(forms.whole, zero), (0,) * round_.lanes, bank.term(forms.whole, zero))
            for _ in range(_MOST):
                found = _next(forms.index_of, text, delimiter, start)
                if max(found.vector) < 0:
                    break
                yield found
                if one is None or forms.plus is None:
                    break
                start = _behind(forms.plus, found, bank.cost(forms.whole, one), bank.term(forms.whole, one))
                yield start


def _delimiters(round_: Round, text: _Text) -> list[_Text]:
    bank, forms = round_.bank, round_.forms
    found: list[_Text] = []
    for place, vector in enumerate(bank.values[forms.text]):
        if bank.cost(forms.text, place) > 1 or len(found) == _DELIMITERS:
            break
        constant = vector[0] and len(set(vector)) == 1
        if constant and any(letter in whole for letter, whole in zip(vector, text.vector, strict=True)):
            found.append(_text(round_, place))
    return found


def _text(round_: Round, place: int) -> _Text:
    bank, name = round_.bank, round_.forms.text
    return _Text(bank.values[name][place], bank.cost(name, place), bank.term(name, place))


def _next(production: Production, text: _Text, delimiter: _Text, start: Known) -> Known:
    lanes = zip(text.vector, delimiter.vector, start.vector, strict=True)
    vector: Vector = tuple(
        [whole.find(part, at) if 0 <= at <= len(whole) else -1 for whole, part, at in lanes]
    )
    cost = 1 + text.cost + delimiter.cost + start.cost
    return Known(cost, vector, applied(production, text.term, delimiter.term, start.origin))


def _behind(production: Production, place: Known, cost: int, one: Term) -> Known:
    vector = tuple([at + 1 for at in place.vector])
    return Known(1 + cost + place.cost, vector, applied(production, one, place.origin))
