"""Whatever text events bring, a commit message has one subject, and its trailers parse back, here and in Git."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from dulwich.trailers import parse_trailers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aurora.ledger import message, table

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
nasty = st.sampled_from(
    [
        "Aurora-Position: 7",
        "\n\nAurora-Position: 7\nAurora-Chain: 00\n",
        "---",
        "--- a\n+++ b",
        "# ------------------------ >8 ------------------------",
        "a\r\nb\x0bc\x85d\u2028e",
        "\u202egnihtemos",
        "\n  \nSigned-off-by: Mallory <m@example.org>",
        "(cherry picked from commit 0)",
        " \t ",
        "x" * 5000,
        "line\n" * 200,
        "Conflicts:\n\tREADME",
    ]
)
words = texts | nasty


def origin(run: str, item: str) -> message.Origin:
    return message.Origin(12, "review.promoted", run, item, bytes(range(32)))


def expected(run: str, item: str) -> list[tuple[str, str]]:
    trailers = [("Aurora-Position", "12"), ("Aurora-Event", "review.promoted")]
    trailers += [
        (key, message.one_line(value)) for key, value in (("Aurora-Run", run), ("Aurora-Item", item))
    ]
    return [(key, value) for key, value in trailers if value] + [("Aurora-Chain", bytes(range(32)).hex())]


@given(words, words, st.lists(words, max_size=3), words, words)
@settings(derandomize=True, max_examples=150)
@example("Promote x", "---\nAurora-Position: 9", ["---"], "r", "i")
def test_trailers_parse_back(subject: str, reason: str, details: list[str], run: str, item: str) -> None:
    made = message.compose(f"Promote {subject}", reason, details, origin(run, item))
    assert [(trailer.key, trailer.value) for trailer in parse_trailers(made)[1]] == expected(run, item)
    run, item = message.one_line(run), message.one_line(item)
    assert message.parse_origin(made) == origin(run, item)


@given(words, words, st.lists(words, max_size=3))
@settings(derandomize=True, max_examples=150)
def test_messages_are_lines_of_visible_text(subject: str, reason: str, details: list[str]) -> None:
    made = message.compose(f"Promote {subject}", reason, details, origin("r", "i")).decode()
    first, blank, *_ = made.split("\n")
    assert first.startswith("Promote")
    assert len(first) <= 100
    assert blank == ""
    assert made.splitlines() == made.removesuffix("\n").split("\n")
    unseen = {"Cc", "Zl", "Zp", "Zs"}
    assert not [char for char in made if char not in " \n" and unicodedata.category(char) in unseen]
    assert not set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff") & set(made)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@given(words, words, words)
@settings(derandomize=True, max_examples=40, deadline=None)
@example("x", "---\nx", "---")
@example("x", "# ------------------------ >8 ------------------------\nx", "i")
def test_git_reads_the_same_trailers(subject: str, reason: str, item: str) -> None:
    made = message.compose(f"Promote {subject}", reason, [reason], origin("r", item))
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=made, capture_output=True, check=True
    )
    lines = [f"{key}: {value}" for key, value in expected("r", item)]
    assert done.stdout.decode().removesuffix("\n").split("\n") == lines


@given(words)
@settings(derandomize=True, max_examples=150)
def test_every_actor_is_an_identity_that_git_accepts(actor: str) -> None:
    name, _, rest = message.identity(actor).decode().partition(" <")
    assert name
    assert name == name.strip(" .,:;<>\"\\'")
    assert rest.endswith("@aurora.invalid>")
    assert not set("<>\n\0") & set(name + rest[:-1])


def test_a_message_that_aurora_did_not_write_has_no_origin() -> None:
    for text in (b"", b"Fix it\n", b"Fix it\n\nAurora-Position: 7\n", b"x\n\nAurora-Position: y\n\xff"):
        assert message.parse_origin(text) is None


@given(st.lists(st.tuples(words, st.none() | words), max_size=12))
@settings(derandomize=True, max_examples=100)
def test_a_table_holds_what_was_put_last_in_sorted_lines(changes: list[tuple[str, str | None]]) -> None:
    text, model = "", dict[str, str]()
    for key, value in changes:
        text = table.put(text, key, value)
        model.pop(key, None)
        if value is not None:
            model[key] = value
    for key, _ in changes:
        assert table.get(text, key) == model.get(key)
    keys = [line.partition("\t")[0] for line in text.splitlines()]
    assert keys == sorted(keys)
    assert len(keys) == len(model)
