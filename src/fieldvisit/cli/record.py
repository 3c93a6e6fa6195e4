"""`record`: the whole sheet of a visit in the editor."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from fieldvisit.actions.recording.record import (
    OpenRecord,
    change_of,
    kept_in,
    kept_records,
    open_record,
    read_record,
    rebase_record,
)
from fieldvisit.cli.agreements import tell_voided
from fieldvisit.cli.declaring import Noun, command
from fieldvisit.cli.editor import edited, goes_on_with, tell_if_left
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.options import Audience, By, DryRun, Here, VisitName, Yes
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents import sheet_changes
from fieldvisit.errors import Conflict, Refused, WrongUsage
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.record.changes import SheetChanges
from fieldvisit.language import N_, _, together
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close


def record_in_editor(
    session: Session, visit: str, seen_by: str, *, dry_run: bool, yes: bool, by: str
) -> None:
    """Let a person fill in the sheet of a visit, as ``seen_by`` may see it."""
    if not session.on_terminal:
        raise WrongUsage(
            _("The sheet is filled in with an editor, which needs a terminal."),
            _("Store single notes with: fieldvisit note add"),
        )
    given = session.settings(by)
    if seen_by == "public":
        raise WrongUsage(
            _("A record is not entered for the public: names would be lost."),
            _("Say --audience all or group."),
        )
    with _opened(session, given, visit, seen_by, yes=yes) as opened:
        found = _filled_in(session, opened)
        if not found:
            close(opened.draft)
            session.tell(_("Nothing was changed."))
            return
        session.tell("\n".join(sheet_changes.lines(found)))
        if dry_run:
            _try(given, opened, found)
            session.tell(_("Nothing was stored."), kept_in(opened.draft))
            return
        _agree_to_remove(session, opened, found, yes=yes)
        _store(session, given, opened, found, seen_by, by)


@contextmanager
def _opened(
    session: Session, given: Settings, visit: str, seen_by: str, *, yes: bool
) -> Iterator[OpenRecord]:
    """Hold a sheet that was not stored, if the person goes on with it, else a new one."""
    with closing(kept_records(given, visit, seen_by)) as kept:
        for unstored in kept:
            if goes_on_with(session, unstored.draft, unstored.start, yes=yes):
                yield unstored
                return
    with open_record(given, visit, seen_by) as fresh:
        yield fresh


def _filled_in(session: Session, opened: OpenRecord) -> SheetChanges:
    """Open the editor until the sheet can be read, or the person leaves it for later."""
    while True:
        edited(opened.draft, opened.start)
        try:
            return read_record(opened)
        except UnreadableSheet as error:
            session.tell(error.sentence, error.hint)
            if not session.agrees(_("Open it again?"), yes=False, usual=True):
                raise Refused(_("The sheet was left for later."), kept_in(opened.draft)) from error


def _agree_to_remove(
    session: Session, opened: OpenRecord, found: SheetChanges, *, yes: bool
) -> None:
    question = _("Delete {n} notes that are no longer on the sheet?").format(n=len(found.removed))
    if found.removed and not session.agrees(question, yes=yes):
        raise Refused(_("The notes were kept."), kept_in(opened.draft))


def _store(
    session: Session,
    given: Settings,
    opened: OpenRecord,
    found: SheetChanges,
    seen_by: str,
    by: str,
) -> None:
    from fieldvisit.actions.recording.store_record import store_record

    try:
        with _keeping(opened):
            stored = store_record(given, opened.visit, found, change_of(opened))
    except Conflict as error:
        opened = rebase_record(given, opened, seen_by)
        error.hint = together(error.hint, kept_in(opened.draft))
        raise
    tell_if_left(opened.draft)
    for note in stored:
        session.answer(note.handle)
    session.tell(_("Stored."))
    tell_voided(session, _touched(found))
    offer_withheld(session, opened.visit, stored, by)


def _touched(found: SheetChanges) -> Iterator[str]:
    yield from (change.note.handle for change in (*found.changed, *found.moved))
    yield from (note.handle for note in found.removed)


def _try(given: Settings, opened: OpenRecord, found: SheetChanges) -> None:
    from fieldvisit.actions.recording.store_record import try_record

    with _keeping(opened):
        try_record(given, opened.visit, found)


@contextmanager
def _keeping(opened: OpenRecord) -> Iterator[None]:
    """Let a refusal name the draft; a Conflict names the one that it is carried over to."""
    try:
        yield
    except Conflict:
        raise
    except Refused as error:
        error.hint = together(error.hint, kept_in(opened.draft))
        raise


record_app = Noun()


@command(record_app, N_("Enter what was heard: the sheet of a visit in the editor."))
def record(
    session: Here,
    visit: VisitName,
    dry_run: DryRun = False,
    audience: Audience = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    seen_by = session.audience(Wish(audience=audience), "work")
    record_in_editor(session, visit, seen_by, dry_run=dry_run, yes=yes, by=by)
