"""Text as people type it: the normal form for search and matching, and what cannot be kept."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from fieldvisit.errors import BadText
from fieldvisit.language import _

LONGEST_TEXT = 1_000_000  # bytes in UTF-8: a note, a summary, a file that is to be one
_BLANK = " "
_ANY_BLANK = re.compile(r"\s")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def normal(text: str) -> str:
    """Return the normal form of contract section 9.

    CRLF becomes LF, then NFKC, then case folding, and every blank character becomes one space.
    No other fold: what brute force over this form finds is what `search` finds.
    """
    folded = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).casefold()
    return _ANY_BLANK.sub(_BLANK, folded)


def one_newline(text: str) -> str:
    """Return ``text`` with every CRLF and CR as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def key(text: str) -> str:
    """Return the form in which names are matched: normal, without blanks, katakana as hiragana."""
    return normal(text).replace(_BLANK, "").translate(_HIRAGANA)


def keys(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of several texts, none of which holds NUL."""
    return tuple(key("\0".join(texts)).split("\0"))


def width(text: str) -> int:
    """Return how many half-width characters wide ``text`` is, wide ones counting as two."""
    return len(text) if text.isascii() else sum(map(_width, text))


@cache
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def settled(text: str) -> str:
    """Return ``text`` as an editor may hand it back: LF, no blanks at the ends of lines or text."""
    return "\n".join(line.rstrip() for line in one_newline(text).split("\n")).strip()


def checked(text: str, what: str = "") -> str:
    """Return ``text`` unchanged if it can be kept as a person's words.

    Raises BadText for text that is empty or longer than LONGEST_TEXT, holds NUL or lone
    surrogates, or is nothing but the question marks that a console leaves of Japanese it could
    not read. ``what`` names the field.
    """
    what = what or _("text")
    if not text.strip():
        raise BadText(_("The {what} is empty.").format(what=what), _("Nothing was stored."))
    storable(text, what)
    if len(text.encode()) > LONGEST_TEXT:
        raise BadText(
            _("The {what} is longer than {n} MB.").format(what=what, n=LONGEST_TEXT // 1_000_000),
            _("Divide it; nothing was stored."),
        )
    _refuse_lost(text, what, shortest=1)
    return text


def storable(text: str, what: str = "") -> str:
    """Return ``text`` unchanged if a database and a file can hold it; empty text passes.

    So does a single question mark, which may stand for “not known”.
    """
    what = what or _("text")
    if "\0" in text:
        raise BadText(
            _("The {what} holds a NUL character.").format(what=what),
            _("Take it out and try again; nothing was stored."),
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadText(
            _("The {what} holds bytes that are not valid UTF-8.").format(what=what),
            _("Save it as UTF-8 and give it as @FILE; nothing was stored."),
        )
    _refuse_lost(text, what, shortest=2)
    return text


def as_name(typed: str) -> str:
    """Return in the normal form what names a thing that is stored; BadText as ``storable``."""
    return storable(normal(typed), _("name")).strip()


def _refuse_lost(text: str, what: str, shortest: int) -> None:
    """Refuse what a console leaves of Japanese text that it could not read: question marks."""
    bare = "".join(text.split())
    if len(bare) >= shortest and not bare.strip("?"):
        raise BadText(
            _("The {what} holds nothing but question marks.").format(what=what),
            _("The console probably lost Japanese text. Put it into a UTF-8 file and give @FILE."),
        )
