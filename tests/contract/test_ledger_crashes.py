"""Killed anywhere, the ledger goes on as if nothing had happened; and no power cut can leave a ref without objects."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_sample import Ledger, sample

from aurora import ledger
from aurora.ledger import packs

STEPS = ("fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir")
CUT = 20
STRIDES = pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.slow)])


@contextmanager
def watched(see: Callable[[str, tuple[object, ...]], None]) -> Iterator[None]:
    """Call ``see`` before every operation that a later one may depend on."""
    kept = {step: getattr(os, step) for step in STEPS}

    def watching(step: str) -> Callable[..., object]:
        def act(*arguments: object, **options: object) -> object:
            see(step, arguments)
            return kept[step](*arguments, **options)

        return act

    for step in STEPS:
        setattr(os, step, watching(step))
    try:
        yield
    finally:
        for step, original in kept.items():
            setattr(os, step, original)


def killed(at: int, act: Callable[[], object]) -> bool:
    """Do it in a child that dies, with no chance to tidy up, before its step number ``at``; whether it got there."""
    child = os.fork()
    if child == 0:
        count = 0

        def see(step: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            with watched(see):
                act()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@STRIDES
@pytest.mark.parametrize(
    ("begin", "end"), [(0, 3), (CUT, 22), (24, 26)], ids=["from nothing", "at an edit", "at a promotion"]
)
def test_killed_before_any_step_the_next_command_finishes_the_work(
    tmp_path: Path, begin: int, end: int, stride: int
) -> None:
    """Every step that reaches the disk (or every few), until the work is done before the kill."""
    log = sample().until(end)
    expected = ledger.replay(log).head
    at, died = 1 - stride, True
    while died:
        at += stride
        live = Ledger(tmp_path / str(at), log)
        if begin:
            live.catch_up(log.until(begin))
        died = killed(at, live.catch_up)
        report = live.examine()
        assert report.problems == (), f"after step {at}"
        live.preflight()
        assert live.catch_up().head == expected
        assert live.git("status", "--porcelain") == "", f"after step {at}"
    live.assert_sound()
    assert at > 20


def test_killed_again_and_again_at_any_step_it_still_arrives(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    at = 1
    while killed(at, live.catch_up):
        at += 1
    assert live.head == ledger.replay(live.log).head
    live.assert_sound()


def test_objects_are_durable_before_the_ref_that_needs_them(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    live.catch_up(live.log.until(CUT))
    steps: list[tuple[str, str]] = []

    def see(step: str, arguments: tuple[object, ...]) -> None:
        last = arguments[step in ("replace", "rename")]
        what = os.readlink(f"/proc/self/fd/{last}") if isinstance(last, int) else os.fsdecode(last)  # type: ignore[arg-type]
        steps.append((step, what.removeprefix(str(tmp_path) + "/")))

    with watched(see):
        live.catch_up()
    renamed = {what: n for n, (step, what) in enumerate(steps) if step in ("replace", "rename")}
    synced = {what: n for n, (step, what) in enumerate(steps) if step == "fsync"}
    folder = "repo-state/.git/objects/pack"
    pack, index = (next(n for what, n in renamed.items() if what.endswith(end)) for end in (".pack", ".idx"))
    ref = renamed["repo-state/.git/refs/heads/main"]
    order = [
        synced[f"{folder}/tmp_aurora.pack"],
        pack,
        synced[f"{folder}/tmp_aurora.idx"],
        index,
        synced[folder],
        synced[".aurora/ledger.json.new"],
        renamed[".aurora/ledger.json"],
        synced[".aurora"],
        synced["repo-state/.git/refs/heads/main.lock"],
        ref,
    ]
    assert order == sorted(order)
    files = [n for what, n in renamed.items() if what.startswith(("repo-state/specs", "repo-state/journal"))]
    assert min(files) > ref
    assert renamed["repo-state/.git/index"] > max(files)


def test_a_stale_lock_of_a_killed_writer_is_swept(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    live.catch_up(live.log.until(CUT))
    (live.path / ".git" / "refs" / "heads" / "main.lock").write_bytes(b"")
    (live.path / ".git" / "aurora.index").write_bytes(b"half an index")
    (live.path / ".git" / "index.lock").hardlink_to(live.path / ".git" / "aurora.index")
    (live.path / ".git" / "objects" / "pack" / "tmp_aurora.pack").write_bytes(b"half a pack")
    live.catch_up()
    live.assert_sound()
    assert not list(live.path.glob(".git/**/*.lock*"))[1:]  # only Aurora's own, which the kernel guards


def test_a_half_made_working_tree_is_finished(tmp_path: Path) -> None:
    """Some files of the old commit, some of the new one, some missing: nothing of it is a person's work."""
    live = Ledger(tmp_path, sample())
    live.catch_up(live.log.until(CUT))
    candidate = live.path / "candidates" / "palindrome" / "check" / "check.py"
    old, index = candidate.read_bytes(), (live.path / ".git" / "index").read_bytes()
    live.catch_up()
    candidate.parent.mkdir(parents=True)
    candidate.write_bytes(old)
    (live.path / "learning" / "bias.tsv").unlink()
    (live.path / ".git" / "index").write_bytes(index)
    live.preflight()
    live.catch_up()
    assert not candidate.parent.exists()
    live.assert_sound()


def test_many_small_packs_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST", 5)
    live = Ledger(tmp_path, sample())
    for position in range(1, live.log.position() + 1):
        live.catch_up(live.log.until(position))
        assert len(list(live.path.glob(".git/objects/pack/*.pack"))) <= 6
    live.assert_sound()


@STRIDES
def test_killed_before_any_step_of_a_merge_no_object_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    at, died = 1 - stride, True
    while died:
        at += stride
        live = Ledger(tmp_path / str(at), sample())
        monkeypatch.setattr(packs, "MOST", 50)
        for position in range(1, 6):
            live.catch_up(live.log.until(position))
        monkeypatch.setattr(packs, "MOST", 2)
        died = killed(at, lambda live=live: packs.merge(live.path / ".git" / "objects" / "pack"))  # type: ignore[misc]
        assert live.examine().ok, f"after step {at}"
    assert live.git("fsck", "--strict", "--full") == ""
    assert len(list(live.path.glob(".git/objects/pack/*.pack"))) == 1


VICTIM = """\
import shutil, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from ledger_sample import Ledger, sample
live = Ledger(Path({folder!r}), sample())
print("ready", flush=True)
while True:
    for position in range(1, live.log.position() + 1):
        live.catch_up(live.log.until(position))
    shutil.rmtree(live.path.rename(live.path.with_name("old")))
"""


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_kill_minus_nine_at_random_moments(tmp_path: Path, rounds: int) -> None:
    """A process that publishes event by event, and deletes everything and begins anew, is killed again and again."""
    chance = random.Random(7)
    here = str(Path(__file__).parent)
    log = sample()
    replayed = {sha for _, sha in ledger.replay(log).commits}
    program = VICTIM.format(paths=[here, *sys.path], folder=str(tmp_path))
    live = Ledger(tmp_path, log)
    for _ in range(rounds):
        victim = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert victim.stdout is not None
        victim.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        assert victim.poll() is None
        victim.kill()
        victim.wait()
        victim.stdout.close()
        live.preflight()
        assert live.catch_up().head in replayed
        live.assert_sound()
        for folder in (live.path, live.path.with_name("old")):
            shutil.rmtree(folder, ignore_errors=True)
