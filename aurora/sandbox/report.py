"""What ``aurora doctor`` says about the sandbox on this system."""

from __future__ import annotations

import os
import shutil

import msgspec

from aurora.sandbox import landlock
from aurora.sandbox.layers import BUBBLEWRAP, NAMES
from aurora.sandbox.sandbox import Sandbox

_KEEPS_OUT = {
    BUBBLEWRAP: "namespaces of its own; only the interpreter's files are there, read-only",
    "capabilities": "no rights of the superuser",
    "descriptors": "no open file or connection of Aurora is inherited",
    "landlock-files": "only the interpreter's files can be read, none can be written or run",
    "landlock-network": "no TCP",
    "landlock-signals": "no signal and no abstract socket reaches another process",
    "limits": "CPU, memory, files, processes",
    "no-new-privileges": "no program can raise its rights",
    "seccomp": "only computing, reading files and writing to the result pipe",
    "session": "a process group of its own, that ends with the fork server",
    "user": "runs as nobody",
}


class LayerReport(msgspec.Struct, frozen=True):
    """A layer, whether a child was seen to have it, and what it does or how to get it."""

    name: str
    active: bool
    detail: str


def available() -> list[LayerReport]:
    """All layers, as measured in a child started just now."""
    with Sandbox() as sandbox:
        active = sandbox.layers
    return [
        LayerReport(name, name in active, _KEEPS_OUT[name] if name in active else _cure(name))
        for name in NAMES
    ]


def _cure(name: str) -> str:
    if name == BUBBLEWRAP:
        if shutil.which("bwrap") is None:
            return "install bubblewrap (`apt install bubblewrap`)"
        return "bwrap is installed but may not make namespaces: allow unprivileged user namespaces"
    if name == "user":
        if os.geteuid() != 0:
            return "only root can become nobody; the other layers do not need it"
        return "not possible inside bubblewrap, nor with a Python that nobody cannot read (as below /root)"
    if name.startswith("landlock"):
        since = {"landlock-files": "5.13", "landlock-network": "6.7", "landlock-signals": "6.12"}[name]
        return f"needs Linux {since} with Landlock; this kernel has Landlock version {landlock.version()}"
    if name == "seccomp":
        return f"needs a kernel with seccomp filters, on x86_64 or aarch64; this is {os.uname().machine}"
    return "the kernel or a surrounding container forbids it"
