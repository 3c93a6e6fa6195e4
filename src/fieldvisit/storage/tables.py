"""The schema, for migrations: what `kinds` stores as SQLModel classes, TEXT and INTEGER only.

Commands read and write through `kinds`. Here stands what a value class does not say: which columns
name something else, what is unique beside the keys, what is looked up.
"""

from collections.abc import Iterable
from typing import Any

from pydantic import create_model
from sqlalchemy import Index, Integer, MetaData, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from fieldvisit.storage.kinds import ITEM, KINDS
from fieldvisit.storage.layout import Cell

SQLModel.metadata = MetaData(naming_convention={
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s",
})  # fmt: skip
_OF_NO_KIND = {
    "change": "id at by command undone_by undoes sitting",
    "revision": "id kind object parents change_id at by salt body_hash body",
    "guide_snapshot": "sha256 slug version yaml json",
    "person": "id name",
    "anonymised_output": "at by lines names",
}
_NAMES = {
    "change_id": "change.id", "city_code": "city.code", "first": "note.id", "note_id": "note.id",
    "person_id": "person.id", "said_by": "person.id", "second": "note.id",
    "summary_id": "summary.id", "visit_id": "visit.id",
    "city_attribute.code": "city.code", "note_group.short": "study_group.short",
    "visit_group.short": "study_group.short",
}  # fmt: skip
_UNIQUE = {
    "change": "id", "revision": "id", "guide_snapshot": "sha256", "person": "id",
    "visit": "handle", "note": "handle",
}  # fmt: skip
_LOOKED_UP = {
    "revision": ["change_id", "kind object"],
    "visit": ["city_code"],
    "note": ["city_code", "visit_id", "replaces"],
    "note_place": ["topic question"],
    "note_conflict": ["first", "second"],
    "summary_note": ["note_id"],
    "item": ["sha256", "visit_id", "target state"],
}


class Row(SQLModel):
    """What every table has: an explicit integer key, which no rebuild renumbers."""

    seq: int | None = Field(default=None, primary_key=True)


def _table(name: str, cells: Iterable[Cell]) -> Table:
    columns: dict[str, Any] = {}
    for cell in cells:
        # What an item names need not be there.
        names = _NAMES.get(cell.column) if name != ITEM.table else None
        field = Field(
            sa_type=Integer if cell.is_number else Text,
            nullable=cell.may_be_null,
            foreign_key=names or _NAMES.get(f"{name}.{cell.column}"),
            sa_column_kwargs={"name": cell.column},
        )
        if cell.column:
            columns[f"{cell.column}_"] = (str, field)  # a model has a method `json`
    model: Any = create_model(name, __base__=Row, __cls_kwargs__={"table": True}, **columns)
    made: Table = model.__table__
    if name in _UNIQUE:
        UniqueConstraint(made.c[_UNIQUE[name]])
    for looked_up in _LOOKED_UP.get(name, ()):
        Index(None, *(made.c[column] for column in looked_up.split()))
    return made


for _name, _columns in _OF_NO_KIND.items():
    _table(_name, (Cell((), one, "", may_be_null=one == "body") for one in _columns.split()))
for _kind in KINDS.values():
    _head = _table(_kind.table, _kind.cells)
    UniqueConstraint(*(_head.c[column] for column in _kind.key))
    for _part in _kind.parts.values():
        _rows = _table(_part.table, (Cell((), _part.owner, ""), *_part.cells))
        Index(None, _rows.c[_part.owner])
