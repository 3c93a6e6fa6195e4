"""What stands in the row of a passage beside the answer: in our own cells, set apart, too much."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from fieldvisit.fieldwork.confirming.returned_letter import ReturnedCell, ReturnedRow
from fieldvisit.fieldwork.sheets.filled import Stray, why_apart
from fieldvisit.fieldwork.sheets.returned_file import Where
from fieldvisit.language import _

TAKEN_OUT = frozenset({"struck", "deleted"})
_BESIDE = frozenset({"comment", "hidden", "drawn"})
_EDGES = " \t\n\r　"


def by_column(
    row: ReturnedRow, columns: Sequence[str]
) -> tuple[dict[str, ReturnedCell], list[ReturnedCell]]:
    """Return the cells of our columns by their keys, and the cells of other columns."""
    cells: dict[str, ReturnedCell] = {}
    others: list[ReturnedCell] = []
    for at, cell in enumerate(row.cells):
        name = columns[at] if at < len(columns) else ""
        if name and name not in cells:
            cells[name] = cell
        else:
            others.append(cell)
    return cells, others


def more_than_the_answer(
    cells: Mapping[str, ReturnedCell],
    others: Sequence[ReturnedCell],
    where: Where,
    is_ours: Callable[[str], bool],
) -> Iterator[Stray]:
    """Yield what a person wrote into a row that is no answer; any number is one of ours."""
    for name, cell in cells.items():
        text = cell.text.strip(_EDGES)
        printed = is_ours(text) or (name == "number" and text.isdecimal())
        if name in ("number", "topic") and text and not printed:
            yield Stray(text, where, _("It stands in a cell that holds our own words."))
        yield from set_apart(cell, TAKEN_OUT if name in ("passage", "change") else frozenset())
    for cell in others:
        if text := cell.text.strip(_EDGES):
            yield Stray(text, where, _("The column is not one of the letter."))
        yield from set_apart(cell)


def set_apart(cell: ReturnedCell, known: frozenset[str] = frozenset()) -> Iterator[Stray]:
    """Yield what stands apart in a cell, but for ``known`` reasons."""
    for line in cell.apart:
        if line.text.strip() and line.apart not in known:
            yield Stray(line.text, line.where, why_apart(line.apart))


def beside(row: ReturnedRow) -> Iterator[str]:
    """Yield what was written to a row, not into it: comments, hidden words, text boxes."""
    for cell in row.cells:
        yield from (line.text for line in cell.apart if line.apart in _BESIDE and line.text.strip())
