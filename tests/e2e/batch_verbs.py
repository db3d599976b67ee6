"""The verbs of snapshots and batches, in few words, for tests through the command line."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commandline import Cli

GIT = "artifacts.git"
FULL = ("parse", "analyze", "symbols", "lint")


class Batches:
    """The command line with the verbs of batches, in few words."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli

    def take(self, folder: Path, *more: str, code: int = 0) -> Any:
        return self.cli.json("snapshot", "take", str(folder), *more, code=code)

    def run(self, snapshot: str, *more: str, pipeline: str = "full", code: int = 0) -> Any:
        return self.cli.json(
            *("batch", "run", "--snapshot", snapshot, "--pipeline", pipeline, "--jobs", "1"), *more, code=code
        )

    def step(self, batch: str, task: str, shard: str, code: int = 0) -> Any:
        return self.cli.json("batch", "run", "--batch", batch, "--task", task, "--shard", shard, code=code)

    def query(self, what: str, batch: str, *more: str) -> Any:
        return self.cli.json("batch", "query", what, "--batch", batch, *more)

    def everything(self, batch: str) -> Any:
        found = {what: self.query(what, batch) for what in ("outputs", "diagnostics", "failed")}
        groups = ("kind", "severity", "code", "lang")
        return found | {group: self.query("stats", batch, "--group-by", group) for group in groups}

    def shard_of(self, snapshot: str, path: str) -> str:
        (row,) = [row for row in self.cli.json("snapshot", "files", snapshot) if row["path"] == path]
        return str(row["object"][7:9])

    def object(self, identity: str, *more: str) -> bytes:
        done = subprocess.run(
            [*aurora(self.cli), "batch", "read", identity, *more], capture_output=True, check=True
        )
        return done.stdout

    @property
    def git(self) -> Path:
        return self.cli.root / ".aurora" / GIT


def aurora(cli: Cli) -> list[str]:

    return [sys.executable, "-m", "aurora", "-C", str(cli.root)]


@contextlib.contextmanager
def git_repository(folder: Path, form: str) -> Iterator[Any]:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "core.autocrlf=false", "-C", str(folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "-q", f"--object-format={form}")
    yield git
    shutil.rmtree(folder / ".git")


def lose(batches: Batches, content: bytes) -> None:
    """Take one blob out of the store: unpack all, remove one."""
    git = ["git", "--git-dir", str(batches.git)]
    oid = subprocess.run([*git, "hash-object", "--stdin"], input=content, capture_output=True, check=True)
    folder = batches.git / "objects" / "pack"
    packs = list(folder.glob("*.pack"))
    for pack in packs:
        moved = batches.cli.root / pack.name
        pack.rename(moved)
        pack.with_suffix(".idx").unlink()
        subprocess.run([*git, "unpack-objects", "-q"], input=moved.read_bytes(), check=True)
        moved.unlink()
    name = oid.stdout.decode().strip()
    (batches.git / "objects" / name[:2] / name[2:]).unlink()


def damage(batches: Batches, content: bytes) -> None:
    """Change a byte in the middle of one blob, where it lies in its pack."""
    from aurora.artifacts import objects

    oid = objects.name(objects.SHA1, objects.BLOB, content)
    from aurora.artifacts.packs import Pack

    for path in (batches.git / "objects" / "pack").glob("*.pack"):
        pack = Pack(path, objects.SHA1)
        for name, start, end in pack.entries():
            if name == oid:
                pack.close()
                data = bytearray(path.read_bytes())
                data[(start + end) // 2] ^= 0x20
                path.chmod(0o644)
                path.write_bytes(bytes(data))
                return
        pack.close()
    raise LookupError("no pack holds that")
