"""On which notes a summary rests when it is written again and nobody says on which."""

from collections.abc import Iterable

from fieldvisit.actions.summarising.cells import matrix_notes
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.storage import gate
from fieldvisit.study.view import StudyView


def chosen_before(view: StudyView, before: Summary | None) -> tuple[Note, ...]:
    """Return the notes that were chosen for a summary and still stand.

    There are none if it rested on all that are taken unasked.
    """
    if before is None or before.deleted or not _was_chosen(view, before):
        return ()
    known = matrix_notes(view)
    under = [known[one.note_id] for one in before.seen if one.rests and one.note_id in known]
    return tuple(note for note in under if not note.deleted)


def out_of_sight(
    before: Summary | None, here: Iterable[Note], shown: Iterable[Note], chosen: Iterable[Note]
) -> tuple[SeenNote, ...]:
    """Return what a summary rested on or knew, and what a sheet did not show to its author.

    A sheet may have been narrowed: of what stands ``here``, in the cell, it would have shown else
    all on which the summary rested.
    """
    if before is None or before.deleted:
        return ()
    stays = {note.id for note in (*here, *chosen)}
    stays -= {note.id for note in shown}
    return tuple(one for one in before.seen if one.note_id in stays)


def _was_chosen(view: StudyView, before: Summary) -> bool:
    """Tell whether somebody named the notes: others were left, or such as nobody takes unasked."""
    return any(
        not one.rests
        or not one.here
        or level(one.disclosure) == OFF_RECORD
        or _was_remark(view, one)
        for one in before.seen
    )


def _was_remark(view: StudyView, one: SeenNote) -> bool:
    then = gate.note_at(view.connection, one.note_id, one.revision)
    return then is not None and then.kind == "remark"
