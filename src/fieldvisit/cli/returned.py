"""`record VISIT FILE…`: sheets and memos that came back, shown before they are stored."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldvisit.actions.recording.arrival import Arrival
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.session import Session
from fieldvisit.cli.storing import Outcome, Store, keep, shown_and_stored
from fieldvisit.cli.voided import tell_voided
from fieldvisit.documents.sheet_summary import (
    told_counts,
    told_decisions,
    told_filing,
    told_headings,
    told_missing,
    told_notes,
)
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.memo.kept import bears_off_record, kept
from fieldvisit.fieldwork.memo.paragraphs import Memo
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_page import why_apart
from fieldvisit.language import _
from fieldvisit.settings import Settings

if TYPE_CHECKING:
    from fieldvisit.actions.recording.store_memo import RefusedParagraph


def record_files(
    session: Session, visit: str, store: Store, *, dry_run: bool, yes: bool, by: str
) -> None:
    """Store what the files hold, as far as the person agrees, and ask what is to be withheld."""
    stored = shown_and_stored(session, store, dry_run=dry_run, yes=yes)
    if stored is None:
        return
    closed = any(bears_off_record(stray.text) for stray in stored.strays)
    keep(session, visit, stored.strays, partial(told_filing, closed=closed))
    for note in stored.added:
        session.answer(note.handle)
    tell_voided(session, [note.handle for note in stored.changed])
    offer_withheld(session, visit, stored.added, by)


def sheets(given: Settings, visit: str, files: Sequence[Path], arrival: Arrival) -> Store:
    """Return what stores filled sheets."""
    from fieldvisit.actions.recording.read_sheets import read_sheets
    from fieldvisit.actions.recording.store_sheets import store_sheets

    reading = read_sheets(given, visit, files)

    def store(trial: bool) -> Outcome:
        found = store_sheets(given, reading, arrival, trial=trial)
        stored = len(found.added) + len(found.changed)
        lines = [
            *told_notes(found.added, found.changed),
            *told_decisions(found.marks, found.decided),
            *told_counts(stored, found.unchanged, len(found.strays), len(found.closed)),
        ]
        anything = bool(stored or found.marks or found.decided)
        if found.strays and not (anything or found.unchanged):
            lines.append(_("If that is a colleague's memo, read it with: --as memo"))
        return Outcome(lines, found.strays, anything, found.added, found.changed)

    return store


def memos(given: Settings, visit: str, files: Sequence[Path], arrival: Arrival) -> Store:
    """Return what stores memos of colleagues: every paragraph a note without a topic."""
    from fieldvisit.actions.recording.read_memos import read_memos
    from fieldvisit.actions.recording.store_memo import store_memo, try_memo

    memo = read_memos(given, visit, files)
    apart = tuple(_apart(memo))

    def store(trial: bool) -> Outcome:
        found = (try_memo if trial else store_memo)(given, visit, memo.paragraphs, arrival)
        strays = (*map(_refused, found.refused), *apart)
        closed = memo.closed_by_words if found.stored else 0
        lines = [
            *told_notes(found.stored, ()),
            *told_headings(memo.headings),
            *told_missing(found.missing),
            *told_counts(len(found.stored), len(found.unchanged), len(strays), closed),
        ]
        return Outcome(lines, strays, bool(found.stored), found.stored)

    return store


def _refused(refused: "RefusedParagraph") -> Stray:
    """Return a paragraph as it goes into the draft: all that was typed, closed if it is closed."""
    paragraph, why = refused.paragraph, refused.why
    text = kept(paragraph.typed, closed=paragraph.disclosure == OFF_RECORD)
    return Stray(text, paragraph.where, " ".join(filter(None, (why.sentence, why.hint))))


def _apart(memo: Memo) -> Iterator[Stray]:
    for line in memo.strays:
        text = kept(line.text, closed=line in memo.closed)
        yield Stray(text, line.where, why_apart(line.apart))
