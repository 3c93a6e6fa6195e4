"""What the sheets of both sides have in common: heads, words, and the table to be filled in.

The table has one row a question, and one for each note that is there.
"""

from collections.abc import Iterable, Sequence

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Column, Grid
from fieldvisit.fieldwork import terms
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.guide import Words
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.review.columns import SHEET_COLUMNS

_KEYS = {
    "city": ("tag", "number", "topic", "question", "answer", "department"),
    "interviewer": (
        "tag", "number", "topic", "question", "choice", "answer", "kind", "disclosure", "speaker",
        "state",
    ),
}  # fmt: skip
_WIDTHS = {
    "tag": 3, "number": 6, "topic": 10, "question": 34, "choice": 9, "answer": 50,
    "department": 16, "kind": 10, "disclosure": 12, "speaker": 12, "state": 12,
}  # fmt: skip
_USES = {"tag": "tag", "number": "", "topic": "", "question": ""}  # the others are to be filled in
_CHOICES = {
    "choice": terms.CHOICES, "kind": terms.KINDS, "disclosure": terms.DISCLOSURES,
    "state": terms.MARKS,
}  # fmt: skip

AnswerRow = dict[str, str]
"""What stands in the columns of a row, by their keys; what is missing is to be filled in."""


def running_head(found: Preparation) -> str:
    """Return what stands on top of each printed page: study, institute, city, date."""
    study, city = found.study, found.coverage.city.name
    parts = (study.title, study.institute, city, wordings.days(found.visit))
    return "　".join(filter(None, parts))


def addressed(found: Preparation, words: Words) -> str:
    """Return words of a guide as they are said to the city of the visit."""
    return wordings.addressed(words, found.coverage.city, found.day)


def group_names(found: Preparation, visit: Visit) -> str:
    """Return the names of the groups that any visit of the study serves."""
    known = {group.short: group.name for group in found.groups}
    return enumerated(known.get(short, short) for short in visit.study_groups)


def answer_table(
    reader: str, rows: Iterable[AnswerRow], *, title: str, instructions: Sequence[str], sheet: str
) -> Grid:
    """Return the table that the `city` or the `interviewer` fills in."""
    how = [
        _("Please write your answer into the column “{answer}”.").format(
            answer=SHEET_COLUMNS.word("answer")
        )
    ]
    if reader == "interviewer":
        marks = _("【off the record】【group only】【anonymous】【quote】【researcher's remark】")
        how = [
            _(
                "An empty line inside a cell parts two notes. A note that is there may be "
                "corrected."
            ),
            _("Marks at the start of a paragraph are understood: {marks}").format(marks=marks),
        ]
    both = (
        _("Alt+Enter begins a new line inside a cell."),
        _("Please leave the narrow column at the left as it is: it says where a row belongs."),
    )
    keys = _KEYS[reader]
    cells = tuple(tuple(row.get(key) or None for key in keys) for row in rows)
    lines = (*instructions, *how, *both)
    return Grid(tuple(map(_column, keys)), cells, title, lines, sheet)


def _column(key: str) -> Column:
    known = _CHOICES.get(key, ())
    choices = tuple(_CHOICES[key].word(value) for value in known if value != "clear")
    return Column(key, SHEET_COLUMNS.word(key), _WIDTHS[key], choices, _USES.get(key, "entry"))
