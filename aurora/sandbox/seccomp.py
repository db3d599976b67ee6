"""Seccomp: the system calls that a child may make; every other one fails with EPERM.

An allow-list, because a list of bad calls is wrong with every new kernel. What is allowed: compute, memory,
look at the clock, read files (which files is Landlock's part), write to descriptors that are open already.
So no process, thread, socket, signal, file change, tracing, mount, key or ring can be asked for.
"""

from __future__ import annotations

import ctypes
import errno
import struct

import msgspec

from aurora.sandbox import kernel

_MODE_FILTER = 2

# Opcodes of classic BPF (linux/filter.h) and offsets into struct seccomp_data (linux/seccomp.h).
_LOAD = 0x20
_AND = 0x54
_JUMP_EQUAL = 0x15
_JUMP_AT_LEAST = 0x35
_RETURN = 0x06
_NUMBER = 0
_ARCHITECTURE = 4
_ARGUMENTS = 16

_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_DENY = 0x00050000 | errno.EPERM

# Any of these in the flags of open means more than reading: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC.
_OPEN_TO_CHANGE = 0o1 | 0o2 | 0o100 | 0o1000
_TERMINAL_QUESTION = 0x5401  # TCGETS: Python asks it of every file that it opens
_CLOSE_ON_EXEC = 0x5451  # FIOCLEX
_DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC


class Condition(msgspec.Struct, frozen=True):
    """Allow a call only if one argument, masked, is among some values."""

    argument: int
    mask: int
    values: tuple[int, ...]


_ALL_BITS = 0xFFFFFFFF
_FCNTL = Condition(1, _ALL_BITS, _DESCRIPTOR_COMMANDS)
_IOCTL = Condition(1, _ALL_BITS, (_TERMINAL_QUESTION, _CLOSE_ON_EXEC))


class Architecture(msgspec.Struct, frozen=True):
    """The audit number of an architecture and the numbers of the calls that are allowed on it."""

    audit: int
    allowed: dict[str, int]
    conditions: dict[str, Condition]
    foreign_from: int = _ALL_BITS  # numbers from here on belong to another calling convention


X86_64 = Architecture(
    audit=0xC000003E,
    foreign_from=0x40000000,  # x32
    allowed={
        "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7,
        "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13,
        "rt_sigprocmask": 14, "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "readv": 19, "writev": 20,
        "access": 21, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32,
        "nanosleep": 35, "getitimer": 36, "setitimer": 38, "getpid": 39, "exit": 60, "uname": 63,
        "fcntl": 72, "getcwd": 79, "readlink": 89, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99,
        "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "getppid": 110,
        "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202, "sched_getaffinity": 204,
        "getdents64": 217, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
        "clock_nanosleep": 230, "exit_group": 231, "openat": 257, "newfstatat": 262, "readlinkat": 267,
        "faccessat": 269, "pselect6": 270, "ppoll": 271, "getrandom": 318, "statx": 332,
        "faccessat2": 439,
    },
    conditions={
        "open": Condition(1, _OPEN_TO_CHANGE, (0,)),
        "openat": Condition(2, _OPEN_TO_CHANGE, (0,)),
        "fcntl": _FCNTL,
        "ioctl": _IOCTL,
    },
)  # fmt: skip

AARCH64 = Architecture(
    audit=0xC00000B7,
    allowed={
        "getcwd": 17, "dup": 23, "fcntl": 25, "ioctl": 29, "faccessat": 48, "openat": 56, "close": 57,
        "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67,
        "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79, "fstat": 80, "exit": 93,
        "exit_group": 94, "futex": 98, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
        "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123,
        "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134,
        "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160, "getrusage": 165,
        "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176,
        "getegid": 177, "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216,
        "mmap": 222, "mprotect": 226, "madvise": 233, "getrandom": 278, "statx": 291, "faccessat2": 439,
    },
    conditions={
        "openat": Condition(2, _OPEN_TO_CHANGE, (0,)),
        "fcntl": _FCNTL,
        "ioctl": _IOCTL,
    },
)  # fmt: skip

ARCHITECTURES = {"x86_64": X86_64, "aarch64": AARCH64}


def program(architecture: Architecture) -> bytes:
    """The filter for an architecture as BPF instructions, 8 bytes each."""
    parts = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, architecture.audit, then=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
        _instruction(_JUMP_AT_LEAST, architecture.foreign_from, otherwise=1),
        _instruction(_RETURN, _KILL),
    ]
    for name, number in architecture.allowed.items():
        answer = _answer(architecture.conditions.get(name))
        parts.append(_instruction(_JUMP_EQUAL, number, otherwise=len(answer)))
        parts += answer
    parts.append(_instruction(_RETURN, _DENY))
    return b"".join(parts)


def _answer(condition: Condition | None) -> list[bytes]:
    """What to do once the number of a call is known to be an allowed one. Always ends in a return."""
    if condition is None:
        return [_instruction(_RETURN, _ALLOW)]
    # The lower half of the 64-bit argument, on these little-endian machines.
    parts = [
        _instruction(_LOAD, _ARGUMENTS + 8 * condition.argument),
        _instruction(_AND, condition.mask),
    ]
    for value in condition.values:
        parts.append(_instruction(_JUMP_EQUAL, value, otherwise=1))
        parts.append(_instruction(_RETURN, _ALLOW))
    return [*parts, _instruction(_RETURN, _DENY)]


def _instruction(opcode: int, operand: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", opcode, then, otherwise, operand)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def restrict(instructions: bytes) -> None:
    """Put the filter on this process, for good. Needs no-new-privileges."""
    filled = _Program(len(instructions) // 8, instructions)
    kernel.prctl(kernel.PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(filled))
