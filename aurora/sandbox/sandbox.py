"""Running vetted entries over untrusted data, each in a fresh child behind every wall the system offers."""

from __future__ import annotations

import itertools
import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from threading import Event, Lock
from types import TracebackType
from typing import Self

from aurora.errors import Refused
from aurora.sandbox import server
from aurora.sandbox.protocol import Kill, Limits, Start, Verdict
from aurora.sandbox.server import SandboxBroken
from aurora.sandbox.watch import Watch


class SandboxTooWeak(Refused):
    """Layers that the configuration demands are missing on this system."""


class Sandbox:
    """A fork server and the tasks that are run in its children. Several threads may use it at once.

    ``preload`` names modules that are imported once, before any fork. ``floor`` names layers without which
    nothing is run. A child sees ``hash_seed`` as its PYTHONHASHSEED.

    What a verdict says about a child's end is measured; what ``value`` says is the child's own claim, since
    hostile code that got past the audit can write results as well as the entry can. Never unpickle it.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        floor: Sequence[str] = (),
        *,
        hash_seed: int = 0,
        bubblewrap: bool = True,
    ) -> None:
        self._preload = tuple(preload)
        self._floor = frozenset(floor)
        self._hash_seed = hash_seed
        self._bubblewrap = bubblewrap
        self._lock = Lock()
        self._tasks = itertools.count(1)
        self._closed = False
        self.restarts = 0
        self._server = self._start()

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that were seen to hold in a child of the running server, sorted."""
        with self._lock:
            return tuple(sorted(self._server.layers))

    def run(
        self,
        entry: str,
        payload: bytes,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        on_message: Callable[[bytes], None] | None = None,
        stop: Event | None = None,
    ) -> Verdict:
        """Call ``package.module:function`` as ``function(payload, send) -> bytes`` in a fresh child.

        ``on_message`` gets each ``send``, in this thread, while the child runs. Setting ``stop`` sends the
        child SIGTERM, which an entry may handle to return early, and SIGKILL two seconds later.
        """
        task = next(self._tasks)
        with ExitStack() as open_until_done:
            output, status, running = self._submit(task, entry, payload, limits, open_until_done)

            def kill(number: signal.Signals) -> None:
                self._send_kill(running, Kill(task, number))

            watch = Watch(output, status, limits, kill, on_message, stop)
            try:
                verdict = watch.follow()
            except BaseException:
                kill(signal.SIGKILL)
                raise
            if watch.server_lost:
                running.kill()
            return verdict

    def close(self) -> None:
        """End the server and whatever still runs in it."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(
        self, task: int, entry: str, payload: bytes, limits: Limits, open_until_done: ExitStack
    ) -> tuple[int, int, server.Server]:
        """Hand the task to the server; the returned descriptors are closed with ``open_until_done``."""
        with ExitStack() as open_until_sent:
            file = open_until_sent.enter_context(tempfile.TemporaryFile(buffering=0))
            file.write(payload)
            file.seek(0)
            output, child_output = os.pipe()
            open_until_done.callback(os.close, output)
            open_until_sent.callback(os.close, child_output)
            status, server_status = os.pipe()
            open_until_done.callback(os.close, status)
            open_until_sent.callback(os.close, server_status)
            request = Start(task, entry, limits)
            descriptors = (file.fileno(), child_output, server_status)
            with self._lock:
                if self._closed:
                    raise SandboxBroken("SANDBOX-002", "the sandbox is closed", hint="open a new one")
                try:
                    self._server.send(request, descriptors)
                except ConnectionError:
                    self._restart()
                    self._server.send(request, descriptors)
                return output, status, self._server

    def _send_kill(self, running: server.Server, request: Kill) -> None:
        with self._lock:
            if running is self._server and not self._closed:
                try:
                    running.send(request)
                except ConnectionError:
                    pass  # the server is gone, and its children with it; the status pipe tells

    def _restart(self) -> None:
        lost, self._server = self._server, self._start()
        self.restarts += 1
        lost.kill()
        lost.close()

    def _start(self) -> server.Server:
        started = server.start(self._preload, self._hash_seed, self._bubblewrap)
        missing = sorted(self._floor - started.layers)
        if missing:
            started.close()
            raise SandboxTooWeak(
                "SANDBOX-003",
                f"missing sandbox layers: {', '.join(missing)}",
                hint="`aurora doctor` says how to get each; or lower the floor in aurora.toml, knowingly",
            )
        return started
