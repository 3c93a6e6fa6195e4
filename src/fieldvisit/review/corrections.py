"""What the box of a note that was shown says otherwise, by our own people or on paper of ours."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import level, strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Participant, is_named
from fieldvisit.review.hints import hints_in
from fieldvisit.review.marks import MarkedText, read_marks
from fieldvisit.review.non_answers import doubts_about
from fieldvisit.review.returned_texts import comes_back_as
from fieldvisit.review.sheet_words import Said


class Correction(Struct, frozen=True):
    """The text of a note, what is to change of it (empty = nothing), why a person must look."""

    text: str
    kind: str
    disclosure: str
    said_by: str
    reasons: tuple[str, ...]


def correction(
    note: Note,
    shown: Note,
    text: str,
    beside: Said,
    said_of: Callable[[Said, MarkedText], Said],
    person: Callable[[str], Participant | None],
) -> Correction | None:
    """Return what a box changes of ``note``, which read as ``shown``; None if nothing.

    An empty box takes nothing away. ``beside`` is what stands in the cells of its row.
    """
    text = text.strip()
    same = not text or any(comes_back_as(body, text) for body in (note.body, shown.body))
    marked = MarkedText(note.body) if same else read_marks(text)
    said = said_of(_without_shown(beside, shown), marked)
    kind = said.kind if said.kind != shown.kind else ""
    wanted = said.disclosure if said.disclosure != level(shown.disclosure) else ""
    becomes = replace(
        note,
        kind=kind or note.kind,
        disclosure=wanted or note.disclosure,
        speaker=person(said.speaker) or note.speaker,
    )
    if (same or comes_back_as(note.body, marked.text)) and not said.reasons and becomes == note:
        return None
    alone = {} if same else doubts_about(text)
    doubts = {
        "changed": note.deleted or _facts(shown) != _facts(note),
        "verbatim": not same and note.kind in WORDS_OF_OTHERS,
        "opens": bool(wanted) and strictest((wanted, note.disclosure)) != wanted,
        **alone,
        "hint": not wanted and bool({*hints_in(marked.text)} - {*hints_in(note.body)}),
    }
    found = tuple(why for why, holds in doubts.items() if holds)
    return Correction(marked.text, kind, wanted, said.speaker, (*found, *said.reasons))


def otherwise(typed: str, shown: Note) -> str:
    """Return a speaker as typed if it is another one than was shown."""
    return "" if is_named(shown.speaker, typed) else typed


def _without_shown(beside: Said, shown: Note) -> Said:
    """Return what cells say that did not stand there already."""
    return replace(
        beside,
        kind="" if beside.kind == shown.kind else beside.kind,
        disclosure="" if beside.disclosure == level(shown.disclosure) else beside.disclosure,
    )


def _facts(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.body, note.kind, note.disclosure, speaker, note.deleted)
