"""Released events never change: their bytes, their schema and what is written about them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from aurora_events.codec import EVENT_TYPES, TAGS
from aurora_events.specs import SpecEdited
from tests.tools import event_reference as reference


def test_no_released_schema_lost_or_retyped_a_field() -> None:
    assert reference.schema_faults() == [], "add a new tag and an upcast instead"


def test_released_bytes_still_mean_what_they_meant() -> None:
    assert reference.golden_faults() == [], "add a new tag and an upcast instead"
    assert set(reference.golden()) >= set(TAGS.values())


def test_schemas_golden_bytes_and_reference_page_are_up_to_date() -> None:
    stale = [str(path.relative_to(reference.ROOT)) for path in reference.outdated()]
    assert stale == [], f"run `{reference.COMMAND}`"


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=TAGS.get)
def test_every_event_says_what_it_means(kind: type[Any]) -> None:
    assert kind.__doc__
    assert f"## `{TAGS[kind]}`" in reference.page_text()


def changed_schema(change: str) -> dict[str, Any]:
    """The schema of SpecEdited after a change to its Struct."""
    new = copy.deepcopy(reference.schema(SpecEdited))
    array, names = new["$defs"]["SpecEdited"], new["x-fields"]["SpecEdited"]
    if change == "retype":
        array["prefixItems"][4] = {"type": "integer"}
    elif change == "drop":
        array["prefixItems"].pop()
        names.pop()
        array["minItems"] -= 1
    elif change == "swap":
        names[3], names[4] = names[4], names[3]
    elif change == "require":
        array["prefixItems"].append({"type": "string"})
        names.append("extra")
        array["minItems"] += 1
    else:
        array["prefixItems"].append({"type": "string", "default": ""})
        names.append("extra")
    return new


@pytest.mark.parametrize(
    ("change", "allowed"),
    [("retype", False), ("drop", False), ("swap", False), ("require", False), ("add optional", True)],
)
def test_the_lock_allows_new_optional_last_fields_only(change: str, allowed: bool) -> None:
    faults = reference.broken_promises(reference.schema(SpecEdited), changed_schema(change))
    assert (faults == []) == allowed


def test_a_removed_event_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spec.forgotten.json").write_text("{}")
    monkeypatch.setattr(reference, "SCHEMAS", tmp_path)
    assert reference.schema_faults() == ["spec.forgotten was removed; its events are in logs for ever"]


def test_golden_bytes_that_read_differently_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = reference.GOLDEN.read_text("utf-8").replace('"reward": 0.5', '"reward": 0.75')
    (tmp_path / "events.json").write_text(text, "utf-8")
    monkeypatch.setattr(reference, "GOLDEN", tmp_path / "events.json")
    assert reference.golden_faults() == ["golden bias.updated 0: $.reward was 0.75, now reads 0.5"]
