"""What the sample study holds: published statements of five cities, and one fictional city."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from msgspec import Struct

from fieldvisit.doors.inputs import shipped
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import NO_WORDS, Words


class Published(Struct, frozen=True):
    """Where a statement comes from; ``date`` is an as-of date, any part may be empty."""

    publisher: Words = NO_WORDS
    url: str = ""
    date: str = ""


class Fact(Struct, frozen=True):
    """A published statement about a real city. ``later`` = from after the time of the survey."""

    id: str
    city_code: str
    topic: str
    statement: Words
    source: Published
    as_of: str = ""
    later: bool = False


class Gap(Struct, frozen=True):
    """What no published statement was found about; ``text`` says so in a sentence of its own."""

    city_code: str
    topic: str
    text: Words


class DemoFacts(Struct, frozen=True):
    """All that the sample holds of real cities; ``minutes`` come from the minutes of a meeting."""

    later_tag: Words
    minutes_tag: Words
    facts: tuple[Fact, ...]
    minutes: tuple[Fact, ...]
    gaps: tuple[Gap, ...]


class InventedPerson(Struct, frozen=True):
    """Somebody of the fictional city."""

    department: Words
    position: Words
    name: Words


class InventedNote(Struct, frozen=True):
    """A note of the fictional visit; ``said_by`` is a key of its respondents, or empty."""

    place: str
    kind: str
    text: Words
    disclosure: str = ""
    said_by: str = ""
    as_of: str = ""
    source: Published = Published()
    also: tuple[str, ...] = ()
    tags: tuple[Words, ...] = ()
    only_for: tuple[str, ...] = ()


class InventedMark(Struct, frozen=True):
    """A mark of the fictional visit; ``due`` is an ISO date or empty."""

    place: str
    state: str
    reason: Words
    due: str = ""


class InventedVisit(Struct, frozen=True):
    """The visit to the fictional city; days are ISO dates."""

    day: str
    time: str
    place: Words
    sent: str
    contact: Words
    consent: Words
    guides: tuple[str, ...]
    interviewers: tuple[Words, ...]
    respondents: Mapping[str, InventedPerson]
    notes: tuple[InventedNote, ...]
    marks: tuple[InventedMark, ...]


class DemoFiction(Struct, frozen=True):
    """All that is made up: the study itself, its groups, the city and the visit.

    ``city`` has no code yet; ``planned`` are codes of real cities with a visit on the plan.
    """

    author: Words
    words: Mapping[str, Words]
    groups: Mapping[str, Words]
    planned: tuple[str, ...]
    city: City
    visit: InventedVisit


@cache
def demo_facts() -> DemoFacts:
    """Return the published statements, from `demo_facts.yaml`."""
    data = _read("demo_facts.yaml")
    words, minutes = data["words"], data["minutes"]
    shared = {"source": minutes["source"]}
    return DemoFacts(
        later_tag=Words(**words["later_tag"]),
        minutes_tag=Words(**words["minutes_tag"]),
        facts=tuple(_fact(entry) for entry in data["facts"]),
        minutes=tuple(_fact(shared | entry) for entry in minutes["statements"]),
        gaps=tuple(_gap(words["not_found"], entry) for entry in data["not_found"]),
    )


@cache
def demo_fiction() -> DemoFiction:
    """Return the invented part, from `demo_fiction.yaml`."""
    data = _read("demo_fiction.yaml")
    words = {name: Words(**text) for name, text in data["study"].items()}
    return DemoFiction(
        author=words.pop("author"),
        words=words,
        groups={group["short"]: Words(**group["name"]) for group in data["study_groups"]},
        planned=tuple(data["planned"]),
        city=_city(data["city"]),
        visit=_visit(data["visit"], data["notes"], data["marks"]),
    )


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(shipped(name))
    return data


def _published(source: Mapping[str, Any]) -> Published:
    publisher = source["publisher"]
    words = Words(ja=publisher) if isinstance(publisher, str) else Words(**publisher)
    return Published(words, source.get("url", ""), source.get("date", ""))


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(
        id=entry["id"],
        city_code=entry["city"],
        topic=entry["topic"],
        statement=Words(**entry["statement"]),
        source=_published(entry["source"]),
        as_of=entry.get("as_of", ""),
        later=entry.get("later_than_survey", False),
    )


def _gap(sentence: Mapping[str, str], entry: Mapping[str, Any]) -> Gap:
    text = {name: words.format(what=entry["what"][name]) for name, words in sentence.items()}
    return Gap(entry["city"], entry["topic"], Words(**text))


def _city(entry: Mapping[str, Any]) -> City:
    plain = {name: value for name, value in entry.items() if name != "class"}
    return City(code="", attributes=(CityAttribute(entry["class"]),), **plain)


def _visit(
    entry: Mapping[str, Any], notes: list[dict[str, Any]], marks: list[dict[str, Any]]
) -> InventedVisit:
    return InventedVisit(
        day=entry["date"],
        time=entry["time"],
        place=Words(**entry["place"]),
        sent=entry["sent"],
        contact=Words(**entry["contact"]),
        consent=Words(**entry["consent"]),
        guides=tuple(entry["guides"]),
        interviewers=tuple(Words(**name) for name in entry["interviewers"]),
        respondents={key: _person(person) for key, person in entry["respondents"].items()},
        notes=tuple(_note(note) for note in notes),
        marks=tuple(InventedMark(**mark | {"reason": Words(**mark["reason"])}) for mark in marks),
    )


def _person(entry: Mapping[str, Mapping[str, str]]) -> InventedPerson:
    return InventedPerson(**{part: Words(**words) for part, words in entry.items()})


def _note(entry: Mapping[str, Any]) -> InventedNote:
    made = {
        "text": Words(**entry["text"]),
        "source": _published(entry["source"]) if "source" in entry else Published(),
        "also": tuple(entry.get("also", ())),
        "tags": tuple(Words(**tag) for tag in entry.get("tags", ())),
        "only_for": tuple(entry.get("only_for", ())),
    }
    return InventedNote(**{**entry, **made})
