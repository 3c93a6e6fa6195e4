"""Notes: the list, one note whole, its history, what a search found."""

from collections.abc import Sequence

from fieldvisit.documents import confirmations, shapes, wordings
from fieldvisit.documents.document import Document, Value
from fieldvisit.documents.lists import ListColumn, listing
from fieldvisit.documents.page import Facts, Heading, Page, Paragraph
from fieldvisit.documents.shapes import Shape, taken
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Contradiction, Note, Register
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.terms import ATTRIBUTIONS, DISCLOSURES, KINDS
from fieldvisit.language import _


def note_list(
    notes: Sequence[Note], register: Register, audience: str, words: Sequence[str] = ()
) -> Document:
    """Return notes in the order given, which may be what a search for ``words`` found."""
    search = _("Search: {words}").format(words=" ".join(words))

    def against(note: Note) -> Value:
        return wordings.handles(register.against(note))

    return listing(
        "search" if words else "notes",
        search if words else _("Notes"),
        notes,
        (*_columns(register), ("conflicts", _("contradicted by"), against)),
        ("hits" if words else "notes", lambda one: shapes.note(one, register)),
        about=({"query": list(words)} if words else {}) | {"audience": audience},
        empty=_("No note was found.") if words else _("There are no notes."),
    )


def note_page(
    note: Note, register: Register, audience: str, asked: Confirmation | None = None
) -> Document:
    """Return one note with everything that is known of it; ``asked`` is its confirmation."""
    waits = _("until that is decided, it counts as to be confirmed: fieldvisit review")
    more = [
        (_("confirmation"), confirmations.in_words(asked, note)),
        (_("something waits"), waits if note.waits and audience == "all" else ""),
    ]
    blocks = (
        Heading(1, _("Note {handle}").format(handle=note.handle)),
        Paragraph(wordings.audience_line(audience), quiet=True),
        Paragraph(note.body),
        Facts.known([*_particulars(note, register), *more]),
    )
    against = [taken(one, note="handle", why="why") for one in register.against(note)]
    shape = {
        "note": shapes.note(note, register),
        "confirmation": confirmations.shape(asked, note),
        "contradicted_by": against,
    }
    return Document("note", lambda: Page(blocks), None, lambda: shape)


def history(
    revisions: Sequence[tuple[Revision, Note]], register: Register, audience: str
) -> Document:
    """Return how a note came to stand as it does, oldest first; each line names its note.

    Where others were combined into it, theirs come before.
    """
    return listing(
        "note-history",
        _("History of the note"),
        revisions,
        (
            ("handle", _("note"), lambda one: one[1].handle),
            ("number", _("no."), lambda one: one[0].number),
            ("at", _("time"), lambda one: wordings.moment(one[0].at)),
            ("by", _("by"), lambda one: one[0].by),
            ("kind", _("kind"), lambda one: KINDS.word(one[1].kind)),
            ("disclosure", _("disclosure"), lambda one: DISCLOSURES.word(one[1].disclosure)),
            ("places", _("filed under"), lambda one: wordings.place(one[1])),
            ("body", _("text"), lambda one: wordings.text_of(one[1])),
            ("reason", _("reason"), lambda one: one[0].reason),
        ),
        ("revisions", lambda one: _revision_shape(*one, register)),
        about={"audience": audience},
    )


def _revision_shape(revision: Revision, note: Note, register: Register) -> Shape:
    return {
        **shapes.note(note, register),
        **shapes.revision(revision),
        "note": note.id,
        "reason": revision.reason or None,
        "deleted": note.deleted,
    }


def _columns(register: Register) -> tuple[ListColumn[Note], ...]:
    def visit(note: Note) -> Value:
        found = register.visit(note)
        return found.handle if found else None

    def source(note: Note) -> Value:
        found = note.source
        return " ".join(filter(None, (found.title, found.date, found.url)))

    return (
        ("handle", _("handle"), lambda note: note.handle),
        ("city", _("city"), lambda note: register.city(note).name),
        ("visit", _("visit"), visit),
        ("places", _("filed under"), wordings.place),
        ("kind", _("kind"), lambda note: KINDS.word(note.kind)),
        ("disclosure", _("disclosure"), lambda note: DISCLOSURES.word(note.disclosure)),
        ("body", _("text"), lambda note: note.body),
        ("said_by", _("said by"), lambda note: str(note.speaker or "")),
        ("as_of", _("as of"), lambda note: note.as_of),
        ("source", _("source"), source),
        ("tags", _("tags"), lambda note: ", ".join(note.tags)),
        ("by", _("written by"), lambda note: note.by),
    )


def _against(found: Contradiction) -> str:
    return wordings.labelled(found.handle, found.why) if found.why else found.handle


def _particulars(note: Note, register: Register) -> list[tuple[str, str]]:
    return [
        *(
            (title, str(of(note) or ""))
            for key, title, of in _columns(register)
            if key not in ("handle", "body")
        ),
        *((_("contradicted by"), _against(one)) for one in register.against(note)),
        (_("material"), wordings.material(note)),
        (_("received"), wordings.arrived(note)),
        (_("attribution"), ATTRIBUTIONS.word(note.attribution or note.attributed)),
        (_("corrects"), note.replaces),
        (_("replaced by"), note.replaced_by),
        (_("edited by us"), wordings.day(note.edited_on)),
        (_("deleted"), _("yes") if note.deleted else ""),
        (_("entered"), wordings.moment(note.created_at)),
        (_("last change"), wordings.moment(note.updated_at)),
        (_("revision"), str(note.number)),
    ]
