"""What an output is made of, before a format is chosen."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from fieldvisit.documents.grid import Grid
from fieldvisit.documents.page import Page


class Document(Struct, frozen=True):
    """One output: as a page (terminal, Markdown), as a grid (CSV), as a shape (JSON).

    ``name`` is the NAME of the JSON schema `fieldvisit.NAME/1`. The three are made only when
    a format asks for them. ``grid`` or ``shape`` is None where the thing has no such form.
    A ``sheet`` is printed, filled in and comes back: it alone goes into Word, Excel and HTML yet.
    """

    name: str
    page: Callable[[], Page]
    grid: Callable[[], Grid] | None = None
    shape: Callable[[], dict[str, Any]] | None = None
    sheet: bool = False
