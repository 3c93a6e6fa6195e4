"""The one table of formats: their names, the file endings they answer to, and their writers."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from fieldvisit.documents.document import Document, Grid
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.language import _, enumerated

# Each writer imports its module when it is used: a table on the terminal needs none of them.


def _markdown(document: Document) -> bytes:
    from fieldvisit.documents.formats import markdown

    return markdown.write(document.page()).encode()


def _csv(document: Document) -> bytes:
    from fieldvisit.documents.formats import csv

    return csv.write(_grid(document))


def _json(document: Document) -> bytes:
    from fieldvisit.documents.formats import json

    shape = document.shape() if document.shape else {}
    return json.write(document.name, shape).encode()


def _html(document: Document) -> bytes:
    from fieldvisit.documents.formats import html

    return html.write(document.page()).encode()


def _word(document: Document) -> bytes:
    from fieldvisit.documents.formats import word

    return word.write(document.page())


def _excel(document: Document) -> bytes:
    from fieldvisit.documents.formats import excel

    return excel.write(_grid(document))


def _grid(document: Document) -> Grid:
    return document.grid() if document.grid else Grid((), ())


def _is_sheet_of_rows(document: Document) -> bool:
    return document.sheet and document.grid is not None


class Format(Struct, frozen=True):
    """A format: the endings of its files, its writer, and whether a document has that form.

    ``made_of`` names what of a document it writes; ``is_binary`` files are nothing to look at on a
    terminal; `table` is the terminal's own.
    """

    endings: tuple[str, ...] = ()
    write: Callable[[Document], bytes] | None = None
    has: Callable[[Document], bool] = lambda _document: True
    made_of: str = "page"
    is_binary: bool = False


FORMATS: dict[str, Format] = {
    "table": Format(),
    "md": Format((".md", ".markdown"), _markdown),
    "csv": Format((".csv",), _csv, lambda document: document.grid is not None, "grid"),
    "json": Format((".json",), _json, lambda document: document.shape is not None, "shape"),
    "html": Format((".html", ".htm"), _html, lambda document: document.sheet),
    "docx": Format((".docx",), _word, lambda document: document.sheet, is_binary=True),
    "xlsx": Format((".xlsx",), _excel, _is_sheet_of_rows, "grid", is_binary=True),
}


def by_ending(path: Path) -> str:
    """Return the name of the format that the ending of ``path`` asks for; Refused if none does."""
    ending = path.suffix.lower()
    for name, known in FORMATS.items():
        if ending in known.endings:
            return name
    endings = " ".join(ending for known in FORMATS.values() for ending in known.endings)
    raise Refused(
        _("The ending of the file name “{path}” stands for no format.").format(path=path),
        _("Known endings: {endings}. Or say --format.").format(endings=endings),
    )


def content(document: Document, name: str) -> object:
    """Return what a document's file in the format ``name`` is made of; None if it has no such."""
    known = FORMATS[name]
    return getattr(document, known.made_of)() if known.has(document) else None


def render(document: Document, name: str) -> bytes:
    """Return the file that ``document`` makes in the format ``name``, in UTF-8.

    Raises WrongUsage for a format that has no files, or that this document cannot take.
    """
    known = FORMATS.get(name)
    if known is None or known.write is None:
        files = enumerated(name for name, known in FORMATS.items() if known.write)
        raise WrongUsage(
            _("“{name}” is not a format of files.").format(name=name),
            _("Allowed: {values}").format(values=files),
        )
    if not known.has(document):
        has = enumerated(other for other, form in FORMATS.items() if form.has(document))
        raise WrongUsage(
            _("This output cannot be written as {format}.").format(format=name),
            _("Allowed: {values}").format(values=has),
        )
    return known.write(document)
