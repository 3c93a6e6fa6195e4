"""The comparison as a page, a grid and a shape."""

from datetime import date

from fieldvisit.documents.comparison.grid import grid, shape
from fieldvisit.documents.comparison.layout import Arrangement, Layout
from fieldvisit.documents.comparison.page import by_city, by_topic
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.register import Register

__all__ = ["Arrangement", "document"]


def document(
    found: Comparison, register: Register, today: date, arrangement: Arrangement | None = None
) -> Document:
    """Return the comparison."""
    wanted = arrangement or Arrangement()
    layout = Layout(found, register, today, wanted)
    page = by_city if wanted.view == "city" else by_topic
    return Document(
        "compare",
        lambda: page(layout),
        lambda: grid(layout),
        lambda: shape(layout),
    )
