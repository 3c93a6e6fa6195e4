"""What a revision keeps of an object: the whole of it as JSON, and back."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import fields

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import Note, NoteConflict, Source
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import ChosenQuestion, Material, Participant, UsedGuide, Visit

Kept = (
    Study
    | StudyGroup
    | City
    | CityFact
    | Visit
    | Note
    | Mark
    | Material
    | Summary
    | Confirmation
    | NoteConflict
    | NameAlias
)
KINDS: dict[str, type[Kept]] = {
    "study": Study,
    "study-group": StudyGroup,
    "city": City,
    "visit": Visit,
    "note": Note,
    "mark": Mark,
    "material": Material,
    "city-fact": CityFact,
    "summary": Summary,
    "confirmation": Confirmation,
    "note-conflict": NoteConflict,
    "name-alias": NameAlias,
}
# These say where a row stands in this database, not what was said.
_NOT_KEPT = frozenset({"seq", "revision", "number", "created_at", "updated_at", "confirmed"})


def kind_of(thing: Kept) -> str:
    """Return the kind under which ``thing`` is revised."""
    return next(kind for kind, made in KINDS.items() if made is type(thing))


def name_of(thing: Kept) -> str:
    """Return the name under which ``thing`` is revised: its id, or a city's code."""
    return thing.code if isinstance(thing, City) else thing.id


def to_body(thing: Kept) -> str:
    """Return the object as compact JSON with sorted keys."""
    body = {
        name: value for name, value in msgspec.to_builtins(thing).items() if name not in _NOT_KEPT
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_body(kind: str, body: str) -> Kept:
    """Return the object that ``to_body`` wrote."""
    values = json.loads(body)
    known = {field.name for field in fields(KINDS[kind])}
    return KINDS[kind](
        **{name: _whole(name, value) for name, value in values.items() if name in known}
    )


def _chosen(address: dict[str, Any], choice: str, text: str) -> ChosenQuestion:
    return ChosenQuestion(Address(**address), choice, text)


_PARTS: Mapping[str, Any] = {
    "places": lambda value: tuple(Address(**place) for place in value),
    "address": lambda value: Address(**value),
    "speaker": lambda value: Participant(**value) if value else None,
    "source": lambda value: Source(**value) if isinstance(value, dict) else value,
    "participants": lambda value: tuple(Participant(**person) for person in value),
    "questions": lambda value: tuple(_chosen(**question) for question in value),
    "seen": lambda value: tuple(SeenNote(**seen) for seen in value),
    "attributes": lambda value: tuple(CityAttribute(**attribute) for attribute in value),
}


def _whole(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    if name in _PARTS:
        return _PARTS[name](value)
    if name == "guides" and value and isinstance(value[0], dict):
        return tuple(UsedGuide(**guide) for guide in value)
    return tuple(value) if isinstance(value, list) else value
