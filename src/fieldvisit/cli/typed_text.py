"""TEXT as the contract reads it: the argument, `-`, `@FILE`, else the editor."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldvisit.actions.drafts import Draft, drop, open_draft
from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import say
from fieldvisit.errors import BadText, WrongUsage
from fieldvisit.language import _


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as typed; ``draft`` is the file in which the editor left it, None without an editor."""

    text: str
    draft: Draft | None = None

    @contextmanager
    def kept_until_stored(self) -> Iterator[str]:
        """Give the text to whoever stores it; the draft goes only when that went well."""
        try:
            yield self.text
        except BaseException:
            if self.draft:
                say(_("Your text is kept in {path}.").format(path=self.draft.path))
            raise
        if self.draft:
            drop(self.draft)


def read_text(session: Session, typed: str | None, start: str = "") -> Typed:
    """Return the text that is meant.

    ``start`` is what the editor opens with. One line end at the very end of a file, of standard
    input or of the editor's text is not part of the text.
    """
    if typed is None:
        return _from_editor(session, start)
    if typed == "-":
        return Typed(_decoded(sys.stdin.buffer.read(), _("standard input")))
    if typed.startswith("@"):
        return Typed(_from_file(Path(typed[1:]).expanduser()))
    return Typed(typed)


def _from_file(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadText(
            _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror),
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


def _from_editor(session: Session, start: str) -> Typed:
    if not session.on_terminal:
        raise WrongUsage(
            _("There is no text."),
            _(
                "Give it as an argument (behind “--” if it begins with a dash), as @FILE, or as "
                "“-” for standard input."
            ),
        )
    from fieldvisit.cli.editor import edited

    draft = open_draft(session.settings().study(), "note", ".txt", start.encode())
    text = without_last_line_end(edited(draft))
    if not text.strip() or text == start:
        drop(draft)
        raise BadText(_("The editor left no new text."), _("Nothing was stored."))
    return Typed(text, draft)
