"""Any event survives the way to bytes and back; strategies are derived from the Structs themselves."""

from __future__ import annotations

import types
import typing
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aurora_events.base import Event
from aurora_events.codec import EVENT_TYPES, GENESIS, TAGS, decode, digest, encode, link, readable


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, *(values(hints[name]) for name in kind.__struct_fields__))
    if isinstance(kind, types.UnionType):
        return st.one_of(map(values, kind.__args__))
    if typing.get_origin(kind) is tuple and kind.__args__[-1] is not ...:
        return st.tuples(*map(values, kind.__args__))
    if typing.get_origin(kind) is tuple:
        return st.lists(values(kind.__args__[0]), max_size=3).map(tuple)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=20),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return plain[kind]


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=TAGS.get)
def test_every_event_survives_the_way_to_bytes_and_back(kind: type[Event]) -> None:
    @settings(derandomize=True, max_examples=25, deadline=None)
    @given(values(kind))
    def survives(event: Event) -> None:
        state = encode(event)
        assert decode(state) == event
        assert type(decode(state)) is kind
        assert encode(decode(state)) == state
        msgspec.json.encode(readable(event))

    survives()


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.one_of(map(values, EVENT_TYPES)), st.data())
def test_an_event_cut_short_is_never_taken_for_an_event(event: Event, data: st.DataObject) -> None:
    state = encode(event)
    cut = data.draw(st.integers(0, len(state) - 1))
    with pytest.raises(msgspec.DecodeError):
        decode(state[:cut])


@settings(derandomize=True, deadline=None)
@given(
    st.tuples(st.integers(1, 2**40), st.text(max_size=9), st.integers(1, 2**40), st.binary(max_size=9)),
    st.tuples(st.integers(1, 2**40), st.text(max_size=9), st.integers(1, 2**40), st.binary(max_size=9)),
)
def test_the_chain_tells_any_two_rows_apart(
    one: tuple[int, str, int, bytes], two: tuple[int, str, int, bytes]
) -> None:
    chains = [link(GENESIS, *row[:3], digest(row[3])) for row in (one, two)]
    assert (chains[0] == chains[1]) == (one == two)


def test_tags_are_unique_and_no_python_paths() -> None:
    assert len(set(TAGS.values())) == len(EVENT_TYPES)
    assert not [tag for tag in TAGS.values() if "aurora" in tag]
