"""What came back: what became of files, and the items that wait for a decision."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.documents.document import Document
from fieldvisit.documents.lists import ListColumn, listing
from fieldvisit.documents.page import Block, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.documents.shapes import Shape, taken
from fieldvisit.documents.wordings import day
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import REASONS, STATES, TYPES, Item
from fieldvisit.review.marks import brackets_in, marked
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
    files = listing("read", "", found, _account_columns(), ("files", _account_shape))
    return replace(files, page=lambda: Page(tuple(block for one in found for block in _told(one))))


def _account_columns() -> tuple[ListColumn[Account], ...]:
    return (
        ("file", _("file"), lambda one: one.file),
        ("kind", _("kind of file"), lambda one: one.kind),
        ("visit", _("visit"), lambda one: one.visit),
        ("pieces", _("pieces"), lambda one: one.pieces),
        ("stored", _("stored"), lambda one: one.stored),
        ("unchanged", _("unchanged"), lambda one: one.unchanged),
        ("waiting", _("waiting"), lambda one: one.waiting),
        ("ignored", _("ignored"), lambda one: len(one.ignored)),
    )


def _told(found: Account) -> Iterator[Block]:
    yield Heading(2, found.file)
    _file, _kind, *counts, _ignored = _account_columns()
    yield Facts.known((title, str(of(found))) for _key, title, of in counts)
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
        **{key: of(found) for key, _title, of in _account_columns()},
        "visit": found.visit or None,
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


def told(found: Iterable[Seen]) -> Iterator[str]:
    """Yield a line for each item of a sheet, with its marks, so that nobody stores a level unseen.

    What is in no doubt is said to be stored.
    """
    for seen in found:
        item, place = seen.item, str(seen.item.place or _("unsorted"))
        text = marked(item.kind, item.disclosure, item.said_by, item.text)
        if not item.is_plain:
            text = item.text if brackets_in(item.text) else text
            why = " ".join(reasons_of(item))
            yield _("? {where}: {text} ({why})").format(where=item.where, text=text, why=why)
        elif item.type == "change":
            yield _("~ {handle}: {text}").format(handle=seen.target, text=text)
        else:
            yield _("+ {place}: {text}").format(place=place, text=text)


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
        **taken(item, "id", "type", file="path"),
        "place": _fixed(item.where),
        "visit": found.visit.handle if found.visit else None,
        "target": found.target or None,
        "text": item.text,
        "before": found.before,
        "reasons": list(item.reasons),
        "suggestion": {
            **taken(item.place, "topic", "question"),
            **taken(item, "disclosure", "kind"),
            "said_by": item.said_by or item.department or None,
            **taken(item, "mark", "due", "choice"),
        },
        "state": item.state,
        "by": item.by or None,
    }
