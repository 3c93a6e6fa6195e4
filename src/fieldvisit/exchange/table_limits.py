"""How much a table may hold that came back, and the refusal of what holds more."""

from msgspec import Struct, field

from fieldvisit.exchange.column_heads import column_letters
from fieldvisit.language import _

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
