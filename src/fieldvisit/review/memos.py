"""What a colleague's memo would change: every piece of it waits for a place and a level.

Headings, marks, speakers and words only suggest, and never a level more open than `confirm`.
"""

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.visit import OURS, Participant, Visit
from fieldvisit.review.item import Arrival, Item, Items
from fieldvisit.review.likely_places import LikelyPlaces
from fieldvisit.review.marks import MarkedText, hints_in, named_among, read_marks
from fieldvisit.review.outline import (
    ANSWERED,
    ASKED,
    BRACKETS,
    HEADS,
    LONGEST_TITLE,
    QUOTED,
    REMARKS,
    Block,
    Section,
    bare,
    blocks_of,
    is_title,
    label,
)
from fieldvisit.review.pieces import HEADING, ITEM, LOOKS, TAKEN_OUT, ReturnedFile
from fieldvisit.text import key, normal

_CIRCLES = "○◯〇●◎"  # before the name of a speaker
_BLANK = r"[ \t\u3000\u00a0]"
_SPEAKER = re.compile(
    rf"[{_CIRCLES}]?{_BLANK}*([^\s：:。、「」【】]{{1,20}}?){_BLANK}*[：:]{_BLANK}*(?=\S)"
)
_CALLED = re.compile(rf"([^\s：:。、「」【】]{{1,15}}){_BLANK}+(?=\S)")
_ALONE = re.compile("【[^【】]+】|[〈＜《][^〈〉＜＞《》]+[〉＞》]")
_MATERIAL = re.compile(
    r"[【(](?:配[付布])?(?:資料|material) ?(?:no\.? ?)?(\d{1,3})"
    r"(?:[ ,、の:・]*(?:pp?\.? ?)?(\d{1,4}(?: ?[-~〜] ?\d{1,4})?) ?(?:頁|ページ|p\.?)?)?[】)]"
)
_DAY = re.compile(
    r"(?:令和|平成|昭和|[rhs])?(?:\d{1,4}|元)[年./-]\d{1,2}[月./-]\d{1,2}日?(?:\(.\))?"
)
_PAGE = re.compile(r"-?\d{1,3}(?:/\d{1,3})?-?")
_BEGINNING, _CLOSINGS = "記", frozenset({"記", "以上"})
_OURS = frozenset(map(key, ("当方", "調査者", "聞き手", "interviewer")))


class MemoInputs(Struct, frozen=True):
    """What suggestions rest on.

    ``usual`` returns the level of a kind of note at a place where none is said; ``materials`` are
    the numbers of those that the visit has, ``known`` the texts of its notes.
    """

    visit: Visit
    places: LikelyPlaces
    usual: Callable[[str, Address | None], str]
    materials: frozenset[int] = frozenset()
    known: frozenset[str] = frozenset()


def items_of(file: ReturnedFile, inputs: MemoInputs, arrival: Arrival) -> tuple[Item, ...]:
    """Return an item for each statement, heading and head of a memo; none of them is plain."""
    return _Proposing(file, inputs, arrival).items()


class _Told(Struct):
    """What a block says of itself: its marks, the material that it names, a word to heed."""

    marks: MarkedText
    material: int = 0
    page: str = ""
    is_hinted: bool = False

    @property
    def level(self) -> str:
        levels = [self.marks.disclosure] if self.marks.disclosure else []
        levels += [OFF_RECORD] if self.is_hinted else []
        return strictest(levels) if levels else ""


class _Speaking(Struct):
    """Who said a text, and the text without that; ``is_ours`` if it was an interviewer."""

    text: str
    person: Participant | None = None
    is_ours: bool = False
    is_unknown: bool = False


