"""What stands on a returned sheet: boxes and rows, words chosen in them, questions of ours."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby

from msgspec import Struct

from fieldvisit import dates
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS, STATES
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.review.marks import MarkedText, named_among
from fieldvisit.review.pieces import IGNORED, OWN, Piece, ReturnedFile, Where, bare
from fieldvisit.text import key

BESIDE = ("kind", "disclosure", "speaker", "department")
DECIDED = ("state", "choice")
_WORDS = {"kind": KINDS, "disclosure": DISCLOSURES}
# A state, and behind it the date on which the answer is to follow: 後日回答予定（11/15）.
_STATE = re.compile(r"(?P<state>[^0-9０-９]*?) ?[（(]?(?P<due>[0-9０-９][^)）]*)?[)）]? ?")


_BLANKS = re.compile(r"\s{3,}")
# A number of theirs or of ours before a question: 問5, 5., (5), 1/2, Ｑ５.
_NUMBER = re.compile(r"^(?:問|質問|q)?\(?[0-9]+(?:[-./][0-9]+)*[).:、]*")


class Box(Struct, frozen=True):
    """A box of a page or a row of a table, as it came back.

    ``text`` is the plain text of the answer; ``apart`` are texts with a look; ``cells`` the words
    chosen beside it by column; ``question`` what stands in the row's own cell; ``strange`` are
    texts in cells of ours or in columns that are not, ``pictures`` what holds no text.
    """

    where: Where
    slot: str = ""
    text: str = ""
    cells: Mapping[str, str] = {}
    question: str = ""
    apart: tuple[Piece, ...] = ()
    strange: tuple[Piece, ...] = ()
    pictures: tuple[Piece, ...] = ()

    @property
    def words(self) -> str:
        """All that was written or chosen, as one text."""
        return " ".join(filter(None, (self.text, *self.cells.values())))


def boxes_of(file: ReturnedFile) -> Iterator[Box | Piece]:
    """Yield the boxes and rows of a file, and what stands in none, in their order."""
    rows = {_at(piece.where) for piece in file.pieces if piece.column}
    groups: dict[object, list[Piece]] = {}
    runs = groupby(file.pieces, key=lambda piece: _at(piece.where) in rows or piece.slot)
    for number, (key_, run) in enumerate(runs):
        for piece in run:  # what is set apart of a row may come behind all rows
            groups.setdefault(_at(piece.where) if key_ is True else number, []).append(piece)
    for pieces in groups.values():
        if pieces[0].slot or _at(pieces[0].where) in rows:
            yield _box(pieces)
        else:
            yield from pieces


def _at(where: Where) -> tuple[str, str, int]:
    return where.part, where.unit, where.at


def _box(pieces: list[Piece]) -> Box:
    first = next((piece for piece in pieces if piece.column or not piece.look), pieces[0])
    said = [piece for piece in pieces if piece.text.strip()]
    plain = [piece for piece in said if not piece.look]
    known = {"", "answer", *BESIDE, *DECIDED}
    return Box(
        first.where,
        next((piece.slot for piece in pieces if piece.slot), ""),
        bare("\n".join(piece.text for piece in plain if piece.column in ("", "answer"))),
        {piece.column: piece.text.strip() for piece in plain if piece.column in BESIDE + DECIDED},
        next((piece.text for piece in pieces if piece.column == "question"), ""),
        tuple(piece for piece in said if piece.look and piece.look not in (OWN, *IGNORED)),
        tuple(piece for piece in plain if piece.column not in known),
        tuple(piece for piece in pieces if piece.look in IGNORED),
    )


def odd_words(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns whose word is none of the choices."""
    chosen = ((column, cells.get(column)) for column in _WORDS)
    return tuple(column for column, word in chosen if word and not _WORDS[column].exactly(word))


def read_words(cells: Mapping[str, str]) -> MarkedText:
    """Return what the cells of a row say; a level that cannot be read is off the record."""
    odd = odd_words(cells)
    said = (cells.get(column) and _WORDS[column].exactly(cells[column]) for column in _WORDS)
    kind, level = (value or "" for value in said)
    speaker = " ".join(cells.get("speaker", "").split())
    level = "off-record" if "disclosure" in odd else level
    return MarkedText("", kind, level, speaker, ("value",) if odd else ())


