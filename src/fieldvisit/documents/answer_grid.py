"""A sheet as a table to be filled in: one row a question, and one for each note that is there."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from fieldvisit.documents.document import Column, Grid
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS
from fieldvisit.language import _
from fieldvisit.review.columns import SHEET_COLUMNS

_FOR_THE_CITY = ("tag", "number", "topic", "question", "answer", "department")
_FOR_THE_INTERVIEWER = (
    "tag", "number", "topic", "question", "choice", "answer", "kind", "disclosure", "speaker",
    "state",
)  # fmt: skip
_WIDTHS = {
    "tag": 3, "number": 6, "topic": 10, "question": 34, "choice": 9, "answer": 50,
    "department": 16, "kind": 10, "disclosure": 12, "speaker": 12, "state": 12,
}  # fmt: skip
_WRITTEN_BY_US = frozenset({"number", "topic", "question"})


class AnswerRow(Struct, frozen=True):
    """One row; what is empty is to be filled in. ``tag`` says on the way back what it is for."""

    tag: str
    number: str
    topic: str
    question: str
    answer: str = ""
    department: str = ""
    choice: str = ""
    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    state: str = ""


def for_the_city(
    rows: Iterable[AnswerRow], *, title: str, instructions: Sequence[str], sheet: str
) -> Grid:
    """Return the table that a city fills in: questions, answers, and who answers."""
    how = (
        _("Please write your answer into the column “{answer}”.").format(
            answer=SHEET_COLUMNS.word("answer")
        ),
        *_how_to_fill_in(),
    )
    return _grid(_FOR_THE_CITY, rows, title, (*instructions, *how), sheet)


def for_the_interviewer(
    rows: Iterable[AnswerRow], *, title: str, instructions: Sequence[str], sheet: str
) -> Grid:
    """Return the table of the interviewer, with kind, level, speaker, state and choice."""
    how = (
        _("An empty line inside a cell parts two notes. A note that is there may be corrected."),
        _("Marks at the start of a paragraph are understood: {marks}").format(
            marks=_("【off the record】【group only】【anonymous】【quote】【researcher's remark】")
        ),
        *_how_to_fill_in(),
    )
    return _grid(_FOR_THE_INTERVIEWER, rows, title, (*instructions, *how), sheet)


def _how_to_fill_in() -> tuple[str, ...]:
    return (
        _("Alt+Enter begins a new line inside a cell. Rows may be added below a question."),
        _("Please leave the narrow column at the left as it is: it says where a row belongs."),
    )


def _grid(
    keys: Sequence[str],
    rows: Iterable[AnswerRow],
    title: str,
    instructions: tuple[str, ...],
    sheet: str,
) -> Grid:
    return Grid(
        tuple(_column(key) for key in keys),
        tuple(tuple(getattr(row, key) or None for key in keys) for row in rows),
        title,
        instructions,
        sheet,
    )


def _column(key: str) -> Column:
    use = "tag" if key == "tag" else "" if key in _WRITTEN_BY_US else "entry"
    return Column(key, SHEET_COLUMNS.word(key), _WIDTHS[key], _choices(key), use)


def _choices(key: str) -> tuple[str, ...]:
    vocabulary = {"choice": CHOICES, "kind": KINDS, "disclosure": DISCLOSURES, "state": MARKS}
    known = vocabulary.get(key)
    if known is None:
        return ()
    return tuple(known.word(value) for value in known if value != "clear")
