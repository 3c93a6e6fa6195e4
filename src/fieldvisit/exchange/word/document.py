"""A Word file that came back: what stands in its parts, each read once."""

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from fieldvisit.exchange.office import OfficeFile, office_parts, refusing
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.exchange.word.numbering import Numbering, read_numbering
from fieldvisit.exchange.word.paragraphs import Paragraph, Paragraphs
from fieldvisit.exchange.word.styles import Styles, read_styles
from fieldvisit.exchange.word.tree import Element, parse, value
from fieldvisit.language import _
from fieldvisit.review.carriers import OWN_VARIABLE, SHEET_PROPERTY, OwnLines, own_list
from fieldvisit.review.pieces import IGNORED, Piece, Where

_NOTES = ("comment", "footnote", "endnote")
_MARGINS = ("header", "footer")
_PAGE_NUMBER = re.compile(r"[\s\d/／\-–－]*")


class WordFile(Struct, frozen=True):
    """A Word file.

    ``notes`` are the texts of comments, footnotes and endnotes by kind and id, ``margins`` what
    stands above and below the pages, but for numbers, ``own`` the lines that we printed, and
    ``ignored`` what is seen or named and not read.
    """

    name: str
    body: Paragraphs
    styles: Styles
    numbering: Numbering
    sheet: str
    own: OwnLines
    notes: Mapping[tuple[str, str], str]
    margins: tuple[str, ...]
    ignored: tuple[Piece, ...]


def read_document(name: str, data: bytes) -> WordFile:
    """Return what stands in the .docx file called ``name``.

    Raises HostileFile, MissingLibrary where lxml is absent.
    """
    file = office_parts(name, data)
    with refusing(name):
        return _read(file)


def _read(file: OfficeFile) -> WordFile:
    main = next(iter(file.related("", "officeDocument")), "")
    data = file.part(main)
    root = None if data is None else parse(data)
    if root is None or root.tag.rpartition("}")[2] != "document":
        raise HostileFile(file.name, _("it is no Word file."), _("Save it in Word as .docx."))
    styles = next(map(read_styles, _roots(file, main, "styles")), Styles())
    properties = next(map(_properties, _roots(file, "", "custom-properties")), {})

    def found(element: Element) -> list[Paragraph]:
        return Paragraphs(element, styles, properties).all

    body = Paragraphs(root, styles, properties, _diagrams(file, main, found))
    margins = [found(part) for kind in _MARGINS for part in _roots(file, main, kind)]
    texts = (_text(part) for part in margins)
    top = Where(file.name, "paragraph", 1)
    pictures = (
        Piece(stretch.text, top, look=stretch.apart)
        for part in margins for paragraph in part for stretch in paragraph.pieces
        if stretch.apart in IGNORED
    )  # fmt: skip
    return WordFile(
        file.name, body, styles,
        next(map(read_numbering, _roots(file, main, "numbering")), Numbering()),
        properties.get(SHEET_PROPERTY, "") or body.sheet,
        OwnLines(own_list(properties) or next(map(_variable, _roots(file, main, "settings")), "")),
        dict(_notes(file, main, found)),
        tuple(text for text in texts if not _PAGE_NUMBER.fullmatch(text)),
        (*file.ignored(top), *pictures),
    )  # fmt: skip


Found = Callable[[Element], list[Paragraph]]


def _notes(file: OfficeFile, main: str, found: Found) -> Iterator[tuple[tuple[str, str], str]]:
    notes: dict[tuple[str, str], list[str]] = {}
    for kind in _NOTES:
        for note in (note for part in _roots(file, main, f"{kind}s") for note in part):
            notes.setdefault((kind, value(note, "id")), []).append(_text(found(note)))
    for key, texts in notes.items():
        if text := "\n".join(texts).strip("\n"):
            yield key, text


def _text(paragraphs: list[Paragraph]) -> str:
    stretches = (
        "".join(stretch.text for stretch in paragraph.pieces if stretch.apart not in IGNORED)
        for paragraph in paragraphs
    )
    return "\n".join(stretches)


def _diagrams(file: OfficeFile, main: str, found: Found) -> Callable[[str], str]:
    """Return what gives the words of a diagram (SmartArt) by its id."""

    def words(diagram: str) -> str:
        name = dict(file.links(main, "diagramData")).get(diagram, "")
        data = file.part(name) if name else None
        return "" if data is None else _text(found(parse(data))).strip("\n")

    return words


def _roots(file: OfficeFile, part: str, kind: str) -> Iterator[Element]:
    """Yield the trees of the parts that ``part`` names as its ``kind``."""
    for name in dict.fromkeys(file.related(part, kind)):
        if (data := file.part(name)) is not None:
            yield parse(data)


def _properties(root: Element) -> Mapping[str, str]:
    """Return the properties that a user, or our own writer, gave the file."""
    named = ((value(said, "name"), said) for said in root)
    return {name: "".join(said.itertext()).strip() for name, said in named if name}


def _variable(settings: Element) -> str:
    """Return the list of our own lines in the variables of the document."""
    found = (value(one) for one in settings.iter("{*}docVar") if value(one, "name") == OWN_VARIABLE)
    return next(found, "")
