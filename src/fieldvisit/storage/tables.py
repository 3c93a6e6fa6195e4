"""The schema, for migrations: TEXT and INTEGER only. Commands read and write through `kinds`."""

from functools import partial

from sqlalchemy import Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata = MetaData(naming_convention={
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s",
})  # fmt: skip
text_column = partial(Field, sa_type=Text)  # SQLModel would make VARCHAR of str


class Row(SQLModel):
    """What every table has: an explicit integer key, which no rebuild renumbers."""

    seq: int | None = Field(default=None, primary_key=True)


class Head(Row):
    """What a table has that holds how things stand: the last revision and its number."""

    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class StudyRow(Row, table=True):
    """The study itself: one row. Lists are JSON arrays of text."""

    __tablename__ = "study"
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


class StudyGroupRow(Head, table=True):
    """A group that uses the findings."""

    __tablename__ = "study_group"
    short: str = text_column(unique=True)
    name: str = text_column()


class GuideSnapshotRow(Row, table=True):
    """A guide as its file stood; ``json`` is what readers use, so that they need no YAML."""

    __tablename__ = "guide_snapshot"
    sha256: str = text_column(unique=True)
    slug: str = text_column()
    version: str = text_column()
    yaml: str = text_column()
    json_: str = text_column(sa_column_kwargs={"name": "json"})


class ChangeRow(Row, table=True):
    """One command's change; its revisions belong together."""

    __tablename__ = "change"
    id: str = text_column(unique=True)
    at: str = text_column()
    by: str = text_column()
    command: str = text_column()
    undone_by: str = text_column(default="")
    undoes: str = text_column(default="")
    sitting: str = text_column(default="")


class RevisionRow(Row, table=True):
    """How an object came to stand as it does. Only ever added to."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_kind", "kind", "object"),)
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


class CityRow(Head, table=True):
    """A city, copied from the shipped list at first use or added by hand."""

    __tablename__ = "city"
    code: str = text_column(unique=True)
    prefecture: str = text_column()
    prefecture_en: str = text_column(default="")
    name: str = text_column()
    kana: str = text_column(default="")
    romaji: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)
    successor_code: str | None = text_column(default=None)


class CityAttributeRow(Row, table=True):
    """A class or attribute of a city, from one day to another."""

    __tablename__ = "city_attribute"
    code: str = text_column(foreign_key="city.code", index=True)
    name: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)


class VisitRow(Head, table=True):
    """A visit."""

    __tablename__ = "visit"
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
    attribution: str = text_column(default="")


class VisitGuideRow(Row, table=True):
    """A guide of a visit; ``sha256`` is empty while the visit follows the guide's file."""

    __tablename__ = "visit_guide"
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    slug: str = text_column()
    sha256: str = text_column(default="")


class VisitQuestionRow(Row, table=True):
    """What was decided for a question of a visit; ``text`` for one that only this visit has."""

    __tablename__ = "visit_question"
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    topic: str = text_column()
    question: str = text_column()
    choice: str = text_column()
    text: str = text_column(default="")


class VisitGroupRow(Row, table=True):
    """A study group that a visit serves."""

    __tablename__ = "visit_group"
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    short: str = text_column(foreign_key="study_group.short")


class PersonRow(Row, table=True):
    """A person on either side; the name may be unknown."""

    __tablename__ = "person"
    id: str = text_column(unique=True)
    name: str = text_column(default="")


class PersonAtVisitRow(Row, table=True):
    """A person at a visit, with the department and position of that day."""

    __tablename__ = "person_at_visit"
    visit_id: str = text_column(foreign_key="visit.id", index=True)
    person_id: str = text_column(foreign_key="person.id")
    side: str = text_column()
    department: str = text_column(default="")
    position: str = text_column(default="")


class MarkRow(Head, table=True):
    """Why a question has no (whole) answer; ``question`` is empty for the topic as such."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("visit_id", "topic", "question"),)
    visit_id: str = text_column(foreign_key="visit.id")
    topic: str = text_column()
    question: str = text_column(default="")
    state: str = text_column()
    reason: str = text_column(default="")
    due: str = text_column(default="")
    by: str = text_column(default="")


class MaterialRow(Head, table=True):
    """A material of a visit. Read only through ``gate``."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("visit_id", "label"),)
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


class NoteRow(Head, table=True):
    """A note. Read only through ``gate``."""

    __tablename__ = "note"
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
    attribution: str = text_column(default="")
    replaces: str = text_column(default="", index=True)
    item: str = text_column(default="")
    edited_on: str = text_column(default="")
    created_at: str = text_column()
    updated_at: str = text_column()


