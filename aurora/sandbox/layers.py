"""The walls around one child, in the order in which they are put up; each can say whether it holds.

A layer that the kernel does not offer is left out for the whole server, and named as missing. A layer that
was measured to hold and then cannot be put up ends the child: it is never silently weaker.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
from collections.abc import Callable
from math import ceil, isfinite
from pathlib import Path
from typing import Protocol

import msgspec

from aurora.sandbox import kernel, landlock, seccomp
from aurora.sandbox.protocol import Limits

NOBODY = 65534
OUTPUT = 3  # the one descriptor beside 0, 1 and 2 (the null device) that a child keeps

BUBBLEWRAP = "bubblewrap"
NAMES = (
    BUBBLEWRAP,
    "capabilities",
    "descriptors",
    "landlock-files",
    "landlock-network",
    "landlock-signals",
    "limits",
    "no-new-privileges",
    "seccomp",
    "session",
    "user",
)


class Layer(msgspec.Struct, frozen=True):
    """``put_up`` raises OSError where it cannot; ``holds`` asks the kernel right afterwards."""

    name: str
    put_up: Callable[[], None]
    holds: Callable[[], bool]


class Ground(msgspec.Struct, frozen=True):
    """What the server prepared once for all its children."""

    server: int
    ruleset: int | None
    filter: bytes | None
    nobody: bool


def prepare(readable: list[Path]) -> Ground:
    architecture = seccomp.ARCHITECTURES.get(os.uname().machine)
    return Ground(
        server=os.getpid(),
        ruleset=landlock.make_ruleset(readable) if landlock.version() else None,
        filter=seccomp.program(architecture) if architecture else None,
        nobody=nobody_can_read(readable),
    )


def walls(ground: Ground, output: int, limits: Limits) -> list[Layer]:
    """The layers for one child. Seccomp comes last, because it forbids what the others need."""
    layers = [Layer("no-new-privileges", _renounce_privileges, _privileges_are_renounced)]
    if ground.ruleset is not None:
        layers += _landlock(ground.ruleset)
    layers.append(Layer("descriptors", lambda: _keep_only(output), _others_are_closed))
    if ground.nobody:
        layers.append(Layer("user", _become_nobody, _is_nobody))
    layers += [
        Layer("capabilities", kernel.drop_capabilities, lambda: not kernel.has_capabilities()),
        Layer("session", lambda: _own_session(ground.server), lambda: os.getsid(0) == os.getpid()),
        Layer("limits", lambda: _limit(limits), lambda: _is_limited(limits)),
    ]
    instructions = ground.filter
    if instructions is not None:
        layers.append(Layer("seccomp", lambda: seccomp.restrict(instructions), _no_socket_pair))
    return layers


# No new privileges


def _renounce_privileges() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # other children of the same user cannot trace this one


def _privileges_are_renounced() -> bool:
    return kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS) == 1


# Landlock: one rule set, three walls


def _landlock(ruleset: int) -> list[Layer]:
    known = landlock.version()
    layers = [Layer("landlock-files", lambda: landlock.restrict(ruleset), _root_is_hidden)]
    if known >= landlock.NETWORK_SINCE:
        layers.append(Layer("landlock-network", _came_with_files, _cannot_connect))
    if known >= landlock.SIGNALS_SINCE:
        layers.append(Layer("landlock-signals", _came_with_files, _cannot_signal_server))
    return layers


def _came_with_files() -> None:
    """The rule set of landlock-files holds these rules too: there is nothing more to put up."""


def _root_is_hidden() -> bool:
    return _fails_with((errno.EACCES,), lambda: list(Path("/").iterdir()))


def _cannot_connect() -> bool:
    def connect() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.connect(("127.0.0.1", 1))

    return _fails_with((errno.EACCES,), connect)


def _cannot_signal_server() -> bool:
    return _fails_with((errno.EPERM,), lambda: os.kill(os.getppid(), 0))


# Descriptors


def _keep_only(output: int) -> None:
    os.dup2(0, 1)
    os.dup2(0, 2)
    if output != OUTPUT:
        os.dup2(output, OUTPUT, inheritable=False)
    os.closerange(OUTPUT + 1, _highest_descriptor())


def _others_are_closed() -> bool:
    # The lowest free number is the one after OUTPUT only if nothing else is open below it.
    lowest = os.dup(0)
    os.close(lowest)
    return lowest == OUTPUT + 1


def _highest_descriptor() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 1 << 20


# User


def nobody_can_read(paths: list[Path]) -> bool:
    """Whether a child that became nobody could still import modules. Tried out in a child; needs root."""
    if os.geteuid() != 0:
        return False
    probe = os.fork()
    if probe == 0:
        code = 1
        try:
            _become_nobody()
            code = 0 if all(_readable(path) for path in paths) else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(probe, 0)
    return status == 0


def _readable(path: Path) -> bool:
    return os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK)


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _is_nobody() -> bool:
    return os.getresuid() == (NOBODY,) * 3 and os.getresgid() == (NOBODY,) * 3


# Session


def _own_session(server: int) -> None:
    os.setsid()
    # Set after the change of user, which would clear it.
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        raise ProcessLookupError("the fork server is gone")


# Limits


def _limit(limits: Limits) -> None:
    for kind, soft, hard in _resource_limits(limits):
        resource.setrlimit(kind, (soft, hard))


def _is_limited(limits: Limits) -> bool:
    return all(resource.getrlimit(kind) == (soft, hard) for kind, soft, hard in _resource_limits(limits))


def _resource_limits(limits: Limits) -> list[tuple[int, int, int]]:
    """Kind, soft and hard limit. Of CPU time the soft limit is a signal to end, the hard one the end."""
    cpu = max(1, ceil(limits.cpu_seconds)) if isfinite(limits.cpu_seconds) else resource.RLIM_INFINITY
    after_cpu = cpu + 1 if cpu != resource.RLIM_INFINITY else cpu
    stack, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return [
        (resource.RLIMIT_CPU, cpu, after_cpu),
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_STACK, stack, stack),
    ]


# Seccomp


def _no_socket_pair() -> bool:
    return _fails_with((errno.EPERM,), socket.socketpair)


class _Attempt(Protocol):
    def __call__(self) -> object: ...


def _fails_with(numbers: tuple[int, ...], attempt: _Attempt) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in numbers
    return False
