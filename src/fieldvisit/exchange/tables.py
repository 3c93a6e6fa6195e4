"""A table that came back: how much it may hold, which row names its columns, what its rows are.

Heads may stand in both languages, in any order, slightly renamed too.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import product

from msgspec import Struct, field

from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.sheets.long_cells import joined
from fieldvisit.fieldwork.sheets.returned_file import Line, Row, Where
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS, SHEET_COLUMNS
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
    exact, renamed = _names(columns.name)
    wanted = _bare(head)
    if wanted in exact:
        return exact[wanted], True
    if not wanted or len(head) > _LONGEST:
        return "", False
    return renamed.get(_bare(_IN_BRACKETS.sub("", head)) or wanted, ""), False


def _bare(head: str) -> str:
    return _NO_LETTER.sub("", key(head))


@cache
def _names(vocabulary: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the key of each column by every name that it has, bare, and by each renamed one."""
    columns = _KINDS_OF_COLUMNS[vocabulary]
    exact = {
        _bare(name): found for found, term in columns.items() for name in (term.ja, term.en, found)
    }
    renamed: dict[str, str] = {}
    for name, found in exact.items():
        for before, behind in product(_BEFORE, _BEHIND):
            renamed.setdefault(f"{before}{name}{behind}", found)
    return exact, renamed


_LONGEST = 60
_KINDS_OF_COLUMNS = {columns.name: columns for columns in (SHEET_COLUMNS, MATRIX_COLUMNS)}


def read_rows(
    texts: Texts, where: Callable[[int], Where], columns: Vocabulary = SHEET_COLUMNS
) -> tuple[tuple[Row, ...], tuple[Line, ...]] | None:
    """Return the rows below our heads, and what stands above them; None if no row is of heads.

    Rows without any text are left out, long cells are joined again.
    """
    found = find_heads(texts, columns)
    if found is None:
        return None
    head, heads = found
    rows = (
        Row(where(number), {column_key(heads, at): text for at, text in sorted(cells.items())})
        for number, cells in sorted(texts.items())
        if number > head and any(text.strip() for text in cells.values())
    )
    return joined(rows), tuple(_above(texts, head, where))


def _above(texts: Texts, head: int, where: Callable[[int], Where]) -> Iterator[Line]:
    for number, cells in sorted(texts.items()):
        if number < head:
            for _column, text in sorted(cells.items()):
                if text.strip():
                    yield Line(text, where(number), apart="above")


def no_heads(file: str, columns: Vocabulary = SHEET_COLUMNS) -> UnreadableSheet:
    """Return the refusal of a table in which our heads are nowhere to be found."""
    needed = ("question", "answer") if columns is SHEET_COLUMNS else ("tag", "summary")
    heads = ", ".join(map(columns.word, needed))
    return UnreadableSheet(
        _("“{file}” has no row with the heads of our sheet.").format(file=file),
        _("One of the first {n} rows must name at least two columns, such as: {heads}").format(
            n=LAST_ROW, heads=heads
        ),
    )


MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CHARACTERS = 1_000_000  # in a cell
MOST_CELLS = 500_000  # in all sheets, empty ones too
MOST_TEXT = 50_000_000  # characters in all sheets


class TooMuch(Exception):
    """More than any sheet of interviews holds: the text says of what, ``way`` what to do."""

    def __init__(self, reason: str, way: str = "") -> None:
        super().__init__(reason)
        self.way = way or _("Cut it into several files.")


class Left(Struct):
    """What a file may still hold."""

    cells: int = field(default_factory=lambda: MOST_CELLS)
    characters: int = field(default_factory=lambda: MOST_TEXT)

    def take_cell(self) -> None:
        """Count one cell; raises TooMuch if there are too many."""
        self.cells -= 1
        if self.cells < 0:
            raise TooMuch(_("it has more than {limit} cells.").format(limit=f"{MOST_CELLS:,}"))

    def take_text(self, characters: int, row: int, column: int) -> None:
        """Count the text of a cell; raises TooMuch if it, or all together, are too long."""
        self.characters -= characters
        if characters > MOST_CHARACTERS:
            raise TooMuch(
                _("a cell ({cell}) holds more than {limit} characters.").format(
                    cell=f"{column_letters(column)}{row}", limit=f"{MOST_CHARACTERS:,}"
                )
            )
        if self.characters < 0:
            raise TooMuch(
                _("it holds more than {limit} characters.").format(limit=f"{MOST_TEXT:,}")
            )


def check_size(rows: int, row: int, column: int) -> None:
    """Raise TooMuch for too many rows with text, or a text too far to the right in a row."""
    if rows > MOST_ROWS:
        raise TooMuch(_("it has more than {limit} rows.").format(limit=f"{MOST_ROWS:,}"))
    if column > MOST_COLUMNS:
        raise _too_far(f"{column_letters(column)}{row}")


def _too_far(cell: str) -> TooMuch:
    """Return the refusal of one cell: mostly a blank or a dot that somebody typed by mistake."""
    reason = _("a cell ({cell}) stands further to the right than {limit} columns.")
    return TooMuch(
        reason.format(cell=cell, limit=MOST_COLUMNS),
        _("Delete what stands in that cell, or move it to the left."),
    )
