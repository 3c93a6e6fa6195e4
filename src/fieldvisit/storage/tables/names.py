"""Names that an anonymised output replaces, and what has stood in their place since."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class NameAliasRow(SQLModel, table=True):
    """A name that an anonymised output replaces."""

    __tablename__ = "name_alias"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    kind: str = text_column()
    name: str = text_column()
    stands_for: str = text_column(default="")
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class PseudonymRow(SQLModel, table=True):
    """The letters or the number that stand for something, drawn once. Only ever added to."""

    __tablename__ = "pseudonym"
    __table_args__ = (UniqueConstraint("kind", "subject"), UniqueConstraint("label", "kind"))
    seq: int | None = Field(default=None, primary_key=True)
    kind: str = text_column()
    subject: str = text_column()
    label: str = text_column()
