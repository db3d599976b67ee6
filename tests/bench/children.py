"""Work in forked children, so that a runaway or a crash costs one task and not the bench."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import msgspec

MEMORY_BYTES = 3 << 30

Item = TypeVar("Item")
Result = TypeVar("Result")


class Failure(msgspec.Struct, frozen=True):
    """An exception in a child."""

    text: str


def in_child(work: Callable[[], Any], seconds: float, memory_bytes: int = MEMORY_BYTES) -> Any:
    """What ``work`` gives when run in a forked child, as plain data; ``None`` when it had to be killed."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
            try:
                reply = {"reply": msgspec.to_builtins(work())}
            except BaseException as error:  # noqa: BLE001 - the parent is told; the child ends either way
                reply = {"failure": f"{type(error).__name__}: {error}"[:300]}
            _write_all(writing, msgspec.msgpack.encode(reply))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    try:
        data = _read_all(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if data is None:
        return None
    if not data:
        return Failure("the child ended without an answer")
    reply = msgspec.msgpack.decode(data)
    return Failure(reply["failure"]) if "failure" in reply else reply["reply"]


def in_order(items: Sequence[Item], work: Callable[[Item], Result], jobs: int) -> Iterator[Result]:
    """The results of ``work``, in the order of ``items``, ``jobs`` at a time."""
    if jobs <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(work, items)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(len(data).to_bytes(8, "big") + data)
    while view:
        view = view[os.write(handle, view) :]


def _read_all(handle: int, deadline: float) -> bytes | None:
    """The message of ``_write_all``, or as much of it as came; ``None`` when that takes too long.

    Its length goes first: the end of the file may never come while another child holds this pipe too.
    """
    data = b""
    while len(data) < 8 or len(data) < 8 + int.from_bytes(data[:8], "big"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            return None
        part = os.read(handle, 1 << 16)
        if not part:
            return b""
        data += part
    return data[8:]
