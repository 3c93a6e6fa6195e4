"""`record`: the whole sheet of a visit in the editor, or sheets and memos that came back."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.actions.recording.record import (
    kept_records,
    open_record,
    read_record,
    store_record,
    try_record,
)
from fieldvisit.cli.agreements import tell_voided
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.editor import edited_sheet, kept_in, tell_if_left, tell_waiting
from fieldvisit.cli.fixed_values import day, mode, one_of
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.options import Audience, By, DryRun, Here, VisitName, Yes
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.store_returned import Outcome, Store, keep, shown_and_stored
from fieldvisit.documents.sheet_changes import told_items, told_removed
from fieldvisit.documents.sheet_summary import (
    told_counts,
    told_decisions,
    told_filing,
    told_headings,
    told_missing,
    told_notes,
)
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.memo.kept import bears_off_record, kept
from fieldvisit.fieldwork.memo.paragraphs import Memo
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_page import why_apart
from fieldvisit.language import N_, _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close

if TYPE_CHECKING:
    from fieldvisit.actions.recording.edited import EditedRecord
    from fieldvisit.actions.recording.memos import RefusedParagraph


def record_in_editor(
    session: Session, visit: str, seen_by: str, *, dry_run: bool, yes: bool, by: str
) -> None:
    """Let a person fill in the sheet of a visit, as ``seen_by`` may see it."""
    given = session.settings(by)
    if session.on_terminal and seen_by == "public":
        raise WrongUsage(
            _("A record is not entered for the public: names would be lost."),
            _("Say --audience all or group."),
        )
    sheets = kept_records(given, visit, seen_by), open_record(given, visit, seen_by)
    otherwise = _("Store single notes with: fieldvisit note add")
    with edited_sheet(session, *sheets, otherwise, yes=yes) as opened:
        found = read_record(given, opened)
        if found or found.kept or found.staying:
            session.tell("\n".join(_told(found)))
        if not found:
            close(opened.draft)
            session.tell(_("Nothing was changed."))
            return
        if dry_run:
            try_record(given, opened)
            session.tell(_("Nothing was stored."), kept_in(opened))
            return
        question = _("Delete {n} notes that are no longer on the sheet?")
        if found.removed and not session.agrees(question.format(n=len(found.removed)), yes=yes):
            raise Refused(_("The notes were kept."))
        stored = store_record(given, opened)
        tell_if_left(opened.draft)
    for note in stored.added:
        session.answer(note.handle)
    session.tell(_("Stored."))
    tell_waiting(session, len(stored.waiting))
    tell_voided(session, stored.touched)
    offer_withheld(session, visit, stored.added, by)


def _told(found: "EditedRecord") -> Iterator[str]:
    yield from told_items(found.items, found.notes)
    yield from told_removed(found.removed, found.kept)
    if found.people is not None:
        yield _("Those present: {people}").format(people=enumerated(map(str, found.people)) or "-")
    for person in found.staying:
        yield _("{person} said what stands in a note and stays.").format(person=person)
    plain = [item.type for item in found.items if item.is_plain]
    yield _(
        "added {added} · changed {changed} · removed {removed} · left alone {same} · waiting {wait}"
    ).format(
        added=plain.count("note"),
        changed=plain.count("change"),
        removed=len(found.removed),
        same=found.unchanged,
        wait=len(found.items) - len(plain),
    )


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
    from fieldvisit.actions.recording.memos import read_memos, store_memo, try_memo

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


record_app = Noun()
KINDS_OF_FILES = ("sheet", "memo")

Files = Annotated[
    list[Path] | None,
    argument(
        "[FILE]...", N_("Filled sheets (.md .docx .xlsx .csv), or memos. Default: the editor.")
    ),
]
As = Annotated[
    str,
    option(
        "--as sheet|memo",
        N_("What the files are: our sheets, or memos of a colleague."),
        shows_default=True,
    ),
]
Mode = Annotated[
    str | None,
    option("--mode MODE", N_("How the answers came if later: written, phone, online or onsite.")),
]
On = Annotated[str | None, option("--on DATE", N_("When the answers came."))]


class Returned(Struct, frozen=True):
    """Files that came back: what they are, how and when the answers came."""

    files: tuple[Path, ...]
    kind: str
    arrival: Arrival


def _returned(
    files: Files = None, as_: As = "sheet", mode_: Mode = None, on: On = None
) -> Returned:
    one_of("--as", as_, KINDS_OF_FILES)
    arrival = Arrival(mode(mode_) or "", day(on) or "")
    if arrival != AT_THE_VISIT and not files:
        raise WrongUsage(_("--mode and --on belong to files that came back."), _("Name the files."))
    return Returned(tuple(files or ()), as_, arrival)


@command(record_app, N_("Enter what was heard: in the editor, or from sheets and memos."))
def record(
    session: Here,
    visit: VisitName,
    returned: Annotated[Returned, From(_returned)],
    dry_run: DryRun = False,
    audience: Audience = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    if not returned.files:
        seen_by = session.audience(Wish(audience=audience), "work")
        record_in_editor(session, visit, seen_by, dry_run=dry_run, yes=yes, by=by)
        return
    reader = memos if returned.kind == "memo" else sheets
    store = reader(session.settings(by), visit, returned.files, returned.arrival)
    record_files(session, visit, store, dry_run=dry_run, yes=yes, by=by)
