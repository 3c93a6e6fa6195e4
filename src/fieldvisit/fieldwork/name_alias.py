"""Names that an anonymised output replaces, beside those that the study knows anyway."""

from fieldvisit.fieldwork.study import Kept

IGNORED = "word"


class NameAlias(Kept, frozen=True):
    """A name as it may stand in a text.

    ``kind`` is one of ``terms.NAMED``; what is IGNORED was ticked off as no name and stays as it
    stands. ``stands_for`` is whom it names: a city's code or a prefecture, or the name of which it
    is another form; empty = a name of its own.
    """

    named_by = ("kind", "name")

    kind: str
    name: str
    stands_for: str = ""
    by: str = ""
