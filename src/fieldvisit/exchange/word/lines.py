"""Paragraphs of a Word file as lines: text by the box it stands in, the rest set apart."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from fieldvisit.exchange.word.paragraphs import Paragraph, Piece
from fieldvisit.exchange.word.styles import Styles
from fieldvisit.fieldwork.sheets.returned_file import Line, Where

# What its writer took out: a paragraph of nothing else leaves no empty line behind.
_TAKEN_OUT = {"struck", "hidden"}

Notes = Mapping[tuple[str, str], str]


class _Stretch(Struct):
    """What one paragraph holds in one box: its text, and texts set apart with the reason."""

    box: str
    texts: list[str] = field(default_factory=list)
    apart: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def lines_of(paragraph: Paragraph, styles: Styles, notes: Notes, file: str) -> Iterator[Line]:
    """Yield the lines of a paragraph, then those of the comments and notes that hang on it."""
    if paragraph.is_anchor and not (paragraph.pieces or paragraph.mentions):
        return
    where = Where(file, "paragraph", paragraph.number)
    style = styles.kind(paragraph.style, paragraph.listed, paragraph.level)
    stretches = _stretches(paragraph)
    for stretch in stretches:
        if stretch.text or _is_empty_line(paragraph, stretches):
            yield Line(stretch.text, where, stretch.box, style=style)
        for piece in stretch.apart:
            yield Line(piece.text, where, stretch.box, piece.apart, style)
    for mention in dict.fromkeys(paragraph.mentions):
        if text := notes.get(mention):
            yield Line(text, where, stretches[-1].box, "comment")


def _stretches(paragraph: Paragraph) -> Sequence[_Stretch]:
    found: list[_Stretch] = []
    for piece in paragraph.pieces:
        if not found or found[-1].box != piece.box:
            found.append(_Stretch(piece.box))
        if piece.apart:
            found[-1].apart.append(piece)
        else:
            found[-1].texts.extend(piece.texts)
    return found or [_Stretch(paragraph.box)]


def _is_empty_line(paragraph: Paragraph, stretches: Sequence[_Stretch]) -> bool:
    """Tell whether the paragraph as a whole is an empty one, which parts notes."""
    reasons = {piece.apart for piece in paragraph.pieces}
    return len(stretches) == 1 and (not reasons or bool(reasons - _TAKEN_OUT))
