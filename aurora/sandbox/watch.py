"""Following one task from the caller's side: its frames, its clock, the caller's stop, and its end."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable
from threading import Event

import msgspec

from aurora.sandbox.protocol import (
    ENDINGS,
    HEADER_SIZE,
    MESSAGE,
    RESULT,
    WALL_MISSING,
    Ended,
    Limits,
    Status,
    Verdict,
    read_header,
)

_LOOK_AT_STOP_EVERY = 0.05
_STOP_GRACE = 2.0
_DEATH_GRACE = 10.0  # a killed child that is not reported dead by then has a dead or hung server
_CHUNK = 1 << 16
_LONGEST_MESSAGE = 500


class Frames:
    """Takes the child's bytes apart, never holding more of them than the limits allow."""

    def __init__(self, limits: Limits, on_message: Callable[[bytes], None] | None) -> None:
        self._limits = limits
        self._on_message = on_message
        self._buffer = bytearray()
        self._messages = 0
        self.ending: tuple[Status, bytes] | None = None
        self.broken = ""  # why nothing more is read, once the child said too much or something else
        self.overflow = False

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while not self.broken and len(self._buffer) >= HEADER_SIZE:
            kind, length = read_header(self._buffer)
            self._check(kind, length)
            if self.broken or len(self._buffer) < HEADER_SIZE + length:
                return
            body = bytes(memoryview(self._buffer)[HEADER_SIZE : HEADER_SIZE + length])
            del self._buffer[: HEADER_SIZE + length]
            self._take(kind, body)

    def _check(self, kind: bytes, length: int) -> None:
        if self.ending is not None or (kind != MESSAGE and kind not in ENDINGS):
            self.broken = "the child wrote something else than one result"
        elif kind == MESSAGE and self._messages + length > self._limits.message_bytes:
            self.overflow = True
            self.broken = f"more than {self._limits.message_bytes} bytes of messages"
        elif kind != MESSAGE and length > self._limits.output_bytes:
            self.overflow = True
            self.broken = f"a result of more than {self._limits.output_bytes} bytes"

    def _take(self, kind: bytes, body: bytes) -> None:
        if kind != MESSAGE:
            self.ending = (ENDINGS[kind], body)
            return
        # Empty messages are charged too, or they would be free without end.
        self._messages += max(1, len(body))
        if self._on_message is not None:
            self._on_message(body)


class Watch:
    """One task. ``kill`` asks the server to send a signal; ``follow`` returns when the child is gone."""

    def __init__(
        self,
        output: int,
        status: int,
        limits: Limits,
        kill: Callable[[signal.Signals], None],
        on_message: Callable[[bytes], None] | None,
        stop: Event | None,
    ) -> None:
        self._output = output
        self._status = status
        self._limits = limits
        self._kill = kill
        self._stop = stop
        self._frames = Frames(limits, on_message)
        self._began = time.monotonic()
        self._stopped_at: float | None = None
        self._killed_at: float | None = None
        self._timed_out = False
        self.server_lost = False

    def follow(self) -> Verdict:
        os.set_blocking(self._output, False)
        poller = select.poll()
        poller.register(self._output, select.POLLIN)
        poller.register(self._status, select.POLLIN)
        ended: Ended | None = None
        while ended is None and not self.server_lost:
            for descriptor, _ in poller.poll(self._patience() * 1000):
                if descriptor == self._status:
                    ended = self._read_end()
                elif self._read_output() == b"":
                    poller.unregister(self._output)
            self._look_at_clock(time.monotonic())
        while self._read_output():
            pass  # what the child wrote before its end
        return self._verdict(ended)

    def _patience(self) -> float:
        """Seconds until there is something to look at even if nobody writes."""
        now = time.monotonic()
        if self._killed_at is not None:
            return max(0.0, self._killed_at + _DEATH_GRACE - now)
        if self._stop is not None:
            return _LOOK_AT_STOP_EVERY
        return min(60.0, max(0.0, self._began + self._limits.wall_seconds - now))

    def _look_at_clock(self, now: float) -> None:
        if self._killed_at is not None:
            self.server_lost = self.server_lost or now >= self._killed_at + _DEATH_GRACE
        elif self._frames.broken:
            self._end(now)
        elif now >= self._began + self._limits.wall_seconds:
            self._timed_out = True
            self._end(now)
        elif self._stopped_at is not None:
            if now >= self._stopped_at + _STOP_GRACE:
                self._end(now)
        elif self._stop is not None and self._stop.is_set():
            self._stopped_at = now
            self._kill(signal.SIGTERM)

    def _end(self, now: float) -> None:
        self._killed_at = now
        self._kill(signal.SIGKILL)

    def _read_output(self) -> bytes | None:
        """What was read, or dropped where nothing more is believed; b"" at the end; None if nothing is there."""
        try:
            data = os.read(self._output, _CHUNK)
        except BlockingIOError:
            return None
        if not self._frames.broken:
            self._frames.feed(data)
        return data

    def _read_end(self) -> Ended | None:
        data = os.read(self._status, _CHUNK)
        if not data:
            self.server_lost = True
            return None
        return msgspec.msgpack.decode(data, type=Ended)

    def _verdict(self, ended: Ended | None) -> Verdict:
        status, value, message = self._judge(ended)
        return Verdict(
            status=status,
            value=value,
            message=_one_line(message),
            cpu_seconds=ended.cpu_seconds if ended else 0.0,
            wall_seconds=time.monotonic() - self._began,
        )

    def _judge(self, ended: Ended | None) -> tuple[Status, bytes, str]:
        limits, frames = self._limits, self._frames
        if ended is None:
            return "killed", b"", "the fork server ended; a new one is started for the next task"
        if ended.problem:
            return "error", b"", ended.problem
        if frames.overflow:
            return "output", b"", frames.broken
        if frames.broken:
            return "error", b"", frames.broken
        if self._timed_out:
            return "timeout", b"", f"{limits.wall_seconds:g} seconds of time ran out"
        if _used_up_cpu(ended, limits):
            return "timeout", b"", f"{limits.cpu_seconds:g} seconds of CPU ran out"
        if os.WIFSIGNALED(ended.status):
            name = signal.Signals(os.WTERMSIG(ended.status)).name
            return (
                "killed",
                b"",
                f"stopped by the caller ({name})" if self._stopped_at else f"ended by {name}",
            )
        code = os.waitstatus_to_exitcode(ended.status)
        if code == WALL_MISSING:
            return "error", b"", "a sandbox layer could not be put up; the code was not run"
        if code != 0 or frames.ending is None:
            return "error", b"", f"ended without a result (exit status {code})"
        status, body = frames.ending
        if body and frames.ending[0] != ENDINGS[RESULT]:
            return status, b"", body.decode(errors="replace")
        return status, body, ""


def _used_up_cpu(ended: Ended, limits: Limits) -> bool:
    if not os.WIFSIGNALED(ended.status):
        return False
    number = os.WTERMSIG(ended.status)
    return number == signal.SIGXCPU or (number == signal.SIGKILL and ended.cpu_seconds >= limits.cpu_seconds)


def _one_line(text: str) -> str:
    """Printable, so that untrusted text cannot draw on the terminal."""
    line = " ".join(text.split())[:_LONGEST_MESSAGE]
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in line)
