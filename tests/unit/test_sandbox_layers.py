"""Each wall by itself: what one layer alone keeps in, and the system call filter on both architectures."""

from __future__ import annotations

import errno
import os
import resource
import socket
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from aurora.sandbox import kernel, layers, seccomp
from aurora.sandbox.layers import OUTPUT
from aurora.sandbox.protocol import Limits
from aurora.sandbox.seccomp import AARCH64, X86_64, Architecture
from aurora.sandbox.server import readable_paths

ALLOW, KILL, EPERM = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM


def decide(program: bytes, audit: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would: a filter's answer to one system call."""
    data = struct.pack("<iIQ6Q", number, audit, 0, *(arguments + (0,) * (6 - len(arguments))))
    accumulator = at = 0
    while True:
        opcode, then, otherwise, operand = struct.unpack_from("=HBBI", program, 8 * at)
        at += 1
        match opcode:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                accumulator &= operand
            case 0x15:
                at += then if accumulator == operand else otherwise
            case 0x35:
                at += then if accumulator >= operand else otherwise
            case 0x06:
                return int(operand)
            case _:
                raise AssertionError(f"not an instruction that the filter uses: {opcode:#x}")


@pytest.mark.parametrize("architecture", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_exactly_the_listed_system_calls_are_answered(architecture: Architecture) -> None:
    program = seccomp.program(architecture)
    listed = set(architecture.allowed.values())
    conditional = {architecture.allowed[name] for name in architecture.conditions}
    for number in range(1000):
        expected = ALLOW if number in listed else EPERM
        if number not in conditional:
            assert decide(program, architecture.audit, number) == expected


@pytest.mark.parametrize("architecture", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_files_are_opened_for_reading_only(architecture: Architecture) -> None:
    program, openat = seccomp.program(architecture), architecture.allowed["openat"]

    def opening(flags: int) -> int:
        return decide(program, architecture.audit, openat, (0, 0, flags))

    assert opening(os.O_RDONLY | os.O_CLOEXEC) == ALLOW
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_RDWR | os.O_CREAT, 0x10 << 32 | 1):
        assert opening(flags) == EPERM


@pytest.mark.parametrize("architecture", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_calls_of_another_architecture_end_the_child(architecture: Architecture) -> None:
    program = seccomp.program(architecture)
    assert decide(program, 0x40000003, 1) == KILL  # i386, where number 1 is exit and 11 is execve
    if architecture is X86_64:
        assert decide(program, architecture.audit, 0x40000000 + 59) == KILL


def behind(names: tuple[str, ...], action: Callable[[], object]) -> str:
    """Fork, put up only these walls, act: the name of the error number, or what came out."""
    ground = layers.prepare(readable_paths())
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            output = writing
            for layer in layers.walls(ground, writing, Limits(open_files=16)):
                if layer.name in names:
                    layer.put_up()
                    output = OUTPUT if layer.name == "descriptors" else output
            try:
                answer = str(action())
            except OSError as error:
                answer = errno.errorcode[error.errno or 0]
            os.write(output, answer.encode())
        finally:
            os._exit(0)
    os.close(writing)
    said = os.read(reading, 4096).decode()
    os.close(reading)
    os.waitpid(pid, 0)
    if ground.ruleset is not None:
        os.close(ground.ruleset)
    return said


LANDLOCK = ("no-new-privileges", "landlock-files")
SECCOMP = ("no-new-privileges", "seccomp")


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary"
    path.write_text("alive")
    return path


def needs(name: str) -> None:
    ground = layers.prepare([])
    if ground.ruleset is not None:
        os.close(ground.ruleset)
    if name not in {layer.name for layer in layers.walls(ground, 1, Limits())}:
        pytest.skip(f"this kernel does not offer {name}")


def test_landlock_alone_keeps_files_from_being_read_and_written(canary: Path) -> None:
    needs("landlock-files")
    assert behind(LANDLOCK, canary.read_text) == "EACCES"
    assert behind(LANDLOCK, lambda: canary.write_text("dead")) == "EACCES"
    assert behind(LANDLOCK, canary.unlink) == "EACCES"
    assert behind(LANDLOCK, lambda: Path(os.__file__).read_text()[:3]) == Path(os.__file__).read_text()[:3]
    assert behind(LANDLOCK, lambda: os.execv("/bin/true", ["true"])) == "EACCES"
    assert canary.read_text() == "alive"


def test_landlock_alone_keeps_tcp_and_signals_in() -> None:
    needs("landlock-signals")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        assert behind(LANDLOCK, lambda: socket.create_connection(address)) == "EACCES"
    assert behind(LANDLOCK, lambda: os.kill(os.getppid(), 0)) == "EPERM"


def test_seccomp_alone_keeps_everything_from_being_changed(canary: Path) -> None:
    needs("seccomp")
    for action in (
        lambda: canary.write_text("dead"),
        canary.unlink,
        lambda: canary.chmod(0o777),
        lambda: os.utime(canary, (0, 0)),
        os.fork,
        socket.socket,
        lambda: os.kill(os.getppid(), 0),
        lambda: os.execv("/bin/true", ["true"]),
    ):
        assert behind(SECCOMP, action) == "EPERM"
    assert canary.read_text() == "alive"


def test_of_descriptors_only_the_result_pipe_is_kept() -> None:
    def open_ones() -> list[int]:
        found = []
        for number in range(1024):
            try:
                os.fstat(number)
                found.append(number)
            except OSError:
                continue
        return found

    assert behind(("descriptors",), open_ones) == "[0, 1, 2, 3]"


def test_limits_are_set_hard() -> None:
    def hard() -> list[int]:
        kinds = (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE)
        return [resource.getrlimit(kind)[1] for kind in kinds]

    assert behind(("limits",), hard) == "[16, 0, 0, 0]"


def test_the_child_leads_a_session_and_has_no_rights_to_lose() -> None:
    assert behind(("session",), lambda: os.getsid(0) == os.getpid()) == "True"
    assert behind(("capabilities",), kernel.has_capabilities) == "False"
    assert behind(("no-new-privileges",), lambda: kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS)) == "1"