class NotePlaceRow(Row, table=True):
    """An address under which a note is filed."""

    __tablename__ = "note_place"
    __table_args__ = (Index("ix_note_place_topic", "topic", "question"),)
    note_id: str = text_column(foreign_key="note.id", index=True)
    topic: str = text_column()
    question: str | None = text_column(default=None)


class NoteTagRow(Row, table=True):
    """A tag of a note."""

    __tablename__ = "note_tag"
    note_id: str = text_column(foreign_key="note.id", index=True)
    tag: str = text_column()


class NoteGroupRow(Row, table=True):
    """A study group that alone may use a note; none = every group of the visit."""

    __tablename__ = "note_group"
    note_id: str = text_column(foreign_key="note.id", index=True)
    short: str = text_column(foreign_key="study_group.short")


class SummaryRow(Head, table=True):
    """A summary; no city = across the cities. Read only through ``gate``."""

    __tablename__ = "summary"
    id: str = text_column(unique=True)
    city_code: str | None = text_column(default=None, foreign_key="city.code")
    topic: str = text_column()
    question: str | None = text_column(default=None)
    body: str = text_column()
    disclosure: str = text_column()
    by: str = text_column()
    created_at: str = text_column()
    updated_at: str = text_column()


class SummaryNoteRow(Row, table=True):
    """A note that the author of a summary had before the eyes, as it then stood."""

    __tablename__ = "summary_note"
    summary_id: str = text_column(foreign_key="summary.id", index=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    note_revision: str = text_column()
    disclosure: str = text_column()
    rests: int = 1
    here: int = 1


class CityFactRow(Head, table=True):
    """A fact of a city as it was published."""

    __tablename__ = "city_fact"
    id: str = text_column(unique=True)
    city_code: str = text_column(foreign_key="city.code")
    key: str = text_column()
    value: str = text_column()
    as_of: str = text_column()
    source: str = text_column()
    by: str = text_column(default="")


class ConfirmationRow(Head, table=True):
    """Whether a city agreed to a note. Read only through ``gate``."""

    __tablename__ = "confirmation"
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
    letter_number: int = 0
    by: str = text_column(default="")


class ItemRow(Head, table=True):
    """A piece of a returned file that waits, or was decided. For `all` alone."""

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_target", "target", "state"),)
    id: str = text_column(unique=True)
    type: str = text_column()
    path: str = text_column()
    sha256: str = text_column(index=True)
    file: str = text_column()
    unit: str = text_column()
    at: int = 0
    part: str = text_column(default="")
    text: str = text_column()
    visit_id: str = text_column(default="", index=True)
    city_code: str = text_column(default="")
    slot: str = text_column(default="")
    target: str = text_column(default="")
    shown: str = text_column(default="")
    topic: str | None = text_column(default=None)
    question: str | None = text_column(default=None)
    kind: str = text_column(default="")
    disclosure: str = text_column(default="")
    said_by: str = text_column(default="")
    department: str = text_column(default="")
    mark: str = text_column(default="")
    due: str = text_column(default="")
    choice: str = text_column(default="")
    who: str = text_column(default="")
    on_day: str = text_column(default="")
    mode: str = text_column(default="")
    material: int = 0
    page: str = text_column(default="")
    section: str = text_column(default="[]")
    advice: str = text_column(default="")
    reasons: str = text_column(default="[]")
    state: str = text_column()
    stored: str = text_column(default="")
    by: str = text_column(default="")


class NoteConflictRow(Head, table=True):
    """Two notes that contradict each other. Read only through ``gate``."""

    __tablename__ = "note_conflict"
    id: str = text_column(unique=True)
    first: str = text_column(foreign_key="note.id", index=True)
    second: str = text_column(foreign_key="note.id", index=True)
    why: str = text_column()
    by: str = text_column(default="")


class NameAliasRow(Head, table=True):
    """A name that an anonymised output replaces."""

    __tablename__ = "name_alias"
    id: str = text_column(unique=True)
    kind: str = text_column()
    name: str = text_column()
    stands_for: str = text_column(default="")
    by: str = text_column(default="")


class AnonymisedOutputRow(Row, table=True):
    """The key of the anonymised output of number ``seq``, as JSON. Only ever added to."""

    __tablename__ = "anonymised_output"
    at: str = text_column()
    by: str = text_column()
    lines: str = text_column()
    names: str = text_column()
