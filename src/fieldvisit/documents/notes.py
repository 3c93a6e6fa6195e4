"""Notes: the list, one note whole, its history, what a search found."""

from collections.abc import Sequence
from typing import Any

from fieldvisit.documents import confirmations, shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Value
from fieldvisit.documents.lists import listing
from fieldvisit.documents.page import Block, Facts, Heading, Page, Paragraph
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _


def note_list(notes: Sequence[Note], register: Register, audience: str) -> Document:
    """Return notes in the order given."""
    return _list("notes", _("Notes"), notes, register, audience, {})


def search_result(
    words: Sequence[str], hits: Sequence[Note], register: Register, audience: str
) -> Document:
    """Return what a search for ``words`` found."""
    title = _("Search: {words}").format(words=" ".join(words))
    return _list("search", title, hits, register, audience, {"query": list(words)})


def _list(
    name: str,
    title: str,
    notes: Sequence[Note],
    register: Register,
    audience: str,
    more: dict[str, Any],
) -> Document:
    key = "hits" if name == "search" else "notes"
    return listing(
        name,
        title,
        (*_columns(), Column("conflicts", _("contradicted by"))),
        ((*_row(note, register), _all_against(note, register)) for note in notes),
        lambda: {
            **more,
            "audience": audience,
            key: [shapes.note(note, register) for note in notes],
        },
        head=[wordings.audience_line(audience)],
        empty=_("No note was found.") if name == "search" else _("There are no notes."),
    )


def note_page(
    note: Note, register: Register, audience: str, asked: Confirmation | None = None
) -> Document:
    """Return one note with everything that is known of it; ``asked`` is its confirmation."""

    def page() -> Page:
        blocks: list[Block] = [Heading(1, _("Note {handle}").format(handle=note.handle))]
        blocks.append(Paragraph(wordings.audience_line(audience), quiet=True))
        blocks.append(Paragraph(note.body))
        confirmed = (_("confirmation"), confirmations.in_words(asked, note))
        blocks.append(Facts.known([*_particulars(note, register), confirmed]))
        return Page(tuple(blocks))

    def shape() -> dict[str, Any]:
        return {
            "note": shapes.note(note, register),
            "confirmation": confirmations.shape(asked, note),
            "contradicted_by": [shapes.contradiction(one) for one in register.against(note)],
        }

    return Document("note", page, None, shape)


def history(
    revisions: Sequence[tuple[Revision, Note]], register: Register, audience: str
) -> Document:
    """Return how a note came to stand as it does, oldest first; each line names its note.

    Where others were combined into it, theirs come before.
    """
    return listing(
        "note-history",
        _("History of the note"),
        (Column("handle", _("note")), *_history_columns()),
        ((note.handle, *_history_row(revision, note)) for revision, note in revisions),
        lambda: {
            "audience": audience,
            "revisions": [
                _revision_shape(revision, note, register) for revision, note in revisions
            ],
        },
        head=[wordings.audience_line(audience)],
    )


def _history_columns() -> tuple[Column, ...]:
    return (
        Column("number", _("no.")),
        Column("at", _("time")),
        Column("by", _("by")),
        Column("kind", _("kind")),
        Column("disclosure", _("disclosure")),
        Column("places", _("filed under")),
        Column("body", _("text")),
        Column("reason", _("reason")),
    )


def _history_row(revision: Revision, note: Note) -> tuple[Value, ...]:
    return (
        revision.number,
        wordings.moment(revision.at),
        revision.by,
        KINDS.word(note.kind),
        DISCLOSURES.word(note.disclosure),
        wordings.place(note),
        wordings.text_of(note),
        revision.reason or None,
    )


def _revision_shape(revision: Revision, note: Note, register: Register) -> dict[str, Any]:
    return {
        **shapes.note(note, register),
        **shapes.revision(revision),
        "note": note.id,
        "reason": revision.reason or None,
        "deleted": note.deleted,
    }


def _columns() -> tuple[Column, ...]:
    return (
        Column("handle", _("handle")),
        Column("city", _("city")),
        Column("visit", _("visit")),
        Column("places", _("filed under")),
        Column("kind", _("kind")),
        Column("disclosure", _("disclosure")),
        Column("body", _("text")),
        Column("said_by", _("said by")),
        Column("as_of", _("as of")),
        Column("source", _("source")),
        Column("tags", _("tags")),
        Column("by", _("written by")),
    )


def _row(note: Note, register: Register) -> tuple[Value, ...]:
    visit = register.visit(note)
    source = note.source
    return (
        note.handle,
        register.city(note).name,
        visit.handle if visit else None,
        wordings.place(note),
        KINDS.word(note.kind),
        DISCLOSURES.word(note.disclosure),
        note.body,
        str(note.speaker) if note.speaker else None,
        note.as_of or None,
        " ".join(part for part in (source.title, source.date, source.url) if part) or None,
        ", ".join(note.tags) or None,
        note.by or None,
    )


def _all_against(note: Note, register: Register) -> str | None:
    return " ".join(one.handle for one in register.against(note)) or None


def _against(found: Contradiction) -> str:
    return wordings.labelled(found.handle, found.why) if found.why else found.handle


def _particulars(note: Note, register: Register) -> list[tuple[str, str]]:
    columns = [column for column in _columns() if column.key not in ("handle", "body")]
    values = [value for at, value in enumerate(_row(note, register)) if at not in (0, 6)]
    rows = [
        (column.title, str(value))
        for column, value in zip(columns, values, strict=True)
        if value is not None
    ]
    rows += [
        *((_("contradicted by"), _against(one)) for one in register.against(note)),
        (_("material"), wordings.material(note)),
        (_("received"), wordings.arrived(note)),
        (_("deleted"), _("yes") if note.deleted else ""),
        (_("entered"), wordings.moment(note.created_at)),
        (_("last change"), wordings.moment(note.updated_at)),
        (_("revision"), str(note.number)),
    ]
    return rows
