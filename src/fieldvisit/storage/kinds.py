"""Every kind of object: its value class and its table."""

from collections.abc import Mapping
from typing import Any

from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.fieldwork.confirmation import CONFIRMED, Confirmation
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, NoteConflict, Source
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Kept, NameAlias, Study, StudyGroup
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.fieldwork.visit import ChosenQuestion, Material, Participant, UsedGuide, Visit
from fieldvisit.review.item import Item
from fieldvisit.review.pieces import Where
from fieldvisit.storage.layout import Kind, Layout, Part

_OPEN = ", ".join(f"'{level}'" for level in DISCLOSURES if level != OFF_RECORD)
_KEY_ADDRESS = Layout(made=Address, empty=frozenset({"question"}))  # NULL would be no part of a key
# A text without a place in a letter (its slot is the tag of the whole) stands on all its notes.
_WAITS = (
    "(EXISTS (SELECT 1 FROM item WHERE item.target = note.id AND item.state = 'waiting'"
    " AND item.deleted = 0) OR note.visit_id IN (SELECT item.visit_id FROM item"
    " WHERE item.target = '' AND item.state = 'waiting' AND item.deleted = 0"
    " AND item.type = 'remark'"
    " AND item.slot LIKE 'fv1L%'))"
)
# A reply that is off the record takes no note's place: it would tell that there is one.
REPLACED = (
    "(SELECT later.id FROM note AS later WHERE later.replaces = note.id AND later.deleted = 0"  # noqa: S608 - fixed
    f" AND later.disclosure IN ({_OPEN}) ORDER BY later.seq LIMIT 1)"
)
_AGREED = ", ".join(f"'{state}'" for state in sorted(CONFIRMED))

STUDY = Kind(name="study", made=Study, table="study")
STUDY_GROUP = Kind(name="study-group", made=StudyGroup, table="study_group", key=("short",))
CITY = Kind(
    name="city",
    made=City,
    table="city",
    key=("code",),
    columns={"successor": "successor_code"},
    parts={"attributes": Part(made=CityAttribute, table="city_attribute", owner="code")},
)
VISIT = Kind(
    name="visit",
    made=Visit,
    table="visit",
    parts={
        "guides": Part(made=UsedGuide, table="visit_guide", owner="visit_id"),
        "study_groups": Part(made=str, table="visit_group", owner="visit_id", text="short"),
        "participants": Part(
            made=Participant,
            table="person_at_visit",
            owner="visit_id",
            joined={"name": "person.name"},
            join="JOIN person ON person.id = person_at_visit.person_id",
        ),
        "questions": Part(
            made=ChosenQuestion,
            table="visit_question",
            owner="visit_id",
            nested={"address": _KEY_ADDRESS},
        ),
    },
)
NOTE = Kind(
    name="note",
    made=Note,
    table="note",
    nested={
        "speaker": Layout(
            made=Participant,
            columns={"person_id": "said_by"},
            joined={
                "side": "COALESCE(person_at_visit.side, '')",
                "name": "COALESCE(person.name, '')",
                "department": "COALESCE(person_at_visit.department, '')",
                "position": "COALESCE(person_at_visit.position, '')",
            },
            optional=True,
        ),
        "source": Layout(
            made=Source, columns={name: f"source_{name}" for name in Source.__struct_fields__}
        ),
    },
    joined={
        "confirmed": f"confirmation.state IN ({_AGREED})",
        "waits": _WAITS,
        "replaced_by": f"COALESCE({REPLACED}, '')",
        "city_name": "COALESCE(city.name, '')",
        "attributed": "COALESCE(visit.attribution, '')",
    },
    joins=(
        "LEFT JOIN visit ON visit.id = note.visit_id LEFT JOIN city ON city.code = note.city_code"
        " LEFT JOIN material ON material.visit_id = note.visit_id"
        " AND material.label = note.material"
        " LEFT JOIN person ON person.id = note.said_by"
        " LEFT JOIN person_at_visit ON person_at_visit.person_id = note.said_by"
        " AND person_at_visit.visit_id = note.visit_id"
        " LEFT JOIN confirmation ON confirmation.note_id = note.id"
        " AND confirmation.note_revision = note.revision AND confirmation.deleted = 0"
    ),
    parts={
        "places": Part(made=Address, table="note_place", owner="note_id"),
        "tags": Part(made=str, table="note_tag", owner="note_id", text="tag"),
        "only_for": Part(made=str, table="note_group", owner="note_id", text="short"),
    },
)
MARK = Kind(
    name="mark",
    made=Mark,
    table="mark",
    key=("visit_id", "topic", "question"),
    nested={"address": _KEY_ADDRESS},
)
MATERIAL = Kind(name="material", made=Material, table="material", key=("visit_id", "label"))
CITY_FACT = Kind(name="city-fact", made=CityFact, table="city_fact")
SUMMARY = Kind(
    name="summary",
    made=Summary,
    table="summary",
    nested={"address": Layout(made=Address)},
    parts={
        "seen": Part(
            made=SeenNote,
            table="summary_note",
            owner="summary_id",
            columns={"revision": "note_revision"},
        )
    },
)
CONFIRMATION = Kind(name="confirmation", made=Confirmation, table="confirmation", key=("note_id",))
NOTE_CONFLICT = Kind(name="note-conflict", made=NoteConflict, table="note_conflict")
NAME_ALIAS = Kind(name="name-alias", made=NameAlias, table="name_alias")
ITEM = Kind(
    name="item",
    made=Item,
    table="item",
    nested={
        "where": Layout(made=Where),
        "place": Layout(made=Address, optional=True),
    },
)

KINDS: Mapping[str, Kind[Any]] = {
    kind.name: kind
    for kind in (
        STUDY, STUDY_GROUP, CITY, VISIT, NOTE, MARK, MATERIAL, CITY_FACT, SUMMARY, CONFIRMATION,
        NOTE_CONFLICT, NAME_ALIAS, ITEM,
    )
}  # fmt: skip
_OF: Mapping[type, Kind[Any]] = {kind.made: kind for kind in KINDS.values()}


def kind_of(thing: Kept) -> Kind[Any]:
    """Return the kind under which ``thing`` is revised."""
    return _OF[type(thing)]
