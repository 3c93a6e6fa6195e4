"""What was said of a file that came back, and what it would change."""

from msgspec import Struct

from fieldvisit.review.item import Item
from fieldvisit.review.pieces import Piece


class Arrival(Struct, frozen=True):
    """What was said of files that came back: for which visit, as what, how, when, by whom.

    ``kind`` is `sheet`, `letter`, `memo`, `comparison` or empty (the file says it itself),
    ``disclosure`` the level that words of a city get with `--yes`.
    """

    visit: str = ""
    kind: str = ""
    mode: str = ""
    on_day: str = ""
    who: str = ""
    disclosure: str = ""


class Proposed(Struct, frozen=True):
    """What a file would change; ``visit`` is the handle of its visit, empty if it has none."""

    kind: str
    visit: str
    items: tuple[Item, ...]
    unchanged: int = 0
    ignored: tuple[Piece, ...] = ()
