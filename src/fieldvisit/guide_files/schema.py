"""The format of guide files as JSON Schema (draft 2020-12), for editors that complete and check."""

import json
from typing import Any

from fieldvisit.fieldwork.terms import ATTRIBUTES, DISCLOSURES
from fieldvisit.guide_files.format import (
    EXPECTED,
    GUIDE,
    LISTED,
    LONGEST_KEY,
    NAMED,
    RESERVED_QUESTION,
    RESERVED_TOPIC,
    SLUG,
    WORDS,
    Key,
    Kind,
    Level,
)
from fieldvisit.language import _

_TOPIC_KEY = rf"(?!{RESERVED_TOPIC}$){NAMED}"
_QUESTION_KEY = rf"(?!{RESERVED_QUESTION}){NAMED}"

_SHAPES: dict[Kind, dict[str, Any]] = {
    "slug": {"type": "string", "pattern": f"^{SLUG}$", "maxLength": LONGEST_KEY},
    "topic-key": {"type": "string", "pattern": f"^{_TOPIC_KEY}$", "maxLength": LONGEST_KEY},
    "question-key": {"type": "string", "pattern": f"^{_QUESTION_KEY}$", "maxLength": LONGEST_KEY},
    "version": {"type": ["string", "number"]},
    "text": {"type": "string"},
    "words": {"$ref": "#/$defs/words"},
    "yes-no": {"type": "boolean"},
    "disclosure": {"enum": list(DISCLOSURES)},
    "classes": {"type": "array", "uniqueItems": True, "items": {"enum": list(ATTRIBUTES)}},
    "earlier-topics": {
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "pattern": f"^{_TOPIC_KEY}$"},
    },
    "earlier-questions": {
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "pattern": f"^({SLUG}/)?{_QUESTION_KEY}$"},
    },
    "topics": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/topics"}},
    "questions": {"type": "array", "items": {"$ref": "#/$defs/questions"}},
    "probes": {"type": "array", "items": {"$ref": "#/$defs/probes"}},
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of guide files, its descriptions in the language in use."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("Interview guide of fieldvisit"),
        **_level(GUIDE),
        "$defs": {"words": _level(WORDS)} | {name: _level(of) for name, of in LISTED.items()},
    }


def written() -> str:
    """Return the text of the schema file that is shipped and stands beside a study's guides."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _level(level: Level) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _property(key) for key in level.keys},
    }
    if required := [key.name for key in level.keys if key.required]:
        shape["required"] = required
    if level.needs_words:
        shape["anyOf"] = [{"required": ["ja"]}, {"required": ["en"]}]
    return shape


def _property(key: Key) -> dict[str, Any]:
    described = {"description": _(key.means), "title": _(EXPECTED[key.kind])}
    if key.default is not None:
        described["default"] = key.default  # type: ignore[assignment] # JSON
    return _SHAPES[key.kind] | described