def with_marks(
    beside: MarkedText,
    marked: MarkedText,
    person: Callable[[str], Participant | None],
    people: Iterable[Participant],
) -> MarkedText:
    """Return a text with what cells and marks say together; one nearly named is the one meant.

    ``person`` returns the one of ``people`` whom a name fits.
    """
    levels = {marked.disclosure, beside.disclosure} - {""}
    pairs = (
        (marked.kind, beside.kind),
        (marked.disclosure, beside.disclosure),
        (key(marked.speaker), key(beside.speaker)),
    )
    typed = marked.speaker or beside.speaker
    unclear = bool(typed) and person(typed) is None
    meant = str(named_among(people, typed) or "") if unclear else ""
    doubts = {
        "marks-at-odds": any(one and other and one != other for one, other in pairs),
        "speaker": unclear,
    }
    return MarkedText(
        marked.text,
        marked.kind or beside.kind,
        strictest(levels) if levels else "",
        meant or typed,
        (*beside.reasons, *marked.reasons, *(why for why, holds in doubts.items() if holds)),
        marked.is_bare,
    )


def read_state(typed: str, shown: Mark | None, today: date) -> Mapping[str, str] | None:
    """Return the state and the date that a cell says; nothing if it stands so, None if it is none.

    A date that cannot be read is empty. A state that follows from the notes is never set.
    """
    if STATES.exactly(typed) and not MARKS.exactly(typed):
        return {}
    found = _STATE.fullmatch(" ".join(typed.split()))
    state = MARKS.exactly(found["state"] if found else typed)
    if state is None:
        return None
    due = ""
    if found and found["due"]:
        with suppress(Refused):
            due = dates.read_due(found["due"], today).isoformat()
    standing = shown.state if shown else "clear"
    if state == standing and due in ("", shown.due if shown else ""):
        return {}
    return {"mark": state, "due": due if state == "to-follow" else ""}


def read_choice(typed: str, stands: str | None, *, sendable: bool) -> Mapping[str, str] | None:
    """Return the choice that a cell says; nothing if it stands so, None if it is none.

    ``stands`` is the choice as it is, None where nothing can be chosen.
    """
    if stands and typed in (CHOICES[stands].ja, CHOICES[stands].en):
        return {}  # most cells are as they were printed
    choice = CHOICES.exactly(typed)
    if choice == stands:
        return None if choice is None else {}
    allowed = choice and stands and (choice != "send" or sendable)
    return {"choice": choice} if choice and allowed else None


class QuestionTexts:
    """The questions and topics of a visit, as written in both languages, and labels of boxes.

    ``labels`` have blanks for the section that answers.
    """

    def __init__(
        self,
        questions: Iterable[tuple[str, Address]],
        labels: Iterable[str],
        topics: Iterable[str],
    ) -> None:
        self._topics = frozenset(map(key, topics))
        self._places: dict[str, Address] = {}
        for words, address in questions:
            self._places.setdefault(key(words), address)
        self._labels = []
        for before, after in (_BLANKS.split(label, maxsplit=1) for label in labels):
            form = rf"\s*{_loose(before)}((?:\S.*?)?){_loose(after)}(.*)"
            self._labels.append(re.compile(form, re.DOTALL))

    def place(self, text: str) -> Address | None:
        """Return the question that a text says, with or without a number; None if it is none."""
        said = key(text)
        return self._places.get(said) or self._places.get(_NUMBER.sub("", said, count=1))

    def is_topic(self, text: str) -> bool:
        """Tell whether a text is the title of a topic, with or without its number."""
        said = key(text)
        return said in self._topics or _NUMBER.sub("", said, count=1) in self._topics

    def label(self, text: str) -> tuple[str, str] | None:
        """Return the section named in a label and what is written behind it, None if it is none."""
        found = next(filter(None, (form.fullmatch(text) for form in self._labels)), None)
        return (found[1].strip(), found[2].strip()) if found else None


def _loose(text: str) -> str:
    """Return a pattern for ``text`` with any blanks between its characters."""
    return r"\s*".join(re.escape(c) for c in "".join(text.split())) + r"\s*"
