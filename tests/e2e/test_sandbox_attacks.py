"""Attacks on the sandbox: with the audit, and with the audit out of the way so that only the walls are left.

None may have an effect outside, and each must end within its limits with a verdict.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sandbox_attacks import BOMBS, FLOODS, OUTSIDE, SYSTEM_CALLS, TRICKS

from aurora.sandbox import Limits, Sandbox, Verdict, audit_code

LIMITS = Limits(cpu_seconds=1, wall_seconds=0.6, memory_bytes=192 * 1024 * 1024, output_bytes=64 * 1024)
# For attacks that fail at once: a slow machine must not turn their errors into timeouts.
PATIENT = msgspec.structs.replace(LIMITS, cpu_seconds=3, wall_seconds=3)
ENTRIES = "sandbox_entries"


class World:
    """What lies outside of the sandbox and must look the same after every attack."""

    def __init__(self, home: Path, marker: str) -> None:
        self.home = home
        self.marker = marker
        self.canary = home / "canary"
        self.canary.write_text("alive")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind(f"\0{marker}")
        self.abstract.listen()
        for listener in (self.tcp, self.udp, self.abstract):
            listener.setblocking(False)

    def names(self) -> dict[str, object]:
        return {
            "CANARY": str(self.canary),
            "HOME": str(self.home),
            "TCP": self.tcp.getsockname()[1],
            "UDP": self.udp.getsockname()[1],
            "ABSTRACT": self.marker,
            "CALLER": os.getpid(),
        }

    def picture(self) -> object:
        look = self.canary.stat()
        attributes = os.listxattr(self.canary)
        return (
            self.canary.read_text(),
            look.st_mode,
            look.st_uid,
            look.st_mtime,
            look.st_nlink,
            attributes,
            os.listdir(self.home),
        )

    def was_contacted(self) -> bool:
        for listener, answer in ((self.tcp, "accept"), (self.udp, "recv"), (self.abstract, "accept")):
            try:
                getattr(listener, answer)(*([1] if answer == "recv" else []))
            except BlockingIOError:
                continue
            return True
        return False

    def processes(self) -> set[str]:
        """Fork servers of these tests, and whatever came of them: all have the marker in their arguments."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.marker.encode() in (process / "cmdline").read_bytes():
                    found.add(process.name)
            except OSError:
                continue  # it ended while we looked
        return found

    def close(self) -> None:
        for listener in (self.tcp, self.udp, self.abstract):
            listener.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    marker = f"aurora-attack-{os.getpid()}"
    # Part of our import path, and so of the fork servers' arguments.
    sys.path.append(str(tmp_path_factory.mktemp(marker)))
    os.environ["AURORA_TEST_SECRET"] = "secret"
    outside = World(tmp_path_factory.mktemp("outside"), marker)
    yield outside
    outside.close()
    del os.environ["AURORA_TEST_SECRET"]
    sys.path.pop()


