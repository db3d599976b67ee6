"""One child of the fork server: put up the walls, run the entry, say how it went, end."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NoReturn

from aurora.errors import AuroraError, Refused
from aurora.sandbox.layers import OUTPUT, Ground, Layer, walls
from aurora.sandbox.protocol import KIND_OF, MESSAGE, RESULT, WALL_MISSING, Limits, Status, header
from aurora.sandbox.steps import StepLimit

Entry = Callable[[bytes, Callable[[bytes], None]], bytes]

_LONGEST_MESSAGE = 500


def run(
    entry: Entry, payload: int, output: int, ground: Ground, active: frozenset[str], limits: Limits
) -> NoReturn:
    """Never returns, and never runs the interpreter's own ending (atexit, flushing)."""
    try:
        data = _read_all(payload)
        _put_up([layer for layer in walls(ground, output, limits) if layer.name in active])
        kind, body = _outcome(entry, data)
        _write(kind, body)
        os._exit(0)
    finally:
        # Something went wrong that cannot be reported on the output: the exit status has to say it.
        os._exit(1)


def measure(ground: Ground, report: int) -> NoReturn:
    """Put up every wall, and report the names of those that hold."""
    try:
        held = []
        for layer in walls(ground, report, Limits()):
            try:
                layer.put_up()
            except OSError:
                continue  # this kernel does not let us: the layer is missing, and will be named so
            if layer.holds():
                held.append(layer.name)
        _write_all(OUTPUT, " ".join(held).encode())
        os._exit(0)
    finally:
        os._exit(1)


def _put_up(layers: list[Layer]) -> None:
    for layer in layers:
        try:
            layer.put_up()
        except OSError:
            os._exit(WALL_MISSING)


def _outcome(entry: Entry, data: bytes) -> tuple[bytes, bytes]:
    try:
        value = entry(data, lambda message: _write(MESSAGE, message))
        if not isinstance(value, bytes):
            return _failure("error", TypeError(f"the entry returned {type(value).__name__}, not bytes"))
        return RESULT, value
    except StepLimit as error:
        return _failure("timeout", error)
    except MemoryError:
        return KIND_OF["memory"], b"memory ran out"
    except Refused as error:
        return _failure("refused", error)
    except BaseException as error:  # noqa: BLE001 - whatever untrusted code raises is a result, not ours
        return _failure("error", error)


def _failure(status: Status, error: BaseException) -> tuple[bytes, bytes]:
    reason = error.message if isinstance(error, AuroraError) else f"{type(error).__name__}: {error}"
    text = " ".join(reason.split())
    return KIND_OF[status], text[:_LONGEST_MESSAGE].encode(errors="backslashreplace")


def _write(kind: bytes, body: bytes) -> None:
    _write_all(OUTPUT, header(kind, len(body)) + body)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    os.close(descriptor)
    return b"".join(parts)
