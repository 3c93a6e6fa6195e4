"""The heads of a table that came back: in both languages, in any order."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from fieldvisit.exchange.refusals import UnreadableSheet
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS, SHEET_COLUMNS
from fieldvisit.text import key

Texts = Mapping[int, Mapping[int, str]]
"""Texts by row and column, both counted from 1; empty cells are not in it."""

LAST_ROW = 20  # in which heads are looked for
_FEWEST_KNOWN = 2

_LIKE_LETTERS = re.compile(r"[A-Z]+")
_NO_LETTER = re.compile(r"[\W_]+")
_LETTERS = 26


def find_heads(texts: Texts) -> tuple[int, Mapping[int, str]] | None:
    """Return the row of heads and the key of each column, None if no row is one.

    The row with most heads of one of our kinds of tables is taken, in both languages; a column
    whose head is not ours has its head as key.
    """
    count, row, columns = best_heads(texts)
    return (row, _keys(texts[row], columns)) if count >= _FEWEST_KNOWN else None


def is_name(head: str) -> bool:
    """Tell whether a head says no more than which of our columns stands below it."""
    return any(_bare(head) in _names(known) for known in _VOCABULARIES)


def best_heads(texts: Texts) -> tuple[int, int, Vocabulary]:
    """Return the number of our heads, the row and the columns where it is largest."""
    first = [number for number in sorted(texts) if number <= LAST_ROW]
    counts = (
        (len({_key(text, columns) for text in texts[number].values()} - {""}), number, columns)
        for columns in _VOCABULARIES.values()
        for number in first
    )
    return max(counts, key=lambda one: one[0], default=(0, 0, SHEET_COLUMNS))


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


def _keys(cells: Mapping[int, str], columns: Vocabulary) -> dict[int, str]:
    """Return the keys: of two heads that mean one column the first."""
    keys: dict[int, str] = {}
    for column, text in sorted(cells.items()):
        found = _key(text, columns)
        if found and found not in keys.values():
            keys[column] = found
    for column, text in sorted(cells.items()):
        head, others = text.strip(), {*keys.values(), *columns}
        if column not in keys and head:  # a key that no other column has, nor is called by
            while head in others or _LIKE_LETTERS.fullmatch(head):
                head = f"{head} ({column_letters(column)})"
            keys[column] = head
    return keys


@lru_cache(maxsize=1000)
def _bare(head: str) -> str:
    return _NO_LETTER.sub("", key(head))


def _key(head: str, columns: Vocabulary) -> str:
    """Return the key that a head means, empty if it means none."""
    return _names(columns.name).get(_bare(head), "")


@cache
def _names(vocabulary: str) -> Mapping[str, str]:
    """Return the key of each column by every name that it has, bare."""
    columns = _VOCABULARIES[vocabulary]
    return {
        _bare(name): found for found, term in columns.items() for name in (term.ja, term.en, found)
    }


_VOCABULARIES = {one.name: one for one in (SHEET_COLUMNS, MATRIX_COLUMNS)}


def no_heads(file: str) -> UnreadableSheet:
    """Return the refusal of a table in which our heads are nowhere to be found."""
    heads = ", ".join(map(SHEET_COLUMNS.word, ("question", "answer")))
    return UnreadableSheet(
        _("“{file}” has no row with the heads of our sheet.").format(file=file),
        _("One of the first {n} rows must name at least two columns, such as: {heads}").format(
            n=LAST_ROW, heads=heads
        ),
    )