class _Proposing:
    """Takes block by block, under the headings so far."""

    def __init__(self, file: ReturnedFile, inputs: MemoInputs, arrival: Arrival) -> None:
        self._inputs = inputs
        self._blocks = blocks_of(file.pieces)
        self._open: list[Section] = []  # in which the reader stands, the outermost first
        self._made = Items(file, inputs.visit, arrival)
        self._heads: list[Section] = []  # lines that are headings if something stands below
        self._held: set[int] = set()
        margins = (block for block in self._blocks if block.first.piece.look == "margin")
        said = (self._told(block.text).level for block in margins)
        self._everywhere = frozenset(said)  # what the head of every page says holds for all
        begun = (at for at, block in enumerate(self._blocks) if key(block.text) == _BEGINNING)
        self._cover = next(begun, -1)  # up to here nothing was said by anybody

    def items(self) -> tuple[Item, ...]:
        for at, block in enumerate(self._blocks):
            self._take(at, block)
        made = self._made.items
        for section in self._heads:
            if section.at in self._held:
                made[section.at] = replace(made[section.at], advice="drop", place=None)
        return tuple(made)

    def _take(self, at: int, block: Block) -> None:
        told = self._told(block.text)
        section = _section(at, block, told)
        is_one = section.sort or section.kind or (section.is_title and section.disclosure)
        if is_one:
            ended = (at for at, other in enumerate(self._open) if section.ends(other))
            del self._open[next(ended, len(self._open)) :]
        self._held.update(other.at for other in self._open)
        self._add(block, told, section)
        if is_one:
            self._open.append(section)
            self._heads += [section] if section.heads else []

    def _told(self, text: str) -> _Told:
        """Return what the marks at the ends of a text say, and whether a word in it is heeded."""
        told = _Told(MarkedText(text))
        brackets = list(BRACKETS.finditer(text))
        for found in brackets[:1] + brackets[1:][-1:]:
            named = _MATERIAL.fullmatch(normal(found[0]))
            before, after = text[: found.start()], text[found.end() :]
            is_at_end = not (before.strip() and after.strip(" \t\u3000\u00a0。．."))
            if named and is_at_end and int(named[1]) in self._inputs.materials:
                told.material, told.page = int(named[1]), "".join((named[2] or "").split())
                text = (before.rstrip() + after).strip()
                break
        if brackets:
            told.marks = read_marks(text)
        told.is_hinted = bool(hints_in(told.marks.text))
        return told

    def _add(self, block: Block, told: _Told, section: Section) -> None:
        line = block.first
        above = [s for s in self._open if s.is_title or s.sort == ASKED]
        said = self._speaking(block, told.marks)
        text = block.text if section.heads or told.marks.disclosure == "public" else said.text
        kind = self._kind(section)
        is_known = said.text in self._inputs.known
        dropped = said.is_ours or is_known or self._is_no_statement(block, section)
        titles = [bare(s.title) for s in above]
        place = None if dropped else self._inputs.places.suggested(text, titles)
        self._made.add(
            "note", replace(line.piece, text=text, slot=""), place, str(line.nth), kind=kind,
            disclosure=self._level(section, kind, place), said_by=str(said.person or ""),
            material=told.material, page=told.page, section=tuple(s.title for s in above),
            advice="drop" if dropped else "join" if block.is_joined else "",
            reasons=self._reasons(line.piece.look, told, said),
        )  # fmt: skip

    def _reasons(self, look: str, told: _Told, said: _Speaking) -> tuple[str, ...]:
        why = {
            "memo": True, look: look in LOOKS, **dict.fromkeys(told.marks.reasons, True),
            "opens": told.marks.disclosure == "public", "speaker": said.is_unknown,
            "known": said.text in self._inputs.known, "hint": told.is_hinted,
        }  # fmt: skip
        return tuple(reason for reason, holds in why.items() if holds)

    def _kind(self, section: Section) -> str:
        said = (s.note_kind for s in (section, *reversed(self._open)) if s.note_kind)
        return next(said, "statement")

    def _level(self, section: Section, kind: str, place: Address | None) -> str:
        """Return the most closed of all that is said; what stands above holds for what is below."""
        is_signed = bool(section.sort or section.kind)
        above = [s.disclosure for s in self._open if s.holds(is_signed=is_signed)]
        own = (section.disclosure, self._inputs.usual(kind, place), "confirm")
        return strictest(level for level in (*self._everywhere, *above, *own) if level)

    def _speaking(self, block: Block, marks: MarkedText) -> _Speaking:
        text, typed, people = marks.text, marks.speaker, self._inputs.visit.participants
        if not typed:
            named = _CALLED if block.sign.sort and block.sign.sort in _CIRCLES else _SPEAKER
            found = _SPEAKER.match(text) or named.match(text)
            person = named_among(people, found[1]) if found else None
            if person and found and person.side != OURS:
                return _Speaking(text[found.end() :], person)
            if person or (found and key(found[1]) in _OURS):
                return _Speaking(text, is_ours=True)
            typed = next((s.speaker for s in self._open[::-1] if s.speaker), "")
        person = named_among(people, typed)
        text = text if person or not marks.speaker else block.text
        is_ours = bool(person and person.side == OURS)
        return _Speaking(text, person, is_ours, is_unknown=bool(typed) and person is None)

    def _is_no_statement(self, block: Block, section: Section) -> bool:
        """Tell whether it is a title, a head, a question, a quotation: nothing that was said."""
        said = key(block.text) if len(block.text) <= LONGEST_TITLE else ""
        is_only = len(self._blocks) == 1
        is_first = not (section.at or section.sort or is_only) and section.is_title
        return (
            is_first or section.at <= self._cover or block.is_signature
            or section.sort == ASKED
            or any(around.drops for around in (*self._open, section))
            or bool(QUOTED.match(block.typed))
            or block.first.piece.look in TAKEN_OUT
            or said in _CLOSINGS or bool(_DAY.fullmatch(said) or _PAGE.fullmatch(said))
        )  # fmt: skip


def _section(at: int, block: Block, told: _Told) -> Section:
    """Return a block as what may stand above others, with what it says for them."""
    words = bare(block.text)
    sort, kind, level = _outlined(block)
    head = label(words or block.text.strip("【】"))
    return Section(
        at, block.typed, sort, block.sign.indent, kind, level,
        is_title=not words or is_title(words), disclosure=told.level,
        note_kind="remark" if head in REMARKS else told.marks.kind,
        speaker=told.marks.speaker, drops=head in HEADS,
    )  # fmt: skip


def _outlined(block: Block) -> tuple[str, str, int]:
    """Return the sort of a block's sign, and what the file says of it: its kind and level."""
    piece, sort = block.first.piece, block.sign.sort
    if piece.style in (HEADING, ITEM):
        return piece.mark.strip(), piece.style, piece.level or piece.mark.count("#")
    if sort.startswith("#"):
        return "", HEADING, len(sort)
    if not sort and _ALONE.fullmatch(block.text):
        return "【】", "", 0
    return "" if sort == ANSWERED else sort, "", 0
