"""What the steps of a migration are made of. Older steps rest on it: its effect must not change."""

import sqlalchemy as sa
from alembic import op

Columns = list[sa.Column[str] | sa.Column[int]]
# What a column of that name leads to, in whatever table that ``refers``.
_NAMES = {
    "change_id": "change.id", "city_code": "city.code", "first": "note.id", "note_id": "note.id",
    "person_id": "person.id", "said_by": "person.id", "second": "note.id",
    "summary_id": "summary.id", "visit_id": "visit.id",
    "city_attribute.code": "city.code", "note_group.short": "study_group.short",
    "visit_group.short": "study_group.short",
}  # fmt: skip


def texts(*names: str, empty: bool = False) -> Columns:
    """Return columns of text; ``empty`` ones may hold nothing."""
    return [sa.Column(name, sa.Text(), nullable=empty) for name in names]


def numbers(*names: str) -> Columns:
    """Return columns of whole numbers."""
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def head(deleted: bool = True) -> Columns:
    """Return the columns of a table that holds how things stand."""
    return [*(numbers("deleted") if deleted else ()), *texts("revision"), *numbers("number")]


def create(
    table: str,
    columns: Columns,
    unique: tuple[str | tuple[str, ...], ...] = (),
    index: tuple[str, ...] = (),
    *,
    refers: bool = True,
) -> None:
    """Make a table with its key and constraints, named as ``tables`` names them."""
    sets = [(one,) if isinstance(one, str) else one for one in unique]
    leads = {c.name: _NAMES.get(c.name) or _NAMES.get(f"{table}.{c.name}") for c in columns}
    op.create_table(
        table,
        *numbers("seq"),
        *columns,
        *(
            sa.ForeignKeyConstraint([own], [to], name=f"fk_{table}_{own}_{to.split('.')[0]}")
            for own, to in leads.items()
            if to and refers
        ),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        *(sa.UniqueConstraint(*names, name=f"uq_{table}_{names[0]}") for names in sets),
    )
    for column in index:
        op.create_index(f"ix_{table}_{column}", table, [column])


def add(table: str, columns: Columns) -> None:
    """Add columns to a table that may have rows: texts are empty there, numbers 0.

    The table is made anew without that default, so that it is as the models make it.
    """
    filled = [column for column in columns if not column.nullable]
    with op.batch_alter_table(table) as batch:
        for column in columns:
            none = sa.text("''" if isinstance(column.type, sa.Text) else "0")
            column.server_default = sa.DefaultClause(none) if column in filled else None
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in filled:
            batch.alter_column(column.name, server_default=None)
