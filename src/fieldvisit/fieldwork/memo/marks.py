"""The marks 【…】 of a memo: at both ends of a paragraph, and those that name a material."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.record.marks import Marks, read_marks
from fieldvisit.text import normal

_AT_START = re.compile(r"\s*(【[^【】]*】|[（(][^（）()]*[）)])")
_AT_END = re.compile(r"(【[^【】]*】|[（(][^（）()]*[）)])\s*[。．.]?\s*$")
_BRACKETED = re.compile(r"[【（(［\[〔〈《]([^【】（）()［］\[\]〔〕〈〉《》]*)[】）)］\]〕〉》]")
_PAGES = r"\d{1,4}(?: ?[-‐‑–—~〜] ?\d{1,4})?"
_PAGE = rf"(?:pp?\.? ?(?P<p>{_PAGES})|(?P<n>{_PAGES}) ?(?:頁|ページ|p\.?))"
_MATERIAL = re.compile(
    rf"(?:配[付布])?(?:資料|material) ?(?:no\.? ?)?(?P<number>\d{{1,3}})(?:[ ,、の:・]*{_PAGE})?"
)
_BETWEEN = re.compile(r"[・、,，/／ ]+")
_LONGEST, _MOST = 200, 20  # characters of a mark, marks at one end of a paragraph
_NARROWER = frozenset({"anonymous", "group", "off-record"})


class MemoMarks(Struct, frozen=True):
    """What the marks of a paragraph say. ``materials`` are pairs of number and page (or empty)."""

    kinds: frozenset[str] = frozenset()
    disclosures: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    materials: frozenset[tuple[int, str]] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether there are any marks."""
        return bool(self.kinds or self.disclosures or self.speakers or self.materials)

    def with_(self, other: "MemoMarks") -> "MemoMarks":
        """Return these marks and the others together."""
        return MemoMarks(
            self.kinds | other.kinds,
            self.disclosures | other.disclosures,
            self.speakers | other.speakers,
            self.materials | other.materials,
        )

    def completed_by(self, wider: "MemoMarks") -> "MemoMarks":
        """Return these marks and, where they say nothing, the wider ones; all levels count."""
        return MemoMarks(
            self.kinds or wider.kinds,
            self.disclosures | wider.disclosures,
            self.speakers or wider.speakers,
            self.materials or wider.materials,
        )

    @property
    def level(self) -> str:
        """Return the strictest level that is said, empty if none is."""
        return strictest(self.disclosures) if self.disclosures else ""

    @property
    def at_odds(self) -> tuple[str, ...]:
        """Return the values that exclude each other: two kinds, speakers or materials."""
        numbers = frozenset(f"{number} {page}".rstrip() for number, page in self.materials)
        groups = (self.kinds, self.speakers, numbers)
        return tuple(value for group in groups if len(group) > 1 for value in sorted(group))


NO_MARKS = MemoMarks()


def take_marks(text: str) -> tuple[MemoMarks, str]:
    """Return the marks at the start and the end of a paragraph, and the text between them."""
    taken = _taken(text)
    return taken.marks, taken.text


def with_materials(text: str) -> str:
    """Return the text of a paragraph, of its marks only those that name a material."""
    taken = _taken(text)
    text = taken.text.removesuffix(taken.full_stop)
    return f"{taken.before}{text}{taken.behind}{taken.full_stop}"


class _Taken(Struct, frozen=True):
    """A paragraph without its marks.

    ``before`` and ``behind`` are those that name a material, ``full_stop`` stood behind the latter.
    """

    text: str
    marks: MemoMarks = NO_MARKS
    before: str = ""
    behind: str = ""
    full_stop: str = ""


def _taken(text: str) -> _Taken:
    taken = _Taken(text.strip())
    for take in (_from_start, _from_end):
        for _mark in range(_MOST):
            shorter = take(taken)
            if shorter is None:
                break
            taken = shorter
    return taken


