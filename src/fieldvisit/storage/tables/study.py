"""The study, its groups, and the guides that it has used."""

from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class StudyRow(SQLModel, table=True):
    """The study itself: one row. Lists are JSON arrays of text."""

    __tablename__ = "study"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    title: str = text_column(default="")
    institute: str = text_column(default="")
    purpose: str = text_column(default="")
    contact: str = text_column(default="")
    guides: str = text_column(default="[]")
    study_groups: str = text_column(default="[]")
    interviewers: str = text_column(default="[]")
    revision: str = text_column(default="")
    number: int = 0


class StudyGroupRow(SQLModel, table=True):
    """A group that uses the findings."""

    __tablename__ = "study_group"
    seq: int | None = Field(default=None, primary_key=True)
    short: str = text_column(unique=True)
    name: str = text_column()
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class GuideSnapshotRow(SQLModel, table=True):
    """A guide as its file stood; ``json`` is what readers use, so that they need no YAML."""

    __tablename__ = "guide_snapshot"
    seq: int | None = Field(default=None, primary_key=True)
    sha256: str = text_column(unique=True)
    slug: str = text_column()
    version: str = text_column()
    yaml: str = text_column()
    json_: str = text_column(sa_column_kwargs={"name": "json"})
