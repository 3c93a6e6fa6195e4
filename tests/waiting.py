"""Items made by hand: what a file that came back would have left to be decided."""

from collections.abc import Sequence
from typing import Any

from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.item import Item, item_id
from fieldvisit.review.pieces import Where
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.view import viewing

EFFECT = Address("ai-rpa", "effect")


def item(at: int, text: str, **said: Any) -> Item:
    """One piece of a memo, of which place and level are suggested, unless said otherwise."""
    where = Where("メモ.txt", "line", at)
    known = {"type": "note", "place": EFFECT, "disclosure": "confirm", "reasons": ("memo",)}
    told = known | said
    return Item(
        item_id("0" * 64, where, ""), path="メモ.txt", sha256="0" * 64, where=where, text=text,
        **told,
    )  # fmt: skip


def store(given: Settings, items: Sequence[Item], visit: str = "chiba-1") -> tuple[Item, ...]:
    """Let items wait, all of one visit, and return them as they are stored."""
    from msgspec.structs import replace

    with changing(given, "read メモ.txt", "s0") as (view, change):
        of = next(one for one in view.visits if one.handle == visit)
        return tuple(
            records.save(change, replace(one, visit_id=of.id, city_code=of.city_code))
            for one in items
        )


def states(given: Settings) -> list[str]:
    """How all items stand, in the order of their entry."""
    from fieldvisit.storage import queries

    with viewing(given, "all") as view:
        return [one.state for one in queries.items(view.connection)]
