"""The editor: opens a draft, and keeps it whatever happens."""

import os
import shlex
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import say
from fieldvisit.documents import wordings
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.errors import reason as why
from fieldvisit.fieldwork.draft import first_words
from fieldvisit.language import _, together
from fieldvisit.study.drafts import Draft, close

if TYPE_CHECKING:
    from fieldvisit.actions.editor_sheets import OpenSheet
    from fieldvisit.actions.read_files import ReadFile

# vim would leave copies of what was typed outside the study's folder.
_VIM = ("-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile")


def goes_on_with(session: Session, draft: Draft, start: str = "", *, yes: bool = False) -> bool:
    """Ask whether to go on with text that was not stored; ``start`` is what it was opened with."""
    words = first_words(draft.text(), start) if draft.is_text() else draft.name
    question = _(
        "There is text of {time} for “{purpose}” that was not stored: “{words}”. Go on with it?"
    ).format(
        time=wordings.moment(draft.saved_at()),
        purpose=wordings.typed_for(draft.purpose),
        words=words,
    )
    return session.agrees(question, yes=yes, usual=True)


def stored_sheet(
    session: Session,
    kept: Generator["OpenSheet", None, None],
    fresh: AbstractContextManager["OpenSheet"],
    store: Callable[["OpenSheet"], "ReadFile"],
    otherwise: str,
    *,
    yes: bool,
) -> "ReadFile | None":
    """Store a sheet as a person filled it in; None if that is as it was.

    It is one of those ``kept``, if the person goes on with it, else ``fresh``. A refusal names
    where it is kept. ``otherwise`` says what to do where there is no terminal.
    """
    if not session.on_terminal:
        raise WrongUsage(
            _("The sheet is filled in with an editor, which needs a terminal."), otherwise
        )
    with ExitStack() as held:
        held.enter_context(closing(kept))
        of_before = (one for one in kept if goes_on_with(session, one.draft, one.start, yes=yes))
        opened = next(of_before, None) or held.enter_context(fresh)
        edited(opened.draft, opened.start)
        try:
            found = None if opened.was_left_alone() else store(opened)
        except Refused as error:
            kept_in = _(
                "Nothing was stored. Your text is kept in {path}, which is offered again."
            ).format(path=opened.draft.path)
            error.hint = together(error.hint, kept_in)
            raise
        tell_if_left(opened.draft)
    if not (found and found.items):
        session.tell(_("Nothing was changed."))
        return None
    return found


def edited(draft: Draft, start: str) -> str:
    """Open the draft in the person's editor; return what stands in it when the editor closes.

    If the editor fails before anybody wrote into a draft that was opened with ``start``, it goes.
    """
    try:
        edit_draft(draft)
    except Refused as error:
        if draft.was_left_alone(start):
            close(draft)
            error.hint = _("Nothing was stored.")  # there is no text of anybody to keep
        raise
    return draft.text()


def tell_if_left(draft: Draft) -> None:
    """Take away a draft whose text is stored by now; say so if it stays."""
    if not close(draft):
        say(
            _("The text is stored, but its draft {path} could not be deleted.").format(
                path=draft.path
            ),
            _("Delete it with: fieldvisit draft drop {name}").format(name=draft.name),
        )


def edit_draft(draft: Draft) -> None:
    """Open the draft in the person's editor and wait until it closes.

    Raises Refused if the editor fails; the draft is kept and named.
    """
    import click

    try:
        click.edit(filename=str(draft.path), editor=_editor())
    except (click.ClickException, OSError, ValueError) as error:
        raise Refused(
            _failure(error),
            _("Nothing was stored. Your text is kept in {path}.").format(path=draft.path),
        ) from error
    except KeyboardInterrupt:
        say(_("Nothing was stored. Your text is kept in {path}.").format(path=draft.path))
        raise
    if not draft.path.exists():
        close(draft)
        raise Refused(
            _("The editor left no file {path}.").format(path=draft.path), _("Nothing was stored.")
        )


def _failure(error: Exception) -> str:
    """Return what kept the editor from doing its work."""
    cause = error.__cause__ or error
    if isinstance(cause, FileNotFoundError):
        name = cause.filename or _editor() or "-"
        return _("The editor {name} was not found. Check EDITOR.").format(name=name)
    if isinstance(cause, OSError | ValueError):
        reason = why(cause) if isinstance(cause, OSError) else cause
        return _("The editor failed: {reason}").format(reason=reason)
    return _("The editor {name} ended with an error.").format(name=_editor() or "-")


def _editor() -> str | None:
    """Return the command of VISUAL or EDITOR; None lets click look for what there is."""
    named = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    command = next(filter(None, named), "")
    if not command:
        return None
    program = Path(shlex.split(command)[0]).name if os.name != "nt" else ""
    return " ".join([command, *map(shlex.quote, _VIM)]) if program in {"vi", "vim"} else command
