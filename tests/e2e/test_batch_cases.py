"""What an earlier batch engine promised, and what it got wrong, as cases through the command line.

Outputs are compared in full, on shards that have some: an earlier suite compared counts, on a shard without any.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from trees import GOLDEN, age, many, module, write

GIT = "artifacts.git"
FULL = ("parse", "analyze", "symbols", "lint")

INDEX = [  # path, sha256sum, size, language
    ("binary.bin", "403b082bc2c9237ec4ccdccf805744f027412b0d34a431e26536ffe8bffc50c5", 24, None),
    ("crlf_example.txt", "3d8cbd89e529ff6c693e2ea32197291a750c01ca1e69725ba851d36eaca59f0a", 32, None),
    ("emoji_🎉.md", "d45b69a4518ed0f54d1f816a45b78393c36137d917f94e17f2dc365dbe482245", 40, "markdown"),
    ("empty.txt", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0, None),
    ("hello.py", "1a4067c23a15dc49bf1c2dbfaef145888e9b6a12baf3593c87304891790a72d9", 155, "python"),
    ("unicode_路径.txt", "b49bf74362a171fe671129962a5e5d76239b8db3e6edef61cfa95dcb05f260df", 37, None),
]


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
    import sys

    return [sys.executable, "-m", "aurora", "-C", str(cli.root)]


@pytest.fixture
def batches(empty: Cli) -> Batches:
    return Batches(empty)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return write(tmp_path / "golden", GOLDEN)


def test_g01_a_snapshot_of_known_files_has_known_ids(batches: Batches, golden: Path) -> None:
    taken = batches.take(golden)
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert [(row["path"], row["object"], row["size"], row["lang_hint"]) for row in rows] == [
        (path, f"sha256:{sha256}", size, language) for path, sha256, size, language in INDEX
    ]
    assert [row["path_key"] for row in rows] == [row["path"] for row in rows]
    assert (taken["files"], taken["bytes"], taken["warnings"]) == (6, sum(row[2] for row in INDEX), [])
    for row in rows:
        content = batches.object(row["object"])
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == row["object"]
        assert content == GOLDEN[row["path"]]


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_g01_the_tree_is_the_one_that_git_writes(batches: Batches, golden: Path, form: str) -> None:
    (batches.cli.root / "aurora.toml").write_text(f'[artifacts]\nobject_format = "{form}"\n')
    write(golden, {"sub/a.b/x": b"1", "sub/a/x": b"2", "sub/a-b": b"3", "deep/er/and/er.py": b"pass\n"})
    (golden / "sub" / "run.sh").write_bytes(b"#!/bin/sh\n")
    (golden / "sub" / "run.sh").chmod(0o755)
    (golden / "link").symlink_to("hello.py")
    for lf in (False, True):
        if lf:
            (golden / "crlf_example.txt").write_bytes(GOLDEN["crlf_example.txt"].replace(b"\r\n", b"\n"))
        taken = batches.take(golden)
        with git_repository(golden, form) as git:
            git("add", "-A")
            assert git("write-tree").strip() == taken["tree"]
        fsck = ["git", "--git-dir", str(batches.git), "fsck", "--full", "--strict"]
        subprocess.run(fsck, check=True, capture_output=True)


@contextlib.contextmanager
def git_repository(folder: Path, form: str) -> Iterator[Any]:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "core.autocrlf=false", "-C", str(folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "-q", f"--object-format={form}")
    yield git
    shutil.rmtree(folder / ".git")


def test_g02_taken_twice_the_index_is_the_same(batches: Batches, golden: Path) -> None:
    first, second = batches.take(golden, "--id", "one"), batches.take(golden, "--id", "two")
    assert first["index"] == second["index"]
    assert first["tree"] == second["tree"]
    unlabelled, again = batches.take(golden), batches.take(golden)
    assert (unlabelled["new"], again["new"]) == (True, False)
    assert unlabelled["id"] == again["id"]


def test_g03_a_label_is_taken_once(batches: Batches, golden: Path) -> None:
    batches.take(golden, "--id", "mine")
    before = batches.cli.json("snapshot", "files", "mine")
    (golden / "new.py").write_text("x = 1\n")
    error = batches.take(golden, "--id", "mine", code=4)
    assert error["error"]["code"] == "SNAPSHOT-002"
    assert batches.cli.json("snapshot", "files", "mine") == before


def test_g04_the_full_pipeline_says_what_is_known(batches: Batches, golden: Path) -> None:
    batch = batches.run(batches.take(golden)["id"])["batch"]
    outputs = batches.query("outputs", batch)
    assert sorted(row["path"] for row in outputs if row["kind"] == "ast") == [
        *("crlf_example.txt", "emoji_🎉.md", "empty.txt", "hello.py", "unicode_路径.txt")
    ]
    metrics = {(row["path"], row["metric"]): row["value"] for row in batches.query("metrics", batch)}
    assert {path: value for (path, metric), value in metrics.items() if metric == "bytes"} == {
        path: size for path, _, size, _ in INDEX
    }
    assert {path: value for (path, metric), value in metrics.items() if metric == "loc"} == {
        "crlf_example.txt": 3,
        "emoji_🎉.md": 2,
        "empty.txt": 0,
        "hello.py": 6,
        "unicode_路径.txt": 2,
    }
    assert {path: value for (path, metric), value in metrics.items() if metric == "lang"} == {
        path: language or "unknown" for path, _, _, language in INDEX
    }
    functions = [row for row in batches.query("symbols", batch) if row["symbol_type"] == "function"]
    assert [(row["path"], row["name"], row["line"]) for row in functions] == [("hello.py", "greet", 4)]
    assert batches.query("diagnostics", batch, "--task", "lint") == []
    assert batches.query("failed", batch) == []


def test_g05_names_are_real(batches: Batches, tmp_path: Path) -> None:
    code = "import os\nfrom a.b import c\n\n\nclass K:\n    def meth(self):\n        return os.sep\n\n\ndef fn():\n"
    code += "    def inner():\n        pass\n\n    value = c()\n    return inner, value\n"
    folder = write(tmp_path / "code", {"names.py": code.encode()})
    batch = batches.run(batches.take(folder)["id"])["batch"]
    symbols = batches.query("symbols", batch)
    assert [(row["symbol_type"], row["qualname"], row["scope"], row["line"]) for row in symbols] == [
        ("class", "K", "<module>", 5),
        ("function", "K.meth", "K", 6),
        ("function", "fn", "<module>", 10),
        ("function", "fn.<locals>.inner", "fn", 11),
        ("variable", "fn.<locals>.value", "fn", 14),
    ]
    edges = {(row["edge_type"], row["target"], row["line"]) for row in batches.query("edges", batch)}
    assert edges == {("imports", "os", 1), ("imports", "a.b", 2), ("calls", "c", 14)}


def test_g06_every_function_of_a_file_is_found(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"many.py": module(0, 300)})
    batch = batches.run(batches.take(folder)["id"])["batch"]
    names = [row["name"] for row in batches.query("symbols", batch) if row["symbol_type"] == "function"]
    assert names == [f"function_0_{n}" for n in range(300)]


def test_g07_each_lint_rule_at_its_line(batches: Batches, tmp_path: Path) -> None:
    lines = ["x = 1 ", "\ty = 2", "# TODO", "z = " + "1" * 117, "w = 3"]
    folder = write(
        tmp_path / "code", {"messy.py": "\n".join(lines).encode(), "b.txt": b"prefiXXX masTODOn\n"}
    )
    batch = batches.run(batches.take(folder)["id"])["batch"]
    found = batches.query("diagnostics", batch, "--task", "lint")
    assert [(row["code"], row["line"]) for row in found] == [
        *(("L001", 1), ("L004", 2), ("L003", 3), ("L002", 4), ("L005", 5))
    ]
    assert {row["path"] for row in found} == {"messy.py"}


def test_g08_a_syntax_error_is_one_diagnostic(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"bad.py": b"def (:\n"})
    report = batches.run(batches.take(folder)["id"])
    assert report["shards"]["failed"] == 0
    (row,) = batches.query("diagnostics", report["batch"], "--task", "parse")
    assert (row["severity"], row["code"], row["path"], row["line"]) == ("error", "E0001", "bad.py", 1)


def test_g10_the_trees_alone_answer_everything(batches: Batches, golden: Path) -> None:
    (golden / "bad.py").write_text("def (:\n\tTODO \n")
    snapshot = batches.take(golden)["id"]
    batch = batches.run(snapshot)["batch"]
    before = batches.everything(batch)
    private = batches.cli.root / ".aurora"
    for path in [*private.glob("journal.db*"), private / "ledger.json"]:
        path.unlink(missing_ok=True)
    shutil.rmtree(private / "views")
    shutil.rmtree(batches.cli.root / "repo-state")
    (batches.cli.root / "specs").rmdir()
    (batches.cli.root / "aurora.toml").unlink()
    batches.cli("init", "--empty")
    assert batches.everything(batch) == before
    again = batches.run(batches.take(golden)["id"])
    assert batches.everything(again["batch"]) == before


def test_g11_answers_do_not_depend_on_the_index(batches: Batches, golden: Path) -> None:
    (golden / "bad.py").write_text("def (:\n\tTODO \n")
    batch = batches.run(batches.take(golden)["id"])["batch"]
    without = batches.everything(batch)
    built = batches.everything(batch)
    views = batches.cli.root / ".aurora" / "views"
    for path in views.glob("outputs.db*"):
        path.unlink()
    deleted = batches.everything(batch)
    assert without == built == deleted
    (views / "outputs.db").write_bytes(b"this is no database at all" * 1000)
    assert batches.everything(batch) == without


def test_g12_g13_work_done_again_gives_the_same_bytes(batches: Batches, golden: Path) -> None:
    first = batches.run(batches.take(golden)["id"], "--set", "max_line=10")
    outputs = batches.everything(first["batch"])
    time.sleep(1.1)
    shutil.rmtree(batches.cli.root / ".aurora")
    shutil.rmtree(batches.cli.root / "repo-state")
    batches.cli("init", "--empty")
    second = batches.run(batches.take(golden)["id"], "--set", "max_line=10")
    assert second["tree"] == first["tree"]
    assert batches.everything(second["batch"]) == outputs
    assert second["outputs"] == len(outputs["outputs"]) > 20


def test_g14_a_task_waits_for_what_it_builds_on(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot, "--pipeline", "full")["batch"]
    shard = batches.shard_of(snapshot, "hello.py")
    for task in FULL[1:]:
        error = batches.step(batch, task, shard, code=4)
        assert error["error"]["code"] == "BATCH-004"
    rows = batches.cli.json("batch", "shards", batch)
    assert {row["state"] for row in rows} == {"ready"}
    assert batches.query("outputs", batch) == []
    for task in FULL:
        assert batches.step(batch, task, shard)["computed"] == 1
    done = [row["task"] for row in batches.cli.json("batch", "shards", batch) if row["state"] == "done"]
    assert done == list(FULL)


def test_g15_what_is_done_stays_as_it_is(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    report = batches.run(snapshot)
    before = batches.everything(report["batch"])
    position = batches.cli.json("status")["position"]
    again = batches.step(report["batch"], "parse", batches.shard_of(snapshot, "hello.py"))
    assert (again["computed"], again["tree"]) == (0, report["tree"])
    assert batches.everything(report["batch"]) == before
    assert batches.cli.json("status")["position"] == position


def test_g16_two_workspaces_find_the_same(
    batches: Batches, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Cli(tmp_path / "other", capsys)
    other.root.mkdir()
    other("init", "--empty")
    reports = [each.run(each.take(golden)["id"]) for each in (batches, Batches(other))]
    assert reports[0]["tree"] == reports[1]["tree"]
    assert batches.everything(reports[0]["batch"]) == Batches(other).everything(reports[1]["batch"])


def test_g17_every_record_has_what_its_kind_promises(batches: Batches, golden: Path) -> None:
    from aurora.batch.records import KINDS

    (golden / "bad.py").write_text("import os\nclass A:\n\tb = os.sep \n")
    batch = batches.run(batches.take(golden)["id"])["batch"]
    promised = {
        "ast": {"object", "format", "size"},
        "metric": {"metric", "value"},
        "symbol": {"name", "qualname", "symbol_type", "scope", "line"},
        "edge": {"edge_type", "target"},
        "diagnostic": {"severity", "code", "message", "line", "column"},
    }
    rows = batches.query("outputs", batch)
    assert {row["kind"] for row in rows} == set(promised) == set(KINDS)
    for row in rows:
        wanted = {"task", "shard", "path", "kind", "schema_name", "schema_version", *promised[row["kind"]]}
        assert wanted <= row.keys()


def test_g18_g19_large_outputs_come_in_chunks(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"many.py": module(0, 20)})
    snapshot = batches.take(folder)["id"]
    whole, chunked = batches.run(snapshot), batches.run(snapshot, "--set", "chunk_threshold=777")
    (one,), (two,) = (
        batches.query("outputs", report["batch"], "--task", "parse") for report in (whole, chunked)
    )
    content = batches.object(one["object"])
    assert (one["format"], one["size"]) == ("json", len(content))
    assert (two["format"], two["size"]) == ("json+chunks", len(content))
    manifest = json.loads(batches.object(two["object"], "--manifest"))
    chunks = manifest["chunks"]
    assert len(chunks) == -(-len(content) // 777) > 2
    assert [chunk["size"] for chunk in chunks[:-1]] == [777] * (len(chunks) - 1)
    assert b"".join(batches.object(chunk["object"]) for chunk in chunks) == content
    assert batches.object(two["object"]) == content
    assert (manifest["total_bytes"], manifest["kind"], manifest["format"]) == (len(content), "ast", "json")
    functions = [r for r in batches.query("symbols", chunked["batch"]) if r["symbol_type"] == "function"]
    assert len(functions) == 20


def test_g20_a_missing_file_fails_its_shard_only(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)
    lose(batches, GOLDEN["hello.py"])
    report = batches.run(snapshot["id"], code=1)
    assert report["shards"] == {"done": 20, "failed": 4, "memo": 0, "ready": 0}
    failed = batches.query("failed", report["batch"])
    assert {(row["path"], row["task"]) for row in failed} == {("hello.py", task) for task in FULL}
    assert all("is not in the artifact store" in row["error"] for row in failed)
    others = [row for row in batches.query("outputs", report["batch"]) if row["kind"] == "ast"]
    assert {row["path"] for row in others} == set(GOLDEN) - {"hello.py", "binary.bin"}


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


def test_g21_keys_are_lower_case_and_order_the_index(batches: Batches, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "code", {"ÑOÑO.txt": b"1", "b.txt": b"2", "A.txt": b"3", "src/Main.PY": b"x = 1\n"}
    )
    rows = batches.cli.json("snapshot", "files", batches.take(folder)["id"])
    assert [row["path_key"] for row in rows] == ["a.txt", "b.txt", "src/main.py", "ñoño.txt"]
    assert [row["path"] for row in rows] == ["A.txt", "b.txt", "src/Main.PY", "ÑOÑO.txt"]
    assert rows[2]["lang_hint"] == "python"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("snapshot", "take", "nowhere"), 2),
        (("snapshot", "show", "nothing"), 3),
        (("batch", "run", "--snapshot", "nothing", "--pipeline", "full"), 3),
        (("batch", "run", "--snapshot", "SNAP", "--pipeline", "wishes"), 3),
        (("batch", "run", "--snapshot", "SNAP", "--pipeline", "full", "--set", "nonsense=1"), 2),
        (("batch", "run", "--snapshot", "SNAP", "--pipeline", "full", "--set", "chunk_threshold=-1"), 2),
        (("batch", "run", "--snapshot", "SNAP", "--pipeline", "full", "--task", "dance"), 3),
        (("batch", "run", "--snapshot", "SNAP", "--pipeline", "full", "--shard", "zz"), 3),
        (("batch", "run"), 2),
        (("batch", "status", "nothing"), 3),
        (("batch", "query", "diagnostics", "--batch", "nothing"), 3),
        (("batch", "query", "miracles", "--batch", "nothing"), 2),
        (("batch", "verify", "nothing"), 3),
        (("batch", "gates", "nothing"), 3),
        (("batch", "read", "xyz"), 2),
        (("batch", "read", "0" * 64), 3),
        (("batch", "run", "--snapshot", "SNAP", "--engine", "steam"), 2),
    ],
)
def test_g22_h14_wrong_calls_end_in_a_sentence(
    batches: Batches, golden: Path, arguments: tuple[str, ...], code: int
) -> None:
    taken = batches.take(golden)["id"]
    result = batches.cli(*(taken if word == "SNAP" else word for word in arguments), code=code)
    assert result.err.startswith("error[")
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "label", ["../../../esc", "a/b", "/abs", "..", "a..b", "", "-x", "a\nb", "x.lock", "ü"]
)
def test_h01_an_id_never_leads_out(batches: Batches, golden: Path, label: str) -> None:
    outside = {path for path in batches.cli.root.parent.rglob("*") if GIT not in str(path)}
    assert batches.take(golden, f"--id={label}", code=2)["error"]["code"] == "SNAPSHOT-001"
    for what in ("show", "files"):
        assert batches.cli("snapshot", what, f"../{label}", code=None).code in (2, 3)
    assert {path for path in batches.cli.root.parent.rglob("*") if GIT not in str(path)} == outside


def test_h02_links_are_kept_as_links(batches: Batches, tmp_path: Path) -> None:
    write(tmp_path, {"outside.txt": b"secret", "elsewhere/x.py": b"x = 1\n"})
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    (folder / "leak.txt").symlink_to("../outside.txt")
    (folder / "folder").symlink_to("../elsewhere")
    (folder / "self").symlink_to(".")
    (folder / "broken").symlink_to("nowhere")
    taken = batches.take(folder)
    rows = {row["path"]: row for row in batches.cli.json("snapshot", "files", taken["id"])}
    assert set(rows) == {"a.py", "leak.txt", "folder", "self", "broken"}
    assert rows["leak.txt"]["mode"] == "120000"
    assert rows["leak.txt"]["object"] == f"sha256:{hashlib.sha256(b'../outside.txt').hexdigest()}"
    batch = batches.run(taken["id"])["batch"]
    assert {row["path"] for row in batches.query("outputs", batch)} == {"a.py"}


def test_h03_a_pipe_or_socket_is_passed_over(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / ".gitignore")
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(folder)
        server.bind("socket")
    finally:
        os.chdir(here)
    began = time.monotonic()
    taken = batches.take(folder)
    assert time.monotonic() - began < 8
    server.close()
    assert taken["files"] == 1
    assert {(each["code"], each["path"]) for each in taken["warnings"]} == {
        *(("fifo_skipped", "pipe"), ("fifo_skipped", ".gitignore"), ("socket_skipped", "socket"))
    }


def test_h04_a_name_that_is_no_utf8_loses_nothing(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    odd = os.fsencode(folder) + b"/caf\xe9.py"
    with open(odd, "wb") as file:
        file.write(b"def cafe(): pass\n")
    write(folder, {"caf\\xe9.py": b"def other(): pass\n"})
    taken = batches.take(folder)
    assert taken["files"] == 3
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert len({row["path"] for row in rows}) == 3
    assert "not_utf8" in {each["code"] for each in taken["warnings"]}
    batch = batches.run(taken["id"])["batch"]
    names = [r["name"] for r in batches.query("symbols", batch) if r["symbol_type"] == "function"]
    assert sorted(names) == ["cafe", "other"]
    with git_repository(folder, "sha1") as git:
        git("add", "-A")
        assert git("write-tree").strip() == taken["tree"]


def test_a_folder_whose_name_is_no_utf8_can_be_taken(batches: Batches, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff"))
    folder.mkdir()
    write(folder, {"a.py": b"x = 1\n"})
    taken = batches.take(folder)
    assert taken["files"] == 1
    assert batches.cli.json("snapshot", "show", taken["id"])["source"].endswith("odd\\xff")


def test_an_empty_folder_is_a_snapshot_with_an_empty_batch(batches: Batches, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    taken = batches.take(tmp_path / "empty")
    assert taken["tree"] == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    report = batches.run(taken["id"])
    assert (report["finished"], report["outputs"]) == (True, 0)
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_h05_odd_names_are_kept_with_a_word_about_them(batches: Batches, tmp_path: Path) -> None:
    names = [
        "aux.c",
        "con.py",
        "what?.py",
        "a:b.txt",
        "dir\\f.txt",
        "dir/f.txt",
        " lead.txt",
        "lead.txt",
        "t\tb.py",
    ]
    names += ["line\nbreak.py", "-x.py", "trailing ", 'quo"te.py', ".hidden/.file"]
    folder = write(tmp_path / "code", {name: name.encode() for name in names})
    taken = batches.take(folder)
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert sorted(row["path"] for row in rows) == sorted(names)
    assert all(row["object"] == f"sha256:{hashlib.sha256(row['path'].encode()).hexdigest()}" for row in rows)
    warned = {(each["code"], each["path"]) for each in taken["warnings"]}
    assert {
        ("reserved_name", "aux.c"),
        ("unportable_name", "what?.py"),
        ("reserved_name", "trailing "),
    } <= warned
    batches.run(taken["id"])


def test_h06_h07_names_that_are_one_elsewhere_are_told(batches: Batches, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "code", {"A.py": b"1\n", "a.py": b"2\n", "caf\u00e9.txt": b"3", "cafe\u0301.txt": b"4"}
    )
    taken = batches.take(folder)
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert len({row["path"] for row in rows}) == len(rows) == 4
    assert len({row["path_key"] for row in rows}) == 2
    warned = [each["path"] for each in taken["warnings"] if each["code"] == "case_collision"]
    assert warned == ["a.py", "caf\u00e9.txt"]


def test_h08_a_killed_snapshot_leaves_nothing_half(batches: Batches, golden: Path, tmp_path: Path) -> None:
    batches.take(golden, "--id", "warm")
    before = batches.cli.json("snapshot", "files", "warm")
    big = many(tmp_path / "big", 1500)
    for number, delay in enumerate((0.25, 0.3, 0.4, 0.5, 0.6)):
        process = batches.cli.start("snapshot", "take", str(big), "--id", f"k{number}")
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert batches.cli.json("snapshot", "files", "warm") == before
        if not any(row["id"] == f"k{number}" for row in batches.cli.json("snapshot", "list")):
            (big / "more.py").write_text(f"x = {number}\n")
            assert batches.take(big, "--id", f"k{number}")["files"] == 1501
    assert batches.take(big, "--id", "last")["files"] >= 1500
    assert not list(batches.git.rglob("tmp_aurora*"))
    assert batches.cli.json("replay", "--verify")["ok"]
    fsck = ["git", "--git-dir", str(batches.git), "fsck", "--full", "--strict"]
    subprocess.run(fsck, check=True, capture_output=True)


def test_h09_h10_h11_damage_fails_the_shard_is_reported_and_heals(batches: Batches, golden: Path) -> None:
    taken = batches.take(golden)
    damage(batches, GOLDEN["hello.py"])
    report = batches.run(taken["id"], code=1)
    failed = batches.query("failed", report["batch"])
    assert {row["path"] for row in failed} == {"hello.py"}
    assert all("damaged" in row["error"] for row in failed)
    verified = batches.cli.json("batch", "verify", report["batch"], code=5)
    assert [name.rsplit(" ", 1)[1] for name in verified["corrupt"]] == ["hello.py"]
    assert verified["missing"] == []
    assert not batches.cli.json("replay", "--verify", code=5)["ok"]
    again = batches.take(golden)
    assert (again["healed"], again["tree"]) == (1, taken["tree"])
    retried = batches.cli.json("batch", "retry", report["batch"])
    assert retried["shards"]["failed"] == 0
    assert batches.cli.json("batch", "verify", report["batch"])["ok"]
    assert batches.cli.json("replay", "--verify")["ok"]
    assert batches.query("failed", report["batch"]) == []
    undisturbed = batches.run(taken["id"])
    assert undisturbed["tree"] == retried["tree"]


def test_lost_outputs_are_missing_and_computed_again(batches: Batches, golden: Path) -> None:
    taken = batches.take(golden)
    report = batches.run(taken["id"])
    (row,) = batches.query("outputs", report["batch"], "--path", "hello.py", "--kind", "ast")
    lose(batches, batches.object(row["object"]))
    verified = batches.cli.json("batch", "verify", report["batch"], code=5)
    assert (verified["missing"], verified["corrupt"]) == ([row["object"]], [])
    healed = batches.cli.json("batch", "verify", report["batch"], "--heal")
    assert healed["ok"]
    assert healed["retried"] == 1
    assert healed["healed"] == [row["object"]]
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_h12_h13_python_is_read_as_python_reads_it(batches: Batches, tmp_path: Path) -> None:
    files = {
        "latin.py": "# -*- coding: latin-1 -*-\nname = 'Größe'\n\n\ndef größe(): pass\n".encode("latin-1"),
        "bom.py": b"\xef\xbb\xbfdef bom(): pass\n",
        "utf16.py": "def wide(): pass\n".encode("utf-16"),
        "nul.py": b"x = 1\0\n",
        "cookie.py": b"# coding: no-such-code\nx = 1\n",
        "deep.py": b"x = " + b"+".join([b"1"] * 20000) + b"\n",
        "empty.py": b"",
        "crlf.py": b"def crlf():\r\n    pass\r\n",
        "cr.py": b"def cr():\r    pass\r",
        "broken.py": b"def f(:\n",
    }
    folder = write(tmp_path / "code", files)
    report = batches.run(batches.take(folder)["id"])
    asts = {row["path"] for row in batches.query("outputs", report["batch"], "--kind", "ast")}
    errors = {
        row["path"]
        for row in batches.query("diagnostics", report["batch"], "--task", "parse", "--severity", "error")
    }
    assert asts | errors == set(files)
    assert not asts & errors
    assert {"latin.py", "bom.py", "empty.py", "crlf.py", "cr.py"} <= asts
    assert {"utf16.py", "nul.py", "cookie.py", "broken.py"} <= errors
    names = {r["name"] for r in batches.query("symbols", report["batch"]) if r["symbol_type"] == "function"}
    assert names == {"größe", "bom", "crlf", "cr"}


def test_h15_a_torn_log_is_noticed_not_glued(batches: Batches, golden: Path) -> None:
    """The journal is a database with a digest for each event: half an event cannot be there."""
    batch = batches.run(batches.take(golden)["id"])["batch"]
    before = batches.cli.json("replay", "--verify")
    process = batches.cli.start("batch", "run", "--batch", batch)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = batches.cli.json("replay", "--verify")
    assert (after["ok"], after["chain"]) == (True, before["chain"])


def test_h16_aurora_does_not_take_itself(batches: Batches, tmp_path: Path) -> None:
    root = batches.cli.root
    write(root, {"code.py": b"x = 1\n"})
    first = batches.take(root)
    second = batches.take(root)
    assert first["tree"] == second["tree"]
    paths = {row["path"] for row in batches.cli.json("snapshot", "files", second["id"])}
    assert paths == {"code.py", "aurora.toml", ".gitignore"}
    around = batches.take(tmp_path)
    inside = {row["path"] for row in batches.cli.json("snapshot", "files", around["id"])}
    assert not any(path.startswith(root.name) for path in inside)


def test_h17_of_four_processes_one_completes_a_task(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot)["batch"]
    shard = batches.shard_of(snapshot, "hello.py")
    step = ("batch", "run", "--batch", batch, "--task", "parse", "--shard", shard, "--json")
    racing = [batches.cli.start(*step) for _ in range(4)]
    ended = [process.communicate() for process in racing]
    assert [process.returncode for process in racing] == [0] * 4, ended
    log = batches.cli.json("log", "--type", "shard.completed")
    assert len(log) == 1
    assert [output["task"] for output in log[0]["data"]["outputs"]] == ["parse"]
    assert sum(json.loads(out)["computed"] for out, _ in ended) >= 1


@pytest.mark.slow
def test_h18_killed_while_a_large_object_is_written(batches: Batches, golden: Path, tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    block = os.urandom(1 << 20)
    with (folder / "large.bin").open("wb") as file:
        for number in range(200):
            file.write(number.to_bytes(4, "big") + block[4:])
    for delay in (0.5, 0.9, 1.4, 2.0):
        process = batches.cli.start("snapshot", "take", str(folder))
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for pack in (batches.git / "objects" / "pack").glob("pack-*.idx") if batches.git.exists() else ():
            subprocess.run(["git", "verify-pack", str(pack)], check=True)
    taken = batches.take(folder)
    assert taken["bytes"] == 200 << 20
    assert not list(batches.git.rglob("tmp_aurora*"))


def test_ignored_files_are_left_out_as_git_does(batches: Batches, tmp_path: Path) -> None:
    files = {
        ".gitignore": b"*.log\nbuild/\n!keep.log\n/top.txt\ndoc/**/x.txt\n",
        "a.log": b"1",
        "keep.log": b"2",
        "build/x.py": b"3",
        "sub/build/y.py": b"4",
        "top.txt": b"5",
        "sub/top.txt": b"6",
        "doc/a/b/x.txt": b"7",
        "doc/x.txt": b"8",
        "sub/.gitignore": b"!a.log\nonly.py\n",
        "sub/a.log": b"9",
        "sub/only.py": b"10",
        "only.py": b"11",
    }
    folder = write(tmp_path / "code", files)
    taken = batches.take(folder)
    with git_repository(folder, "sha1") as git:
        git("add", "-A")
        assert git("write-tree").strip() == taken["tree"]


def test_an_edit_is_seen_also_within_the_tick_of_a_clock(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"x = 1\n", "b.py": b"y = 1\n"})
    age(folder)
    seen = set()
    for number in range(5):
        (folder / "a.py").write_bytes(b"x = %d\n" % number)
        seen.add(batches.take(folder)["tree"])
    assert len(seen) == 5


def test_a_clone_brings_back_the_log_and_the_folder_the_artifacts(
    batches: Batches, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = batches.take(golden, "--id", "labelled")
    report = batches.run(taken["id"])
    before = batches.everything(report["batch"])
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(batches.cli.root / "repo-state"), str(clone)], check=True)
    back = Cli(tmp_path / "back", capsys)
    back.root.mkdir()
    back("restore", "--from", str(clone))
    restored = Batches(back)
    verified = back.json("replay", "--verify", code=5)
    assert verified["missing"] == ["snapshot labelled", f"batch {report['batch']}"]
    assert verified["problems"] == []
    error = back.json("batch", "query", "stats", "--batch", report["batch"], code=3)
    assert error["error"]["code"] == "ARTIFACT-001"
    restored.take(golden)
    assert back.json("snapshot", "files", "labelled") == batches.cli.json("snapshot", "files", "labelled")
    assert back.json("batch", "verify", report["batch"], "--heal")["ok"]
    assert back.json("replay", "--verify")["ok"]
    assert restored.everything(report["batch"]) == before


def test_tables_of_artifacts_can_be_deleted(batches: Batches, golden: Path) -> None:
    report = batches.run(batches.take(golden)["id"])
    before = batches.everything(report["batch"])
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    shutil.rmtree(batches.cli.root / "repo-state")
    batches.cli("project", "rebuild")
    assert batches.everything(report["batch"]) == before
    assert batches.cli.json("replay", "--verify")["ok"]
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    again = batches.run(batches.take(golden)["id"])
    assert (again["tree"], again["computed"]) == (report["tree"], 0)
    (row,) = batches.query("outputs", again["batch"], "--path", "hello.py", "--kind", "ast")
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    assert len(batches.object(row["object"])) == row["size"]


def test_findings_of_ruff_are_diagnostics_like_others(batches: Batches, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "code", {"a.py": b"import os\nx = 1\n", "b.py": b"def (:\n", "c.txt": b"import os\n"}
    )
    report = batches.run(batches.take(folder)["id"], pipeline="full,ruff")
    found = {
        (r["path"], r["code"], r["line"])
        for r in batches.query("diagnostics", report["batch"], "--task", "ruff")
    }
    assert ("a.py", "F401", 1) in found
    assert {path for path, _, _ in found} == {"a.py", "b.py"}
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_regressions_and_improvements_are_told_apart(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"x = 1 \n", "b.py": b"y = 1\n"})
    old = batches.run(batches.take(folder)["id"])["batch"]
    write(folder, {"a.py": b"x = 1\n", "b.py": b"\n\ny = 1\n# TODO\n"})
    new = batches.run(batches.take(folder)["id"])["batch"]
    worse = batches.cli.json("batch", "regressions", old, new, code=1)
    assert [(row["path"], row["record"]["code"]) for row in worse["rows"]] == [("b.py", "L003")]
    better = batches.cli.json("batch", "improvements", old, new)
    assert [(row["path"], row["record"]["code"]) for row in better["rows"]] == [("a.py", "L001")]
    moved = batches.take(write(folder, {"a.py": b"\nx = 1\n", "b.py": b"\n\n\ny = 1\n# TODO\n"}))
    later = batches.run(moved["id"])["batch"]
    assert batches.cli.json("batch", "regressions", new, later)["rows"] == []


def test_rows_come_in_every_form(batches: Batches, golden: Path) -> None:
    batch = batches.run(batches.take(golden)["id"])["batch"]
    rows = batches.query("metrics", batch, "--path", "hello.py")
    lines = batches.cli("batch", "query", "metrics", "-b", batch, "--path", "hello.py", "--jsonl").out
    assert [json.loads(line) for line in lines.splitlines()] == rows
    table = batches.cli("batch", "query", "metrics", "-b", batch, "--path", "hello.py", "--csv").out
    assert table.splitlines()[0] == "task,shard,path,kind,metric,value,qualname,line"
    assert len(table.splitlines()) == len(rows) + 1
    page = batches.query("metrics", batch, "--limit", "2", "--offset", "1")
    assert page == batches.query("metrics", batch)[1:3]
    assert batches.query("metrics", batch, "--name", "lang", "--group-by", "lang") == [
        *(
            {"group": "unknown", "count": 4},
            {"group": "markdown", "count": 1},
            {"group": "python", "count": 1},
        )
    ]


def test_a_gate_that_is_broken_says_so(batches: Batches, golden: Path) -> None:
    report = batches.run(batches.take(golden)["id"])
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]
    git = ["git", "--git-dir", str(batches.git)]
    ref = f"refs/aurora/batches/{report['batch']}"
    tree = subprocess.run([*git, "ls-tree", ref], check=True, capture_output=True, text=True).stdout
    blob = subprocess.run(
        [*git, "hash-object", "-w", "--stdin"], input=b"x", check=True, capture_output=True
    ).stdout.decode()
    forged = tree + f"100644 blob {blob.strip()}\tevil.sh\n"
    made = subprocess.run(
        [*git, "mktree"], input=forged.encode(), check=True, capture_output=True
    ).stdout.decode()
    commit = ["-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "x", made.strip()]
    oid = subprocess.run([*git, *commit], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([*git, "update-ref", ref, oid], check=True)
    gates = batches.cli.json("batch", "gates", report["batch"], code=5)
    broken = {gate["name"] for gate in gates["gates"] if not gate["ok"]}
    assert broken == {"end to end", "write scope"}


def test_what_builds_on_a_failure_fails_with_it(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot)["batch"]
    damage(batches, GOLDEN["hello.py"])
    batches.step(batch, "parse", batches.shard_of(snapshot, "hello.py"), code=1)
    batches.take(golden)
    report = batches.cli.json("batch", "run", "--batch", batch, code=1)
    assert report["shards"] == {"done": 20, "failed": 4, "memo": 0, "ready": 0}
    errors = {row["task"]: row["error"] for row in batches.query("failed", batch)}
    assert all(errors[task].startswith("it builds on parse, which failed") for task in FULL[1:])
    assert batches.cli.json("batch", "retry", batch)["shards"]["failed"] == 0


def test_who_finds_everything_claimed_waits_for_the_end(batches: Batches, tmp_path: Path) -> None:
    folder = many(tmp_path / "code", 120, 8)
    snapshot = batches.take(folder)["id"]
    run = ("batch", "run", "--snapshot", snapshot, "--jobs", "1", "--json")
    racing = [batches.cli.start(*run) for _ in range(4)]
    reports = [json.loads(process.communicate()[0]) for process in racing]
    assert [report["finished"] for report in reports] == [True] * 4
    assert len({report["tree"] for report in reports}) == 1
