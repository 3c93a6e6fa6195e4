"""The rows of a grid as cells can hold them: nothing that acts, and nothing that is too long."""

from collections.abc import Iterator, Sequence

from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.fieldwork.sheets.long_cells import numbered, parts
from fieldvisit.harmless import visible

# Above, Excel rounds numbers.
_LARGEST_NUMBER = 10**15


def records(grid: Grid) -> Iterator[tuple[Value, ...]]:
    """Yield the rows; one with a text too long for a cell becomes several with one tag."""
    for row in grid.rows:
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
