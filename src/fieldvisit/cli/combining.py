"""`note combine`: the text of the note that several become, and what is said afterwards."""

from collections.abc import Sequence

from fieldvisit.actions.combine_notes import Together, combine_notes, notes_together
from fieldvisit.cli.session import Session
from fieldvisit.cli.typed_text import Typed, read_text
from fieldvisit.cli.voided import tell_voided
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.record.marks import almost_off_record, begins_with_mark
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, enumerated


def combine(session: Session, named: Sequence[str], text: str | None, by: str) -> None:
    """Make one note of those named, with ``text`` as it was typed; print its handle."""
    settings = session.settings(by)
    together = notes_together(settings, named)
    with _text(session, text, together).kept_until_stored() as body:
        _refuse_marks(body, together.notes)
        made = combine_notes(settings, together.notes, body)
    session.answer(made.handle)
    _tell(session, together, made)
    tell_voided(session, [note.handle for note in together.notes])


def _text(session: Session, typed: str | None, together: Together) -> Typed:
    if typed is None and not session.on_terminal:
        return Typed(together.text)
    # With the line end, a text that is left as it is counts as the one that is wanted.
    return read_text(session, typed, f"combine-{together.notes[0].handle}", f"{together.text}\n")


def _refuse_marks(body: str, notes: Sequence[Note]) -> None:
    """Refuse marks and words for off the record that no note had: they would stay text."""
    if begins_with_mark(body.lstrip()) and not any(
        begins_with_mark(n.body.lstrip()) for n in notes
    ):
        raise WrongUsage(
            _("The text begins with a mark of the record sheet, 【…】."),
            _("Say it of one of the notes first: fieldvisit note edit NOTE -d LEVEL"),
        )
    known = {line.strip() for note in notes for line in note.body.split("\n")}
    new = (line.lstrip() for line in body.split("\n") if line.strip() not in known)
    closed = strictest(note.disclosure for note in notes) == OFF_RECORD
    if not closed and any(almost_off_record(line) for line in new):
        raise WrongUsage(
            _("The text may mean that this is off the record."),
            _("Say it of one of the notes first: fieldvisit note edit NOTE -d LEVEL"),
        )


def _tell(session: Session, together: Together, made: Note) -> None:
    first, *others = together.notes
    session.tell(
        _("Taken into it and deleted: {handles}").format(
            handles=enumerated(note.handle for note in others)
        ),
        _("Take back all of it with: fieldvisit undo"),
    )
    if made.disclosure != first.disclosure:
        level = DISCLOSURES.word(made.disclosure)
        session.tell(_("Its level is that of the most closed one: {level}").format(level=level))
    if first.speaker and not made.speaker:
        session.tell(_("Not all of them name the same speaker, so that it names none."))
    if together.differ:
        session.tell(
            _("As-of, source and material are those of {handle}.").format(handle=first.handle),
            _("Those of the others stand in its history: fieldvisit note history {handle}").format(
                handle=first.handle
            ),
        )
