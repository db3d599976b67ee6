"""Whether and with which grammars trees are used: resolved into the settings of a task, so that the memo knows it.

Where the extra is not installed the setting is not there at all, and plans, keys and outputs are as they were before
there was one. A worker uses exactly the grammars of the plan, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from aurora.batch.trees.tables import LANGUAGES, REVISION
from aurora.errors import InvalidInput, Refused
from aurora.grammars.reading import CORE, installed

SETTING: Final = "trees"
AUTO: Final = "auto"
OFF: Final = "off"
EXTRA: Final = "aurora-synth[trees]"

READERS: Final = ("parse", "analyze", "symbols")
"""The tasks that ask for trees."""

HINTS: Final = tuple(sorted({language.hint for language in LANGUAGES}))
"""The languages that there are tables for, as files are marked with them."""


class GrammarsDiffer(Exception):
    """What is installed where a task runs is not what was planned."""


@lru_cache(maxsize=1)
def here() -> str:
    """What is installed: revision of the tables, library, grammars; "" if nothing can be read with it."""
    core = installed(CORE)
    versions = {language.hint: installed(language.grammar.distribution) for language in LANGUAGES}
    known = [f"{hint}={version}" for hint, version in sorted(versions.items()) if version]
    return " ".join((REVISION, f"{CORE}={core}", *known)) if core and known else ""


def resolve(settings: dict[str, str]) -> None:
    """Put what is installed in place of ``auto``. Raises ``InvalidInput`` for what is neither that nor ``off``."""
    chosen = settings.get(SETTING, AUTO)
    if chosen not in (AUTO, OFF, "on"):
        raise InvalidInput("TASK-006", f"{SETTING} must be auto, on or off, not {chosen!a}")
    if chosen == OFF:
        return
    if here():
        settings[SETTING] = here()
    elif chosen == "on":
        raise Refused("TASK-008", "no grammars are installed", hint=f"pip install '{EXTRA}', or trees=auto")
    else:
        settings.pop(SETTING, None)


def used(language: str, settings: Mapping[str, str]) -> bool:
    """Whether files of a language are to be read as trees. Raises ``GrammarsDiffer`` if they cannot be here."""
    planned = settings.get(SETTING, OFF)
    if f" {language}=" not in planned:
        return False
    if planned != here():
        raise GrammarsDiffer(f"planned with grammars {planned}; installed here: {here() or 'none'}")
    return True


def missed(settings: Mapping[str, str], language: str) -> bool:
    """Whether files of a language would tell more if its grammar were installed."""
    chosen = settings.get(SETTING, "")
    return language in HINTS and chosen != OFF and f" {language}=" not in chosen
