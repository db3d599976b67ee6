"""Starting a fork server as a process of its own, inside bubblewrap where that works, and talking to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from aurora.errors import AuroraError
from aurora.sandbox.layers import BUBBLEWRAP
from aurora.sandbox.protocol import Ready, Request

_START_SECONDS = 60.0
_LARGEST_ANSWER = 64 * 1024

# -s and -P: nothing from the user's or the current directory. Not -I, which would ignore PYTHONHASHSEED.
_PYTHON = (sys.executable, "-s", "-P", "-B", "-c")
_BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from aurora.sandbox.zygote import boot
boot(sys.argv[2:])
"""


class SandboxBroken(AuroraError):
    """No fork server can be started."""


class Server:
    """One running fork server. Not thread safe: ``Sandbox`` guards it."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        control: socket.socket,
        nowhere: tempfile.TemporaryDirectory[str],
        ready: Ready,
    ) -> None:
        self._process = process
        self._control = control
        self._nowhere = nowhere  # the empty working directory
        here = Path("/").stat()
        elsewhere = ready.root != (here.st_dev, here.st_ino)
        self.layers = frozenset(ready.layers) | ({BUBBLEWRAP} if elsewhere else frozenset())

    def send(self, request: Request, descriptors: Sequence[int] = ()) -> None:
        """Raises ConnectionError when the server is gone."""
        packet = msgspec.msgpack.encode(request)
        if descriptors:
            socket.send_fds(self._control, [packet], descriptors)
        else:
            self._control.send(packet)

    def close(self) -> None:
        """The end of the control socket makes the server kill its children and end; a hung one is killed."""
        self._control.close()
        try:
            self._process.wait(timeout=2.0)
        except subprocess.TimeoutExpired:
            self.kill()
        self._nowhere.cleanup()

    def kill(self) -> None:
        """For a server that does not answer, or is half gone."""
        _kill_session(self._process)


def start(preload: Sequence[str], hash_seed: int, bubblewrap: bool) -> Server:
    """A warm server; inside bubblewrap if asked for, installed and allowed here, else without."""
    wrapper = shutil.which("bwrap") if bubblewrap else None
    if wrapper is not None:
        try:
            return _start(_wrapped(wrapper), preload, hash_seed)
        except SandboxBroken:
            pass  # many systems forbid user namespaces; the layer is then missing, and reported as missing
    return _start([], preload, hash_seed)


def _start(wrapper: Sequence[str], preload: Sequence[str], hash_seed: int) -> Server:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    path, readable = json.dumps(_import_path()), [str(each) for each in readable_paths()]
    nowhere = tempfile.TemporaryDirectory(prefix="aurora-sandbox-")
    with theirs, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [*wrapper, *_PYTHON, _BOOT, path, str(theirs.fileno()), *readable, "--", *preload],
            env={"PYTHONHASHSEED": str(hash_seed), "LC_ALL": "C.UTF-8"},
            cwd=nowhere.name,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C at the terminal is the caller's business
        )
        theirs.close()
        ours.settimeout(_START_SECONDS)
        try:
            answer = ours.recv(_LARGEST_ANSWER)
        except TimeoutError:
            answer = b""
        if not answer:
            ours.close()
            _kill_session(process)
            nowhere.cleanup()
            raise SandboxBroken(
                "SANDBOX-001",
                f"the fork server did not start: {_last_line(complaints)}",
                hint="run `aurora doctor`; the modules to preload must be importable from this interpreter",
            )
    ours.settimeout(None)
    return Server(process, ours, nowhere, msgspec.msgpack.decode(answer, type=Ready))


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Under bubblewrap the session includes the first process of its namespace, and so ends all of it."""
    try:
        if process.poll() is None:  # once reaped, its number may belong to somebody else
            os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


def _import_path() -> list[str]:
    """Our own import path, so that the server finds what we find, from a checkout and from a wheel."""
    ours = Path(__file__).resolve().parents[2]
    return list(dict.fromkeys([*(str(Path(entry).resolve()) for entry in sys.path), str(ours)]))


def readable_paths() -> list[Path]:
    """What a child may read: the interpreter, its libraries, installed packages and Aurora's own packages."""
    scheme = sysconfig.get_paths()
    packages = [Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    own = {Path(entry) / name for entry in _import_path() for name in _own_packages()}
    wanted = [
        *(Path(prefix) / lib for prefix in (sys.prefix, sys.base_prefix) for lib in ("lib", "lib64")),
        *(Path(scheme[key]) for key in ("stdlib", "platstdlib", "purelib", "platlib")),
        *packages,
        *sorted(own),
        *(Path(lib) for lib in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")),
    ]
    return [path for path in dict.fromkeys(path.resolve() for path in wanted) if path.exists()]


def _own_packages() -> tuple[str, ...]:
    return ("aurora", "aurora_events", "aurora_projections")


def _wrapped(wrapper: str) -> list[str]:
    """Namespaces of its own, no capability, and of the files only what Python needs, read-only."""
    executable = Path(sys.executable)
    shown = [
        Path(sys.prefix),
        Path(sys.base_prefix),
        executable.parent,
        executable.resolve().parent,
        *(Path(entry) for entry in _import_path()),
        *readable_paths(),
        Path("/lib"),
        Path("/lib64"),
    ]
    command = [wrapper, "--unshare-all", "--cap-drop", "ALL"]
    for path in dict.fromkeys(shown):
        command += ["--ro-bind-try", str(path), str(path)]
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]
