"""What callers of the sandbox rely on: verdicts, messages, stopping, threads, restarts, cleanliness."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from aurora.sandbox import Limits, Sandbox, SandboxBroken, SandboxTooWeak, available

ENTRIES = "sandbox_entries"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox((ENTRIES, "hypothesis")) as opened:
        yield opened


def test_a_result_comes_back_with_the_time_it_took(sandbox: Sandbox) -> None:
    verdict = sandbox.run(f"{ENTRIES}:echo", b"hello")
    assert (verdict.status, verdict.value, verdict.message) == ("ok", b"hello", "")
    assert verdict.wall_seconds > 0
    assert verdict.cpu_seconds > 0


def test_large_payloads_and_results_pass(sandbox: Sandbox) -> None:
    payload = os.urandom(8 << 20)
    verdict = sandbox.run(f"{ENTRIES}:echo", payload, Limits(output_bytes=8 << 20))
    assert verdict.value == payload


def test_messages_arrive_in_order_while_the_child_runs(sandbox: Sandbox) -> None:
    heard: list[bytes] = []
    verdict = sandbox.run(f"{ENTRIES}:talk", b"1000", on_message=heard.append)
    assert verdict.value == b"done"
    assert heard == [str(number).encode() for number in range(1000)]


def test_too_many_messages_end_the_child(sandbox: Sandbox) -> None:
    verdict = sandbox.run(f"{ENTRIES}:talk", b"1000", Limits(message_bytes=100))
    assert verdict.status == "output"


def test_a_listener_that_fails_ends_the_child_and_is_heard(sandbox: Sandbox) -> None:
    def fail(message: bytes) -> None:
        raise KeyError(message)

    with pytest.raises(KeyError):
        sandbox.run(f"{ENTRIES}:stubborn", b"", on_message=fail)
    assert sandbox.run(f"{ENTRIES}:echo", b"next").value == b"next"


def test_an_entry_that_handles_the_stop_returns_what_it_has(sandbox: Sandbox) -> None:
    stop = Event()
    verdict = sandbox.run(f"{ENTRIES}:early", b"", on_message=lambda _: stop.set(), stop=stop)
    assert (verdict.status, verdict.value) == ("ok", b"so far")


def test_an_entry_deaf_to_the_stop_is_killed_after_a_grace(sandbox: Sandbox) -> None:
    stop = Event()
    verdict = sandbox.run(f"{ENTRIES}:stubborn", b"", on_message=lambda _: stop.set(), stop=stop)
    assert verdict.status == "killed"
    assert "stopped by the caller" in verdict.message
    assert 1.5 < verdict.wall_seconds < 4.5


def test_cpu_time_ends_a_child_that_the_wall_clock_would_let_go_on(sandbox: Sandbox) -> None:
    code = b'{"code": "while True: pass", "names": {}}'
    verdict = sandbox.run(f"{ENTRIES}:raw", code, Limits(cpu_seconds=1, wall_seconds=20))
    assert verdict.status == "timeout"
    assert "CPU" in verdict.message


def test_an_entry_that_cannot_be_imported_is_named(sandbox: Sandbox) -> None:
    verdict = sandbox.run("no_such_module:entry", b"")
    assert verdict.status == "error"
    assert "no_such_module" in verdict.message


def test_an_entry_that_returns_no_bytes_is_an_error(sandbox: Sandbox) -> None:
    assert sandbox.run(f"{ENTRIES}:not_bytes", b"").status == "error"


def test_threads_may_run_tasks_at_once(sandbox: Sandbox) -> None:
    def echo(number: int) -> bytes:
        return sandbox.run(f"{ENTRIES}:echo", str(number).encode(), Limits(wall_seconds=30)).value

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(echo, range(80))) == [str(number).encode() for number in range(80)]


def test_property_tests_run_inside(sandbox: Sandbox) -> None:
    verdict = sandbox.run(f"{ENTRIES}:property_test", b"", Limits(cpu_seconds=10, wall_seconds=20))
    assert (verdict.status, verdict.message) == ("ok", "")
    assert int(verdict.value) >= 10


def test_the_hash_seed_is_fixed_and_can_be_another(sandbox: Sandbox) -> None:
    def hash_of(box: Sandbox) -> bytes:
        return box.run(f"{ENTRIES}:hash_of", b"text").value

    with Sandbox((ENTRIES,)) as again, Sandbox((ENTRIES,), hash_seed=1) as other:
        assert hash_of(sandbox) == hash_of(again) != hash_of(other)


def test_no_variable_of_our_environment_is_seen(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = sandbox.run(f"{ENTRIES}:environment", b"").value
    monkeypatch.setenv("AURORA_SECRET", "x")
    with Sandbox((ENTRIES,)) as other:
        assert other.run(f"{ENTRIES}:environment", b"").value == seen
    assert b"PATH" not in seen


def test_a_missing_layer_below_the_floor_is_refused() -> None:
    with pytest.raises(SandboxTooWeak) as refusal:
        Sandbox(floor=("limits", "a moat"))
    assert refusal.value.exit_code == 6
    assert "a moat" in refusal.value.message


def test_a_floor_that_holds_is_no_obstacle(sandbox: Sandbox) -> None:
    with Sandbox(floor=sandbox.layers) as other:
        assert set(other.layers) >= set(sandbox.layers)


def test_a_fork_server_that_cannot_start_says_why() -> None:
    with pytest.raises(SandboxBroken, match="no_such_module"):
        Sandbox(("no_such_module",))


def test_a_closed_sandbox_runs_nothing() -> None:
    box = Sandbox()
    box.close()
    with pytest.raises(SandboxBroken, match="closed"):
        box.run(f"{ENTRIES}:echo", b"")


def descendants(of: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{of}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def test_a_killed_fork_server_is_replaced_and_the_task_in_it_is_not_called_done() -> None:
    before = set(descendants(os.getpid()))
    with Sandbox((ENTRIES,)) as box:
        servers = set(descendants(os.getpid())) - before

        def kill(_: bytes) -> None:
            for server in sorted(servers, reverse=True):
                try:
                    os.kill(server, 9)
                except ProcessLookupError:
                    continue  # it was the child of one that is dead already

        verdict = box.run(f"{ENTRIES}:stubborn", b"", on_message=kill)
        assert verdict.status == "killed"
        assert "fork server" in verdict.message
        assert box.run(f"{ENTRIES}:echo", b"again").value == b"again"
        assert box.restarts == 1


def test_closing_leaves_no_process_descriptor_or_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def traces() -> tuple[set[int], int, list[Path]]:
        return set(descendants(os.getpid())), len(os.listdir("/proc/self/fd")), list(tmp_path.iterdir())

    before = traces()
    with Sandbox((ENTRIES,)) as box:
        assert box.run(f"{ENTRIES}:echo", b"x").status == "ok"
        assert traces() != before
    assert traces() == before


def test_every_layer_is_reported_with_what_it_does_or_how_to_get_it(sandbox: Sandbox) -> None:
    reports = available()
    assert [report.name for report in reports if report.active] == list(sandbox.layers)
    assert all(report.detail for report in reports)
    assert {"limits", "descriptors", "session"} <= {report.name for report in reports if report.active}


def middle_of(times: int, action: Callable[[], object]) -> float:
    measured = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        measured.append(time.perf_counter() - began)
    return statistics.median(measured)


def test_a_candidate_in_a_warm_child_is_much_cheaper_than_in_a_new_interpreter() -> None:
    """Both import the entries, run one and hand its result back; the walls are extra for the child."""
    fresh = f"import sys; sys.path[:] = {sys.path!r}; import {ENTRIES}; {ENTRIES}.echo(b'x', print)"
    with Sandbox((ENTRIES,)) as box:
        warm = middle_of(100, lambda: box.run(f"{ENTRIES}:echo", b"x"))
    cold = middle_of(7, lambda: subprocess.run([sys.executable, "-c", fresh], check=True))
    assert cold / warm >= 8, f"{cold * 1000:.1f} ms against {warm * 1000:.1f} ms"
