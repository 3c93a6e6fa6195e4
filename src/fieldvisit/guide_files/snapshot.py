"""A whole guide as one line of JSON, so that a visit keeps its guide and readers need no YAML."""

import json
from dataclasses import asdict
from typing import Any

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import Guide, Probe, Question, Topic, Words
from fieldvisit.language import _

_TWO_LANGUAGES = frozenset({"title", "short", "source", "ask", "written", "gate"})


def to_json(guide: Guide) -> str:
    """Return ``guide`` as compact JSON; the same guide always gives the same text."""
    return json.dumps(asdict(guide), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Guide:
    """Return the guide that ``to_json`` wrote; BadGuide if ``text`` is something else."""
    try:
        values = json.loads(text)
        topics = tuple(_topic(topic) for topic in values.pop("topics"))
        return Guide(topics=topics, **_plain(values))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise BadGuide(
            _("A guide that a visit kept is damaged."), _("Look at the study: fieldvisit check")
        ) from fault


def _topic(values: dict[str, Any]) -> Topic:
    questions = tuple(_question(question) for question in values.pop("questions"))
    return Topic(questions=questions, **_plain(values))


def _question(values: dict[str, Any]) -> Question:
    probes = tuple(Probe(**_plain(probe)) for probe in values.pop("probes"))
    return Question(probes=probes, **_plain(values))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if name in _TWO_LANGUAGES:
        return Words(**value)
    return tuple(value) if isinstance(value, list) else value
