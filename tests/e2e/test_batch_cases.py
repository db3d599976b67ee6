"""What an earlier batch engine promised, and what it got wrong, as cases through the command line.

Outputs are compared in full, on shards that have some: an earlier suite compared counts, on a shard without any.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from batch_verbs import FULL, Batches, git_repository, lose
from commandline import Cli
from trees import GOLDEN, module, write

INDEX = [  # path, sha256sum, size, language
    ("binary.bin", "403b082bc2c9237ec4ccdccf805744f027412b0d34a431e26536ffe8bffc50c5", 24, None),
    ("crlf_example.txt", "3d8cbd89e529ff6c693e2ea32197291a750c01ca1e69725ba851d36eaca59f0a", 32, None),
    ("emoji_🎉.md", "d45b69a4518ed0f54d1f816a45b78393c36137d917f94e17f2dc365dbe482245", 40, "markdown"),
    ("empty.txt", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0, None),
    ("hello.py", "1a4067c23a15dc49bf1c2dbfaef145888e9b6a12baf3593c87304891790a72d9", 155, "python"),
    ("unicode_路径.txt", "b49bf74362a171fe671129962a5e5d76239b8db3e6edef61cfa95dcb05f260df", 37, None),
]


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
