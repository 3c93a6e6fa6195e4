"""How the fields of a value class lie in a table, and the SQL that follows from them.

A field stands in the column of its own name unless a kind says otherwise; nothing lists columns.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import fields

Thing = TypeVar("Thing")
# These say where a row stands in this database, not what was said.
_NOT_KEPT = frozenset(
    {
        "seq", "revision", "number", "created_at", "updated_at", "confirmed", "waits",
        "replaced_by", "city_name", "attributed",
    }
)  # fmt: skip


class Nested(Struct, frozen=True):
    """A value within a value, in columns of the same row.

    ``columns`` are those of another name than the field's, by field; ``joined`` what is read from
    another table, as SQL. ``optional``: there is none where its first column is NULL.
    """

    made: type[Struct]
    columns: Mapping[str, str] = {}
    joined: Mapping[str, str] = {}
    empty: frozenset[str] = frozenset()
    optional: bool = False


class Layout(Struct, Generic[Thing], frozen=True, dict=True, kw_only=True):
    """How the fields of a value class lie in the columns of a table.

    ``lists`` are fields in one column as a JSON array; in those of ``empty`` an empty text stands
    for None; ``parts`` are tuples with a table of their own, by field.
    """

    made: type[Thing]
    table: str
    columns: Mapping[str, str] = {}
    joined: Mapping[str, str] = {}
    empty: frozenset[str] = frozenset()
    optional: bool = False
    lists: frozenset[str] = frozenset()
    nested: Mapping[str, Nested] = {}
    parts: Mapping[str, "Part[Any]"] = {}

    @cached_property
    def _within(self) -> Mapping[str, "Layout[Any]"]:
        return {
            field: Layout(table=self.table, **msgspec.structs.asdict(value))
            for field, value in self.nested.items()
        }

    @property
    def _plain(self) -> tuple[str, ...]:
        """The fields that stand in the row, those read from elsewhere too."""
        return tuple(f for f in self.made.__struct_fields__ if f not in self.parts)  # type: ignore[attr-defined] # a Struct

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The columns that are written but for `seq`, which the database counts."""
        found: list[str] = []
        for field in self._plain:
            if field in self._within:
                found += self._within[field].stored
            elif field not in self.joined and field != "seq":
                found.append(self.columns.get(field, field))
        return tuple(found)

    def put(self, thing: Any) -> list[Any]:  # noqa: ANN401 - any value
        """Return the values of ``thing`` for the columns ``stored``."""
        found: list[Any] = []
        for field in self._plain:
            if field in self._within:
                inner = getattr(thing, field)
                layout = self._within[field]
                found += [None] * len(layout.stored) if inner is None else layout.put(inner)
            elif field not in self.joined and field != "seq":
                found.append(self._put_field(field, getattr(thing, field)))
        return found

    def _put_field(self, field: str, value: Any) -> Any:  # noqa: ANN401 - any value
        if field in self.lists:
            return json.dumps(value, ensure_ascii=False)
        if field in self.empty:
            return value or ""
        return int(value) if isinstance(value, bool) else value

    @cached_property
    def selected(self) -> tuple[str, ...]:
        """What is selected, in the order of the fields."""
        found: list[str] = []
        for field in self._plain:
            if field in self._within:
                found += self._within[field].selected
            else:
                own = f"{self.table}.{self.columns.get(field, field)}"
                found.append(self.joined.get(field, own))
        return tuple(found)

    @cached_property
    def _plan(self) -> tuple[tuple[int, Any], ...]:
        """For each field where its value stands in a row, and what makes it of the row."""
        truths = {f.name for f in fields(self.made) if f.type is bool}  # type: ignore[arg-type] # a Struct
        plan: list[tuple[int, Any]] = []
        at, after = 0, count(len(self.selected))
        for field in self.made.__struct_fields__:  # type: ignore[attr-defined] # a Struct
            if field in self.parts:
                plan.append((next(after), None))
                continue
            inner = self._within.get(field)
            plan.append((at, inner.take if inner else self._taking(field, truths)))
            at += len(inner.selected) if inner else 1
        return tuple(plan)

    def _taking(self, field: str, truths: set[str]) -> Any:  # noqa: ANN401 - a function or None
        if field in truths:
            return _truth
        if field in self.lists:
            return _list
        return _none_if_empty if field in self.empty else None

    def take(self, row: Sequence[Any], at: int = 0) -> Any:  # noqa: ANN401 - any value
        """Return the value whose columns begin in ``row`` at ``at``, its parts behind them."""
        if self.optional and row[at] is None:
            return None
        return self.made(
            *[row[at + i] if make is None else make(row, at + i) for i, make in self._plan]
        )


