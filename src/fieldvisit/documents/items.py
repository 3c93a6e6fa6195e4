"""What came back: what became of files, and the items that wait for a decision."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from fieldvisit.documents.document import Column, Document, Grid
from fieldvisit.documents.lists import listing
from fieldvisit.documents.page import Block, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.documents.shapes import Shape
from fieldvisit.documents.wordings import day
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import REASONS, STATES, TYPES, Item
from fieldvisit.review.pieces import IGNORED, Where
from fieldvisit.review.seen import Seen


class Account(Struct, frozen=True):
    """What became of the pieces of a file: so many stored, unchanged, waiting.

    ``ignored`` are those that are never filed: where they stand, and what they are. ``seen`` are
    the items that it holds, where all of it may be shown.
    """

    file: str
    kind: str
    visit: str
    stored: int
    unchanged: int
    waiting: int
    ignored: tuple[tuple[Where, str], ...] = ()
    seen: tuple[Seen, ...] = ()

    @property
    def pieces(self) -> int:
        """Return how many there are in all."""
        return self.stored + self.unchanged + self.waiting + len(self.ignored)


def accounts(found: Sequence[Account]) -> Document:
    """Return what became of files; of their words it holds those of items that may be shown."""
    keys = ("file", "kind", "visit", "pieces", "stored", "unchanged", "waiting", "ignored")
    rows = tuple(
        (
            one.file, one.kind, one.visit or None, one.pieces, one.stored, one.unchanged,
            one.waiting, len(one.ignored),
        )
        for one in found
    )  # fmt: skip
    return Document(
        "read",
        lambda: Page(tuple(block for one in found for block in _account(one))),
        lambda: Grid(
            tuple(Column(key, title) for key, title in zip(keys, _heads(), strict=True)), rows
        ),
        lambda: {"files": [_account_shape(one) for one in found]},
    )


def _heads() -> tuple[str, ...]:
    return (
        _("file"), _("kind of file"), _("visit"), _("pieces"), _("stored"), _("unchanged"),
        _("waiting"), _("ignored"),
    )  # fmt: skip


def _account(found: Account) -> Iterator[Block]:
    _file, _kind, visit, pieces, stored, unchanged, waiting, _ignored = _heads()
    yield Heading(2, found.file)
    counts = [
        (pieces, found.pieces), (stored, found.stored), (unchanged, found.unchanged),
        (waiting, found.waiting),
    ]  # fmt: skip
    yield Facts.known([(visit, found.visit), *((name, str(number)) for name, number in counts)])
    if found.ignored:
        told = _("ignored: {what} ({place})")
        lines = (told.format(what=IGNORED.word(what), place=at) for at, what in found.ignored)
        yield Bullets(tuple(lines))
    for seen in found.seen:
        state = STATES.word(seen.item.state)
        yield Paragraph(f"{state}: {suggestion_of(seen, seen.item)}", quiet=True)
        yield Paragraph(seen.item.text)


def _account_shape(found: Account) -> Shape:
    return {
        "file": found.file,
        "kind": found.kind,
        "visit": found.visit or None,
        "pieces": found.pieces,
        "stored": found.stored,
        "unchanged": found.unchanged,
        "waiting": found.waiting,
        "ignored": [{"place": _fixed(where), "what": what} for where, what in found.ignored],
        "items": list(map(_shape, found.seen)),
    }


def item_list(found: Sequence[Seen]) -> Document:
    """Return items with all that there is to decide them by; for those in charge only."""
    return listing(
        "review",
        _("Items"),
        found,
        (
            ("item", _("item"), lambda one: one.item.handle),
            ("file", _("file"), lambda one: one.item.path),
            ("place", _("where"), lambda one: f"{one.item.where}"),
            ("visit", _("visit"), lambda one: one.visit.handle if one.visit else None),
            ("question", _("question"), lambda one: one.places.words(one.item.place)),
            ("target", _("about"), lambda one: one.target),
            ("before", _("stands"), lambda one: one.before),
            ("text", _("came"), lambda one: one.item.text),
            ("reasons", _("why"), lambda one: enumerated(reasons_of(one.item))),
            ("suggestion", _("suggestion"), lambda one: suggestion_of(one, one.item)),
            ("state", _("state"), lambda one: STATES.word(one.item.state)),
        ),
        ("items", _shape),
        empty=_("Nothing waits for a decision."),
        in_files={"file"},
    )


def reasons_of(item: Item) -> tuple[str, ...]:
    """Return in words why a person must look at an item."""
    return tuple(map(REASONS.word, item.reasons))


def suggestion_of(seen: Seen, item: Item) -> str:
    """Return in words what taking ``item`` does, which is ``seen`` as it was decided so far.

    Of what is no statement, that it is suggested to store nothing of it.
    """
    if item.advice == "drop" and item.place is None:
        return _("no statement")
    if item.mark:
        what = [MARKS.word(item.mark), day(item.due)]
    elif item.type == "choice":
        what = [CHOICES.word(item.choice)]
    else:
        kind = KINDS.word(item.kind or "statement") if item.type in {"note", "remark"} else ""
        level = DISCLOSURES.word(item.disclosure) if item.disclosure else ""
        what = [kind or TYPES.word(item.type), level, item.said_by or item.department]
    return enumerated(filter(None, [seen.places.short(item.place), *what]))


def _fixed(where: Where) -> str:
    """Return a place in a file as it stands in JSON, in any language the same."""
    return ", ".join(filter(None, (where.part, f"{where.unit} {where.at}")))


def _shape(found: Seen) -> Shape:
    item = found.item
    return {
        "item": item.handle,
        "id": item.id,
        "type": item.type,
        "file": item.path,
        "place": _fixed(item.where),
        "visit": found.visit.handle if found.visit else None,
        "target": found.target or None,
        "text": item.text,
        "before": found.before,
        "reasons": list(item.reasons),
        "suggestion": {
            "topic": item.place.topic if item.place else None,
            "question": item.place.question if item.place else None,
            "disclosure": item.disclosure or None,
            "kind": item.kind or None,
            "said_by": item.said_by or item.department or None,
            "mark": item.mark or None,
            "due": item.due or None,
            "choice": item.choice or None,
        },
        "state": item.state,
        "by": item.by or None,
    }
