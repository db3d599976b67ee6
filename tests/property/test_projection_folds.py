"""Whatever happened, in whatever pages it is folded: the views are one function of the log."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from unittest.mock import patch

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from aurora_events.base import Event
from aurora_events.codec import EVENT_TYPES, decode, encode
from aurora_projections import database
from aurora_projections.views import Views
from tests.projection_log import Log

WORDS = st.sampled_from(["a", "b", "ab", "function"]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=3
)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(0, 5) | st.integers(-(2**63), 2**64 - 1),
    float: st.floats(),
    str: WORDS,
    bool: st.booleans(),
    str | None: WORDS | st.none(),
}
TIMES = st.integers(0, 2**62)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if kind in SCALARS:
        return SCALARS[kind]
    if get_origin(kind) is tuple and get_args(kind)[-1] is not ...:
        return st.tuples(*map(values, get_args(kind)))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    if isinstance(kind, UnionType):
        return st.one_of(map(values, get_args(kind)))
    if kind is NoneType:
        return st.none()
    return structs(kind)


def structs(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Structs of a type, with few enough different ids that events meet each other."""
    fields = {f.name: TIMES if f.name == "at" else values(f.type) for f in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


EVENTS: st.SearchStrategy[Event] = st.sampled_from(EVENT_TYPES).flatmap(structs)
LOGS = st.lists(EVENTS, max_size=40).map(lambda events: Log(decode(encode(event)) for event in events))


def hashes(views: Views) -> dict[str, str]:
    """The hash of every view."""
    return {projection.name: views.hash(projection.name) for projection in views.projections}


@given(LOGS, st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(0, 40))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_folding_page_by_page_in_one_go_in_memory_and_anew_all_give_the_same(
    log: Log, pages: list[int], half: int
) -> None:
    whole = hashes(Views.in_memory(log))
    with tempfile.TemporaryDirectory() as folder, Views.open(Path(folder)) as views:
        for number, size in enumerate(pages):
            with patch.object(database, "PAGE", size):
                views.advance(log.first(min(half, 4 * number)))
        views.advance(log)
        assert hashes(views) == whole
        assert all(report.same for report in views.check(log))
        assert all(report.same for report in views.rebuild(log))
        assert hashes(views) == whole


@given(LOGS, st.integers(0, 40))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_the_past_is_what_the_views_were_then_and_frames_do_not_matter(log: Log, position: int) -> None:
    position = min(position, len(log.facts))
    past = hashes(Views.in_memory(log, position))
    assert past == hashes(Views.in_memory(log.first(position)))
    assert past == hashes(Views.in_memory(log.restored(), position))


@given(LOGS)
@settings(derandomize=True, max_examples=20, deadline=None)
def test_dumps_are_ascii_lines(log: Log) -> None:
    views = Views.in_memory(log)
    for projection in views.projections:
        for line in views.dump(projection.name):
            assert line.isascii()
            assert "\n" not in line
