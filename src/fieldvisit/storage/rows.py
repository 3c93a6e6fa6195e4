"""Rows into values, for any kind: the heads that were asked for, then the parts of these alone."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from fieldvisit.storage.layout import Kind, Part

Thing = TypeVar("Thing")
_AT_ONCE = 500  # values in one statement


def read(
    connection: sqlite3.Connection,
    kind: Kind[Thing],
    where: str = "",
    values: Sequence[Any] = (),
    *,
    order: str = "",
) -> tuple[Thing, ...]:
    """Return the objects of a kind for which the condition ``where`` holds (empty = all).

    They come in the order of their entry, or as ``order`` says.
    """
    found = read_more(connection, kind, (), where, values, order=order)
    return tuple(thing for thing, _more in found)


def read_more(
    connection: sqlite3.Connection,
    kind: Kind[Thing],
    more: Sequence[str],
    where: str = "",
    values: Sequence[Any] = (),
    *,
    order: str = "",
) -> list[tuple[Thing, tuple[Any, ...]]]:
    """Return the same, each with the values of the SQL expressions ``more``."""
    condition = f" WHERE {where}" if where else ""
    rows = connection.execute(
        f"{kind.select(more)}{condition} ORDER BY {order or f'{kind.table}.seq'}", values
    ).fetchall()
    owners = [row[0] for row in rows] if where else None
    parts = [_parts(connection, part, owners) for part in kind.parts.values()] if rows else []
    width = 1 + len(kind.selected)
    return [
        (kind.take((*row[:width], *(found.get(row[0], ()) for found in parts)), 1), row[width:])
        for row in rows
    ]


def in_lots(values: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield values, as many at once as one statement takes, with the places for them."""
    for at in range(0, len(values), _AT_ONCE):
        lot = values[at : at + _AT_ONCE]
        yield ", ".join("?" * len(lot)), lot


def _parts(
    connection: sqlite3.Connection, part: Part[Any], owners: Sequence[Any] | None
) -> dict[Any, tuple[Any, ...]]:
    """Return the parts by their owner, those of ``owners`` or of all."""
    found: dict[Any, list[Any]] = defaultdict(list)
    lots = [("", ())] if owners is None else list(in_lots(owners))
    for places, lot in lots:
        condition = f" WHERE {part.table}.{part.owner} IN ({places})" if places else ""
        for row in connection.execute(f"{part.select}{condition} ORDER BY {part.table}.seq", lot):
            found[row[0]].append(part.take(row, 1))
    return {owner: tuple(values) for owner, values in found.items()}