@pytest.fixture(scope="module")
def sandbox(world: World) -> Iterator[Sandbox]:
    """Without bubblewrap, which must not be needed."""
    with Sandbox((ENTRIES,), bubblewrap=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def wrapped(world: World) -> Iterator[Sandbox]:
    with Sandbox((ENTRIES,)) as opened:
        if "bubblewrap" not in opened.layers:
            pytest.skip("bubblewrap is not installed, or may not make namespaces here")
        yield opened


def attack(sandbox: Sandbox, world: World, code: str, limits: Limits = LIMITS) -> Verdict:
    """Run without the audit, and look at the world before and after."""
    before, running, restarts = world.picture(), world.processes(), sandbox.restarts
    began = time.monotonic()
    payload = json.dumps({"code": code, "names": world.names()}).encode()
    verdict = sandbox.run(f"{ENTRIES}:raw", payload, limits)
    assert time.monotonic() - began < limits.wall_seconds + 4, "the limits did not end it"
    assert world.picture() == before
    assert not world.was_contacted()
    assert world.processes() == running, "a process was left or one is missing"
    assert b"ESCAPED" not in verdict.value
    assert sandbox.run(f"{ENTRIES}:echo", b"still here").value == b"still here"
    assert sandbox.restarts == restarts
    return verdict


def needs(sandbox: Sandbox, *layers: str) -> None:
    missing = [name for name in layers if name not in sandbox.layers]
    if missing:
        pytest.skip(f"this kernel does not offer: {', '.join(missing)}")


@pytest.mark.parametrize("name", OUTSIDE)
def test_without_the_audit_nothing_outside_is_reached(sandbox: Sandbox, world: World, name: str) -> None:
    needs(sandbox, "landlock-files", "seccomp")
    assert attack(sandbox, world, OUTSIDE[name], PATIENT).status in ("ok", "error", "killed")


@pytest.mark.parametrize("name", OUTSIDE)
def test_inside_bubblewrap_nothing_outside_is_reached_either(
    wrapped: Sandbox, world: World, name: str
) -> None:
    assert attack(wrapped, world, OUTSIDE[name], PATIENT).status in ("ok", "error", "killed")


@pytest.mark.parametrize("name", SYSTEM_CALLS)
def test_without_the_audit_no_dangerous_system_call_is_answered(
    sandbox: Sandbox, world: World, name: str
) -> None:
    needs(sandbox, "seccomp")
    if platform.machine() != "x86_64":
        pytest.skip("the numbers are those of x86_64")
    number, arguments = SYSTEM_CALLS[name]
    code = f"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
answer = libc.syscall({", ".join([str(number), *([arguments] if arguments else [])])})
out = "ESCAPED" if answer >= 0 else ctypes.get_errno()
"""
    verdict = attack(sandbox, world, code, PATIENT)
    # EPERM from the filter, not EINVAL or EFAULT from a kernel that was ready to look at the arguments.
    expected = ("killed", b"") if number >= 0x40000000 else ("ok", b"1")
    assert (verdict.status, verdict.value) == expected


@pytest.mark.parametrize("name", BOMBS)
def test_without_the_audit_a_bomb_ends_within_its_limits(sandbox: Sandbox, world: World, name: str) -> None:
    verdict = attack(sandbox, world, BOMBS[name])
    assert verdict.status in ("timeout", "memory", "error", "killed", "output"), verdict
    assert verdict.message
    assert verdict.message.isprintable()


@pytest.mark.parametrize("name", FLOODS)
def test_without_the_audit_a_child_cannot_confuse_its_caller(
    sandbox: Sandbox, world: World, name: str
) -> None:
    verdict = attack(sandbox, world, FLOODS[name])
    assert verdict.status in ("timeout", "memory", "error", "killed", "output"), verdict
    assert verdict.message
    assert verdict.message.isprintable()


@pytest.mark.parametrize("name", OUTSIDE | FLOODS)
def test_the_audit_refuses_attacks_before_they_run(sandbox: Sandbox, name: str) -> None:
    code = (OUTSIDE | FLOODS)[name]
    verdict = sandbox.run(f"{ENTRIES}:audited", code.encode(), PATIENT)
    assert verdict.status == "refused"
    assert verdict.message.startswith("line ")


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_that_passes_the_audit_ends_within_its_limits(sandbox: Sandbox, name: str) -> None:
    verdict = sandbox.run(f"{ENTRIES}:audited", BOMBS[name].encode(), LIMITS)
    assert verdict.status in ("timeout", "memory", "error", "killed", "output"), verdict
    assert verdict.message
    assert verdict.message.isprintable()


@pytest.mark.parametrize("name", TRICKS)
def test_the_audit_refuses_tricks_of_the_language(name: str) -> None:
    assert audit_code(TRICKS[name])


@pytest.mark.parametrize("name", TRICKS)
def test_without_the_audit_tricks_of_the_language_have_no_effect(
    sandbox: Sandbox, world: World, name: str
) -> None:
    attack(sandbox, world, TRICKS[name])


def test_what_one_child_changes_the_next_does_not_see(sandbox: Sandbox, world: World) -> None:
    """Replaced built-ins and modules die with the child that replaced them."""
    attack(sandbox, world, "import builtins, sys; builtins.len = None; sys.modules['json'] = None")
    verdict = attack(sandbox, world, "import json; out = len(json.dumps([1]))", PATIENT)
    assert verdict.value == b"3"
