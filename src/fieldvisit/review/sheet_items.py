"""The items of one file, each with an id of its own."""

from collections.abc import Iterable

from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.review.item import Item, item_id
from fieldvisit.review.pieces import Piece, ReturnedFile, Where
from fieldvisit.review.proposed import Arrival
from fieldvisit.text import checked


class SheetItems:
    """Gathers items in their order."""

    def __init__(self, file: ReturnedFile, visit: Visit | None, arrival: Arrival) -> None:
        self._sha256 = file.sha256
        self._ids: set[str] = set()
        self.items: list[Item] = []
        self._blank = Item(
            "",
            "",
            file.path,
            file.sha256,
            Where(file.path, "line", 1),
            "",
            visit.id if visit else "",
            visit.city_code if visit else "",
            who=arrival.who,
            on_day=arrival.on_day,
            mode=arrival.mode,
        )

    def add(
        self,
        what: str,
        piece: Piece,
        place: Address | None,
        *apart: str,
        reasons: Iterable[str] = (),
        **fields: str,
    ) -> None:
        """Add an item of a type; ``apart`` tells it from others of the same place."""
        known = (what, piece.look, piece.column, *apart)
        id_ = item_id(self._sha256, piece.where, piece.slot, *known)
        while id_ in self._ids:
            id_ = item_id(self._sha256, piece.where, piece.slot, id_)
        self._ids.add(id_)
        item = replace(
            self._blank,
            id=id_,
            type=what,
            where=piece.where,
            text=piece.text.strip(),
            slot=piece.slot,
            place=place,
            reasons=tuple(dict.fromkeys((*reasons, *_lost(piece.text)))),
        )
        self.items.append(replace(item, **fields))

    def leave(self, piece: Piece, reason: str, place: Address | None = None) -> None:
        """Let a text wait that is no answer by itself, or has no place."""
        if piece.text.strip():
            self.add("remark", piece, place, reasons=(reason,))


def _lost(text: str) -> tuple[str, ...]:
    """Return why a text cannot be kept as somebody's words; no text is none."""
    try:
        checked(text or "-")
    except Refused:
        return ("lost",)
    return ()
