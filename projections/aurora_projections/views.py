"""All views of a workspace: opened, kept up with the log, rebuilt, and checked against a fresh fold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from aurora_projections.base import Projection, Source, ViewReport
from aurora_projections.catalogue import PROJECTIONS
from aurora_projections.database import Database, Standing
from aurora_projections.errors import UnknownView, ViewsAheadOfJournal, ViewsDamaged, ViewsUnavailable
from aurora_projections.generations import Generations


class Views:
    """The views in one database: a generation on disk, or (without ``generations``) one in memory."""

    def __init__(self, database: Database, generations: Generations | None = None) -> None:
        self.projections = database.projections
        self._database = database
        self._generations = generations

    @classmethod
    def open(cls, directory: Path, projections: Sequence[Projection] = PROJECTIONS) -> Views:
        """The views kept in ``directory``, made when it is not there. Damage shows on ``advance``."""
        generations = Generations(directory)
        return cls(_open_current(generations, projections), generations)

    @classmethod
    def in_memory(
        cls, source: Source, through: int | None = None, projections: Sequence[Projection] = PROJECTIONS
    ) -> Views:
        """The views as they were at position ``through``, or as they are now, leaving no trace."""
        database = Database(None, projections)
        database.prepare(projections)
        database.advance(source, source.position() if through is None else through)
        return cls(database)

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading (see ``queries``); ask again after ``advance`` or ``rebuild``, which may change it."""
        return self._database.connection

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Views:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def positions(self) -> dict[str, int]:
        """The position of the last event in each view, by the view's name."""
        return self._database.positions()

    def advance(self, source: Source) -> int:
        """Let all views catch up with the log; gives the position reached.

        A view that is missing, or that another version of its fold wrote, is first rebuilt beside. Raises
        ``ViewsAheadOfJournal``, ``ViewsDamaged`` or ``ViewsUnavailable``; damage is never repaired unasked.
        """
        self._follow()
        if self._database.outdated():
            self._renew(source)
        # Views first, then the log: in the other order a busy writer would make the views look ahead.
        furthest = max(self.positions().values())
        last = source.position()
        if furthest > last:
            raise ViewsAheadOfJournal(self._database.where, furthest, last)
        self._database.advance(source, last)
        return last

    def rebuild(self, source: Source, names: Sequence[str] | None = None) -> list[ViewReport]:
        """Fold the named views (all, if ``None``) anew beside the live ones, compare, and switch over.

        ``same`` says whether the live view was, at its position, what the fresh fold gave there; where
        there was none, whether a second fold gives the same. Works whatever state the live views are in.
        """
        chosen = self._chosen(names)
        generations = self._on_disk()
        with generations.lock():
            self._follow_locked()
            live = self._live()
            chosen = tuple(p for p in self.projections if p in chosen or p.name not in live)
            fresh = self._begin(chosen)
            try:
                comparable = {n: s for n, s in live.items() if s.position > 0}
                then = _folded_alike(fresh, chosen, comparable, source)
                fresh.advance(source, source.position())
                now = _standings(fresh, chosen, then)
                same = {name: standing == live[name] for name, standing in then.items()}
                same |= _second_opinion([p for p in chosen if p.name not in comparable], now, source)
            except BaseException:
                generations.discard(fresh)
                raise
            self._switch(fresh)
        return [_report(p, now[p.name], same.get(p.name, False)) for p in chosen]

    def check(self, source: Source) -> list[ViewReport]:
        """Fold the log again in memory and compare each view, at its position, with that. Changes nothing.

        A view that is missing, outdated, or beyond the end of the log is not the ``same``.
        """
        self._follow()
        live = self._database.standings(self.projections)
        with Views.in_memory(source, 0, self.projections) as fresh:
            then = _folded_alike(fresh._database, self.projections, live, source)
        nothing = Standing(0, 0, "")
        standings = [(p, live.get(p.name, nothing)) for p in self.projections]
        return [_report(p, standing, then.get(p.name) == standing) for p, standing in standings]

    def dump(self, name: str) -> Iterator[str]:
        """The canonical dump of a view, as lines without line ends."""
        (projection,) = self._chosen([name])
        return self._database.dump(projection)

    def hash(self, name: str) -> str:
        """The sha256 of a view's canonical dump, in hex."""
        (projection,) = self._chosen([name])
        return self._database.hash(projection)

    def _chosen(self, names: Sequence[str] | None) -> tuple[Projection, ...]:
        if names is None:
            return self.projections
        known = [projection.name for projection in self.projections]
        for name in names:
            if name not in known:
                raise UnknownView(name, known)
        return tuple(projection for projection in self.projections if projection.name in names)

    def _on_disk(self) -> Generations:
        if self._generations is None:
            raise TypeError("views in memory are never rebuilt: fold them again")
        return self._generations

    def _live(self) -> dict[str, Standing]:
        """What can be compared and kept of the live views; nothing of a damaged file."""
        try:
            return self._database.standings(self.projections)
        except ViewsDamaged:
            return {}

    def _follow(self) -> None:
        """Go on with the generation that is current now: another process may have rebuilt the views."""
        if self._generations is None or self._generations.current() == self._database.path:
            return
        newer = _open_current(self._generations, self.projections)
        self._database.close()
        self._database = newer

    def _follow_locked(self) -> None:
        """As ``_follow``, for who holds the lock (which making a first generation would wait for)."""
        if self._on_disk().current() is not None:
            self._follow()

    def _renew(self, source: Source) -> None:
        """Rebuild outdated views beside, so that nobody sees half of one."""
        if self._generations is None:
            self._database.prepare(self._database.outdated())
            return
        with self._generations.lock():
            self._follow_locked()
            outdated = self._database.outdated()
            if not outdated:
                return  # another process has done it while this one waited for the lock
            fresh = self._begin(outdated)
            try:
                fresh.advance(source, source.position())
            except BaseException:
                self._generations.discard(fresh)
                raise
            self._switch(fresh)

    def _begin(self, chosen: Sequence[Projection]) -> Database:
        """A new generation in which the chosen views are empty and the others as they are now."""
        everything = len(chosen) == len(self.projections)
        fresh = self._on_disk().begin(self.projections, None if everything else self._database)
        fresh.prepare(chosen)
        return fresh

    def _switch(self, fresh: Database) -> None:
        self._on_disk().choose(fresh)
        self._database.close()
        self._database = fresh


