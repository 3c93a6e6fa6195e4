"""The first schema."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _changes()
    _study()
    _cities()
    _visits()
    _what_hangs_on_a_visit()
    _notes()
    _what_hangs_on_a_note()


def _changes() -> None:
    _create(
        "change",
        _texts("id", "at", "by", "command", "undone_by", "undoes"),
        unique=("id",),
    )
    _create(
        "revision",
        _texts("id", "kind", "object", "parents", "change_id", "at", "by", "salt", "body_hash")
        + _texts("body", empty=True),
        unique=("id",),
        refers={"change_id": "change.id"},
        index=("change_id", "object"),
    )


def _study() -> None:
    _create(
        "study",
        _texts("id", "title", "institute", "purpose", "contact")
        + _texts("guides", "study_groups", "interviewers")
        + _head(deleted=False),
        unique=("id",),
    )
    _create("study_group", _texts("short", "name") + _head(), unique=("short",))
    _create(
        "guide_snapshot",
        _texts("sha256", "slug", "version", "yaml", "json"),
        unique=("sha256",),
    )


def _cities() -> None:
    _create(
        "city",
        _texts("code", "prefecture", "prefecture_en", "name", "kana", "romaji")
        + _texts("since", "until", "successor_code", empty=True)
        + _head(),
        unique=("code",),
    )
    _create(
        "city_attribute",
        _texts("code", "name") + _texts("since", "until", empty=True),
        refers={"code": "city.code"},
        index=("code",),
    )


def _visits() -> None:
    _create("person", _texts("id", "name"), unique=("id",))
    _create(
        "visit",
        _texts("id", "handle", "city_code", "first_day", "last_day", "time", "place")
        + _texts("mode", "status", "sent", "consent", "contact")
        + _head(),
        unique=("handle", "id"),
        refers={"city_code": "city.code"},
        index=("city_code",),
    )
    _create(
        "person_at_visit",
        _texts("visit_id", "person_id", "side", "department", "position"),
        refers={"person_id": "person.id", "visit_id": "visit.id"},
        index=("visit_id",),
    )


def _what_hangs_on_a_visit() -> None:
    _create(
        "visit_group",
        _texts("visit_id", "short"),
        refers={"short": "study_group.short", "visit_id": "visit.id"},
        index=("visit_id",),
    )
    _create(
        "visit_guide",
        _texts("visit_id", "slug", "sha256"),
        refers={"visit_id": "visit.id"},
        index=("visit_id",),
    )
    _create(
        "visit_question",
        _texts("visit_id", "topic", "question", "choice", "text"),
        refers={"visit_id": "visit.id"},
        index=("visit_id",),
    )
    _create(
        "mark",
        _texts("visit_id", "topic", "question", "state", "reason", "due", "by") + _head(),
        unique=(("visit_id", "topic", "question"),),
        refers={"visit_id": "visit.id"},
    )
    _create(
        "material",
        _texts("visit_id")
        + _numbers("label")
        + _texts("title", "pages", "received_on", "disclosure", "file", "named", "sha256", "by")
        + _head(),
        unique=(("visit_id", "label"),),
        refers={"visit_id": "visit.id"},
    )


def _notes() -> None:
    _create(
        "note",
        _texts("id", "handle", "city_code")
        + _texts("visit_id", empty=True)
        + _texts("kind", "body", "disclosure", "by")
        + _texts("said_by", empty=True)
        + _texts("as_of", "source_title", "source_url", "source_date", "mode", "on_day")
        + _numbers("material")
        + _texts("page")
        + _numbers("deleted")
        + _texts("created_at", "updated_at")
        + _head(deleted=False),
        unique=("handle", "id"),
        refers={"city_code": "city.code", "said_by": "person.id", "visit_id": "visit.id"},
        index=("city_code", "visit_id"),
    )


def _what_hangs_on_a_note() -> None:
    _create(
        "note_group",
        _texts("note_id", "short"),
        refers={"note_id": "note.id", "short": "study_group.short"},
        index=("note_id",),
    )
    _create(
        "note_place",
        _texts("note_id", "topic") + _texts("question", empty=True),
        refers={"note_id": "note.id"},
        index=("note_id",),
    )
    _create("note_tag", _texts("note_id", "tag"), refers={"note_id": "note.id"}, index=("note_id",))


Columns = list[sa.Column[str] | sa.Column[int]]


def _texts(*names: str, empty: bool = False) -> Columns:
    return [sa.Column(name, sa.Text(), nullable=empty) for name in names]


def _numbers(*names: str) -> Columns:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _head(deleted: bool = True) -> Columns:
    """Return the columns of a table that holds how things stand."""
    return [
        *(_numbers("deleted") if deleted else ()),
        *_texts("revision"),
        *_numbers("number"),
    ]


def _create(
    table: str,
    columns: Columns,
    unique: tuple[str | tuple[str, ...], ...] = (),
    refers: Mapping[str, str] | None = None,
    index: tuple[str, ...] = (),
) -> None:
    """Make a table with its key and constraints, named as ``tables.columns`` names them."""
    sets = [(one,) if isinstance(one, str) else one for one in unique]
    op.create_table(
        table,
        *_numbers("seq"),
        *columns,
        *(
            sa.ForeignKeyConstraint([own], [to], name=f"fk_{table}_{own}_{to.split('.')[0]}")
            for own, to in (refers or {}).items()
        ),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        *(sa.UniqueConstraint(*names, name=f"uq_{table}_{names[0]}") for names in sets),
    )
    for column in index:
        op.create_index(f"ix_{table}_{column}", table, [column])
