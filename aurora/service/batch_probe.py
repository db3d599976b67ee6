"""A job run once more, in a process that watches itself: what it writes, what it starts, whether it uses the network.

``python -m aurora.service.batch_probe`` reads jobs (msgpack) from standard input and prints what it saw (JSON).
"""

from __future__ import annotations

import os
import sys
from typing import Any, Final

import msgspec

from aurora.service.batch_worker import Job, run_job

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING: Final = frozenset(
    ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
)
_STARTING: Final = frozenset(("subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "os.system"))


class Seen(msgspec.Struct):
    """What the jobs did besides computing, and the sha256 of the outputs of each (shard, task)."""

    outputs: dict[str, str]
    writes: list[str]
    starts: list[str]
    network: list[str]


def watch(seen: Seen) -> None:
    """Note every write, every program started, every use of a socket, from now to the end of the process."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if (isinstance(flags, int) and flags & _WRITING) or (
                isinstance(mode, str) and set(mode) & set("wax+")
            ):
                seen.writes.append(f"open {path!a}")
        elif event in _CHANGING:
            seen.writes.append(f"{event} {arguments[0]!a}")
        elif event in _STARTING:
            seen.starts.append(f"{event} {arguments[0]!a}")
        elif event.startswith("socket."):
            seen.network.append(event)

    sys.addaudithook(hook)


def main() -> int:
    """Run the jobs from standard input."""
    jobs = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[Job])
    seen = Seen({}, [], [], [])
    watch(seen)
    outputs: dict[str, str] = {}
    for job in jobs:
        for output in run_job(job).outputs:
            outputs[f"{output.task}/{job.shard}"] = output.sha256
    found = msgspec.json.encode(Seen(outputs, list(seen.writes), list(seen.starts), list(seen.network)))
    sys.stdout.buffer.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
