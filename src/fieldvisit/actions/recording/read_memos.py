"""`record VISIT FILE… --as memo`: the memos of colleagues, read."""

from collections.abc import Sequence
from pathlib import Path

from fieldvisit.actions.looking import looking
from fieldvisit.actions.references import find_visit
from fieldvisit.exchange.memo import read
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.settings import Settings


def read_memos(given: Settings, typed: str, files: Sequence[Path]) -> Memo:
    """Return what stands in the memos, one after the other; the visit is looked up first."""
    with looking(given, "all") as look:
        find_visit(look, typed)
    found = [read_memo(read(path).lines) for path in files]
    return Memo(
        tuple(paragraph for memo in found for paragraph in memo.paragraphs),
        tuple(line for memo in found for line in memo.headings),
        tuple(line for memo in found for line in memo.strays),
        frozenset(line for memo in found for line in memo.closed),
    )
