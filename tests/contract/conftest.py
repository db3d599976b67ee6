"""Every test that asks for ``home`` runs once on each kind of journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from journals import Home, LocatedHome, MemoryHome, postgres_home

from aurora.journal.port import Journal

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=["memory", "sqlite", POSTGRES])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    if request.param == "memory":
        yield MemoryHome()
    elif request.param == "sqlite":
        yield LocatedHome(tmp_path / "journal.db")
    else:
        with postgres_home() as home:
            yield home


@pytest.fixture(params=["sqlite", POSTGRES])
def shared_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocatedHome]:
    """A journal that several processes can open."""
    if request.param == "sqlite":
        yield LocatedHome(tmp_path / "journal.db")
    else:
        with postgres_home() as home:
            yield home


@pytest.fixture
def journal(home: Home) -> Iterator[Journal]:
    with home.open() as journal:
        yield journal
