"""The one table of formats: their names, the file endings they answer to, and their writers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldvisit.documents.document import Document
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.language import _, enumerated

# Each writer imports its module when it is used: a table on the terminal needs none of them.


def _markdown(document: Document) -> bytes:
    from fieldvisit.documents.formats import markdown

    return markdown.write(document.page()).encode()


def _csv(document: Document) -> bytes:
    from fieldvisit.documents.formats import csv

    if document.grid is None:
        raise _not_in("csv", document)
    return csv.write(document.grid())


def _json(document: Document) -> bytes:
    from fieldvisit.documents.formats import json

    if document.shape is None:
        raise _not_in("json", document)
    return json.write(document.name, document.shape()).encode()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files, and its writer; `table` is the terminal's own."""

    endings: tuple[str, ...] = ()
    write: Callable[[Document], bytes] | None = None


FORMATS: dict[str, Format] = {
    "table": Format(),
    "md": Format((".md", ".markdown"), _markdown),
    "csv": Format((".csv",), _csv),
    "json": Format((".json",), _json),
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
    return known.write(document)


def _not_in(name: str, document: Document) -> WrongUsage:
    has = {"table": True, "md": True, "csv": document.grid, "json": document.shape}
    return WrongUsage(
        _("This output cannot be written as {format}.").format(format=name),
        _("Allowed: {values}").format(values=enumerated(n for n, form in has.items() if form)),
    )
