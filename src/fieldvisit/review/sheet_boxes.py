"""The pieces of a returned sheet by the box or the row in which they stand."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from fieldvisit.review.pieces import IGNORED, OWN, Piece, ReturnedFile, Where

PRINTED = ("number", "topic", "question")  # columns that hold our own words
BESIDE = ("kind", "disclosure", "speaker", "department")
DECIDED = ("state", "choice")


class Box(Struct, frozen=True):
    """A box of a page or a row of a table, as it came back.

    ``text`` is the plain text of the answer; ``apart`` are texts with a look; ``cells`` the words
    chosen beside it by column; ``question`` what stands in the row's own cell; ``strange`` are
    texts in cells of ours or in columns that are not, ``pictures`` what holds no text.
    """

    where: Where
    slot: str = ""
    text: str = ""
    cells: Mapping[str, str] = {}
    question: str = ""
    apart: tuple[Piece, ...] = ()
    strange: tuple[Piece, ...] = ()
    pictures: tuple[Piece, ...] = ()

    @property
    def is_row(self) -> bool:
        """Tell whether it is a row of a table."""
        return self.where.unit == "row"


def boxes_of(file: ReturnedFile) -> Iterator[Box | Piece]:
    """Yield the boxes and rows of a file, and what stands in none, in their order."""
    rows = {_at(piece.where) for piece in file.pieces if piece.column}
    groups: dict[object, list[Piece]] = {}
    runs = groupby(file.pieces, key=lambda piece: _at(piece.where) in rows or piece.slot)
    for number, (key, run) in enumerate(runs):
        for piece in run:  # what is set apart of a row may come behind all rows
            groups.setdefault(_at(piece.where) if key is True else number, []).append(piece)
    for pieces in groups.values():
        if pieces[0].slot or _at(pieces[0].where) in rows:
            yield _box(tuple(pieces))
        else:
            yield from pieces


def _at(where: Where) -> tuple[str, str, int]:
    return where.part, where.unit, where.at


def _box(pieces: tuple[Piece, ...]) -> Box:
    first = next((piece for piece in pieces if piece.column or not piece.look), pieces[0])
    plain = [piece for piece in pieces if not piece.look and piece.text.strip()]
    known = {"", "answer", *BESIDE, *DECIDED}
    return Box(
        first.where,
        next((piece.slot for piece in pieces if piece.slot), ""),
        "\n".join(piece.text for piece in plain if piece.column in ("", "answer")).strip(
            "\n\r\t 　"
        ),
        {piece.column: piece.text.strip() for piece in plain if piece.column in BESIDE + DECIDED},
        next((piece.text for piece in pieces if piece.column == "question"), ""),
        tuple(_looks(pieces)),
        tuple(piece for piece in plain if piece.column not in known),
        tuple(piece for piece in pieces if piece.look in IGNORED),
    )


def _looks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.look and piece.look not in (OWN, *IGNORED) and piece.text.strip():
            yield piece
