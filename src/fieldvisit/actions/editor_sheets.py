"""Sheets in an editor's hands (`record`, `summary edit`): opened, kept, and what stands in them."""

import hashlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.exchange.markdown import pieces_of
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.language import _
from fieldvisit.review.pieces import Piece, ReturnedFile
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import Draft, change_of, drop, is_stored, new_draft, offered


class Shown(Struct, frozen=True):
    """What a sheet showed: its text as it was opened, and for which audience.

    ``slots`` says of the tag of each box what the program needs to know when it comes back.
    """

    audience: str
    start: str
    slots: dict[str, str]


class OpenSheet(Struct, frozen=True):
    """A sheet in a person's hands: its draft, and what was shown."""

    draft: Draft
    shown: Shown

    @property
    def start(self) -> str:
        """The sheet as it was opened."""
        return self.shown.start

    @property
    def change_id(self) -> str:
        """Return the id of the change that stores it: the same text, the same id."""
        return change_of(self.draft, self.draft.text())

    def was_left_alone(self) -> bool:
        """Tell whether nothing was written into it."""
        return self.draft.was_left_alone(self.shown.start)

    def pieces_shown(self) -> tuple[Piece, ...]:
        """Return the pieces of the sheet as it was opened."""
        return self._pieces(self.shown.start)

    def file(self) -> ReturnedFile:
        """Return what stands in it by now; the same text in another sheet is another file.

        Besides the boxes and our own lines it holds whatever else was typed, with the look `aside`:
        lines that stand together are one piece.
        """
        text = self.draft.text()
        digest = hashlib.sha256(f"{self.draft.purpose.change}{text}".encode()).hexdigest()
        return ReturnedFile(str(self.draft.path), digest, "", tuple(self._returned(text)))

    def _returned(self, text: str) -> Iterator[Piece]:
        ours = {piece.text for piece in self.pieces_shown() if not piece.slot}
        typed: list[Piece] = []
        for piece in self._pieces(text):
            if piece.slot in self.shown.slots or (piece.text in ours and not piece.slot):
                yield from _together(typed)
                typed = []
                yield piece
            else:
                typed.append(piece)
        yield from _together(typed)

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        return pieces_of(text, self.draft.name)[1]


def _together(typed: list[Piece]) -> Iterator[Piece]:
    """Yield what was typed outside of the boxes, the lines of a paragraph as one piece."""
    if lines := [piece for piece in typed if piece.text.strip()]:
        text = "\n".join(f"{piece.mark}{piece.text}" for piece in lines)
        look = next((piece.look for piece in lines if piece.look), "aside")
        yield replace(lines[0], text=text, slot="", look=look, style="", mark="")


def kept_sheets(
    given: Settings, purpose: Purpose, audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same that were not stored, newest first.

    One that somebody is working on is left alone, and one that shows more than ``audience`` may
    see is not offered. One that is stored already, or was never written in, goes.
    """
    for draft in offered(given.study(), purpose):
        found = OpenSheet(draft, _shown(draft))
        stored = draft.is_text() and is_stored(given.study(), draft, draft.text())
        if stored or found.was_left_alone():
            drop(draft)
        elif tighter(found.shown.audience, audience) == found.shown.audience:
            yield found


@contextmanager
def open_sheet(given: Settings, purpose: Purpose, shown: Shown) -> Iterator[OpenSheet]:
    """Write a sheet into a new draft, and hold it."""
    purpose = replace(purpose, shown=msgspec.json.encode(shown).decode())
    with new_draft(given.study(), purpose, ".md", shown.start.encode()) as draft:
        yield OpenSheet(draft, shown)


def _shown(draft: Draft) -> Shown:
    try:
        return msgspec.json.decode(draft.purpose.shown, type=Shown)
    except msgspec.MsgspecError as error:
        raise Refused(
            _("What the draft {path} was made from cannot be read.").format(path=draft.path),
            _("Copy your text out of the draft and begin anew."),
        ) from error
