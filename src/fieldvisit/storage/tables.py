"""The schema. Columns are TEXT and INTEGER only, so that a row reads the same through both doors.

Tables that hold how things stand carry ``revision`` and ``number`` of their last revision. Commands
read and write through `kinds`; these classes are the source of the migrations alone.
"""

from functools import partial

from sqlalchemy import Index, MetaData, Text, UniqueConstraint
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
text_column = partial(Field, sa_type=Text)


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
    __table_args__ = (Index("ix_revision_kind", "kind", "object"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    kind: str = text_column()
    object: str = text_column()
    parents: str = text_column()
    change_id: str = text_column(foreign_key="change.id", index=True)
    at: str = text_column()
    by: str = text_column()
    salt: str = text_column()
    body_hash: str = text_column()
    body: str | None = text_column()


class CityRow(SQLModel, table=True):
    """A city, copied from the shipped list at first use or added by hand."""

    __tablename__ = "city"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = text_column(unique=True)
    prefecture: str = text_column()
    prefecture_en: str = text_column(default="")
    name: str = text_column()
    kana: str = text_column(default="")
    romaji: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)
    successor_code: str | None = text_column(default=None)
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class CityAttributeRow(SQLModel, table=True):
    """A class or attribute of a city, from one day to another."""

    __tablename__ = "city_attribute"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = text_column(foreign_key="city.code", index=True)
    name: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)


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
    __table_args__ = (Index("ix_note_place_topic", "topic", "question"),)
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


class SummaryRow(SQLModel, table=True):
    """A summary; no city = across the cities. Read only through ``gate``."""

    __tablename__ = "summary"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    city_code: str | None = text_column(default=None, foreign_key="city.code")
    topic: str = text_column()
    question: str | None = text_column(default=None)
    body: str = text_column()
    disclosure: str = text_column()
    by: str = text_column()
    deleted: int = 0
    created_at: str = text_column()
    updated_at: str = text_column()
    revision: str = text_column(default="")
    number: int = 0


class SummaryNoteRow(SQLModel, table=True):
    """A note that the author of a summary had before the eyes, as it then stood."""

    __tablename__ = "summary_note"
    seq: int | None = Field(default=None, primary_key=True)
    summary_id: str = text_column(foreign_key="summary.id", index=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    note_revision: str = text_column()
    disclosure: str = text_column()
    rests: int = 1
    here: int = 1


class CityFactRow(SQLModel, table=True):
    """A fact of a city as it was published."""

    __tablename__ = "city_fact"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    city_code: str = text_column(foreign_key="city.code")
    key: str = text_column()
    value: str = text_column()
    as_of: str = text_column()
    source: str = text_column()
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


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
    first: str = text_column(foreign_key="note.id", index=True)
    second: str = text_column(foreign_key="note.id", index=True)
    why: str = text_column()
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


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
