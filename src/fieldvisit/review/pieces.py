"""A file that came back, as its reader found it: pieces of text, each with the place it stands in.

Nothing in it is understood yet: a reader knows slots, columns and looks, and no topic, no level and
no person. Whatever a person may see in the file is a piece.
"""

from collections.abc import Mapping

from msgspec import Struct

from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_, _

# Printed by us and left as it was: it tells where others belong and is never filed itself.
OWN = "own"
HEADING, ITEM, BOLD = "heading", "item", "bold"
_EDGES = "\n\r\t \u3000"
# Why a text is no plain text. It is shown to a person all the same.
LOOKS = (
    "struck",
    "deleted",
    "hidden",
    "comment",
    "drawn",
    "margin",
    "merged",
    "formula",
    "error",
    "format",  # of a date or time that is not told as it was shown
    "aside",  # on a sheet of another purpose, or above a table
    "unclosed",  # the frame has lost its end: printed lines may stand in it
)
# What was taken out of a text, and still stands in the file.
TAKEN_OUT = frozenset({"struck", "deleted"})
# What can be seen and holds no text that could be read; named with its place, and never filed.
IGNORED = Vocabulary(
    N_("what is ignored"),
    {
        "picture": Term("図・写真", "picture"),
        "embedded": Term("埋め込みファイル", "embedded file"),
        "template": Term("テンプレート", "template"),
        "link": Term("外部リンク", "external link"),
        "dropped": Term("登録しないと判断したもの", "decided to be no statement"),
    },
)


class Where(Struct, frozen=True):
    """A place in a file: ``unit`` is `line`, `paragraph` or `row`, ``at`` counts them from 1.

    ``part`` is the sheet of a workbook, empty elsewhere.
    """

    file: str
    unit: str
    at: int
    part: str = ""

    def __str__(self) -> str:
        """Return the place in the reader's language."""
        unit = {
            "line": _("line {n}"),
            "paragraph": _("paragraph {n}"),
            "row": _("row {n}"),
        }[self.unit].format(n=self.at)
        sheet = _("sheet {name}").format(name=self.part) if self.part else ""
        return ", ".join(part for part in (self.file, sheet, unit) if part)


class Piece(Struct, frozen=True):
    """A text and where it stands.

    ``slot`` is the tag of the box or row of ours in which it stands, empty outside; ``column`` the
    key of its column in a row, or the head as typed if it is none of ours. ``look`` is OWN, one of
    LOOKS or IGNORED, empty for plain text. ``style`` is `heading` or `item` where the file says
    so, with its ``level`` from 1, or `bold` for a paragraph that is bold as a whole; ``mark`` is
    the sign that says it in a file of plain text.
    """

    text: str
    where: Where
    slot: str = ""
    column: str = ""
    look: str = ""
    style: str = ""
    level: int = 0
    mark: str = ""


def bare(text: str) -> str:
    """Return a text as a piece holds it: without blanks around it."""
    return text.strip(_EDGES)


class ReturnedFile(Struct, frozen=True):
    """A file: its path as given, the SHA-256 of its bytes, the tag of its sheet, its pieces.

    Of a sheet that a person filled in here, with an editor, ``shown`` says by slot what it showed
    beside the texts: the marks before a note, the level of a new text without one.
    """

    path: str
    sha256: str
    sheet: str
    pieces: tuple[Piece, ...]
    shown: Mapping[str, str] = {}
