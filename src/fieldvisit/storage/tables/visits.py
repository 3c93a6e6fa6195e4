"""Visits, who was there, and what hangs on a visit: guides, questions, marks, materials."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class VisitRow(SQLModel, table=True):
    """A visit."""

    __tablename__ = "visit"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    handle: str = text_column(unique=True)
    city_code: str = text_column(foreign_key="city.code", index=True)
    first_day: str = text_column(default="")
    last_day: str = text_column(default="")
    time: str = text_column(default="")
    place: str = text_column(default="")
    mode: str = text_column()
    status: str = text_column()
    sent: str = text_column(default="")
    consent: str = text_column(default="")
    contact: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class VisitGuideRow(SQLModel, table=True):
    """A guide of a visit; ``sha256`` is empty while the visit follows the guide's file."""

    __tablename__ = "visit_guide"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    slug: str = text_column()
    sha256: str = text_column(default="")


class VisitQuestionRow(SQLModel, table=True):
    """What was decided for a question of a visit; ``text`` for one that only this visit has."""

    __tablename__ = "visit_question"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    topic: str = text_column()
    question: str = text_column()
    choice: str = text_column()
    text: str = text_column(default="")


class VisitGroupRow(SQLModel, table=True):
    """A study group that a visit serves."""

    __tablename__ = "visit_group"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    short: str = text_column(foreign_key="study_group.short")


class PersonRow(SQLModel, table=True):
    """A person on either side; the name may be unknown."""

    __tablename__ = "person"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    name: str = text_column(default="")


class PersonAtVisitRow(SQLModel, table=True):
    """A person at a visit, with the department and position of that day."""

    __tablename__ = "person_at_visit"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    person_id: str = text_column(foreign_key="person.id")
    side: str = text_column()
    department: str = text_column(default="")
    position: str = text_column(default="")


class MarkRow(SQLModel, table=True):
    """Why a question has no (whole) answer; ``question`` is empty for the topic as such."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("visit_id", "topic", "question"),)
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id")
    topic: str = text_column()
    question: str = text_column(default="")
    state: str = text_column()
    reason: str = text_column(default="")
    due: str = text_column(default="")
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class MaterialRow(SQLModel, table=True):
    """A material of a visit. Read only through ``gate``."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("visit_id", "label"),)
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = text_column(foreign_key="visit.id")
    label: int
    title: str = text_column()
    pages: str = text_column(default="")
    received_on: str = text_column(default="")
    disclosure: str = text_column()
    file: str = text_column(default="")
    named: str = text_column(default="")
    sha256: str = text_column(default="")
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0
