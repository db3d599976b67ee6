"""What holds for every task, Aurora's own or another's: pure, the same anywhere, about the file that it was given."""

from __future__ import annotations

import gc
import subprocess
import sys
from importlib.metadata import entry_points
from typing import Any

import msgspec
import pytest

from aurora.batch import task as tasks
from aurora.batch.executing import Input, InputLost, read_manifest, run_shard, store_in_chunks
from aurora.batch.index import identity
from aurora.batch.records import Diagnostic, Lines, Record, decode
from aurora.batch.source import Source
from aurora.batch.task import GROUP, Task, find, resolve, settings_of
from aurora.errors import AuroraError

NAMES = sorted(point.name for point in entry_points(group=GROUP))

FILES: dict[str, tuple[str, bytes]] = {
    "code.py": (
        "python",
        b"import os\n\n\ndef f(x: int) -> int:\n\tif x: return 1 \n\treturn os.getpid()  # TODO\n",
    ),
    "broken.py": ("python", b"def (:\n"),
    "nul.py": ("python", b"x = 1\0"),
    "text.md": ("markdown", "Größe\n".encode()),
    "latin.txt": ("", "Größe\n".encode("latin-1")),
    "binary": ("", bytes(range(256))),
    "empty.py": ("python", b""),
}


def source(path: str) -> Source:
    language, content = FILES[path]
    return Source(path, language, len(content), content, lambda: iter((content,)))


def settings(task: Task) -> dict[str, str]:
    return settings_of([task], {}, {})[task.name]


def outcome(task: Task, kept: list[bytes] | None = None) -> tuple[bytes, int, str]:
    inputs = [Input(path, lambda path=path: source(path)) for path in sorted(FILES)]  # type: ignore[misc]
    keep = (lambda _, content: kept.append(content)) if kept is not None else (lambda _, __: None)
    (found,) = run_shard([task], {task.name: settings(task)}, inputs, keep)
    return found.lines, found.records, found.error


def test_aurora_registers_its_tasks_as_others_would() -> None:
    assert set(NAMES) >= {"parse", "analyze", "symbols", "lint", "ruff"}
    for point in entry_points(group=GROUP):
        assert point.load() is find(point.name)


@pytest.mark.parametrize("name", NAMES)
def test_equal_inputs_give_equal_bytes(name: str) -> None:
    kept: list[list[bytes]] = [[], []]
    first = outcome(find(name), kept[0])
    gc.disable()
    try:
        assert outcome(find(name), kept[1]) == first
    finally:
        gc.enable()
    assert kept[0] == kept[1]
    assert first[2] == ""
    assert first[1] > 0


@pytest.mark.parametrize("name", NAMES)
def test_records_are_about_the_files_that_were_given(name: str) -> None:
    records = decode(outcome(find(name))[0])
    assert {record.path for record in records} <= set(FILES)
    again = Lines()
    for record in records:
        again.add(record)
    assert bytes(again.content) == outcome(find(name))[0]


@pytest.mark.parametrize("name", [name for name in NAMES if find(name).whole is None])
def test_another_hash_seed_changes_nothing(name: str) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/contract']\n"
        "from test_batch_tasks import outcome; from aurora.batch.task import find\n"
        f"sys.stdout.buffer.write(outcome(find({name!r}))[0])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {outcome(find(name))[0]}


def test_a_defect_of_a_task_is_its_own_failure_and_that_of_what_builds_on_it() -> None:
    def broken(source: Source, settings: Any, keep: Any) -> Any:
        if source.path == "code.py":
            raise RuntimeError("no idea")
        yield Diagnostic(source.path, "info", "X1", "seen", 1, 1)

    one = Task("one", "1", (), {}, each=broken)
    two = Task("two", "1", ("one",), {}, each=lambda *_: iter(()))
    three = Task("three", "1", (), {}, each=lambda *_: iter(()))
    inputs = [Input(path, lambda path=path: source(path)) for path in sorted(FILES)]  # type: ignore[misc]
    found = run_shard([one, two, three], {"one": {}, "two": {}, "three": {}}, inputs, lambda *_: None)
    assert [(each.task, each.error, each.paths) for each in found] == [
        ("one", "RuntimeError: no idea", ("code.py",)),
        ("two", "it builds on one, which failed: RuntimeError: no idea", ("code.py",)),
        ("three", "", ()),
    ]


