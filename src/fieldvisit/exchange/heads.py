"""The heads of a table that came back: in both languages, in any order, slightly renamed too."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from fieldvisit.exchange.refusals import UnreadableSheet
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS, PASSAGE_COLUMNS, SHEET_COLUMNS
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
    "", "欄", "内容", "記入", "記入欄", "記載", "記載欄", "事項", "文", "名", "s", "column", "text",
)  # fmt: skip
_LETTERS = 26


def find_heads(texts: Texts) -> tuple[int, Mapping[int, str]] | None:
    """Return the row of heads and the key of each column, None if no row is one.

    The row with most heads of one of our kinds of tables is taken, in both languages; a column
    whose head is not ours has its head as key.
    """
    count, row, columns = best_heads(texts)
    return (row, _keys(texts[row], columns)) if count >= _FEWEST_KNOWN else None


def passage_heads(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each column of a letter (empty = none); nothing if these are no heads."""
    found = tuple(_known(head, PASSAGE_COLUMNS)[0] for head in cells)
    return found if len(set(found) - {""}) >= _FEWEST_KNOWN else ()


def is_name(head: str) -> bool:
    """Tell whether a head says no more than which of our columns stands below it."""
    return any(_bare(head) in names for known in _VOCABULARIES for names in _names(known))


def best_heads(texts: Texts) -> tuple[int, int, Vocabulary]:
    """Return the number of our heads, the row and the columns where it is largest."""
    first = [number for number in sorted(texts) if number <= LAST_ROW]
    found = ((number, columns) for columns in _VOCABULARIES.values() for number in first)
    known = (
        ({_known(text, columns)[0] for text in texts[number].values()} - {""}, number, columns)
        for number, columns in found
    )
    counts = ((len(keys), number, columns) for keys, number, columns in known)
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
    """Return the keys: of two heads that mean one column the one that says it exactly, or first."""
    known = {column: _known(text, columns) for column, text in cells.items()}
    order = sorted(known, key=lambda column: (not known[column][1], column))
    keys: dict[int, str] = {}
    for column in order:
        found, _exact = known[column]
        if found and found not in keys.values():
            keys[column] = found
    for column, text in sorted(cells.items()):
        head, others = text.strip(), {*keys.values(), *columns}
        if column not in keys and head:  # a key that no other column has, nor is called by
            while head in others or _LIKE_LETTERS.fullmatch(head):
                head = f"{head} ({column_letters(column)})"
            keys[column] = head
    return keys


def _known(head: str, columns: Vocabulary) -> tuple[str, bool]:
    """Return the key that a head means and whether it says it exactly; empty if it means none."""
    exact, renamed = _names(columns.name)
    wanted = _bare(head)
    if wanted in exact:
        return exact[wanted], True
    if not wanted or len(head) > _LONGEST:
        return "", False
    return renamed.get(_bare(_IN_BRACKETS.sub("", head)) or wanted, ""), False


@lru_cache(maxsize=1000)
def _bare(head: str) -> str:
    return _NO_LETTER.sub("", key(head))


@cache
def _names(vocabulary: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the key of each column by every name that it has, bare, and by each renamed one."""
    columns = _VOCABULARIES[vocabulary]
    exact = {
        _bare(name): found for found, term in columns.items() for name in (term.ja, term.en, found)
    }
    renamed: dict[str, str] = {}
    for name, found in exact.items():
        for before, behind in product(_BEFORE, _BEHIND):
            renamed.setdefault(f"{before}{name}{behind}", found)
    return exact, renamed


_LONGEST = 60
_VOCABULARIES = {one.name: one for one in (SHEET_COLUMNS, MATRIX_COLUMNS, PASSAGE_COLUMNS)}


def no_heads(file: str) -> UnreadableSheet:
    """Return the refusal of a table in which our heads are nowhere to be found."""
    heads = ", ".join(map(SHEET_COLUMNS.word, ("question", "answer")))
    return UnreadableSheet(
        _("“{file}” has no row with the heads of our sheet.").format(file=file),
        _("One of the first {n} rows must name at least two columns, such as: {heads}").format(
            n=LAST_ROW, heads=heads
        ),
    )
