"""Guides that nobody wrote here: those that come with the program, and those that visits keep.

A visit keeps a whole guide as one line of JSON, so that its readers need no YAML.
"""

from pathlib import Path

import msgspec

from fieldvisit.errors import BadGuide, NotFound
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.language import _

_PACKAGE = Path(__file__).resolve().parents[1]
SCHEMA_FILE = "guide.schema.json"


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


def shipped_folder() -> Path:
    """Return the folder of the shipped guides: in the package, or in the checkout above it.

    NotFound if the installation has neither.
    """
    for folder in (_PACKAGE / "interview_guides", _PACKAGE.parents[1] / "interview_guides"):
        if folder.is_dir():
            return folder
    raise NotFound(
        _("The guides that come with fieldvisit are missing from {folder}.").format(
            folder=_PACKAGE
        ),
        _("Install fieldvisit again."),
    )


def shipped_schema() -> Path:
    """Return the JSON Schema file to be copied beside a study's guides as ``SCHEMA_FILE``."""
    return _PACKAGE / "data" / SCHEMA_FILE
