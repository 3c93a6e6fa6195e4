"""Texts longer than an Excel cell can be: parted over several rows, and joined again exactly.

Rows that belong together carry one tag, each with its number: `TAG|1/3`, `TAG|2/3`, `TAG|3/3`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from fieldvisit.fieldwork.sheets.excel_carriers import spelled
from fieldvisit.fieldwork.sheets.returned_file import Row

LONGEST = 32_767  # in units of UTF-16, as Excel counts
_PART = 32_000
_LOOKED_BACK = 200  # characters, for a place where no program loses anything

_JOINER = "\u200d"
_NUMBERED = re.compile(r"(.*)\|([0-9]{1,3})/([0-9]{1,3})", re.DOTALL)
_OF_THE_FIRST = frozenset({"tag", "number"})
_CHOSEN = frozenset({"choice", "department", "kind", "disclosure", "speaker", "state"})


def parts(text: str) -> tuple[str, ...]:
    """Return ``text`` in parts that a cell can hold; together they are the text."""
    if 2 * len(text) <= LONGEST:
        return (text,)
    units = len(spelled(text).encode("utf-16-le", "surrogatepass")) // 2
    if units <= LONGEST:
        return (text,)
    longest = _PART if units == len(text) else _PART // 2
    found, start = [], 0
    while start < len(text):
        end = _cut(text, start, start + longest)
        found.append(text[start:end])
        start = end
    return tuple(found)


def _cut(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    places = range(end, max(start, end - _LOOKED_BACK), -1)
    return next((at for at in places if _may_part(text[at - 1], text[at])), end)


def _may_part(before: str, after: str) -> bool:
    """Tell whether both sides look whole alone: no blank at the edge, no sign without its base."""
    blank = before.isspace() or after.isspace()
    joined_on = _JOINER in (before, after) or unicodedata.category(after).startswith("M")
    return not blank and not joined_on


def numbered(tag: str, number: int, of: int) -> str:
    """Return the tag of one of several rows."""
    return f"{tag}|{number}/{of}"


def joined(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows with those joined that were one; a part whose others are gone stays alone.

    The parts may stand in any order and far from each other.
    """
    groups: list[dict[int, Row]] = []
    known: dict[tuple[str, str], list[dict[int, Row]]] = {}
    seen: Counter[tuple[str, str, int]] = Counter()
    for row in rows:
        found = _NUMBERED.fullmatch(row.cells.get("tag", "").strip())
        if found is None:
            groups.append({1: row})
            continue
        tag, number, of = found[1], int(found[2]), found[3]
        alike = known.setdefault((tag, of), [])
        if seen[tag, of, number] == len(alike):
            alike.append({})
            groups.append(alike[-1])
        alike[seen[tag, of, number]][number] = row
        seen[tag, of, number] += 1
    return tuple(_whole([group[number] for number in sorted(group)]) for group in groups)


def _whole(rows: list[Row]) -> Row:
    first = rows[0]
    found = _NUMBERED.fullmatch(first.cells.get("tag", "").strip())
    if found is None:
        return first
    names = dict.fromkeys(name for row in rows for name in row.cells)
    cells = {name: _text(name, [row.cells for row in rows]) for name in names}
    return Row(first.where, {**cells, "tag": found[1]})


def _text(name: str, rows: list[Mapping[str, str]]) -> str:
    texts = [cells.get(name, "") for cells in rows]
    if name in _OF_THE_FIRST:
        return texts[0]
    said = set(filter(None, texts))
    if name in _CHOSEN and len(said) == 1:  # filled in down the whole column
        return said.pop()
    return "".join(texts)
