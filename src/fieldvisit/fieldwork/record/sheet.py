"""The record sheet of a visit, apart from any file format: what is shown, and what comes back."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.visit import THEIRS, Participant
from fieldvisit.language import _
from fieldvisit.text import one_newline

SCHEMA = "fieldvisit.record-sheet/1"


class SheetNote(Struct, frozen=True):
    """A note as shown; ``remarks`` are lines to read only (source, other places)."""

    handle: str
    revision: str
    body: str
    kind: str
    disclosure: str
    remarks: str = ""
    speaker: str = ""


class SheetSection(Struct, frozen=True):
    """A topic or a question and its notes; ``address`` None holds the unsorted ones.

    ``guidance`` are lines to read only, ``usual`` is the disclosure of a note without a mark.
    """

    address: Address | None
    heading: str
    guidance: tuple[str, ...] = ()
    notes: tuple[SheetNote, ...] = ()
    usual: str = "confirm"


class RecordSheet(Struct, frozen=True):
    """What is shown for one visit. A note stands in one section only, an address has only one.

    ``audience`` is whom it was made for. From ``change`` and the text that comes back follows the
    id of the change that stores it.
    """

    visit_id: str
    title: str
    guidance: tuple[str, ...] = ()
    people: tuple[Participant, ...] = ()
    sections: tuple[SheetSection, ...] = ()
    change: str = ""
    audience: str = "all"

    def placed_notes(self) -> Iterator[tuple[Address | None, SheetNote]]:
        """Yield every note with the address of its section, in order."""
        for section in self.sections:
            for note in section.notes:
                yield section.address, note

    def usual_at(self, address: Address | None) -> str:
        """Return the default disclosure at ``address``, `confirm` where no section has it."""
        return next((s.usual for s in self.sections if s.address == address), "confirm")


class Person(Struct, frozen=True):
    """One row of those present, as read."""

    department: str
    position: str
    name: str
    side: str = THEIRS


class ReadBlock(Struct, frozen=True):
    """One note as read: ``handle`` is empty for a new one, kind and disclosure where not said.

    ``line`` counts from 1 in the file that was read. ``speaker`` is as typed, empty if not said.
    """

    address: Address | None
    handle: str
    kind: str
    disclosure: str
    body: str
    line: int = 0
    speaker: str = ""


class ReadSheet(Struct, frozen=True):
    """What a reader found, in the order of the sheet."""

    visit_id: str
    people: tuple[Person, ...]
    blocks: tuple[ReadBlock, ...]


def settled(text: str) -> str:
    """Return ``text`` as an editor may hand it back: LF, no blanks at the ends of lines or text."""
    return "\n".join(line.rstrip() for line in one_newline(text).split("\n")).strip()


def to_json(sheet: RecordSheet) -> str:
    """Return the sheet as JSON, to be kept beside a draft."""
    return json.dumps({"schema": SCHEMA, **msgspec.to_builtins(sheet)})


def from_json(text: str) -> RecordSheet:
    """Return the sheet that ``to_json`` wrote; raises Refused for anything else."""
    try:
        return _sheet(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(
            _("What this draft was made from cannot be read any more."),
            _("Copy your text out of the draft and begin the record anew."),
        ) from None


def _sheet(data: dict[str, Any]) -> RecordSheet:
    if data.pop("schema") != SCHEMA:
        raise ValueError
    sections = tuple(_section(section) for section in data.pop("sections"))
    people = tuple(Participant(**person) for person in data.pop("people"))
    guidance = tuple(data.pop("guidance"))
    return RecordSheet(**data, guidance=guidance, people=people, sections=sections)


def _section(data: dict[str, Any]) -> SheetSection:
    address = data.pop("address")
    notes = tuple(SheetNote(**note) for note in data.pop("notes"))
    guidance = tuple(data.pop("guidance"))
    place = Address(**address) if address else None
    return SheetSection(place, notes=notes, guidance=guidance, **data)
