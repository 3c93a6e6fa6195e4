"""`summary edit` and `summary read`: show what would be stored, ask, store it, keep the rest."""

from collections.abc import Sequence
from pathlib import Path

from fieldvisit.actions.drafts import held, keep_strays
from fieldvisit.actions.store_summaries import StoredSummaries, read_summaries, store_summaries
from fieldvisit.actions.summary_sheet import OpenSheet, close_sheet, kept_sheets, open_sheet
from fieldvisit.cli.editor import edited
from fieldvisit.cli.session import Session
from fieldvisit.documents import wordings
from fieldvisit.documents.sheet_summary import told_strays
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.language import _, together
from fieldvisit.settings import Settings


def edit_summaries(
    session: Session,
    topics: Sequence[str],
    cities: Sequence[str],
    seen_by: str,
    *,
    yes: bool,
    by: str,
) -> None:
    """Let a person write the summaries of cells, as ``seen_by`` may see these."""
    if not session.on_terminal:
        raise WrongUsage(
            _("The sheet is filled in with an editor, which needs a terminal."),
            _("Store single summaries with: fieldvisit summary set"),
        )
    given = session.settings(by)
    opened = _opened(session, given, topics, cities, seen_by, yes=yes)
    with held(opened.draft):
        edited(opened.draft)
        if opened.was_left_alone():
            close_sheet(opened)
            session.tell(_("Nothing was changed."))
            return
        try:
            texts, strays = opened.read()
            stored = store_summaries(given, "summary edit", texts, strays)
        except Refused as error:
            kept = _("Your text is kept in {path}.").format(path=opened.draft.path)
            error.hint = together(error.hint, kept)
            raise
        _tell(session, stored)
        _keep(session, stored.strays)
        close_sheet(opened)


def _opened(
    session: Session,
    given: Settings,
    topics: Sequence[str],
    cities: Sequence[str],
    seen_by: str,
    *,
    yes: bool,
) -> OpenSheet:
    for kept in kept_sheets(given, seen_by):
        question = _("There is text of {time} that was not stored. Go on with it?").format(
            time=wordings.moment(kept.draft.saved_at())
        )
        if session.agrees(question, yes=yes, usual=True):
            return kept
    return open_sheet(given, topics, cities, seen_by)


def read_file(session: Session, file: Path, *, dry_run: bool, yes: bool, by: str) -> None:
    """Store the summaries of a comparison that came back."""
    given = session.settings(by)
    texts, strays = read_summaries(file)
    tried = store_summaries(given, "summary read", texts, strays, trial=True)
    _tell(session, tried)
    session.tell("\n".join(told_strays(tried.strays)))
    if dry_run:
        session.tell(_("Nothing was stored."))
        return
    asks = bool(tried.stored) and session.on_terminal
    if asks and not session.agrees(_("Store this?"), yes=yes, usual=True):
        raise Refused(_("Nothing was stored."), _("The files are as they were."))
    stored = store_summaries(given, "summary read", texts, strays) if tried.stored else tried
    _keep(session, stored.strays)
    session.tell(_("Stored.") if stored.stored else _("Nothing was changed."))


def _tell(session: Session, found: StoredSummaries) -> None:
    for one in found.stored:
        session.tell(f"{one.address}: {wordings.summary(one)}")
    session.tell(
        _("Summaries: stored {stored}, unchanged {unchanged}, kept apart {apart}.").format(
            stored=len(found.stored), unchanged=found.unchanged, apart=len(found.strays)
        )
    )


def _keep(session: Session, strays: Sequence[Stray]) -> None:
    draft = keep_strays(session.settings().study(), "summaries", "\n".join(told_strays(strays)))
    if draft:
        session.tell(
            _("What was not recognised is kept in {path}.").format(path=draft.path),
            _("Store it with: fieldvisit summary set"),
        )
