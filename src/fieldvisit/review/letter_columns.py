"""What a letter asks a city to fill in: the columns of its table, and the choices of each row."""

from collections.abc import Sequence

from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_
from fieldvisit.review.tags import passage_tag, read_passage_tag
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

# What may be ticked in a row, by the state of the confirmation that it asks for.
CHOICES = Vocabulary(
    N_("choice in a letter"),
    {
        "ok": Term("修正なし", "no change"),
        "corrected": Term("修正あり", "to be changed"),
        "anonymous": Term("市名を伏せれば可", "only without the city's name"),
        "withheld": Term("掲載不可", "not to be published"),
    },
)
# The one box of a letter that agrees to all of its passages.
WHOLE = Vocabulary(
    N_("choice in a letter"), {"ok": Term("全件修正なし", "no change in any of the passages")}
)
BOX = "□"
_ALL = "all"  # stands in its tag where that of a row names a revision


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


def whole_tag(visit_id: str) -> str:
    """Return the tag of the box that agrees to a whole letter about a visit."""
    return passage_tag(visit_id, _ALL)


def is_whole_tag(tag: str) -> bool:
    """Tell whether a tag is that of the box for a whole letter."""
    read = read_passage_tag(tag)
    return read is not None and read[1] == _ALL
