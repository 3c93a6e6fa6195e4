"""What is taken of items about a letter: the city's agreement, its correction, its wish."""

from fieldvisit.actions.confirming.answers import Answers, Said, corrected_by
from fieldvisit.errors import Conflict, WrongUsage
from fieldvisit.fieldwork.confirmation import same_words
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.language import _
from fieldvisit.review.item import Item
from fieldvisit.storage import gate
from fieldvisit.storage.connection import Change
from fieldvisit.study.view import StudyView


def take_agreement(view: StudyView, change: Change, item: Item, text: str) -> str:  # noqa: ARG001 - as all
    """Store that the city agrees to the passage as it saw it."""
    note, seen = _notes(view, item)
    return Answers(view, change).agrees(note, seen, _said(item)).note.id


def take_correction(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store what was decided about a passage: the city's text, another one, or its level.

    Another text than the city's is not agreed to yet. WrongUsage if there is neither text nor
    level, Conflict if the note says by now what the city did not see.
    """
    note, seen = _notes(view, item)
    answers, said = Answers(view, change), _said(item)
    if not (text.strip() or item.disclosure):
        raise WrongUsage(
            _("Item {name} has neither a text nor a level.").format(name=item.handle),
            _("Give one of them: --text TEXT or -d LEVEL"),
        )
    if text.strip():
        if level(note.disclosure) != OFF_RECORD:
            change.command = with_reason(change.command, corrected_by(said.who))
        if same_words(text, item.text):
            note = answers.corrects(note, seen, text, said).note
        else:
            note = answers.rewords(note, text, said)
    if item.disclosure:
        note = answers.closes(note, item.disclosure, said)
    return note.id


def _said(item: Item) -> Said:
    return Said(item.who, item.on_day, mode=item.mode, item=item.id)


def _notes(view: StudyView, item: Item) -> tuple[Note, Note]:
    """Return the note as it stands and as the city saw it."""
    note = gate.note(view.connection, "all", item.target)
    seen = gate.note_at(view.connection, item.target, item.shown)
    if note is None or seen is None:
        raise Conflict(_("The note was deleted meanwhile."), _("Nothing was changed."))
    return note, seen
