"""`record VISIT FILE… --as memo`: the memos of colleagues, read."""

from collections.abc import Sequence
from pathlib import Path

from fieldvisit.exchange.memo import read
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing


def read_memos(given: Settings, typed: str, files: Sequence[Path]) -> Memo:
    """Return what stands in the memos, one after the other; the visit is looked up first."""
    with viewing(given, "all") as view:
        find_visit(view, typed)
    found = [read_memo(read(path).lines) for path in files]
    return Memo(
        tuple(paragraph for memo in found for paragraph in memo.paragraphs),
        tuple(line for memo in found for line in memo.headings),
        tuple(line for memo in found for line in memo.strays),
        frozenset(line for memo in found for line in memo.closed),
    )
