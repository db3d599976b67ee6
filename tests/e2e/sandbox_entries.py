"""Entries that the sandbox tests run in children. ``raw`` skips the audit, as an attacker would like to."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable

from aurora.sandbox import load_module, step_limit

Send = Callable[[bytes], None]


def echo(payload: bytes, send: Send) -> bytes:
    return payload


def talk(payload: bytes, send: Send) -> bytes:
    for number in range(int(payload)):
        send(str(number).encode())
    return b"done"


def raw(payload: bytes, send: Send) -> bytes:
    task = json.loads(payload)
    namespace = dict(task["names"], out="nothing", send=send)
    exec(task["code"], namespace)
    return str(namespace["out"]).encode(errors="replace")


def audited(payload: bytes, send: Send) -> bytes:
    with step_limit(1_000_000):
        namespace = load_module(payload.decode())
        return str(namespace.get("out", "nothing")).encode()


def early(payload: bytes, send: Send) -> bytes:
    """Works until asked to stop, then returns what it has."""
    stopped = []
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopped.append(True))
    send(b"ready")
    while not stopped:
        time.sleep(0.01)
    return b"so far"


def stubborn(payload: bytes, send: Send) -> bytes:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    send(b"ready")
    while True:
        time.sleep(1)


def hash_of(payload: bytes, send: Send) -> bytes:
    return str(hash(payload.decode())).encode()


def environment(payload: bytes, send: Send) -> bytes:
    return json.dumps(dict(os.environ)).encode()


def not_bytes(payload: bytes, send: Send) -> bytes:
    return "text"  # type: ignore[return-value]


def property_test(payload: bytes, send: Send) -> bytes:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    seen = []

    @settings(database=None, derandomize=True, max_examples=20, deadline=None)
    @given(st.text())
    def check(text: str) -> None:
        seen.append(text)
        assert text[::-1][::-1] == text

    check()
    return str(len(seen)).encode()
