"""The everyday suite is what it claims to be: readable specs, true examples, hidden inputs that tell answers apart."""

from __future__ import annotations

from collections import Counter

import pytest

from aurora.specs.values import conforms, literal
from tests.suite.loading import Entry, allowed, entries, hidden, shown

ENTRIES = [pytest.param(entry, id=f"{entry.family}/{entry.name}") for entry in entries()]


def test_it_is_broad() -> None:
    families = Counter(entry.family for entry in entries())
    assert len(entries()) >= 120
    assert len(families) >= 10
    assert min(families.values()) >= 5


def test_every_name_is_used_once() -> None:
    assert not [name for name, count in Counter(entry.name for entry in entries()).items() if count > 1]


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_spec_asks_for_one_function_in_words_and_three_to_six_examples(entry: Entry) -> None:
    assert [function.signature.name for function in entry.spec.functions] == [entry.name]
    assert len(entry.function.prose.split()) >= 4
    assert entry.spec.title
    assert 3 <= len(entry.function.examples) <= 6
    assert len({example.arguments for example in entry.function.examples}) == len(entry.function.examples)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_reference_gives_what_the_examples_say(entry: Entry) -> None:
    returns = entry.function.signature.returns
    for arguments, wanted in shown(entry):
        assert allowed(entry, arguments)
        got = entry.reference(*arguments)
        assert literal(got) == literal(wanted)
        assert conforms(got, returns)


@pytest.mark.parametrize("entry", ENTRIES)
def test_hidden_inputs_are_many_and_their_answers_vary(entry: Entry) -> None:
    rows = hidden(entry)
    assert len(rows) >= 30
    types = [parameter.type for parameter in entry.function.signature.parameters]
    assert all(conforms(value, type_) for row in rows for value, type_ in zip(row, types, strict=True))
    answers = Counter(literal(entry.reference(*row)) for row in rows)
    assert len(answers) > 1
    assert max(answers.values()) <= 0.9 * len(rows)


def test_hidden_inputs_are_the_same_each_time() -> None:
    entry = entries()[0]
    assert hidden(entry) == hidden(entry)
