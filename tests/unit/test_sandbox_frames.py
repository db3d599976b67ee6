"""The caller's reading of a child's bytes, honest or not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.sandbox.protocol import MESSAGE, RESULT, Limits, header
from aurora.sandbox.watch import Frames

LIMITS = Limits(output_bytes=50, message_bytes=50)


def frame(kind: bytes, body: bytes) -> bytes:
    return header(kind, len(body)) + body


def read(data: bytes, chunk: int) -> tuple[Frames, list[bytes]]:
    heard: list[bytes] = []
    frames = Frames(LIMITS, heard.append)
    for start in range(0, len(data), chunk):
        frames.feed(data[start : start + chunk])
    return frames, heard


@settings(derandomize=True, max_examples=100)
@given(st.lists(st.binary(max_size=8), max_size=6), st.binary(max_size=50), st.integers(1, 64))
def test_messages_and_result_come_out_as_they_went_in(
    messages: list[bytes], result: bytes, chunk: int
) -> None:
    data = b"".join(frame(MESSAGE, message) for message in messages) + frame(RESULT, result)
    frames, heard = read(data, chunk)
    assert heard == messages
    assert frames.ending == ("ok", result)
    assert not frames.broken


@settings(derandomize=True, max_examples=300)
@given(st.binary(max_size=200), st.integers(1, 64))
def test_any_bytes_are_read_within_the_limits(data: bytes, chunk: int) -> None:
    frames, heard = read(data, chunk)
    assert sum(map(len, heard)) <= LIMITS.message_bytes
    assert frames.ending is None or len(frames.ending[1]) <= LIMITS.output_bytes


def test_too_long_is_noticed_from_the_header_alone() -> None:
    for kind in (MESSAGE, RESULT):
        frames, _ = read(header(kind, 51), 64)
        assert frames.overflow


def test_empty_messages_are_not_free() -> None:
    frames, heard = read(frame(MESSAGE, b"") * 1000, 64)
    assert frames.overflow
    assert len(heard) <= 51


def test_anything_after_the_result_is_a_forgery() -> None:
    frames, _ = read(frame(RESULT, b"a") + frame(RESULT, b"b"), 64)
    assert frames.broken
    assert not frames.overflow
