"""What every artifact store promises, in both of Git's formats; Git itself is the witness."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aurora.artifacts.mending import corrupt_objects, mend, mend_changed_packs, merge_small_packs
from aurora.artifacts.port import FILE, ArtifactCorrupt, ArtifactMissing, Leaf, Placed
from aurora.artifacts.store import ArtifactStore


@pytest.fixture(params=["sha1", "sha256"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArtifactStore]:
    made = ArtifactStore(tmp_path / "store.git", tmp_path / "places.db", request.param)
    yield made
    made.close()


def put(store: ArtifactStore, *contents: bytes) -> list[str]:
    with store.writing() as writer:
        oids = [writer.blob(content) for content in contents]
        writer.finish()
    return oids


def git(store: ArtifactStore, *arguments: str) -> str:
    command = ["git", "--git-dir", str(store.git), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def packs(store: ArtifactStore) -> list[Path]:
    return sorted(store.packs_folder.glob("pack-*.pack"))


def flip(path: Path, where: Callable[[int], int]) -> None:
    data = bytearray(path.read_bytes())
    data[where(len(data))] ^= 0x10
    path.write_bytes(bytes(data))


def test_what_was_put_is_read_by_us_and_by_git(store: ArtifactStore) -> None:
    contents = [b"", b"a", b"hello\n" * 1000, os.urandom(100_000)]
    for oid, content in zip(put(store, *contents), contents, strict=True):
        assert store.read(oid) == content
        assert store.size(oid) == len(content)
        assert git(store, "cat-file", "-s", oid).strip() == str(len(content))
    git(store, "fsck", "--full", "--strict")


def test_equal_content_is_stored_once(store: ArtifactStore) -> None:
    put(store, b"one", b"one")
    put(store, b"one")
    assert len(packs(store)) == 1


def test_what_was_not_finished_is_not_there(store: ArtifactStore) -> None:
    with store.writing() as writer:
        oid = writer.blob(b"never mind")
    assert not store.holds(oid)
    assert list(store.packs_folder.iterdir()) == []
    with pytest.raises(ArtifactMissing):
        store.read(oid)


def test_large_content_goes_through_in_pieces(store: ArtifactStore) -> None:
    pieces = [bytes([n]) * 1_000_000 for n in range(30)]
    with store.writing() as writer:
        oid = writer.stream(30_000_000, iter(pieces))
        assert writer.stream(30_000_000, iter(pieces)) == oid
        writer.blob(b"after it")
        writer.finish()
    assert hashlib.sha256(b"".join(store.pieces(oid))).digest() == hashlib.sha256(b"".join(pieces)).digest()
    git(store, "fsck", "--full", "--strict")


def test_a_stream_that_is_not_as_long_as_it_said_is_refused(store: ArtifactStore) -> None:
    with store.writing() as writer:
        with pytest.raises(ArtifactCorrupt):
            writer.stream(10, iter([b"short"]))
        kept = writer.blob(b"kept")
        writer.finish()
    assert store.read(kept) == b"kept"
    git(store, "fsck", "--full", "--strict")


def test_trees_are_those_of_git(store: ArtifactStore) -> None:
    one, two = put(store, b"1", b"2")
    files = {
        b"a/x": Leaf(FILE, one),
        b"a.b": Leaf(FILE, two),
        b"a-b/c/d": Leaf(FILE, one),
        b"\xff": Leaf(FILE, two),
    }
    with store.writing() as writer:
        tree = writer.tree(files)
        commit = writer.commit(tree, "Hello\n\nMore of it")
        writer.finish()
    assert store.files(tree) == files == store.files(commit)
    with store.exclusive():
        store.set_ref("snapshots/s", commit)
    assert git(store, "rev-parse", "refs/aurora/snapshots/s^{tree}").strip() == tree
    git(store, "fsck", "--full", "--strict")


def test_a_ref_names_what_is_there(store: ArtifactStore) -> None:
    put(store, b"x")
    with store.exclusive(), pytest.raises(ArtifactMissing):
        store.set_ref("snapshots/s", "0" * 2 * store.form.size)
    assert store.ref("snapshots/s") == ""
    for name in ("../../x", "a//b", ".x", "a/../../b", ""):
        with pytest.raises(ArtifactMissing):
            store.ref(name)


def test_what_git_repacked_is_still_read(store: ArtifactStore) -> None:
    base = os.urandom(20_000)
    contents = [base + bytes([n]) for n in range(20)]
    oids = put(store, *contents)
    with store.writing() as writer:
        commit = writer.commit(writer.tree({b"%d" % n: Leaf(FILE, oid) for n, oid in enumerate(oids)}), "all")
        writer.finish()
    with store.exclusive():
        store.set_ref("snapshots/s", commit)
    git(store, "gc", "-q", "--prune=now")
    git(store, "pack-refs", "--all")
    assert "delta" in git(store, "verify-pack", "-v", str(packs(store)[0].with_suffix(".idx")))
    again = ArtifactStore(store.git, store.git / "places.db")
    assert again.ref("snapshots/s") == commit
    assert list(again.refs("snapshots")) == ["s"]
    assert [again.read(oid) for oid in oids] == contents
    assert len(again.files(commit)) == 20
    put(again, b"and more")


@pytest.mark.parametrize(
    "where", [lambda size: size // 2, lambda size: size - 1, lambda size: 5, lambda size: 13]
)
def test_a_changed_byte_is_found_and_cut_out(store: ArtifactStore, where: Callable[[int], int]) -> None:
    contents = [os.urandom(1000), os.urandom(1000), b"text " * 500]
    oids = put(store, *contents)
    (pack,) = packs(store)
    flip(pack, where)
    store.forget_packs()
    bad = corrupt_objects(store)
    assert bad
    lost = mend(store, sorted(set(bad.values())))
    kept = [oid for oid in oids if oid not in lost]
    for oid in kept:
        assert store.read(oid) == contents[oids.index(oid)]
    assert put(store, *contents) == oids
    assert [store.read(oid) for oid in oids] == contents
    assert corrupt_objects(store) == {}
    git(store, "fsck", "--full", "--strict")


def test_a_damaged_index_costs_nothing(store: ArtifactStore) -> None:
    contents = [os.urandom(500) for _ in range(10)]
    oids = put(store, *contents)
    flip(packs(store)[0].with_suffix(".idx"), lambda size: size // 2)
    store.forget_packs()
    mend(store, packs(store))
    assert [store.read(oid) for oid in oids] == contents
    git(store, "fsck", "--full", "--strict")


def test_a_damaged_object_is_never_given_out(store: ArtifactStore) -> None:
    (oid,) = put(store, os.urandom(5000))
    flip(packs(store)[0], lambda size: size // 2)
    store.forget_packs()
    with pytest.raises(ArtifactCorrupt):
        store.read(oid)
    with pytest.raises(ArtifactCorrupt):
        list(store.pieces(oid))


def test_packs_that_did_not_change_are_not_read_again(store: ArtifactStore, tmp_path: Path) -> None:
    put(store, b"x" * 1000)
    memory = tmp_path / "marks"
    assert mend_changed_packs(store, memory) == []
    marks = memory.read_bytes()
    assert mend_changed_packs(store, memory) == []
    assert memory.read_bytes() == marks
    flip(packs(store)[0], lambda size: size // 2)
    assert len(mend_changed_packs(store, memory)) == 1


def test_many_small_packs_become_few(store: ArtifactStore) -> None:
    oids = [put(store, b"content %d" % n)[0] for n in range(60)]
    merge_small_packs(store)
    assert len(packs(store)) < 5
    assert [store.read(oid) for oid in oids] == [b"content %d" % n for n in range(60)]
    git(store, "fsck", "--full", "--strict")


def test_a_leftover_of_a_kill_is_swept_but_not_the_work_of_others(store: ArtifactStore) -> None:
    store.create()
    left = store.packs_folder / "tmp_aurora_1_2"
    left.write_bytes(b"PACK")
    with store.writing() as writer:
        writer.blob(b"at work")
        assert not left.exists()
        with store.writing():
            pass
        writer.finish()
    assert len(packs(store)) == 1


def test_places_are_remembered_and_a_damaged_table_is_made_anew(store: ArtifactStore, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"x").hexdigest()
    (oid,) = put(store, b"x")
    store.learn({sha256: Placed(oid, 1)})
    assert store.found(sha256) == Placed(oid, 1)
    store.close()
    (tmp_path / "places.db").write_bytes(b"no database" * 100)
    asked: list[bool] = []
    store.relearn = lambda: asked.append(True)
    assert store.found(sha256) is None
    assert asked == [True]


@pytest.mark.slow
def test_a_gigabyte_costs_no_memory(tmp_path: Path) -> None:
    program = """
import os, resource, sys
from pathlib import Path
from aurora.artifacts.store import ArtifactStore
noise = os.urandom((1 << 20) - 4)
store = ArtifactStore(Path(sys.argv[1]) / "store.git", Path(sys.argv[1]) / "places.db")
def pieces():
    for n in range(1024):
        yield n.to_bytes(4, "big") + noise
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with store.writing() as writer:
    oid = writer.stream(1 << 30, pieces())
    writer.finish()
assert sum(map(len, store.pieces(oid))) == 1 << 30
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 64, "megabytes"