def _open_current(generations: Generations, projections: Sequence[Projection]) -> Database:
    while True:
        path = generations.current() or _first(generations, projections)
        try:
            database = Database(path, projections)
        except ViewsUnavailable:
            if path.exists():
                raise
            continue  # somebody took a newer generation into use and removed this one
        try:
            database.settle()
        except ViewsDamaged:
            return database  # reported by whoever uses it; ``rebuild`` replaces it
        if generations.current() == path:
            return database
        database.close()


def _first(generations: Generations, projections: Sequence[Projection]) -> Path:
    """The current generation; an empty one if there is none."""
    with generations.lock():
        path = generations.current()
        if path is None:
            database = generations.begin(projections)
            database.prepare(projections)
            generations.choose(database)
            database.close()
            path = database.path
            assert path is not None
    return path


def _folded_alike(
    fresh: Database, projections: Iterable[Projection], live: Mapping[str, Standing], source: Source
) -> dict[str, Standing]:
    """What the log gives for each live view at just that view's position; not for those beyond its end."""
    end = source.position()
    alike = [p for p in projections if p.name in live and live[p.name].position <= end]
    alike.sort(key=lambda p: live[p.name].position)
    standings: dict[str, Standing] = {}
    for projection in alike:
        fresh.advance(source, live[projection.name].position, only=alike)
        standings[projection.name] = fresh.standing(projection)
    return standings


def _standings(
    fresh: Database, projections: Iterable[Projection], then: Mapping[str, Standing]
) -> dict[str, Standing]:
    """What each view is now; those that have not moved are not hashed again."""
    positions = fresh.positions()
    return {
        p.name: then[p.name]
        if p.name in then and then[p.name].position == positions[p.name]
        else fresh.standing(p)
        for p in projections
    }


def _second_opinion(
    projections: Sequence[Projection], standings: Mapping[str, Standing], source: Source
) -> dict[str, bool]:
    """Whether folding these projections once more gives the same hashes."""
    if not projections:
        return {}
    through = max(standings[projection.name].position for projection in projections)
    with Views.in_memory(source, through, projections) as again:
        return {p.name: again.hash(p.name) == standings[p.name].hash for p in projections}


def _report(projection: Projection, standing: Standing, same: bool) -> ViewReport:
    return ViewReport(projection.name, projection.version, *standing, same=same)
