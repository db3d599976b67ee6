"""Who works: a name that tells machine, start and process, so that anybody there can tell whether it still lives."""

from __future__ import annotations

import platform
from functools import lru_cache
from pathlib import Path


def own_name(process: int) -> str:
    """The name of a process of this machine as a worker."""
    return f"{platform.node()}/{_boot()}/{process}/{_started(process)}"


def may_live(worker: str) -> bool:
    """Whether a worker may still be at work: of other machines nothing is known, so they may."""
    host, boot, process, started = (worker.split("/") + [""] * 4)[:4]
    if (host, boot) != (platform.node(), _boot()) or not process.isdecimal():
        return True
    return bool(started) and _started(int(process)) == started


@lru_cache(maxsize=1)
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()[:8]
    except OSError:
        return "unknown"


def _started(process: int) -> str:
    """When the process started, in the kernel's ticks; "" when there is none (or only its remains)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in ("Z", "X") else fields[19]
