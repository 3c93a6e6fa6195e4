"""The columns of the table that a city fills in; their heads are read in both languages."""

from collections.abc import Sequence

from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_
from fieldvisit.text import key

PASSAGE_COLUMNS = Vocabulary(
    N_("column of the passages"),
    {
        "number": Term("番号", "no."),
        "topic": Term("項目・質問", "topic, question"),
        "passage": Term("記録した内容", "passage"),
        "change": Term("修正の有無", "change"),
        "correction": Term("修正案", "correction"),
    },
)
# What stands in these is a person's to change, and is never passed over as our own.
FILLED_IN = frozenset({"passage", "change", "correction"})
_FEWEST_KNOWN = 2


def columns_by(heads: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each column (empty = none of ours); nothing if it is no row of heads."""
    found = tuple(map(_column, heads))
    return found if len(set(found) - {""}) >= _FEWEST_KNOWN else ()


def _column(head: str) -> str:
    typed = key(head)
    for name, term in PASSAGE_COLUMNS.items():
        if any(typed.startswith(key(word)) for word in (term.ja, term.en)):
            return name
    return ""
