"""What came back in files: shown, asked about, stored; what was not stored is kept in a draft."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from fieldvisit.cli.session import Session
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.language import _
from fieldvisit.study.drafts import keep_strays


class Outcome(Struct, frozen=True):
    """What became, or would become, of files: ``lines`` tell it, ``strays`` were not stored.

    ``anything`` tells whether there is something to store.
    """

    lines: Sequence[str]
    strays: Sequence[Stray]
    anything: bool
    added: Sequence[Note] = ()
    changed: Sequence[Note] = ()


# Stores what files hold; given True it only tries.
Store = Callable[[bool], Outcome]


def shown_and_stored(session: Session, store: Store, *, dry_run: bool, yes: bool) -> Outcome | None:
    """Show what the files hold, ask on a terminal, store it; None if it was only to be shown."""
    tried = store(True)
    session.tell("\n".join([*tried.lines, *told_strays(tried.strays)]))
    if dry_run:
        session.tell(_("Nothing was stored."))
        return None
    asks = tried.anything and session.on_terminal
    if asks and not session.agrees(_("Store this?"), yes=yes, usual=True):
        raise Refused(_("Nothing was stored."), _("The files are as they were."))
    stored = store(False) if tried.anything else tried
    session.tell(_("Stored.") if stored.anything else _("Nothing was changed."))
    return stored


def keep(
    session: Session, subject: str, strays: Sequence[Stray], hint: Callable[[str], str]
) -> None:
    """Keep in a draft what was not stored; ``hint`` says, by its name, what to do with it."""
    draft = keep_strays(session.settings().study(), subject, "\n".join(told_strays(strays)))
    if draft:
        session.tell(
            _("What was not stored is kept in {path}.").format(path=draft.path), hint(draft.name)
        )


def told_strays(strays: Sequence[Stray]) -> Iterator[str]:
    """Yield for each text that was not recognised where it stands, why, and the text itself."""
    for stray in strays:
        yield f"! {stray.where}: {stray.why}"
        yield f"  {stray.text}"
