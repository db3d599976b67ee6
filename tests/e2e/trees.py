"""Folders to take snapshots of."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = {
    "binary.bin": bytes(range(16)) + b"\x89PNG\r\n\x1a\n",
    "crlf_example.txt": b"Line one\r\nLine two\r\nLine three\r\n",
    "emoji_🎉.md": "# Party 🎉\n\nA heading and a sentence.\n".encode(),
    "empty.txt": b"",
    "hello.py": b'"""Says hello."""\n\n\ndef greet(name: str) -> str:\n    """A greeting."""\n'
    b'    return f"Hello, {name}!"\n\n\nif __name__ == "__main__":\n    print(greet("World"))\n',
    "unicode_路径.txt": "路径 means path.\nñandú, Größe.\n".encode(),
}
"""Six small files of every kind that has made trouble: bytes, CRLF, emoji, nothing, code, names beyond ASCII."""


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def module(number: int, functions: int = 3) -> bytes:
    """A Python module unlike the others."""
    lines = [f'"""Module {number}."""', "", "import os", ""]
    for n in range(functions):
        lines += [
            "",
            f"def function_{number}_{n}(x: int) -> int:",
            f"    if x > {n}:",
            f"        return x + {number}",
        ]
        lines += ["    return os.path.sep.count(str(x))", ""]
    return "\n".join(lines).encode()


def many(root: Path, count: int, functions: int = 3) -> Path:
    """A folder of ``count`` modules, a hundred to a folder."""
    return write(root, {f"pkg{n // 100}/mod{n}.py": module(n, functions) for n in range(count)})


def age(root: Path) -> None:
    """Let every file be old: a snapshot trusts the time of a file only when it is not from just now."""
    for path in root.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000), follow_symlinks=False)
