"""The sample specs and the reference page that are shipped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aurora.specs.codes import reference
from aurora.specs.names import module_name, spec_name
from aurora.specs.parser import parse

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "specs").rglob("*.*"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_a_valid_spec(path: Path) -> None:
    parsed = parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    assert parsed.diagnostics == ()
    assert parsed.spec is not None
    assert parsed.spec.name == spec_name(path.relative_to(ROOT / "specs").as_posix())


def test_no_two_samples_share_a_function_or_a_module() -> None:
    names: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for path in SAMPLES:
        spec = parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()).spec
        assert spec is not None
        names.update(function.signature.name for function in spec.functions)
        modules[module_name(spec.name)] += 1
    assert names.most_common(1)[0][1] == 1
    assert modules.most_common(1)[0][1] == 1


def test_the_reference_of_spec_errors_is_up_to_date() -> None:
    page = ROOT / "docs" / "reference" / "spec-errors.md"
    assert page.read_text(encoding="utf-8") == reference(), (
        "regenerate it: python -m aurora.specs.codes > the page"
    )