def _from_start(taken: _Taken) -> _Taken | None:
    """Return what is left without the first mark, None if there is none."""
    found = _AT_START.match(taken.text)
    read = _read(found[1]) if found else NO_MARKS
    if not found or not read:
        return None
    before = taken.before + (found[1] if read.materials else "")
    rest = taken.text[found.end() :].strip()
    return replace(taken, text=rest, marks=taken.marks.with_(read), before=before)


def _from_end(taken: _Taken) -> _Taken | None:
    """Return what is left without the last mark, None if there is none."""
    text = taken.text
    found = _AT_END.search(text, max(0, len(text) - _LONGEST))
    read = _read(found[1]) if found else NO_MARKS
    if not found or not read:
        return None
    head = text[: found.start()].rstrip()
    end = text[found.end(1) :].strip() if head else ""
    shorter = replace(taken, text=head + end, marks=taken.marks.with_(read))
    if not read.materials:
        return shorter
    behind = text[len(head) : found.end(1)] + taken.behind
    return replace(shorter, behind=behind, full_stop=end or taken.full_stop)


def narrower_inside(text: str) -> frozenset[str]:
    """Return the levels stricter than usual that stand in brackets of any kind within a text."""
    inside = (read_marks(f"【{found[1]}】") for found in _BRACKETED.finditer(text))
    levels = {level for marks in inside if not marks.rest for level in marks.disclosures}
    return frozenset(levels & _NARROWER)


def read_bare(title: str) -> MemoMarks:
    """Return what a heading says that is nothing but the name of a level, a kind or a material.

    `発言` alone is no promise that every word was kept, and so no mark.
    """
    marks = _read(f"【{title}】")
    return MemoMarks(marks.kinds - {"quote"}, marks.disclosures, marks.speakers, marks.materials)


def _read(bracketed: str) -> MemoMarks:
    """Return what one bracket says, nothing if any part of it is no mark."""
    inside = " ".join(bracketed[1:-1].split())
    if len(inside) > _LONGEST:
        return MemoMarks()
    if bracketed[0] != "【":
        found = _MATERIAL.fullmatch(normal(inside).strip())
        return MemoMarks(materials=frozenset({_material(found)})) if found else MemoMarks()
    for before, material, after in _cuts(inside):
        known = [_known(part) for part in (before, after) if part]
        if all(known):
            return _gathered([marks for found in known for marks in found], material)
    return MemoMarks()


def _known(part: str) -> list[Marks]:
    """Return the marks that blanks part: `オフレコ 発言`; nothing if there is anything else."""
    whole = read_marks(f"【{part}】")
    if not whole.rest:
        return [whole]
    for blank in re.finditer(" ", part):
        first = read_marks(f"【{part[: blank.start()]}】")
        others = [] if first.rest else _known(part[blank.end() :])
        if others:
            return [first, *others]
    return []


def _cuts(inside: str) -> Iterator[tuple[str, str, str]]:
    """Yield the ways to see a material, or none, among the parts of a bracket."""
    yield inside, "", ""
    ends = [(0, 0), *((m.start(), m.end()) for m in _BETWEEN.finditer(inside)), (len(inside),) * 2]
    for start in range(len(ends) - 1):
        for end in range(len(ends) - 1, start, -1):
            before, part = inside[: ends[start][0]], inside[ends[start][1] : ends[end][0]]
            if _MATERIAL.fullmatch(normal(part).strip()):
                yield before, part, inside[ends[end][1] :]


def _gathered(known: list[Marks], material: str) -> MemoMarks:
    found = _MATERIAL.fullmatch(normal(material).strip()) if material else None
    marks = MemoMarks(materials=frozenset({_material(found)} if found else ()))
    for read in known:
        marks = marks.with_(MemoMarks(read.kinds, read.disclosures, read.speakers))
    return marks


def _material(found: re.Match[str]) -> tuple[int, str]:
    pages = found["p"] or found["n"] or ""
    return int(found["number"]), re.sub(r" ?[-‐‑–—~〜] ?", "-", pages)
