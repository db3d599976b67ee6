"""A folder in many languages: with the extra every one is read as Python is, without it as before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from batch_verbs import Batches
from trees import write

from aurora.batch.trees import choosing

needs_trees = pytest.mark.skipif(
    len(choosing.here().split()) < 2 + len(choosing.HINTS), reason="needs the extra trees"
)

MIXED = {
    "app.py": b"def f(x):\n    return x\n",
    "web/app.js": b'import { go } from "./go";\n\nexport function start(x) {\n  return x && go(x);\n}\n',
    "web/view.tsx": b"export const View = () => <p>hi</p>;\n",
    "srv/main.go": b'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hi")\n}\n',
    "srv/lib.rs": b"pub struct P { a: u8 }\n\nimpl P {\n    fn get(&self) -> u8 { self.a }\n}\n",
    "bad/open.js": b"function f( {\n",
    "bad/bytes.go": b"package main\n// \xff\n",
    "bad/nul.c": b"int x;\n\0\n",
    "bad/deep.java": b"{" * 50_000,
    "bad/huge.rb": b"x = 1\n" * 200_000,
    "notes.md": b"# Notes\n",
}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return write(tmp_path / "code", MIXED)


def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "here", lambda: "")


@needs_trees
def test_every_language_gives_symbols_edges_and_metrics_like_python(batches: Batches, mixed: Path) -> None:
    batch = batches.run(batches.take(mixed)["id"])["batch"]
    symbols = {(r["path"], r["qualname"], r["symbol_type"]) for r in batches.query("symbols", batch)}
    assert symbols >= {
        ("app.py", "f", "function"),
        ("web/app.js", "start", "function"),
        ("web/view.tsx", "View", "function"),
        ("srv/main.go", "main", "function"),
        ("srv/lib.rs", "P", "class"),
        ("srv/lib.rs", "P::a", "variable"),
        ("srv/lib.rs", "P::get", "function"),
    }
    edges = {(r["path"], r["edge_type"], r["target"]) for r in batches.query("edges", batch)}
    assert edges == {
        ("web/app.js", "imports", "./go"),
        ("web/app.js", "calls", "go"),
        ("srv/main.go", "imports", "fmt"),
        ("srv/main.go", "calls", "fmt.Println"),
    }
    metrics = batches.query("metrics", batch, "--path", "web/app.js")
    assert {(r["metric"], r["value"]) for r in metrics if not r.get("qualname")} == {
        *(
            ("bytes", len(MIXED["web/app.js"])),
            ("lang", "javascript"),
            ("loc", 4),
            ("complexity", 2),
            ("max_complexity", 2),
        ),
        *(("function_count", 1), ("class_count", 0), ("import_count", 1)),
    }
    assert batches.cli.json("batch", "gates", batch)["ok"]


@needs_trees
def test_what_cannot_be_read_is_a_diagnostic(batches: Batches, mixed: Path) -> None:
    report = batches.run(batches.take(mixed)["id"])
    assert report["shards"]["failed"] == 0
    found = {r["path"]: r for r in batches.query("diagnostics", report["batch"], "--task", "parse")}
    assert {path: (r["code"], r["line"], r["column"], r["message"]) for path, r in found.items()} == {
        "bad/open.js": ("E0001", 1, 1, "invalid syntax: function f( {"),
        "bad/bytes.go": ("E0001", 2, 4, "not a text: byte 0xff is not UTF-8"),
        "bad/nul.c": ("E0001", 2, 1, "not a text: a NUL byte"),
        "bad/deep.java": ("E0003", 0, 0, "more than 4000 brackets are not closed"),
        "bad/huge.rb": ("E0002", 0, 0, "1200000 bytes are more than 524288: measured, not parsed"),
    }
    assert {r["path"] for r in batches.query("metrics", report["batch"], "--name", "complexity")} == {
        *("app.py", "web/app.js", "web/view.tsx", "srv/main.go", "srv/lib.rs", "bad/open.js")
    }


@needs_trees
def test_a_memo_made_without_the_extra_is_not_used_with_it(
    batches: Batches, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = batches.take(mixed)["id"]
    with monkeypatch.context() as without:
        without_extra(without)
        before = batches.run(snapshot)
        assert before["as_text"] == ["c", "go", "java", "javascript", "ruby", "rust", "typescript"]
        assert {r["path"] for r in batches.query("symbols", before["batch"])} == {"app.py"}
    after = batches.run(snapshot)
    lint = sum(1 for r in batches.cli.json("batch", "shards", after["batch"]) if r["task"] == "lint")
    assert after["computed"] >= after["shards"]["done"] - lint
    assert after["as_text"] == []
    assert after["tree"] != before["tree"]
    again = batches.run(snapshot)
    assert (again["computed"], again["tree"]) == (0, after["tree"])
    off = batches.run(snapshot, "--set", "trees=off")
    assert off["as_text"] == []
    assert batches.everything(off["batch"]) == batches.everything(before["batch"])


def test_without_the_extra_one_line_says_so(
    batches: Batches, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_extra(monkeypatch)
    snapshot = batches.take(mixed)["id"]
    told = batches.cli("batch", "run", "--snapshot", snapshot, "--pipeline", "full", "--jobs", "1").err
    (line,) = [line for line in told.splitlines() if "aurora-synth[trees]" in line]
    assert line.startswith("c, go, java, javascript, ruby, rust, typescript: read as text only;")
    told = batches.cli("batch", "run", "--snapshot", snapshot, "--pipeline", "lint", "--set", "trees=off").err
    assert "aurora-synth[trees]" not in told
    error = batches.cli.json(
        *("batch", "plan", "--snapshot", snapshot, "--pipeline", "full", "--set", "trees=on"), code=6
    )
    assert error["error"]["code"] == "TASK-008"


@needs_trees
def test_outputs_are_the_same_for_any_number_of_workers(
    batches: Batches, mixed: Path, tmp_path: Path
) -> None:
    write(
        mixed,
        {
            f"more/{n}.ts": b"export function f%d(a: number) { return a ? %d : 2; }\n" % (n, n)
            for n in range(9)
        },
    )
    write(mixed, {"more/pad.js": b"// padding\n" * 40_000})  # more than is worked on without a pool
    snapshot = batches.take(mixed)["id"]
    one = batches.run(snapshot)
    other = tmp_path / "other"
    other.mkdir()
    run = [sys.executable, "-m", "aurora", "-C", str(other)]
    subprocess.run([*run, "init", "--empty"], check=True, capture_output=True)
    subprocess.run([*run, "snapshot", "take", str(mixed)], check=True, capture_output=True)
    done = subprocess.run(
        [*run, "batch", "run", "--snapshot", snapshot, "--pipeline", "full", "--jobs", "3", "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert one["tree"] in done.stdout
