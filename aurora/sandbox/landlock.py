"""Landlock: the child may read the interpreter's files, and nothing else of the file system or the network.

The rule set is made once by the fork server; a child only has to put it on, and can never take it off.
Numbers are those of ``linux/landlock.h``; the system calls have the same numbers on every architecture.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from aurora.sandbox import kernel

_CREATE_RULESET = 444
_ADD_RULE = 445
_RESTRICT_SELF = 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1

_READ_FILE = 1 << 2
_READ_DIR = 1 << 3

NETWORK_SINCE = 4
SIGNALS_SINCE = 6

# How many file access rights each version knows; a rule set must not name others.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_RIGHTS = 0b11  # bind and connect of TCP
_SCOPES = 0b11  # abstract Unix sockets and signals stay inside the child


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("handled_files", ctypes.c_uint64),
        ("handled_network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's Landlock version, 0 for none."""
    try:
        return kernel.syscall(_CREATE_RULESET, 0, 0, _ASK_VERSION)
    except OSError:
        return 0


def make_ruleset(readable: Iterable[Path]) -> int:
    """A file descriptor of rules under which only ``readable`` can be read. Nothing can be written or run."""
    known = version()
    rules = _Ruleset(handled_files=(1 << _FILE_RIGHTS.get(known, 16)) - 1)
    size = 8
    if known >= NETWORK_SINCE:
        rules.handled_network = _NETWORK_RIGHTS
        size = 16
    if known >= SIGNALS_SINCE:
        rules.scoped = _SCOPES
        size = 24
    ruleset = kernel.syscall(_CREATE_RULESET, ctypes.addressof(rules), size, 0)
    for path in readable:
        _allow_reading(ruleset, path)
    return ruleset


def _allow_reading(ruleset: int, path: Path) -> None:
    rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(allowed=rights, parent=parent)
        kernel.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.addressof(rule), 0)
    finally:
        os.close(parent)


def restrict(ruleset: int) -> None:
    """Put the rules on this process, for good. Needs no-new-privileges."""
    kernel.syscall(_RESTRICT_SELF, ruleset, 0)
