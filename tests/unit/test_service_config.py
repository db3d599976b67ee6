"""Settings and moments that people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from aurora.errors import InvalidInput
from aurora.service.config import TEMPLATE, Config, parse_duration, read_config
from aurora.service.reading import parse_time


def config(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "aurora.toml"
    path.write_text(text)
    return read_config(path)


def test_the_template_states_the_defaults(tmp_path: Path) -> None:
    assert config(tmp_path, TEMPLATE) == config(tmp_path, "") == Config()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[synth]\nmax_evals = 3\n", "max_evals"),
        ("[synth]\njobs = 0\n", "synth.jobs"),
        ("[synth]\nbudget = 'soon'\n", "soon"),
        ("[synth]\nseed = 'x'\n", "synth.seed"),
        ("[learning]\nepsilon = 0.6\n", "learning.epsilon"),
        ("[learning]\ntop_k = 0\n", "learning.top_k"),
        ("[nonsense]\n", "nonsense"),
        ("synth = [", "TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        config(tmp_path, text)
    assert named in str(caught.value)
    assert "aurora.toml" in caught.value.where


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30.0), ("30s", 30.0), ("500ms", 0.5), ("2m", 120.0), ("1.5h", 5400.0), (" 1 s ", 1.0)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "s", "-1s", "1 year", "1e3"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_duration(text)


def test_times_are_utc_unless_they_say_otherwise() -> None:
    assert parse_time("1970-01-01T00:00:01.000002") == 1_000_002_000
    assert parse_time("1970-01-01T01:00:00+01:00") == 0
    assert parse_time("1970-01-02") == 86_400 * 10**9
    assert parse_time("42") is None
    assert parse_time("not-a-time") is None
