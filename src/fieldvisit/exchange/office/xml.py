"""What may stand in an XML part of a Word or Excel file, and its tags without a tree."""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

LARGEST_XML = 50_000_000  # bytes
MOST_TAGS = 200_000  # in a part that only lists others
_PIECE = 1 << 20  # larger ones cost memory; smaller ones time where one tag is long

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(r"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
_ALLOWED = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"}
_FORBIDDEN = [
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in _ENCODINGS
]


class ForbiddenXml(ValueError):
    """XML that declares a document type, or that is none."""


def is_xml(name: str, head: bytes) -> bool:
    """Tell whether a part may be parsed as XML by some reader, whatever its name says.

    Drawings in SVG are not: no reader of ours opens one, and theirs often declare a type.
    """
    if name.casefold().endswith((".xml", ".rels", ".vml")):
        return True
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\0 \t\r\n")
    return start.startswith(b"<") and not name.casefold().endswith(".svg")


def declares_a_type(data: bytes) -> bool:
    """Tell whether a document type or an entity is declared, in UTF-8 or UTF-16."""
    return any(word in data for word in _FORBIDDEN)


def has_known_encoding(data: bytes) -> bool:
    """Tell whether the part is in UTF-8 or UTF-16, as the standard asks: others hide words."""
    head = data[:400]
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if not encoding:
        encoding = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(head[:2], "utf-8")
    declared = _DECLARED.search(head.decode(encoding, "replace"))
    wide = head.startswith((b"<\0\0\0", b"\0\0", b"\xff\xfe\0\0"))
    return not wide and (declared is None or declared[1].casefold() in _ALLOWED)


def parsing(data: bytes, handlers: Mapping[str, Callable[..., None]]) -> Iterator[None]:
    """Send the events of ``data`` to ``handlers``, named as in expat; names are `URI NAME`.

    Yields after each piece. Raises ForbiddenXml for a document type or broken XML. Depth costs no
    stack.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_type
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    for at in range(0, max(len(data), 1), _PIECE):
        try:
            parser.Parse(data[at : at + _PIECE], at + _PIECE >= len(data))
        except expat.ExpatError as error:
            raise ForbiddenXml(str(error)) from error
        yield


def parse(data: bytes, handlers: Mapping[str, Callable[..., None]]) -> None:
    """Send the events of all of ``data`` to ``handlers``, as ``parsing`` does."""
    for _piece in parsing(data, handlers):
        pass


def tags(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Return the start tags of a small part in order: the local name, the attributes.

    Raises ForbiddenXml beyond MOST_TAGS.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) == MOST_TAGS:
            raise ForbiddenXml("too many tags")
        found.append((name.rpartition(" ")[2], attributes))

    parse(data, {"StartElementHandler": start})
    return iter(found)


def _refuse_type(*_declared: object) -> None:
    raise ForbiddenXml("document type")
