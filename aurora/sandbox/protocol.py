"""What the caller, the fork server and a child say to one another, and the limits of a task.

The caller sends ``Start`` and ``Kill`` to the server. The server answers with ``Ready`` once and, on a pipe
of the task's own, with ``Ended``. The child writes frames (kind, length, body) on another pipe; since
hostile code may write there too, nothing in them is trusted beyond its length, and nothing is unpickled.
"""

from __future__ import annotations

import struct
from typing import Literal

import msgspec

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """What one task may use. ``message_bytes`` bounds everything sent before the result, in total."""

    cpu_seconds: float = 2.0
    wall_seconds: float = 5.0
    memory_bytes: int = 512 * MIB  # of address space, the warmed interpreter included
    output_bytes: int = MIB
    message_bytes: int = MIB
    open_files: int = 32


Status = Literal["ok", "error", "timeout", "memory", "killed", "output", "refused"]


class Verdict(msgspec.Struct, frozen=True):
    """How a task ended. ``value`` is the result when ``ok``; ``message`` is one line for people.

    ``error``: the entry raised, or ended without a result. ``timeout``: wall clock, CPU time or steps ran
    out. ``killed``: a signal, or the caller's stop. ``refused``: the audit does not allow the code.
    """

    status: Status
    value: bytes = b""
    message: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0


class Start(msgspec.Struct, frozen=True, tag="start"):
    """Run an entry. Comes with three descriptors: payload to read, output to write, status to write."""

    task: int
    entry: str
    limits: Limits


class Kill(msgspec.Struct, frozen=True, tag="kill"):
    """Send a signal to a task's process group. A task that has ended is left in peace."""

    task: int
    signal: int


Request = Start | Kill


class Ready(msgspec.Struct, frozen=True):
    """The server is warm. ``layers`` were measured in a child; ``root`` is where it sees the file system."""

    layers: tuple[str, ...]
    root: tuple[int, int]


class Ended(msgspec.Struct, frozen=True):
    """A child is gone: wait status and CPU seconds. Or it never began, and ``problem`` says why."""

    status: int = 0
    cpu_seconds: float = 0.0
    problem: str = ""


# The exit status of a child that did not run the entry, because a layer that held before now did not.
WALL_MISSING = 70

# Kinds of frames.
MESSAGE = b"m"
RESULT = b"r"
ENDINGS: dict[bytes, Status] = {RESULT: "ok", b"e": "error", b"t": "timeout", b"M": "memory", b"x": "refused"}
KIND_OF: dict[Status, bytes] = {status: kind for kind, status in ENDINGS.items()}

_HEADER = struct.Struct("<cQ")
HEADER_SIZE = _HEADER.size


def header(kind: bytes, length: int) -> bytes:
    return _HEADER.pack(kind, length)


def read_header(data: bytes | bytearray) -> tuple[bytes, int]:
    kind, length = _HEADER.unpack_from(data)
    return kind, length