def test_a_lost_file_is_named_and_fails_every_task_of_the_shard() -> None:
    def lost() -> Source:
        raise InputLost("it is gone")

    inputs = [Input("gone.py", lost), Input("code.py", lambda: source("code.py"))]
    chosen = resolve("full")
    found = run_shard(chosen, settings_of(chosen, {}, {}), inputs, lambda *_: None)
    assert {(each.error, each.paths, each.lines) for each in found} == {("it is gone", ("gone.py",), b"")}


def test_pipelines_are_in_the_order_of_what_builds_on_what() -> None:
    assert [task.name for task in resolve("full")] == ["parse", "analyze", "symbols", "lint"]
    assert [task.name for task in resolve("ruff,parse")] == ["parse", "ruff"]
    assert [task.name for task in resolve("lint")] == ["parse", "lint"]
    for wrong in ("", "nothing", ","):
        with pytest.raises(AuroraError):
            resolve(wrong)


def test_settings_reach_the_tasks_that_know_them() -> None:
    found = settings_of(resolve("full"), {"chunk_threshold": "99"}, {"lint.max_line": "80"})
    assert (found["parse"]["chunk_threshold"], found["lint"]["max_line"]) == ("99", "80")
    for key, value in (("color", "red"), ("parse.max_line", "1"), ("max_line", "x"), ("ast", "some")):
        with pytest.raises(AuroraError):
            settings_of(resolve("full"), {}, {key: value})


@pytest.mark.parametrize("size", [0, 1, 777, 778, 1554, 5000])
def test_chunks_put_together_are_the_content(size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    kept: dict[str, bytes] = {}
    name = store_in_chunks(content, 777, lambda piece: kept.setdefault(identity(piece), piece) and None)
    manifest = read_manifest(kept[name])
    if size <= 777:
        assert (name, manifest) == (identity(content), None)
        return
    assert manifest is not None
    assert len(manifest.chunks) == -(-size // 777)
    assert b"".join(kept[chunk.object] for chunk in manifest.chunks) == content


def test_a_source_that_is_too_large_is_measured_in_pieces() -> None:
    content = b"x = 1\n\n  \n" * 1000 + b"y"
    pieces = [content[n : n + 7] for n in range(0, len(content), 7)]
    large = Source("large.py", "python", len(content), None, lambda: iter(pieces))
    records: list[Record] = []
    for name in ("parse", "analyze", "symbols", "lint"):
        task = find(name)
        records += list(task.each(large, settings(task), lambda _: ""))
    assert [msgspec.structs.asdict(each).get("value", each) for each in records[1:]] == [
        *(len(content), "python", 1001)
    ]
    assert isinstance(records[0], Diagnostic)
    assert records[0].code == "E0002"


def test_every_node_is_kept_when_asked() -> None:
    kept: list[bytes] = []
    task = find("parse")
    full = settings_of([task], {}, {"ast": "full"})["parse"]
    list(task.each(source("code.py"), full, lambda content: kept.append(content) or "x"))  # type: ignore[func-returns-value]
    outline = msgspec.json.decode(kept[0])
    assert outline["detail"] == "nodes"
    types = [row[2] for row in outline["rows"]]
    assert types[0] == "Module"
    assert {"Attribute", "Call", "Return", "arg"} <= set(types)


def test_tasks_are_known_by_name_and_version() -> None:
    assert tasks.find("lint").executor == "lint/1"
