"""The fork server: a warmed interpreter that makes one child per task, reaps it and reports its end.

It trusts its caller and the entries it imports. It never reads what a child writes. When the caller is gone
(end of file on the control socket), it kills its children and ends.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path

import msgspec

from aurora.sandbox import child, layers
from aurora.sandbox.protocol import Ended, Kill, Ready, Request, Start

LARGEST_REQUEST = 64 * 1024
_DESCRIPTORS = 3


class _Child(msgspec.Struct):
    pid: int
    task: int
    status: int  # the descriptor on which its end is reported


class Zygote:
    """One per process. Requests come one per packet, in order."""

    def __init__(self, control: socket.socket, readable: list[Path]) -> None:
        self._control = control
        self._ground = layers.prepare(readable)
        self._children: dict[int, _Child] = {}
        self._active = frozenset(self._measure())
        self._requests = msgspec.msgpack.Decoder(Request)

    def serve(self) -> None:
        root = Path("/").stat()
        ready = Ready(tuple(sorted(self._active)), (root.st_dev, root.st_ino))
        self._control.send(msgspec.msgpack.encode(ready))
        wake = _wake_when_a_child_ends()
        # What is alive now stays alive: children need not touch, and so copy, these pages.
        gc.collect()
        gc.freeze()
        while True:
            readable, _, _ = select.select([self._control, wake], [], [])
            if wake in readable:
                wake.recv(4096)
                self._reap()
            if self._control in readable and not self._obey():
                break
        for each in self._children.values():
            _kill_group(each.pid, signal.SIGKILL)

    def _obey(self) -> bool:
        packet, descriptors, _, _ = socket.recv_fds(self._control, LARGEST_REQUEST, _DESCRIPTORS)
        if not packet:
            return False
        match self._requests.decode(packet):
            case Start() as start:
                self._start(start, *descriptors)
            case Kill(task=task, signal=number):
                for each in self._children.values():
                    if each.task == task:
                        _kill_group(each.pid, signal.Signals(number))
        return True

    def _start(self, start: Start, payload: int, output: int, status: int) -> None:
        try:
            entry = _find(start.entry)
            pid = os.fork()
        except Exception as error:  # noqa: BLE001 - importing an entry may raise anything; the caller is told
            _report(status, Ended(problem=f"cannot run {start.entry}: {type(error).__name__}: {error}"))
        else:
            if pid == 0:
                _forget_the_server()
                child.run(entry, payload, output, self._ground, self._active, start.limits)
            self._children[pid] = _Child(pid, start.task, status)
        os.close(payload)
        os.close(output)

    def _reap(self) -> None:
        while self._children:
            # Look first and bury later: as long as the leader is a zombie, the group's number is not reused.
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if found is None:
                return
            _kill_group(found.si_pid, signal.SIGKILL)
            pid, wait_status, usage = os.wait4(found.si_pid, 0)
            ended = self._children.pop(pid, None)
            if ended is not None:
                _report(ended.status, Ended(wait_status, usage.ru_utime + usage.ru_stime))

    def _measure(self) -> list[str]:
        """The layers that hold in a real child of this server."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            child.measure(self._ground, writing)
        os.close(writing)
        names = os.read(reading, 4096).decode("ascii", "replace").split()
        os.close(reading)
        _, status = os.waitpid(pid, 0)
        return names if status == 0 else []


def main(control: int, readable: list[str], preload: list[str]) -> None:
    for name in preload:
        import_module(name)
    gc.disable()
    with socket.socket(fileno=control) as connection:
        Zygote(connection, [Path(path) for path in readable]).serve()


def _find(entry: str) -> child.Entry:
    module, _, name = entry.partition(":")
    found: child.Entry = getattr(import_module(module), name)
    return found


def _wake_when_a_child_ends() -> socket.socket:
    reading, writing = socket.socketpair()
    reading.setblocking(False)
    writing.setblocking(False)
    signal.set_wakeup_fd(writing.detach(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    return reading


def _forget_the_server() -> None:
    signal.set_wakeup_fd(-1)  # the handler may stay: a child has no children
    gc.enable()


def _kill_group(leader: int, number: signal.Signals) -> None:
    # A child that has not called setsid yet has no group of its own: then it alone is meant.
    for send in (os.killpg, os.kill):
        try:
            send(leader, number)
        except ProcessLookupError:
            continue
        except PermissionError:
            continue
        else:
            return


def _report(descriptor: int, ended: Ended) -> None:
    try:
        os.write(descriptor, msgspec.msgpack.encode(ended))
    except BrokenPipeError:
        pass  # the caller gave the task up
    os.close(descriptor)


def boot(arguments: list[str]) -> None:
    """Arguments: control descriptor, then readable paths, ``--``, and modules to import first."""
    split = arguments.index("--")
    main(int(arguments[0]), arguments[1:split], arguments[split + 1 :])
    sys.exit(0)
