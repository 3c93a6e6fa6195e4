"""The schema. Columns are TEXT and INTEGER only, so that a row reads the same through both doors.

Tables that hold how things stand carry ``revision`` and ``number`` of their last revision.
Rows never leave this folder: the program speaks the dataclasses of ``fieldwork``.
"""

from functools import partial

from sqlalchemy import MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLModel would make VARCHAR of str.
_text = partial(Field, sa_type=Text)


class StudyRow(SQLModel, table=True):
    """The study itself: one row. Lists are JSON arrays of text."""

    __tablename__ = "study"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text(unique=True)
    title: str = _text(default="")
    institute: str = _text(default="")
    purpose: str = _text(default="")
    contact: str = _text(default="")
    guides: str = _text(default="[]")
    study_groups: str = _text(default="[]")
    interviewers: str = _text(default="[]")
    revision: str = _text(default="")
    number: int = 0


class StudyGroupRow(SQLModel, table=True):
    """A group that uses the findings."""

    __tablename__ = "study_group"
    seq: int | None = Field(default=None, primary_key=True)
    short: str = _text(unique=True)
    name: str = _text()
    deleted: int = 0
    revision: str = _text(default="")
    number: int = 0


class CityRow(SQLModel, table=True):
    """A city, copied from the shipped list at first use or added by hand."""

    __tablename__ = "city"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = _text(unique=True)
    prefecture: str = _text()
    prefecture_en: str = _text(default="")
    name: str = _text()
    kana: str = _text(default="")
    romaji: str = _text()
    since: str | None = _text(default=None)
    until: str | None = _text(default=None)
    successor_code: str | None = _text(default=None)
    deleted: int = 0
    revision: str = _text(default="")
    number: int = 0


class CityAttributeRow(SQLModel, table=True):
    """A class or attribute of a city, from one day to another."""

    __tablename__ = "city_attribute"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = _text(foreign_key="city.code", index=True)
    name: str = _text()
    since: str | None = _text(default=None)
    until: str | None = _text(default=None)


class GuideSnapshotRow(SQLModel, table=True):
    """A guide as its file stood; ``json`` is what readers use, so that they need no YAML."""

    __tablename__ = "guide_snapshot"
    seq: int | None = Field(default=None, primary_key=True)
    sha256: str = _text(unique=True)
    slug: str = _text()
    version: str = _text()
    yaml: str = _text()
    json_: str = _text(sa_column_kwargs={"name": "json"})


class VisitRow(SQLModel, table=True):
    """A visit."""

    __tablename__ = "visit"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text(unique=True)
    handle: str = _text(unique=True)
    city_code: str = _text(foreign_key="city.code", index=True)
    first_day: str = _text(default="")
    last_day: str = _text(default="")
    time: str = _text(default="")
    place: str = _text(default="")
    mode: str = _text()
    status: str = _text()
    sent: str = _text(default="")
    consent: str = _text(default="")
    contact: str = _text(default="")
    deleted: int = 0
    revision: str = _text(default="")
    number: int = 0


class VisitGuideRow(SQLModel, table=True):
    """A guide of a visit; ``sha256`` is empty while the visit follows the guide's file."""

    __tablename__ = "visit_guide"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id", index=True)
    slug: str = _text()
    sha256: str = _text(default="")


class VisitQuestionRow(SQLModel, table=True):
    """What was decided for a question of a visit; ``text`` for one that only this visit has."""

    __tablename__ = "visit_question"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id", index=True)
    topic: str = _text()
    question: str = _text()
    choice: str = _text()
    text: str = _text(default="")


class VisitGroupRow(SQLModel, table=True):
    """A study group that a visit serves."""

    __tablename__ = "visit_group"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id", index=True)
    short: str = _text(foreign_key="study_group.short")


class PersonRow(SQLModel, table=True):
    """A person on either side; the name may be unknown."""

    __tablename__ = "person"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text(unique=True)
    name: str = _text(default="")


class PersonAtVisitRow(SQLModel, table=True):
    """A person at a visit, with the department and position of that day."""

    __tablename__ = "person_at_visit"
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id", index=True)
    person_id: str = _text(foreign_key="person.id")
    side: str = _text()
    department: str = _text(default="")
    position: str = _text(default="")


class NoteRow(SQLModel, table=True):
    """A note. Read only through ``gate``."""

    __tablename__ = "note"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text(unique=True)
    handle: str = _text(unique=True)
    city_code: str = _text(foreign_key="city.code", index=True)
    visit_id: str | None = _text(default=None, foreign_key="visit.id", index=True)
    kind: str = _text()
    body: str = _text()
    disclosure: str = _text()
    by: str = _text()
    said_by: str | None = _text(default=None, foreign_key="person.id")
    as_of: str = _text(default="")
    source_title: str = _text(default="")
    source_url: str = _text(default="")
    source_date: str = _text(default="")
    mode: str = _text(default="")
    on_day: str = _text(default="")
    material: int = 0
    page: str = _text(default="")
    deleted: int = 0
    created_at: str = _text()
    updated_at: str = _text()
    revision: str = _text(default="")
    number: int = 0


class NotePlaceRow(SQLModel, table=True):
    """An address under which a note is filed."""

    __tablename__ = "note_place"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = _text(foreign_key="note.id", index=True)
    topic: str = _text()
    question: str | None = _text(default=None)


class NoteTagRow(SQLModel, table=True):
    """A tag of a note."""

    __tablename__ = "note_tag"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = _text(foreign_key="note.id", index=True)
    tag: str = _text()


class NoteGroupRow(SQLModel, table=True):
    """A study group that alone may use a note; none = every group of the visit."""

    __tablename__ = "note_group"
    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = _text(foreign_key="note.id", index=True)
    short: str = _text(foreign_key="study_group.short")


class MarkRow(SQLModel, table=True):
    """Why a question has no (whole) answer; ``question`` is empty for the topic as such."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("visit_id", "topic", "question"),)
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id")
    topic: str = _text()
    question: str = _text(default="")
    state: str = _text()
    reason: str = _text(default="")
    due: str = _text(default="")
    by: str = _text(default="")
    deleted: int = 0
    revision: str = _text(default="")
    number: int = 0


class MaterialRow(SQLModel, table=True):
    """A material of a visit. Read only through ``gate``."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("visit_id", "label"),)
    seq: int | None = Field(default=None, primary_key=True)
    visit_id: str = _text(foreign_key="visit.id")
    label: int
    title: str = _text()
    pages: str = _text(default="")
    received_on: str = _text(default="")
    disclosure: str = _text()
    file: str = _text(default="")
    named: str = _text(default="")
    sha256: str = _text(default="")
    by: str = _text(default="")
    deleted: int = 0
    revision: str = _text(default="")
    number: int = 0


class ChangeRow(SQLModel, table=True):
    """One command's change; its revisions belong together."""

    __tablename__ = "change"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text(unique=True)
    at: str = _text()
    by: str = _text()
    command: str = _text()
    undone_by: str = _text(default="")
    undoes: str = _text(default="")


class RevisionRow(SQLModel, table=True):
    """How an object came to stand as it does. Only ever added to."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("id"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: str = _text()
    kind: str = _text()
    object: str = _text(index=True)
    parents: str = _text()
    change_id: str = _text(foreign_key="change.id", index=True)
    at: str = _text()
    by: str = _text()
    salt: str = _text()
    body_hash: str = _text()
    body: str | None = _text()
