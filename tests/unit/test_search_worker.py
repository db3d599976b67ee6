"""The search as the sandbox runs it: bytes in, bytes out, the same under any hash seed; what stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from search_problems import messages, problem, stream

from aurora.synthesis.problem import Frame, Message, Outcome, Problem, Progress
from aurora.synthesis.worker import SearchTask, search

EASY = problem("f(s: str) -> str", 'f("Hello World") -> "World"', 'f("a b") -> "b"', 'f("x yz t") -> "t"')
HARD = problem("f(n: int) -> int", "f(1) -> 77", "f(2) -> 3", "f(3) -> 1009", max_evaluations=10**9)

SCRIPT = """
import sys
from hashlib import sha256
from aurora.synthesis.worker import search
digest = sha256()
def send(message):
    if b"progress" not in message[:12]:
        digest.update(message)
digest.update(search(sys.stdin.buffer.read(), send))
print(digest.hexdigest())
"""


def payload(given: Problem, memory_bytes: int = 0) -> bytes:
    return msgspec.msgpack.encode(SearchTask(given, memory_bytes))


def run(given: Problem) -> tuple[list[Message], Outcome]:
    sent: list[bytes] = []
    last = search(payload(given), sent.append)
    said = [msgspec.msgpack.decode(message, type=Message) for message in sent]
    return said, msgspec.msgpack.decode(last, type=Outcome)


def test_the_worker_says_what_the_engine_says() -> None:
    said, ended = run(EASY)
    assert [*(message for message in said if isinstance(message, Frame)), ended] == stream(messages(EASY))


def test_any_hash_seed_gives_the_same_bytes() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(root), str(root / "events")]),
        }
        ended = subprocess.run(
            [sys.executable, "-c", SCRIPT], input=payload(EASY), capture_output=True, check=True,
            env=environment,
        )  # fmt: skip
        digests.add(ended.stdout)
    assert len(digests) == 1
    assert len(digests.pop().strip()) == len(sha256().hexdigest())


def test_the_clock_stops_a_search_and_its_count_repeats_it() -> None:
    said, ended = run(msgspec.structs.replace(HARD, wall_seconds=0.3))
    assert ended.stopped == "clock"
    again, same = run(msgspec.structs.replace(HARD, max_evaluations=ended.evaluations))
    assert same == msgspec.structs.replace(ended, stopped="budget")
    assert stream(again) == stream(said)


def test_sigterm_ends_a_search_with_its_best_and_gives_the_signal_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    sent: list[bytes] = []

    def send(message: bytes) -> None:
        if not sent:
            os.kill(os.getpid(), signal.SIGTERM)
        sent.append(message)

    ended = msgspec.msgpack.decode(search(payload(HARD), send), type=Outcome)
    assert (ended.result, ended.stopped) == ("unsolved", "interrupt")
    assert signal.getsignal(signal.SIGTERM) == before


def test_memory_beyond_the_share_stops_a_search() -> None:
    ended = msgspec.msgpack.decode(search(payload(HARD, memory_bytes=1), lambda message: None), type=Outcome)
    assert (ended.result, ended.stopped) == ("unsolved", "memory")


def test_progress_comes_at_most_ten_times_a_second() -> None:
    start = time.monotonic()
    said, _ = run(msgspec.structs.replace(HARD, wall_seconds=0.5))
    shown = [message for message in said if isinstance(message, Progress)]
    assert 1 <= len(shown) <= 1 + 10 * (time.monotonic() - start)
