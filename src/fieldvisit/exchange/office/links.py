"""What a Word or Excel file names: its kinds of parts, and where its parts point."""

import posixpath
from collections.abc import Iterator

from fieldvisit.exchange.office.hostile import HostileFile
from fieldvisit.exchange.office.xml import tags
from fieldvisit.language import _

# Kinds of content that can act: macros of today and of Excel 4.
_ACTING = ("macroenabled", "vbaproject", "vbadata", "macrosheet")
_TOLD_ELSEWHERE = frozenset({"hyperlink", "image", "oleObject"})


def check_content_types(file: str, data: bytes) -> None:
    """Raise HostileFile if ``[Content_Types].xml`` names macros."""
    for _tag, attributes in tags(data):
        kind = attributes.get("ContentType", "").casefold()
        if any(word in kind for word in _ACTING):
            raise with_macros(file)


def outside(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield look (`template`, `link`) and target of each relationship that leads out of the file.

    Links to be clicked are text; pictures and objects are told where they are seen.
    """
    for _id, kind, target, is_outside in _links(data):
        if is_outside and kind not in _TOLD_ELSEWHERE:
            yield "template" if kind == "attachedTemplate" else "link", target


def seen_alone(look: str) -> str:
    """Return the word for one of IGNORED: something that is seen and holds no text."""
    return {
        "picture": _("picture"),
        "embedded": _("embedded file"),
        "template": _("template"),
        "link": _("link to another file"),
    }[look]


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
