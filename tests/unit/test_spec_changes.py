"""Noticing changed spec files, given what is recorded."""

from __future__ import annotations

from aurora.specs.changes import Change, Found, Known, SpecState, decide, decide_changes, evolve
from aurora.specs.history import Version, diffs
from aurora.specs.names import module_name, spec_name
from aurora.specs.text import decode, normalise, spec_hash
from aurora_events.base import Event
from aurora_events.specs import SpecEdited, SpecRemoved


def found(path: str, text: str = "x") -> Found:
    return Found(spec_name(path), path, spec_hash(text), text)


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.name) for change in changes]


def folded(*events: Event) -> SpecState:
    state = SpecState()
    for event in events:
        state = evolve(state, event)
    return state


def test_files_are_added_edited_and_removed() -> None:
    recorded = {name: Known(f"{name}.md", spec_hash("x")) for name in ("gone", "kept", "touched")}
    changes, wrong = decide_changes(recorded, [found("touched.md", "y"), found("new.md"), found("kept.md")])
    assert kinds(changes) == [("removed", "gone"), ("added", "new"), ("edited", "touched")]
    assert changes[2].text == "y"
    assert wrong == []


def test_a_moved_file_is_an_edit_of_the_same_spec() -> None:
    changes, _ = decide_changes({"add": Known("add.md", spec_hash("x"))}, [found("add.py")])
    assert kinds(changes) == [("edited", "add")]


def test_two_files_of_one_name_are_reported_and_the_recorded_one_stays() -> None:
    changes, wrong = decide_changes(
        {"add": Known("add.py", spec_hash("x"))}, [found("add.md"), found("add.py")]
    )
    assert changes == []
    assert [(d.code, d.where) for d in wrong] == [("SPEC-050", "specs/add.md:1")]
    assert "specs/add.py" in wrong[0].message


def test_two_files_of_one_library_module_are_reported() -> None:
    changes, wrong = decide_changes({}, [found("a_b.md"), found("a/b.md")])
    assert kinds(changes) == [("added", "a/b")]
    assert [d.where for d in wrong] == ["specs/a_b.md:1"]


def test_a_file_that_is_not_text_is_reported_and_changes_nothing() -> None:
    changes, wrong = decide_changes(
        {"a": Known("a.md", spec_hash("x"))}, [found("a.md", decode(b"ok\n\xff"))]
    )
    assert changes == []
    assert [(d.code, d.where) for d in wrong] == [("SPEC-001", "specs/a.md:2")]


def test_given_nothing_when_a_file_appears_then_it_is_recorded() -> None:
    change = Change("added", "add", "add.md", "h1", "text")
    assert decide(SpecState(), change, at=1, actor="human:ada", cause="c") == [
        SpecEdited(1, "human:ada", "c", "add", "add.md", "h1", "text")
    ]


def test_given_a_recorded_text_when_it_is_the_same_then_nothing_happens() -> None:
    state = folded(SpecEdited(1, "a", "c", "add", "add.md", "h1", "text"))
    assert decide(state, Change("edited", "add", "add.md", "h1", "text"), at=2, actor="a", cause="c") == []


def test_given_a_recorded_spec_when_its_file_is_gone_then_it_is_removed_once() -> None:
    edited = SpecEdited(1, "a", "c", "add", "add.md", "h1", "text")
    gone = Change("removed", "add", "add.md", "", "")
    removed = decide(folded(edited), gone, at=2, actor="a", cause="c")
    assert removed == [SpecRemoved(2, "a", "c", "add", "add.md")]
    assert decide(folded(edited, *removed), gone, at=3, actor="a", cause="c") == []
    assert folded(edited, *removed) == SpecState(2)


def test_given_a_removed_spec_when_the_same_file_returns_then_it_is_recorded_again() -> None:
    edited = SpecEdited(1, "a", "c", "add", "add.md", "h1", "text")
    state = folded(edited, SpecRemoved(2, "a", "c", "add", "add.md"))
    back = decide(state, Change("added", "add", "add.md", "h1", "text"), at=3, actor="a", cause="c")
    assert back == [SpecEdited(3, "a", "c", "add", "add.md", "h1", "text")]


def test_names_come_from_paths_and_modules_from_names() -> None:
    assert spec_name("sub/dir-x.md") == "sub/dir-x"
    modules = {name: module_name(name) for name in ("sub/dir-x", "class", "3d", "größe", "--", "Add", "a.b")}
    assert modules == {
        "sub/dir-x": "sub_dir_x",
        "class": "class_",
        "3d": "spec_3d",
        "größe": "gr_e",
        "--": "spec",
        "Add": "add",
        "a.b": "a_b",
    }


def test_line_ends_and_a_byte_order_mark_do_not_change_the_hash() -> None:
    assert normalise("\ufeffa\r\nb\rc\n") == "a\nb\nc\n"
    assert (
        spec_hash("\ufeffa\r\nb\n")
        == spec_hash("a\nb\n")
        == ("911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2")
    )


def test_history_shows_what_each_version_changed() -> None:
    first, second = Version("1", "add.md", "a\nb\n"), Version("2", "add.md", "a\nc")
    assert diffs([first, second, second]) == [
        "--- /dev/null\tnothing\n+++ add.md\t1\n@@ -0,0 +1,2 @@\n+a\n+b\n",
        "--- add.md\t1\n+++ add.md\t2\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n",
        "",
    ]
