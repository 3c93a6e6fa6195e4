"""A whole guide as one line of JSON, so that a visit keeps its guide and readers need no YAML."""

import msgspec

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.language import _


def to_json(guide: Guide) -> str:
    """Return ``guide`` as compact JSON; the same guide always gives the same text."""
    return msgspec.json.encode(guide).decode()


def from_json(text: str) -> Guide:
    """Return the guide that ``to_json`` wrote; BadGuide if ``text`` is something else."""
    try:
        return msgspec.json.decode(text, type=Guide)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise BadGuide(
            _("A guide that a visit kept is damaged."), _("Look at the study: fieldvisit check")
        ) from fault
