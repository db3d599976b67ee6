"""Documents for people: links lead somewhere, commands exist, files named exist, no machine is given away."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from aurora.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
SHOWING = [page for page in PAGES if page.name != "benchmarks.md"]
"""Pages with command lines; the blocks of the other one hold what scripts print."""

TREE: Any = typer.main.get_command(app)

LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(aurora(?: [^`]+)?)`")
NAMED_FILE = re.compile(r"`((?:aurora|events|projections|tests)/[\w./*-]+)`")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MACHINE = re.compile(r"/(?:home|root|tmp|work|Users|mnt|opt)/")


def page_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    prose = FENCE.sub("", text)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(text: str) -> Iterator[str]:
    """Every `aurora …` command line of a page: lines of code blocks, and code in running text."""
    for _, block in FENCE.findall(text):
        joined = block.replace("\\\n", " ")
        for line in joined.splitlines():
            found = re.match(r"(?:\$ )?(aurora(?: .*)?)$", line.strip())
            if found:
                yield found[1].split("#", 1)[0].strip()
    for found in INLINE.findall(" ".join(FENCE.sub("", text).split())):
        yield found


def fault(line: str) -> str:
    """What is wrong with a command line: an unknown command or option; "" when nothing is."""
    words = shlex.split(re.split(r" (?:[|>]|&&) ?", line, maxsplit=1)[0])[1:]
    command = TREE
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-") and not re.fullmatch(r"-\d+", word):
            options = {name: each for each in command.params for name in getattr(each, "opts", ())}
            given = options.get(word.split("=", 1)[0])
            if given is None and word not in ("-h", "--help"):
                return f"no option {word}"
            takes_value = given is not None and not given.is_flag and given.param_type_name == "option"
            skip = takes_value and "=" not in word and given.name not in TOLD_ALONE
        elif hasattr(command, "commands"):
            if word not in command.commands:
                return f"no command {word}"
            command = command.commands[word]
    return ""


TOLD_ALONE = ("install_completion", "show_completion")
"""Options of the shell, which take no value here."""


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_relative_links_lead_to_a_page_and_a_heading(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", SHOWING, ids=page_id)
def test_commands_shown_exist_with_their_options(page: Path) -> None:
    wrong = {line: told for line in commands(page.read_text("utf-8")) if (told := fault(line))}
    assert wrong == {}


def test_pages_show_commands_at_all() -> None:
    shown = {line for page in SHOWING for line in commands(page.read_text("utf-8"))}
    assert len(shown) > 50


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("aurora synth --max-evals 5 double", ""),
        ("aurora review promote 3f2a --reason 'reads well'", ""),
        ("aurora -C shop status", ""),
        ("aurora synth --turbo", "no option --turbo"),
        ("aurora review praise 3f2a", "no command praise"),
        ("aurora fly", "no command fly"),
    ],
)
def test_an_unknown_command_or_option_is_noticed(line: str, told: str) -> None:
    assert fault(line) == told


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_files_of_the_repository_named_in_a_page_exist(page: Path) -> None:
    named = NAMED_FILE.findall(page.read_text("utf-8"))
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_tests_named_in_a_page_exist(page: Path) -> None:
    named = NAMED_TEST.findall(page.read_text("utf-8"))
    files = {name: (ROOT / name).read_text("utf-8") if (ROOT / name).exists() else "" for name, _ in named}
    assert [f"{file}::{test}" for file, test in named if f"def {test}(" not in files[file]] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_path_of_a_machine_is_shown(page: Path) -> None:
    assert MACHINE.findall(page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_code_blocks_are_closed(page: Path) -> None:
    fences = re.findall(r"^(`{3,})", page.read_text("utf-8"), re.MULTILINE)
    assert len(fences) % 2 == 0
