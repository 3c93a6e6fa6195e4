"""Which summaries of a file that came back are in doubt: nobody guesses where they belong."""

from collections.abc import Iterable, Mapping, Sequence

from fieldvisit.fieldwork.record.marks import almost_off_record, begins_with_mark
from fieldvisit.fieldwork.sheets.returned_matrix import CellText, bare, left_of
from fieldvisit.language import _

Bodies = Mapping[str, Sequence[str]]
"""By the name of each cell in the file what stands in it and what was printed of it."""


class Doubts:
    """The texts of one file, set against each other."""

    def __init__(self, texts: Iterable[CellText], bodies: Bodies) -> None:
        left = {name: frozenset().union(*map(left_of, of)) for name, of in bodies.items()}
        self._said: dict[str, set[str]] = {}
        untouched = set()
        for one in texts:
            name, text = one.tag.name, bare(one.text)
            if text in left.get(name, ()):
                untouched.add(name)
            elif text:
                self._said.setdefault(name, set()).add(text)
        self._gone: dict[str, set[str]] = {}
        for name in left.keys() - untouched:
            for text in left[name]:
                self._gone.setdefault(text, set()).add(name)

    def why(self, one: CellText) -> str:
        """Return why a text that differs from what stands is kept apart, empty if it is not."""
        if len(self._said.get(one.tag.name, ())) > 1:
            return _("The cell stands in it with different texts; none of them was taken.")
        if self._gone.get(bare(one.text), set()) - {one.tag.name}:
            return _(
                "It is the summary of another cell, which has another text in it. Was the column "
                "sorted alone? Otherwise store it with: fieldvisit summary set"
            )
        return why_marked(one.text)


def why_marked(text: str) -> str:
    """Return why a text is kept apart that says itself how it may be used, empty if it does not."""
    begun = text.lstrip()
    if begins_with_mark(begun):
        return _(
            "The text begins with a mark of the record sheet, 【…】. Store it without, with: "
            "fieldvisit summary set -d LEVEL"
        )
    if any(almost_off_record(line.lstrip()) for line in begun.split("\n")):
        return _(
            "The text may mean that this is off the record. Store it with: fieldvisit summary set "
            "-d off-record, or with another level."
        )
    return ""
