"""What a Word or Excel file names: its kinds of parts, and where its parts point."""

import posixpath
from collections.abc import Iterator

from fieldvisit.exchange.office.hostile import HostileFile
from fieldvisit.exchange.office.xml import tags
from fieldvisit.language import _

# Kinds of content that can act: macros of today and of Excel 4.
_ACTING = ("macroenabled", "vbaproject", "vbadata", "macrosheet")


def check_content_types(file: str, data: bytes) -> None:
    """Raise HostileFile if ``[Content_Types].xml`` names macros."""
    for _tag, attributes in tags(data):
        kind = attributes.get("ContentType", "").casefold()
        if any(word in kind for word in _ACTING):
            raise with_macros(file)


def check_links(file: str, data: bytes) -> None:
    """Raise HostileFile if a part's relationships lead out of the file, unless to be clicked."""
    for _id, kind, target, outside in _links(data):
        if outside and kind != "hyperlink":
            raise HostileFile(
                file,
                _("it links to something outside ({target}).").format(target=target[:80]),
                _("Break the links in it (File, Info, Edit Links to Files), and save it anew."),
            )


def related(data: bytes, part: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Return id and part of each relationship of ``kind`` that leads from ``part``."""
    folder = posixpath.join("/", posixpath.dirname(part))
    return tuple(
        (link, posixpath.normpath(posixpath.join(folder, target)).lstrip("/"))
        for link, name, target, outside in _links(data)
        if name == kind and not outside
    )


def with_macros(file: str) -> HostileFile:
    """Return the refusal of a file with macros."""
    return HostileFile(
        file,
        _("it holds macros."),
        _("Open it, save it as .docx or .xlsx (without macros), and give that file."),
    )


def _links(data: bytes) -> Iterator[tuple[str, str, str, bool]]:
    for tag, attributes in tags(data):
        if tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            outside = attributes.get("TargetMode", "").casefold() == "external"
            yield attributes.get("Id", ""), kind, attributes.get("Target", ""), outside
