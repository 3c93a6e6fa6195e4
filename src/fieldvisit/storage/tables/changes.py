"""What every command changed, and how each object came to stand as it does."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class ChangeRow(SQLModel, table=True):
    """One command's change; its revisions belong together."""

    __tablename__ = "change"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    at: str = text_column()
    by: str = text_column()
    command: str = text_column()
    undone_by: str = text_column(default="")
    undoes: str = text_column(default="")


class RevisionRow(SQLModel, table=True):
    """How an object came to stand as it does. Only ever added to."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("id"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column()
    kind: str = text_column()
    object: str = text_column(index=True)
    parents: str = text_column()
    change_id: str = text_column(foreign_key="change.id", index=True)
    at: str = text_column()
    by: str = text_column()
    salt: str = text_column()
    body_hash: str = text_column()
    body: str | None = text_column()
