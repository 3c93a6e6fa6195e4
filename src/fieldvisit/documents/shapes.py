"""The JSON shapes of the contract (section 8): keys and fixed values are English always."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.visit import Participant, Visit

Shape = dict[str, Any]


def city(found: City, day: date) -> Shape:
    """Return a city with its class on ``day``; codes of our own are never printed."""
    return {
        "code": found.printed_code or None,
        "name": found.name,
        "prefecture": found.prefecture,
        "kana": found.kana,
        "romaji": found.romaji,
        "class": found.class_on(day),
        "attributes": [
            {"name": attribute.name, "since": attribute.since, "until": attribute.until}
            for attribute in found.attributes
        ],
    }


def city_name(found: City) -> Shape:
    """Return a city by code and name alone."""
    return {"code": found.printed_code or None, "name": found.name}


def revision(found: Revision) -> Shape:
    """Return when and by whom something came to stand as it does."""
    return {
        "id": found.id,
        "number": found.number,
        "at": found.at,
        "by": found.by or None,
        "change": found.change_id,
    }


def fact(found: CityFact) -> Shape:
    """Return a fact of a city with its date and source."""
    return {
        "key": found.key,
        "value": found.value,
        "as_of": found.as_of,
        "source": found.source,
    }


def visit(found: Visit, of: City, guides: Sequence[Guide]) -> Shape:
    """Return a visit with the guides as it has them."""
    return {
        "handle": found.handle,
        "id": found.id,
        "city": city_name(of),
        "date": found.first_day or None,
        "until": found.last_day or None,
        "time": found.time or None,
        "place": found.place or None,
        "status": found.status,
        "mode": found.mode,
        "sent": found.sent or None,
        "consent": found.consent or None,
        "contact": found.contact or None,
        "guides": [
            {"guide": guide.slug, "version": guide.version, "sha256": guide.sha256}
            for guide in guides
        ],
        "study_groups": list(found.study_groups),
        "interviewers": [person.name for person in found.interviewers],
        "respondents": [_person(person) for person in found.respondents],
    }


def note(found: Note, register: Register) -> Shape:
    """Return a note; ``topic`` and ``question`` are its first place, ``also`` the others."""
    first, others = (found.places[0], found.places[1:]) if found.places else (None, ())
    at = register.visit(found)
    return {
        **_called(found),
        "city": city_name(register.city(found)),
        "visit": at.handle if at else None,
        "survey": None,
        "topic": first.topic if first else None,
        "question": first.question if first else None,
        "also": [{"topic": p.topic, "question": p.question} for p in others],
        "kind": found.kind,
        "body": found.body,
        "disclosure": found.disclosure,
        "by": found.by or None,
        "said_by": str(found.speaker) if found.speaker else None,
        "as_of": found.as_of or None,
        "source": _source(found),
        "mode": found.mode or None,
        "on": found.on_day or None,
        "material": found.material or None,
        "page": found.page or None,
        "tags": list(found.tags),
        "only_for": list(found.only_for),
        "conflicts": [one.handle for one in register.against(found)],
        "deleted": found.deleted,
        "created_at": found.created_at or None,
        "updated_at": found.updated_at or None,
        "revision": found.number,
    }


def contradiction(found: Contradiction) -> Shape:
    """Return a note that contradicts another, and why."""
    return {"note": found.handle, "why": found.why or None}


def _called(found: Note) -> Shape:
    """Return what a note goes by; in an anonymised output, where it has no id, by its mark."""
    if found.id:
        return {"handle": found.handle, "id": found.id}
    return {"handle": None, "id": None, "mark": found.handle}


def summary(found: StandingSummary, of: City | None) -> Shape:
    """Return a summary; ``of`` is its city, None for one across the cities."""
    return {
        "city": city_name(of) if of else None,
        "topic": found.address.topic,
        "question": found.address.question,
        "body": found.summary.body,
        "disclosure": found.summary.disclosure,
        "by": found.summary.by or None,
        "notes": [note.handle for note in found.notes],
        "stale": bool(found.stale),
        "stale_because": [{"why": one.why, "note": one.note.handle} for one in found.stale],
        "updated_at": found.summary.updated_at or None,
    }


def guide(found: Guide) -> Shape:
    """Return a guide with all its topics and questions."""
    return {
        "guide": found.slug,
        "version": found.version,
        "title": words(found.title),
        "source": words(found.source),
        "sha256": found.sha256,
        "topics": [_topic(topic) for topic in found.topics],
    }


def words(found: Words) -> Shape:
    """Return words in both languages."""
    return {"ja": found.ja, "en": found.en}


def _topic(found: Topic) -> Shape:
    return {
        "topic": found.key,
        "number": found.number,
        "title": words(found.title),
        "short": words(found.label),
        "disclosure": found.disclosure or None,
        "questions": [_question(question) for question in found.questions],
    }


def _question(found: Question) -> Shape:
    return {
        "question": found.key,
        "number": found.number,
        "ask": words(found.ask),
        "written": words(found.written),
        "probes": [{**words(probe.ask), "for": list(probe.classes)} for probe in found.probes],
        "for": list(found.classes),
        "gate": words(found.gate) if found.gate else None,
        "sensitive": found.sensitive,
        "common": found.common,
        "send": found.send,
        "disclosure": found.disclosure or None,
    }


def _person(person: Participant) -> Shape:
    return {
        "department": person.department or None,
        "position": person.position or None,
        "name": person.name or None,
    }


def _source(found: Note) -> Shape | None:
    if not found.source:
        return None
    source = found.source
    return {"title": source.title, "url": source.url or None, "date": source.date or None}
