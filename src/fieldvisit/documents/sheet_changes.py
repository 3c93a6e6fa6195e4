"""What an edited sheet would change, told to the person before it is stored."""

from collections.abc import Iterable, Iterator, Mapping

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _
from fieldvisit.review.item import REASONS, Item
from fieldvisit.review.marks import mark, speaker_mark


def told_items(items: Iterable[Item], notes: Mapping[str, Note]) -> Iterator[str]:
    """Yield a line for each item, with its marks, so that nobody stores a level unseen.

    ``notes`` are those that items are about, by id.
    """
    for item in items:
        text = marked(item.kind, item.disclosure, item.said_by, item.text)
        if not item.is_plain:
            why = " ".join(REASONS.word(reason) for reason in item.reasons)
            yield _("? {where}: {text} ({why})").format(where=item.where, text=text, why=why)
        elif item.type == "change":
            handle = notes[item.target].handle
            yield _("~ {handle}: {text}").format(handle=handle, text=text)
            if item.slot:
                place = placed(item.place)
                yield _("→ {handle}: {place}").format(handle=handle, place=place)
        else:
            yield _("+ {place}: {text}").format(place=placed(item.place), text=text)


def told_removed(removed: Iterable[Note], kept: Iterable[Note]) -> Iterator[str]:
    """Yield a line for each note that was taken out, and for those that stay all the same."""
    for note in removed:
        yield _("- {handle}: {text}").format(handle=note.handle, text=note.body)
    for note in kept:
        yield _("Note {handle} was changed meanwhile and stays: {text}").format(
            handle=note.handle, text=note.body
        )


def marked(kind: str, disclosure: str, speaker: str, body: str) -> str:
    """Return a text with the marks 【…】 that say all that is stored of it."""
    kinds = "" if kind == "statement" else mark(KINDS, kind)
    return kinds + mark(DISCLOSURES, disclosure) + speaker_mark(speaker) + body


def placed(address: Address | None) -> str:
    """Return where a text is filed, in words."""
    return str(address) if address else _("unsorted")
