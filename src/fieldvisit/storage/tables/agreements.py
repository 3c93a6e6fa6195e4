"""What hangs on notes between people: confirmations, and statements that contradict each other."""

from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class ConfirmationRow(SQLModel, table=True):
    """Whether a city agreed to a note. Read only through ``gate``."""

    __tablename__ = "confirmation"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = text_column(foreign_key="note.id", unique=True)
    visit_id: str = text_column(foreign_key="visit.id")
    state: str = text_column()
    note_revision: str = text_column()
    department: str = text_column(default="")
    sent_on: str = text_column(default="")
    due: str = text_column(default="")
    answered_on: str = text_column(default="")
    who: str = text_column(default="")
    comment: str = text_column(default="")
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class NoteConflictRow(SQLModel, table=True):
    """Two notes that contradict each other. Read only through ``gate``."""

    __tablename__ = "note_conflict"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    first: str = text_column(foreign_key="note.id")
    second: str = text_column(foreign_key="note.id")
    why: str = text_column()
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0