class Part(Layout[Thing], frozen=True, dict=True, kw_only=True):
    """The rows of a table that hang on a head by the column ``owner``, in order.

    A part made of text has it in the column ``text``. ``join`` reads what stands elsewhere.
    """

    owner: str
    text: str = ""
    join: str = ""

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The columns that are written but for `seq` and ``owner``."""
        return (self.text,) if self.text else super().stored

    @cached_property
    def selected(self) -> tuple[str, ...]:
        """What is selected."""
        return (f"{self.table}.{self.text}",) if self.text else super().selected

    def put(self, thing: Any) -> list[Any]:  # noqa: ANN401 - any value
        """Return the values of one element for the columns ``stored``."""
        return [thing] if self.text else super().put(thing)

    def take(self, row: Sequence[Any], at: int = 0) -> Any:  # noqa: ANN401 - any value
        """Return the element whose columns begin in ``row`` at ``at``."""
        return row[at] if self.text else super().take(row, at)

    @cached_property
    def insert(self) -> str:
        """The statement that stores one row."""
        return inserting(self.table, (self.owner, *self.stored))

    @cached_property
    def delete(self) -> str:
        """The statement that takes the rows of one head away."""
        return f"DELETE FROM {self.table} WHERE {self.owner} = ?"  # noqa: S608 - ours

    @cached_property
    def select(self) -> str:
        """The statement that reads rows with their owner, without its condition."""
        columns = ", ".join((f"{self.table}.{self.owner}", *self.selected))
        return f"SELECT {columns} FROM {self.table} {self.join}"  # noqa: S608 - ours


class Kind(Layout[Thing], frozen=True, dict=True, kw_only=True):
    """A kind of object that has revisions.

    ``key`` are the columns that name a row. ``joins`` brings in what is read from other tables.
    """

    name: str
    key: tuple[str, ...] = ("id",)
    joins: str = ""

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The columns that are written; some classes work out the id that is their key."""
        columns = super().stored
        return (*(column for column in self.key if column not in columns), *columns)

    def put(self, thing: Any) -> list[Any]:  # noqa: ANN401 - any value
        """Return the values of ``thing`` for the columns ``stored``."""
        values = super().put(thing)
        return [thing.id] * (len(self.stored) - len(values)) + values

    @cached_property
    def insert(self) -> str:
        """The statement that stores a new head."""
        return inserting(self.table, self.stored)

    @cached_property
    def update(self) -> str:
        """The statement that stores a head over the revision ``seen``."""
        values = ", ".join(f"{name} = :{name}" for name in self.stored if name not in self.key)
        where = " AND ".join((*(f"{name} = :{name}" for name in self.key), "revision = :seen"))
        return f"UPDATE {self.table} SET {values} WHERE {where}"  # noqa: S608 - ours

    def select(self, more: Sequence[str] = ()) -> str:
        """Return the statement that reads heads, without its condition.

        The first value is that of the key; ``more`` is selected behind the fields.
        """
        columns = ", ".join((f"{self.table}.{self.key[0]}", *self.selected, *more))
        return f"SELECT {columns} FROM {self.table} {self.joins}"  # noqa: S608 - ours

    def row(self, thing: Any) -> dict[str, Any]:  # noqa: ANN401 - any value
        """Return the values of ``thing`` by column."""
        return dict(zip(self.stored, self.put(thing), strict=True))

    def to_body(self, thing: Any) -> str:  # noqa: ANN401 - any value
        """Return what a revision keeps of ``thing``: the whole of it, as compact JSON."""
        values = msgspec.to_builtins(thing)
        kept = {name: value for name, value in values.items() if name not in _NOT_KEPT}
        return msgspec.json.encode(kept, order="sorted").decode()

    def from_body(self, body: str) -> Thing:
        """Return the object that ``to_body`` wrote; what a later program wrote more is left out."""
        return msgspec.json.decode(body, type=self.made)


def inserting(table: str, columns: Sequence[str]) -> str:
    """Return the statement that stores a row with values for ``columns``."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - ours


def _truth(row: Sequence[Any], at: int) -> bool:
    return bool(row[at])


def _list(row: Sequence[Any], at: int) -> tuple[str, ...]:
    return tuple(json.loads(row[at]))


def _none_if_empty(row: Sequence[Any], at: int) -> str | None:
    return row[at] or None
