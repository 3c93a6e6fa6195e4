"""Marks and hint words in a text that was typed at the keyboard: honoured, asked about, refused."""

import sys
from typing import Annotated

from msgspec import Struct

from fieldvisit.cli import terminal
from fieldvisit.cli.declaring import option
from fieldvisit.cli.session import Session
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import N_, _, enumerated
from fieldvisit.review.item import REASONS
from fieldvisit.review.marks import MarkedText, brackets_in, hints_in, read_marks

AsWritten = Annotated[
    bool, option("--as-written", N_("Keep 【…】 in the text as it stands, none of it a mark."))
]


class Said(Struct, frozen=True):
    """A text to store, and what is said of it: fixed values and a name, None if nothing is."""

    text: str
    disclosure: str | None = None
    kind: str | None = None
    said_by: str | None = None


def said_of(session: Session, given: Said, *, as_written: bool, before: str = "") -> Said:
    """Return the text without its marks, and what they and the options say together.

    Marks and words that stood in the text ``before`` are text. Refused where a mark must be
    looked at, and where a word is about who may read it and nobody says the level.
    """
    marked = read_marks(given.text)
    is_text = as_written or brackets_in(given.text) <= brackets_in(before)
    if marked.reasons and not is_text:
        raise WrongUsage(
            " ".join(REASONS.word(reason) for reason in marked.reasons),
            _("Say it with -d, -k or --said-by, or keep it as text: --as-written."),
        )
    if not is_text:
        given = _together(session, given, Said(marked.text, *_values(marked)))
    elif as_written and marked.disclosure and given.disclosure is None:
        raise _no_level((DISCLOSURES.word(marked.disclosure),))
    words = tuple(word for word in hints_in(given.text) if word not in hints_in(before))
    if words and given.disclosure is None:
        level = _asked_level(session, words)
        given = Said(given.text, level, given.kind, given.said_by)
    return given


def refuse_new_marks(text: str, before: str, *, closed: bool) -> None:
    """Refuse marks and words that stood in none of the texts ``before``: they would stay text."""
    words = () if closed else tuple(w for w in hints_in(text) if w not in hints_in(before))
    if brackets_in(text) - brackets_in(before) or words:
        raise WrongUsage(
            _("A mark or a word about who may read it came into the text."),
            _("Say it of one of the notes first: fieldvisit note edit NOTE -d LEVEL"),
        )


def _values(marked: MarkedText) -> tuple[str | None, str | None, str | None]:
    return marked.disclosure or None, marked.kind or None, marked.speaker or None


def _together(session: Session, given: Said, marks: Said) -> Said:
    """Return what options and marks say; the text stays as it is if it bears none."""
    pairs = (
        (given.disclosure, marks.disclosure),
        (given.kind, marks.kind),
        (given.said_by, marks.said_by),
    )
    if any(one is not None and other is not None and one != other for one, other in pairs):
        raise WrongUsage(
            _("The marks in the text and the options are at odds."), _("Say it in one way.")
        )
    told = [
        DISCLOSURES.word(marks.disclosure or ""), KINDS.word(marks.kind or ""), marks.said_by or ""
    ]  # fmt: skip
    if not any(told):
        return given
    session.tell(_("Read from its marks: {words}").format(words=enumerated(filter(None, told))))
    level, kind, said_by = (one if one is not None else other for one, other in pairs)
    return Said(marks.text, level, kind, said_by)


def _asked_level(session: Session, words: tuple[str, ...]) -> str:
    """Ask the person on a terminal for the level of a text; refuse elsewhere."""
    if not session.on_terminal:
        raise _no_level(words)
    session.tell(_("It speaks of who may read it: {words}").format(words=enumerated(words)))
    while True:
        terminal.ask(_("Which level? {levels}:").format(levels=DISCLOSURES.listed()))
        line = sys.stdin.readline()
        if not line.strip():
            raise _no_level(words)
        try:
            return DISCLOSURES.read(line.strip())
        except Refused as error:
            session.tell(error.sentence, error.hint)


def _no_level(words: tuple[str, ...]) -> WrongUsage:
    return WrongUsage(
        _("It speaks of who may read it: {words}").format(words=enumerated(words)),
        _("Say how it may be used: -d off-record, or another level. Nothing was stored."),
    )
