"""TEXT as the contract reads it: the argument, `-`, `@FILE`, else the editor."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from fieldvisit.cli.editor import edited, goes_on_with
from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import say
from fieldvisit.errors import BadText, WrongUsage
from fieldvisit.language import _
from fieldvisit.study.drafts import Draft, close, drafts, drop, held, offered, open_draft
from fieldvisit.system_words import reason as why


class Typed(Struct, frozen=True):
    """Text as typed; ``draft`` is the file that keeps it, None if it lies elsewhere too."""

    text: str
    draft: Draft | None = None

    @contextmanager
    def kept_until_stored(self) -> Iterator[str]:
        """Give the text to whoever stores it; the draft goes only when that went well."""
        try:
            yield self.text
        except BaseException:
            _say_where(self.draft)
            raise
        if self.draft:
            close(self.draft)


def read_text(session: Session, typed: str | None, subject: str, start: str = "") -> Typed:
    """Return the text that is meant.

    The editor opens with ``start``, or with what was left unstored on the same ``subject``. One
    line end at the very end of a file, of standard input or of the editor's text is not part of
    the text.
    """
    if typed is None:
        return _from_editor(session, subject, start)
    if typed == "-":
        return _from_stdin(session, subject)
    if typed.startswith("@"):
        return Typed(_from_file(Path(typed[1:]).expanduser()))
    return Typed(typed)


def _from_stdin(session: Session, subject: str) -> Typed:
    """Read standard input; what was typed there by hand exists nowhere else, so it is kept."""
    data = sys.stdin.buffer.read()
    draft = None
    if sys.stdin.isatty() and data.strip():
        draft = open_draft(session.settings().study(), subject, ".txt", data)
    try:
        return Typed(_decoded(data, _("standard input")), draft)
    except BadText:
        _say_where(draft)
        raise


def _say_where(draft: Draft | None) -> None:
    if draft:
        say(_("Your text is kept in {path}.").format(path=draft.path))


def _from_file(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadText(
            _("{path} cannot be read: {reason}").format(path=path, reason=why(error)),
            _("Nothing was stored. Text that begins with @ goes through standard input: -"),
        ) from error
    return _decoded(data, str(path))


def _decoded(data: bytes, source: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadText(
            _("{source} is not valid UTF-8 (byte {at}).").format(source=source, at=error.start),
            _("Nothing was stored. Save it as UTF-8 and try again."),
        ) from error
    return without_last_line_end(text)


def without_last_line_end(text: str) -> str:
    """Return text without one line end at its very end."""
    return text.removesuffix("\n").removesuffix("\r")


def _from_editor(session: Session, subject: str, start: str) -> Typed:
    if not session.on_terminal:
        raise WrongUsage(
            _("There is no text."),
            _(
                "Give it as an argument (behind “--” if it begins with a dash), as @FILE, or as "
                "“-” for standard input."
            ),
        )
    draft = _draft(session, subject, start)
    with held(draft):
        text = without_last_line_end(edited(draft, start))
    if not text.strip() or text == start:
        drop(draft)
        raise BadText(_("The editor left no new text."), _("Nothing was stored."))
    return Typed(text, draft)


def _draft(session: Session, subject: str, start: str) -> Draft:
    """Return the draft to edit: one that was not stored before, if the person wants it."""
    place = session.settings().study()
    for kept in offered(drafts(place), subject):
        if goes_on_with(session, kept, yes=False):
            return kept
    return open_draft(place, subject, ".txt", start.encode())
