"""Which head means which column, in both languages, in any order, slightly renamed too."""

import re
from collections.abc import Collection, Mapping
from functools import cache

from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS, SHEET_COLUMNS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.text import key

Texts = Mapping[int, Mapping[int, str]]
"""Texts by row and column, both counted from 1; empty cells are not in it."""

LAST_ROW = 20  # in which heads are looked for
_FEWEST_KNOWN = 2

_IN_BRACKETS = re.compile(r"[(（\[［【〔<＜「][^)）\]］】〕>＞」]*[)）\]］】〕>＞」]")
_LIKE_LETTERS = re.compile(r"[A-Z]+")
_NO_LETTER = re.compile(r"[\W_]+")
# What people put before and behind a head without meaning another column.
_BEFORE = ("", "ご", "御", "貴", "your", "the")
_BEHIND = (
    "",
    "欄",
    "内容",
    "記入",
    "記入欄",
    "記載",
    "記載欄",
    "事項",
    "文",
    "名",
    "s",
    "column",
    "text",
)
_LETTERS = 26


def find_heads(
    texts: Texts, columns: Vocabulary = SHEET_COLUMNS
) -> tuple[int, Mapping[int, str]] | None:
    """Return the row of heads and the key of each of ``columns``, None if no row is one.

    The row with most of our heads is taken; a column whose head is not ours has its head as key.
    """
    row = _head_row(texts, columns)
    enough = _count(texts.get(row, {}), columns) >= _FEWEST_KNOWN
    return (row, _keys(texts[row], columns)) if enough else None


def heads_among(texts: Texts, columns: Vocabulary = SHEET_COLUMNS) -> int:
    """Return how many of our heads the best of the first rows has."""
    return _count(texts.get(_head_row(texts, columns), {}), columns)


def _head_row(texts: Texts, columns: Vocabulary) -> int:
    first = [number for number in sorted(texts) if number <= LAST_ROW]
    return max(first, key=lambda number: _count(texts[number], columns), default=0)


def column_key(heads: Mapping[int, str], column: int) -> str:
    """Return the key of a column; one without a head is called by its letter."""
    return heads.get(column) or column_letters(column)


def column_letters(number: int) -> str:
    """Return the letters by which people know column ``number``, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def _count(cells: Mapping[int, str], columns: Vocabulary) -> int:
    return len({found for text in cells.values() if (found := _known(text, columns)[0])})


def _keys(cells: Mapping[int, str], columns: Vocabulary) -> dict[int, str]:
    """Return the keys: of two heads that mean one column the one that says it exactly, or first."""
    known = {column: _known(text, columns) for column, text in cells.items()}
    order = sorted(known, key=lambda column: (not known[column][1], column))
    keys: dict[int, str] = {}
    for column in order:
        found, _exact = known[column]
        if found and found not in keys.values():
            keys[column] = found
    for column, text in sorted(cells.items()):
        if column not in keys and text.strip():
            keys[column] = _own(text.strip(), column, {*keys.values(), *columns})
    return keys


def _own(head: str, column: int, others: Collection[str]) -> str:
    """Return a head that is not ours as a key that no other column has, nor is called by."""
    while head in others or _LIKE_LETTERS.fullmatch(head):
        head = f"{head} ({column_letters(column)})"
    return head


def _known(head: str, columns: Vocabulary) -> tuple[str, bool]:
    """Return the key that a head means and whether it says it exactly; empty if it means none."""
    wanted, names = _bare(head), _names(columns.name)
    for name, found in names.items():
        if wanted == name:
            return found, True
    if not wanted or len(head) > _LONGEST:
        return "", False
    short = _bare(_IN_BRACKETS.sub("", head)) or wanted
    for name, found in names.items():
        if any(short == f"{a}{name}{b}" for a in _BEFORE for b in _BEHIND):
            return found, False
    return "", False


def _bare(head: str) -> str:
    return _NO_LETTER.sub("", key(head))


@cache
def _names(vocabulary: str) -> Mapping[str, str]:
    """Return the key of each column by every name that it has, bare."""
    columns = _KINDS_OF_COLUMNS[vocabulary]
    return {
        _bare(name): found for found, term in columns.items() for name in (term.ja, term.en, found)
    }


_LONGEST = 60
_KINDS_OF_COLUMNS = {columns.name: columns for columns in (SHEET_COLUMNS, MATRIX_COLUMNS)}
