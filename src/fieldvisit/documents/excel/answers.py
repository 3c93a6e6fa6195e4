"""The sheet with the rows: head, cells, sizes and protection."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from fieldvisit.documents.document import Column, Grid, Value
from fieldvisit.documents.excel.looks import (
    ENTRY,
    HEAD,
    LOOKS,
    PLAIN,
    SMALL_HEAD,
    column_widths,
    dress,
    height_of,
    maker,
    row_height,
    set_up_printing,
)
from fieldvisit.harmless import visible
from fieldvisit.review.carriers import numbered, parts

# Above, Excel rounds numbers.
_LARGEST_NUMBER = 10**15


def records(grid: Grid) -> Iterator[tuple[Value, ...]]:
    """Yield the rows; one with a text too long for a cell becomes several with one tag."""
    for row in grid.checked():
        values = tuple(map(_shown, row))
        if all(not isinstance(value, str) or len(parts(value)) == 1 for value in values):
            yield values
        else:
            yield from _parted(grid.columns, values)


def _shown(value: Value) -> Value:
    if isinstance(value, str):
        return visible(value)
    return str(value) if value is not None and abs(value) >= _LARGEST_NUMBER else value


def _parted(columns: Sequence[Column], values: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    all_parts = [parts(value) if isinstance(value, str) else (value,) for value in values]
    of = max(map(len, all_parts))
    naming = _naming(columns)
    for number in range(of):
        row: list[Value] = [own[number] if number < len(own) else None for own in all_parts]
        for at, column in enumerate(columns):
            if column.use == "tag":
                row[at] = numbered(str(values[at] or ""), number + 1, of)
            elif at == naming and number and len(all_parts[at]) == 1:
                row[at] = f"{values[at] or ''} ({number + 1}/{of})".lstrip()
        yield tuple(row)


def _naming(columns: Sequence[Column]) -> int:
    """Return the column that tells a reader which row goes on; the way back passes it over."""
    tagged = any(column.use == "tag" for column in columns)
    keys = [column.key for column in columns]
    if tagged:
        return keys.index("number") if "number" in keys else -1
    return 0


if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_TO_BE_FILLED_IN = ("tag", "entry")


def fill(sheet: "Worksheet", grid: Grid) -> int:
    """Put the rows of ``grid`` into ``sheet`` and return how many there are, head and all."""
    rows = list(records(grid))
    columns = grid.columns
    widths = column_widths(columns, rows)
    heads = [maker(sheet, SMALL_HEAD if column.use == "tag" else HEAD) for column in columns]
    makers = [_maker(sheet, column) for column in columns]
    sheet.append([make(visible(column.title)) for make, column in zip(heads, columns, strict=True)])
    for number, row in enumerate(rows, start=2):
        sheet.append([make(value) for make, value in zip(makers, row, strict=True)])
        sheet.row_dimensions[number].height = row_height(columns, widths, row)
    _columns(sheet, grid, widths)
    _head(sheet, grid)
    set_up_printing(sheet, grid.title, landscape=True)
    if any(column.use in _TO_BE_FILLED_IN for column in columns):
        _protect(sheet)
    return len(rows) + 1


def _maker(sheet: "Worksheet", column: Column) -> Callable[[Value], "Cell | None"]:
    make = maker(sheet, LOOKS.get(column.use, PLAIN))
    if column.use != "entry":
        return make
    # One that is empty looks as its column does, and need not stand in the file.
    return lambda value: None if value in (None, "") else make(value)


def _columns(sheet: "Worksheet", grid: Grid, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for number, (column, width) in enumerate(zip(grid.columns, widths, strict=True), start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        if column.use == "entry":
            # Rows that somebody adds below can be filled in too.
            dress(dimension, ENTRY)


def _head(sheet: "Worksheet", grid: Grid) -> None:
    from openpyxl.worksheet.filters import FilterColumn

    if not grid.columns:
        return
    sheet.row_dimensions[1].height = height_of(2)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = sheet.dimensions
    for at, column in enumerate(grid.columns):
        if column.use == "tag":
            sheet.auto_filter.filterColumn.append(FilterColumn(colId=at, hiddenButton=True))


def _protect(sheet: "Worksheet") -> None:
    """Lock what is not to be filled in, without a password; what is named here stays possible."""
    sheet.protection.sheet = True
    for free in (
        "formatCells", "formatColumns", "formatRows", "insertRows", "insertColumns",
        "insertHyperlinks", "deleteRows", "sort", "autoFilter", "objects", "scenarios",
    ):  # fmt: skip
        setattr(sheet.protection, free, False)
