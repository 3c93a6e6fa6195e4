"""What became of sheets that were read back, told to the person at the keyboard."""

from collections.abc import Iterator, Sequence

from fieldvisit.documents.sheet_changes import marked, placed
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.memo.kept import off_record_mark
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import STATES
from fieldvisit.language import _, counted


def told_notes(added: Sequence[Note], changed: Sequence[Note]) -> Iterator[str]:
    """Yield a line for each note that is new or changed, with its marks."""
    for note in added:
        place = placed(note.places[0] if note.places else None)
        yield _("+ {place}: {text}").format(place=place, text=_text(note))
    for note in changed:
        yield _("~ {handle}: {text}").format(handle=note.handle, text=_text(note))


def told_decisions(marks: Sequence[Mark], decided: Sequence[Address]) -> Iterator[str]:
    """Yield a line for each mark that is set or cleared, and one for the choices."""
    for mark in marks:
        state = _("cleared") if mark.deleted else STATES.word(mark.state)
        yield _("{address}: {state}").format(address=mark.address, state=state)
    if decided:
        yield _("Chosen anew: {addresses}").format(addresses=", ".join(map(str, decided)))


def told_strays(strays: Sequence[Stray]) -> Iterator[str]:
    """Yield for each text that was not recognised where it stands, why, and the text itself."""
    for stray in strays:
        yield f"! {stray.where}: {stray.why}"
        yield f"  {stray.text}"


def told_filing(draft: str, *, closed: bool) -> str:
    """Return how what was kept in a draft becomes notes; ``closed`` if some is off the record."""
    if closed:
        return _(
            "File it with: fieldvisit note add, and what bears {mark} with -d off-record. "
            "Then: fieldvisit draft drop {name}"
        ).format(mark=off_record_mark(), name=draft)
    return _("File it with: fieldvisit note add. Then: fieldvisit draft drop {name}").format(
        name=draft
    )


def told_counts(stored: int, unchanged: int, refused: int, closed: int) -> Iterator[str]:
    """Yield the counts, which always add up, and how many were taken as off the record."""
    yield _("read {read} = stored {stored} + unchanged {unchanged} + refused {refused}").format(
        read=stored + unchanged + refused, stored=stored, unchanged=unchanged, refused=refused
    )
    if closed:
        yield counted(
            "{n} paragraph says that it is off the record and was taken so.",
            "{n} paragraphs say that they are off the record and were taken so.",
            closed,
        )


def _text(note: Note) -> str:
    return marked(note.kind, note.disclosure, str(note.speaker or ""), note.body)
