"""`record VISIT FILE… --as memo`: the memos of colleagues, read."""

from collections.abc import Sequence
from pathlib import Path

from fieldvisit.actions.looking import looking
from fieldvisit.actions.references import find_visit
from fieldvisit.exchange.memo import read
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.settings import Settings
from fieldvisit.text import key


def read_memos(given: Settings, typed: str, files: Sequence[Path]) -> Memo:
    """Return what stands in the memos, one after the other; the visit is looked up first."""
    with looking(given, "all") as look:
        places = _places(look.shelf.of(find_visit(look, typed)))
    found = [read_memo(read(path).lines, places) for path in files]
    return Memo(
        tuple(paragraph for memo in found for paragraph in memo.paragraphs),
        tuple(line for memo in found for line in memo.headings),
        tuple(line for memo in found for line in memo.strays),
    )


def _places(guides: Sequence[Guide]) -> dict[str, Address]:
    """Return topics and questions by the keys of what a heading may call them."""
    places: dict[str, Address] = {}
    for guide in guides:
        for topic in guide.topics:
            at = Address(topic.key)
            for title in (topic.title.ja, topic.title.en, topic.short.ja, topic.short.en):
                places.setdefault(key(title), at)
                places.setdefault(key(f"{topic.number} {title}"), at)
            for question in topic.questions:
                here = Address(topic.key, question.key)
                places.setdefault(key(f"{topic.number}/{question.number}"), here)
                places.setdefault(key(question.ask.ja), here)
                places.setdefault(key(question.ask.en), here)
    places.pop("", None)
    return places
