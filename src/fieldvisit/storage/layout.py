"""How the fields of a value class lie in a table, and the SQL that follows from them.

A field stands in the column of its own name unless a kind says otherwise; nothing lists columns.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

Thing = TypeVar("Thing")
# These say where a row stands in this database, not what was said.
_NOT_KEPT = frozenset(
    {
        "seq", "revision", "number", "created_at", "updated_at", "confirmed", "waits",
        "replaced_by", "city_name", "attributed",
    }
)  # fmt: skip


class Cell(Struct, frozen=True):
    """One value of a row: the ``path`` to it from the whole thing, and the ``sql`` that reads it.

    ``column`` is where it is written, empty for what another table holds or the database counts.
    """

    path: tuple[str, ...]
    column: str
    sql: str
    is_number: bool = False
    may_be_null: bool = False

    def of(self, thing: Any) -> Any:  # noqa: ANN401 - any value
        """Return what is written for ``thing``; tuples as a JSON array."""
        for step in self.path:
            thing = thing if thing is None else getattr(thing, step)
        if isinstance(thing, tuple):
            return json.dumps(thing, ensure_ascii=False)
        if thing is None:
            return None if self.may_be_null else ""
        return int(thing) if self.is_number else thing


class Layout(Struct, Generic[Thing], frozen=True, dict=True, kw_only=True):
    """How the fields of a value class lie in the columns of a table.

    ``columns`` are those of another name than the field's, by field; ``joined`` what is read from
    another table, as SQL; in fields of ``empty`` an empty text stands for None. ``nested`` are
    values in columns of the same row, of which an ``optional`` one is not there where its first
    column is NULL; ``parts`` are tuples with a table of their own.
    """

    made: type[Thing]
    table: str = ""
    columns: Mapping[str, str] = {}
    joined: Mapping[str, str] = {}
    empty: frozenset[str] = frozenset()
    optional: bool = False
    nested: Mapping[str, "Layout[Any]"] = {}
    parts: Mapping[str, "Part[Any]"] = {}

    @cached_property
    def _within(self) -> Mapping[str, "Layout[Any]"]:
        return {field: replace(inner, table=self.table) for field, inner in self.nested.items()}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What stands in a row or is read beside it, in the order of the fields."""
        return tuple(self._cells())

    def _cells(self) -> Iterator[Cell]:
        for field in fields(self.made):  # type: ignore[arg-type] # a Struct
            if inner := self._within.get(field.name):
                for cell in inner.cells:
                    null = cell.may_be_null or inner.optional
                    yield replace(cell, path=(field.name, *cell.path), may_be_null=null)
            elif sql := self.joined.get(field.name):
                yield Cell((field.name,), "", sql)
            elif field.name not in self.parts:
                column = self.columns.get(field.name, field.name)
                null = type(None) in get_args(field.type) and field.name not in self.empty
                yield Cell(
                    (field.name,),
                    "" if column == "seq" else column,
                    f"{self.table}.{column}",
                    field.type in {int, bool},
                    null,
                )

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """The columns that are written."""
        return tuple(cell.column for cell in self.cells if cell.column)

    def put(self, thing: Any) -> list[Any]:  # noqa: ANN401 - any value
        """Return the values of ``thing`` for the columns ``stored``."""
        return [cell.of(thing) for cell in self.cells if cell.column]

    @cached_property
    def selected(self) -> tuple[str, ...]:
        """What is selected."""
        return tuple(cell.sql for cell in self.cells)

    @cached_property
    def _plan(self) -> tuple[tuple[int, Any], ...]:
        """For each field where its value stands in a row, and what makes it of the row."""
        plan: list[tuple[int, Any]] = []
        at, after = 0, count(len(self.cells))
        for field in fields(self.made):  # type: ignore[arg-type] # a Struct
            inner = self._within.get(field.name)
            if field.name in self.parts:
                plan.append((next(after), None))
                continue
            plan.append((at, inner.take if inner else self._taking(field.name, field.type)))
            at += len(inner.cells) if inner else 1
        return tuple(plan)

    @cached_property
    def _by_name(self) -> tuple[str, ...]:
        """The last fields, which a value is not made with by their place alone."""
        made: Any = self.made
        return tuple(made.__struct_fields__[len(made.__match_args__) :])

    def _taking(self, field: str, kind: Any) -> Callable[[Sequence[Any], int], Any] | None:  # noqa: ANN401 - a type
        if kind is bool:
            return lambda row, at: bool(row[at])
        if get_origin(kind) is tuple:
            return lambda row, at: tuple(json.loads(row[at]))
        return (lambda row, at: row[at] or None) if field in self.empty else None

    def take(self, row: Sequence[Any], at: int = 0) -> Any:  # noqa: ANN401 - any value
        """Return the value whose columns begin in ``row`` at ``at``, its parts behind them."""
        if self.optional and row[at] is None:
            return None
        values = [row[at + i] if make is None else make(row, at + i) for i, make in self._plan]
        if not (names := self._by_name):
            return self.made(*values)
        named = dict(zip(names, values[-len(names) :], strict=True))
        return self.made(*values[: -len(names)], **named)


class Part(Layout[Thing], frozen=True, dict=True, kw_only=True):
    """The rows of a table that hang on a head by the column ``owner``, in order.

    A part made of text has it in the column ``text``. ``join`` reads what stands elsewhere.
    """

    owner: str
    text: str = ""
    join: str = ""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What stands in a row but for `seq` and ``owner``."""
        only = Cell((), self.text, f"{self.table}.{self.text}")
        return (only,) if self.text else super().cells

    def take(self, row: Sequence[Any], at: int = 0) -> Any:  # noqa: ANN401 - any value
        """Return the element whose columns begin in ``row`` at ``at``."""
        return row[at] if self.text else super().take(row, at)

    @cached_property
    def insert(self) -> str:
        """The statement that stores one row."""
        return inserting(self.table, (self.owner, *self.stored))

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
    def cells(self) -> tuple[Cell, ...]:
        """What stands in a row; some classes work out the id that is their key."""
        found = super().cells
        worked_out = set(self.key) - {cell.column for cell in found}
        return (*found, *(Cell((name,), name, f"{self.table}.{name}") for name in worked_out))

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
