"""The few calls into libc that Python does not offer, each raising OSError on failure."""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39

_CAPABILITY_VERSION_3 = 0x20080522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilitySet(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def _checked(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: int) -> int:
    """A system call with integer arguments; pass ``ctypes.addressof`` for pointers."""
    words = [ctypes.c_long(word) for word in arguments]
    return _checked(_LIBC.syscall(ctypes.c_long(number), *words), f"system call {number}")


def prctl(option: int, value: int = 0, third: int = 0) -> int:
    zero = ctypes.c_ulong(0)
    result = _LIBC.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(third), zero, zero)
    return _checked(result, f"prctl {option}")


def drop_capabilities() -> None:
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    nothing = (_CapabilitySet * 2)()
    _checked(_LIBC.capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")


def has_capabilities() -> bool:
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    sets = (_CapabilitySet * 2)()
    _checked(_LIBC.capget(ctypes.byref(header), ctypes.byref(sets)), "capget")
    return any(part.effective or part.permitted or part.inheritable for part in sets)
