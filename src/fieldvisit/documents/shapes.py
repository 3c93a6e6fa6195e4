"""The JSON shapes of the contract (section 8): keys and fixed values are English always."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.states import Counts
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import StandingSummary
from fieldvisit.fieldwork.visit import Visit

Shape = dict[str, Any]


def taken(found: object, *names: str, **renamed: str) -> Shape:
    """Return fields of a value under their names, then others under a key of their own.

    What is empty or 0 is None, and so is all of nothing; a flag or a list stays one.
    """
    fields = dict(zip(names, names, strict=True)) | renamed
    values = {key: getattr(found, field) if found else None for key, field in fields.items()}
    return {
        key: list(value) if isinstance(value, tuple) else value if value is False else value or None
        for key, value in values.items()
    }


def city(found: City, day: date) -> Shape:
    """Return a city with its class on ``day``; codes of our own are never printed."""
    return {
        **city_name(found),
        **{name: getattr(found, name) for name in ("prefecture", "kana", "romaji")},
        "class": found.class_on(day),
        "attributes": [
            taken(attribute, "name", "since", "until") for attribute in found.attributes
        ],
    }


def city_name(found: City) -> Shape:
    """Return a city by code and name alone."""
    return {"code": found.printed_code or None, "name": found.name}


def revision(found: Revision) -> Shape:
    """Return when and by whom something came to stand as it does."""
    return taken(found, "id", "number", "at", "by", change="change_id")


def counts(found: Counts) -> Shape:
    """Return how many questions are answered, were asked, are to follow and are open."""
    return {name: getattr(found, name) for name in ("answered", "asked", "to_follow", "open")}


def fact(found: CityFact) -> Shape:
    """Return a fact of a city with its date and source."""
    return taken(found, "key", "value", "as_of", "source")


def visit(found: Visit, of: City, guides: Sequence[Guide]) -> Shape:
    """Return a visit with the guides as it has them."""
    return {
        **taken(found, "handle", "id"),
        "city": city_name(of),
        **taken(found, date="first_day", until="last_day", time="time", place="place"),
        **taken(found, "status", "mode", "sent", "consent", "contact", "attribution"),
        "guides": [
            taken(guide, guide="slug", version="version", sha256="sha256") for guide in guides
        ],
        **taken(found, "study_groups"),
        "interviewers": [person.name for person in found.interviewers],
        "respondents": [taken(one, "department", "position", "name") for one in found.respondents],
    }


def note(found: Note, register: Register) -> Shape:
    """Return a note; ``topic`` and ``question`` are its first place, ``also`` the others."""
    places = [taken(place, "topic", "question") for place in found.places]
    at = register.visit(found)
    # In an anonymised output, where it has no id, a note goes by its mark.
    called = {"handle": found.handle, "id": found.id}
    return {
        **(called if found.id else {"handle": None, "id": None, "mark": found.handle}),
        "city": city_name(register.city(found)),
        "visit": at.handle if at else None,
        "survey": None,
        **(places[0] if places else {"topic": None, "question": None}),
        "also": places[1:],
        **taken(found, "kind"),
        "body": found.body,
        **taken(found, "disclosure", "by"),
        "said_by": str(found.speaker) if found.speaker else None,
        **taken(found, "attribution", "as_of"),
        "source": taken(found.source, "title", "url", "date") if found.source else None,
        **taken(found, "mode", on="on_day", material="material", page="page", tags="tags"),
        **taken(found, "only_for"),
        "conflicts": [one.handle for one in register.against(found)],
        **taken(found, "replaces", "replaced_by", edited="edited_on"),
        **taken(found, "deleted", "created_at", "updated_at", revision="number"),
    }


def summary(found: StandingSummary, of: City | None) -> Shape:
    """Return a summary; ``of`` is its city, None for one across the cities."""
    return {
        "city": city_name(of) if of else None,
        **taken(found.address, "topic", "question"),
        **taken(found.summary, "body", "disclosure", "by"),
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
        **taken(found, "sensitive", "common", "send", "disclosure"),
    }
