"""The one table of formats: their names, the file endings they answer to, and their writers."""

from importlib import import_module
from pathlib import Path

from msgspec import Struct

from fieldvisit.documents.document import Document
from fieldvisit.errors import LIBRARIES, Refused, WrongUsage, missing_library
from fieldvisit.language import _, enumerated


class Format(Struct, frozen=True):
    """A format: the endings of its files, and the module of this folder that writes them.

    ``made_of`` names what of a document it writes, ``sheets_only`` that only a sheet has that form;
    ``is_binary`` files are nothing to look at on a terminal. `table` is the terminal's own.
    """

    endings: tuple[str, ...] = ()
    module: str = ""
    made_of: str = "page"
    sheets_only: bool = False
    is_binary: bool = False

    def has(self, document: Document) -> bool:
        """Tell whether a document has that form."""
        made = getattr(document, self.made_of) is not None
        return made and (document.sheet or not self.sheets_only)


FORMATS: dict[str, Format] = {
    "table": Format(),
    "md": Format((".md", ".markdown"), "markdown"),
    "csv": Format((".csv",), "csv", "grid"),
    "json": Format((".json",), "json", "shape"),
    "html": Format((".html", ".htm"), "html", sheets_only=True),
    "docx": Format((".docx",), "word", sheets_only=True, is_binary=True),
    "xlsx": Format((".xlsx",), "excel", "grid", sheets_only=True, is_binary=True),
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
    if not known.has(document):
        return None
    made = getattr(document, known.made_of)()
    return {"schema": f"fieldvisit.{document.name}/1", **made} if known.made_of == "shape" else made


def render(document: Document, name: str) -> bytes:
    """Return the file that ``document`` makes in the format ``name``, in UTF-8.

    Raises WrongUsage for a format that has no files, or that this document cannot take, and
    MissingLibrary where the library that writes it is absent.
    """
    known = FORMATS.get(name, FORMATS["table"])
    if not known.module:
        files = enumerated(name for name, known in FORMATS.items() if known.module)
        raise WrongUsage(
            _("“{name}” is not a format of files.").format(name=name),
            _("Allowed: {values}").format(values=files),
        )
    made = content(document, name)
    if made is None:
        has = enumerated(other for other, form in FORMATS.items() if form.has(document))
        raise WrongUsage(
            _("This output cannot be written as {format}.").format(format=name),
            _("Allowed: {values}").format(values=has),
        )
    try:
        # Only now: a table on the terminal needs none of them, and the others no library.
        writer = import_module(f"{__name__}.{known.module}")
    except ImportError as error:
        raise missing_library(name) if name in LIBRARIES else error from error
    written: str | bytes = writer.write(made)
    return written.encode() if isinstance(written, str) else written
