"""Notes, and where they are filed. Read only through ``gate``."""

from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class NoteRow(SQLModel, table=True):
    """A note. Read only through ``gate``."""

    __tablename__ = "note"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    handle: str = text_column(unique=True)
    city_code: str = text_column(foreign_key="city.code", index=True)
    visit_id: str | None = text_column(default=None, foreign_key="visit.id", index=True)
    kind: str = text_column()
    body: str = text_column()
    disclosure: str = text_column()
    by: str = text_column()
    said_by: str | None = text_column(default=None, foreign_key="person.id")
    as_of: str = text_column(default="")
    source_title: str = text_column(default="")
    source_url: str = text_column(default="")
    source_date: str = text_column(default="")
    mode: str = text_column(default="")
    on_day: str = text_column(default="")
    material: int = 0
    page: str = text_column(default="")
    deleted: int = 0
    created_at: str = text_column()
    updated_at: str = text_column()
    revision: str = text_column(default="")
    number: int = 0


class NotePlaceRow(SQLModel, table=True):
    """An address under which a note is filed."""

    __tablename__ = "note_place"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    topic: str = text_column()
    question: str | None = text_column(default=None)


class NoteTagRow(SQLModel, table=True):
    """A tag of a note."""

    __tablename__ = "note_tag"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    tag: str = text_column()


class NoteGroupRow(SQLModel, table=True):
    """A study group that alone may use a note; none = every group of the visit."""

    __tablename__ = "note_group"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    short: str = text_column(foreign_key="study_group.short")
