"""Items made by hand: what a file that came back leaves to be decided."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.item import Arrival, Item, Proposed, item_id
from fieldvisit.review.pieces import Piece, ReturnedFile, Where
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing

EFFECT = Address("ai-rpa", "effect")
# What a process of its own runs first, so that `read` knows the proposer below.
REGISTERED = (
    f"import sys; sys.path.append({str(Path(__file__).parent)!r})\n"
    "import waiting; from fieldvisit.actions import read_files\n"
    "read_files.PROPOSERS = {'memo': waiting.propose}"
)


def item(at: int, text: str, **said: Any) -> Item:
    """One piece of a memo, of which place and level are suggested, unless said otherwise."""
    where = Where("メモ.txt", "line", at)
    plain = Item(
        item_id("0" * 64, where, ""), "note", where.file, "0" * 64, where, text,
        place=EFFECT, disclosure="confirm", reasons=("memo",),
    )  # fmt: skip
    return replace(plain, **said)


def store(given: Settings, *items: Item, visit: str = "chiba-1") -> tuple[Item, ...]:
    """Let items wait, all of one visit, and return them as they are stored."""
    with changing(given, "read メモ.txt") as (view, change):
        of = next(one for one in view.visits if one.handle == visit)
        return tuple(
            records.save(change, replace(one, visit_id=of.id, city_code=of.city_code))
            for one in items
        )


def states(given: Settings) -> list[str]:
    """How all items stand, in the order of their entry."""
    with viewing(given, "all") as view:
        return [one.state for one in queries.items(view.connection)]


def propose(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """One item a piece: those that begin with `plain` are in no doubt, with `市` a city's words."""
    visit = find_visit(view, arrival.visit)
    found = []
    for piece in (piece for piece in file.pieces if piece.text.strip()):
        of_city = piece.text.startswith("市")
        told: dict[str, Any] = {"kind": "reply" * of_city, "place": None, "disclosure": ""}
        if of_city or piece.text.startswith("plain"):
            level = (of_city and arrival.disclosure) or "confirm"
            told |= {"place": EFFECT, "disclosure": level, "reasons": ()}
        name = item_id(file.sha256, piece.where, piece.slot, visit.id)
        of = {"id": name, "path": file.path, "sha256": file.sha256, "where": piece.where,
              "visit_id": visit.id, "city_code": visit.city_code}  # fmt: skip
        found.append(item(0, piece.text, **of, **told))
    # As if there were a picture in it.
    picture = Piece("", Where(file.pieces[0].where.file, "paragraph", 9), look="picture")
    return Proposed("memo", visit.handle, tuple(found), ignored=(picture,))
