"""Tables declared by Structs: fields are columns. Reading, writing, and the page's working copy of rows."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

import msgspec

# Keyed by the text of annotations: evaluating them took a third of the time of importing this package.
_SQL_TYPES: Final = {
    "int": "INTEGER NOT NULL",
    "bool": "INTEGER NOT NULL",
    "str": "TEXT NOT NULL",
    "float": "REAL",  # nullable, because SQLite stores NaN as NULL
    "int | None": "INTEGER",
    "str | None": "TEXT",
}
_LOADERS: Final[dict[str, Callable[[Any], Any]]] = {
    "bool": bool,
    "float": lambda value: math.nan if value is None else value,
}
_LARGEST: Final = 2**63 - 1

Value = int | float | str | None
R = TypeVar("R", bound=msgspec.Struct)


class Shape:
    """A table's name, columns and primary key, and what can be done without knowing the type of its rows."""

    def __init__(
        self, name: str, row: type[msgspec.Struct], key: tuple[str, ...], indexes: tuple[tuple[str, ...], ...]
    ) -> None:
        self.name = name
        self.columns: Final = row.__struct_fields__
        self.key: Final = key
        self._types = tuple(row.__annotations__[column] for column in self.columns)
        self._indexes = indexes

    @property
    def ddl(self) -> list[str]:
        """The statements that make the table and its indexes."""
        columns = ", ".join(f'"{n}" {_SQL_TYPES[t]}' for n, t in zip(self.columns, self._types, strict=True))
        statements = [f'CREATE TABLE "{self.name}" ({columns}, PRIMARY KEY ({_names(self.key)}))']
        for index in self._indexes:
            name = "_".join((self.name, *index))
            statements.append(f'CREATE INDEX "{name}" ON "{self.name}" ({_names(index)})')
        return statements

    def tuples(self, connection: sqlite3.Connection) -> Iterator[tuple[Value, ...]]:
        """All rows in the order of the primary key, as SQLite holds them."""
        rows: Iterator[tuple[Value, ...]] = connection.execute(
            f'SELECT {_names(self.columns)} FROM "{self.name}" ORDER BY {_names(self.key)}'
        )
        return rows

    def count(self, connection: sqlite3.Connection) -> int:
        """How many rows there are."""
        (count,) = connection.execute(f'SELECT count(*) FROM "{self.name}"').fetchone()
        return int(count)


class Table(Shape, Generic[R]):
    """A table of ``row`` Structs."""

    def __init__(
        self, name: str, row: type[R], key: tuple[str, ...], indexes: tuple[tuple[str, ...], ...] = ()
    ) -> None:
        super().__init__(name, row, key, indexes)
        self._row = row
        self._loaders = [(n, _LOADERS[t]) for n, t in enumerate(self._types) if t in _LOADERS]
        self._get_key = attrgetter(*key)
        self._select = f'SELECT {_names(self.columns)} FROM "{name}" '
        self._where_key = "WHERE " + " AND ".join(f'"{column}" = ?' for column in key)
        marks = ", ".join("?" * len(self.columns))
        self._insert = f'INSERT OR REPLACE INTO "{name}" VALUES ({marks})'
        self._delete = f'DELETE FROM "{name}" {self._where_key}'

    def key_of(self, row: R) -> tuple[Value, ...]:
        """The primary key of a row."""
        key = self._get_key(row)
        return key if len(self.key) > 1 else (key,)

    def select(
        self, connection: sqlite3.Connection, rest: str = "", values: Iterable[Value] = ()
    ) -> Iterator[R]:
        """The rows that ``rest`` (WHERE, ORDER BY, LIMIT) picks."""
        for found in connection.execute(self._select + rest, tuple(values)):
            yield self._load(found)

    def get(self, connection: sqlite3.Connection, *key: Value) -> R | None:
        """The row with that primary key."""
        found = connection.execute(self._select + self._where_key, key).fetchone()
        return None if found is None else self._load(found)

    def with_prefix(self, connection: sqlite3.Connection, prefix: str) -> list[R]:
        """The rows whose (text) key begins with ``prefix``; only the exact one, if there is one."""
        exact = self.get(connection, prefix)
        if exact is not None:
            return [exact]
        (column,) = self.key
        rest = f'WHERE "{column}" >= ? AND substr("{column}", 1, ?) = ? ORDER BY "{column}"'
        return list(self.select(connection, rest, (prefix, len(prefix), prefix)))

    def put(self, connection: sqlite3.Connection, rows: Iterable[R]) -> None:
        """Write rows; a row replaces the one with its key."""
        self.put_values(connection, list(map(msgspec.structs.astuple, rows)))

    def put_values(self, connection: sqlite3.Connection, rows: Sequence[tuple[Value, ...]]) -> None:
        """As ``put``, for rows that are plain tuples in the order of the columns."""
        try:
            connection.executemany(self._insert, rows)
        except OverflowError:  # rows before the failing one are written; writing them again changes nothing
            connection.executemany(self._insert, [tuple(map(_fitted, row)) for row in rows])

    def remove(self, connection: sqlite3.Connection, keys: Iterable[tuple[Value, ...]]) -> None:
        """Delete the rows with these keys."""
        connection.executemany(self._delete, keys)

    def _load(self, found: tuple[Any, ...]) -> R:
        if not self._loaders:
            return self._row(*found)
        values = list(found)
        for place, load in self._loaders:
            values[place] = load(values[place])
        return self._row(*values)


class Working(Generic[R]):
    """A page's working copy of a table: a row is read once, changed in Python, written once, at the end."""

    def __init__(self, connection: sqlite3.Connection, table: Table[R]) -> None:
        self._connection = connection
        self._table = table
        self._rows: dict[tuple[Value, ...], R | None] = {}
        self._changed: set[tuple[Value, ...]] = set()

    def get(self, *key: Value) -> R | None:
        """The row as it is after the facts folded so far."""
        if key not in self._rows:
            self._rows[key] = self._table.get(self._connection, *key)
        return self._rows[key]

    def put(self, row: R) -> None:
        """Add the row, or replace the one with its key."""
        key = self._table.key_of(row)
        self._rows[key] = row
        self._changed.add(key)

    def remove(self, *key: Value) -> None:
        """Delete the row, if there is one."""
        self._rows[key] = None
        self._changed.add(key)

    def write(self) -> None:
        """Bring the table up to date."""
        gone: list[tuple[Value, ...]] = []
        rows: list[R] = []
        for key in self._changed:
            row = self._rows[key]
            if row is None:
                gone.append(key)
            else:
                rows.append(row)
        self._table.remove(self._connection, gone)
        self._table.put(self._connection, rows)


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _fitted(value: Any) -> Any:
    """The nearest number that SQLite can hold: msgpack goes up to 2**64. The event keeps the exact one."""
    if isinstance(value, int):
        return max(-_LARGEST - 1, min(_LARGEST, value))
    return value
