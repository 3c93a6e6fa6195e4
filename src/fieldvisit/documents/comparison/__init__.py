"""The comparison as a page, a grid and a shape."""

from dataclasses import dataclass
from datetime import date

from fieldvisit.documents.comparison.by_city import by_city
from fieldvisit.documents.comparison.by_topic import by_topic
from fieldvisit.documents.comparison.grid import grid
from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.comparison.shape import shape
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.apart import MONTHS
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing
from fieldvisit.fieldwork.register import Register

__all__ = ["Arrangement", "document"]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a comparison is laid out.

    ``view`` is `topic` or `city`: what the sections are. ``rows`` is `items` (questions down,
    cities across) or `cities`; empty = items up to six cities. ``cells`` is `notes`, `summary` or
    `both`. ``grouped`` puts cities under their classes, ``apart`` is from how many months between
    statements on the page warns. ``narrowing`` is what was asked for, so that the page says it.
    """

    view: str = "topic"
    rows: str = ""
    cells: str = "notes"
    grouped: bool = False
    apart: int = MONTHS
    narrowing: Narrowing = EVERYTHING


def document(
    found: Comparison, register: Register, today: date, arrangement: Arrangement | None = None
) -> Document:
    """Return the comparison."""
    wanted = arrangement or Arrangement()
    layout = Layout(
        found,
        register,
        today,
        wanted.rows,
        wanted.cells,
        wanted.grouped,
        wanted.apart,
        wanted.narrowing,
    )
    page = by_city if wanted.view == "city" else by_topic
    return Document(
        "compare",
        lambda: page(layout),
        lambda: grid(layout),
        lambda: shape(layout),
    )
