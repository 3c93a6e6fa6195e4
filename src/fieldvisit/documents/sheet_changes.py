"""What a record sheet would change, told to the person before it is stored."""

from collections.abc import Iterator

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.changes import SheetChanges
from fieldvisit.fieldwork.record.marks import mark, speaker_mark
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _, enumerated


def lines(found: SheetChanges) -> Iterator[str]:
    """Yield a line for each note that is new, changed, moved or taken out, and the counts.

    New and changed notes carry their marks, so that nobody stores a level unseen.
    """
    for block in found.added:
        text = marked(block.kind, block.disclosure, block.speaker, block.body)
        yield _("+ {place}: {text}").format(place=placed(block.address), text=text)
    for change in found.changed:
        text = marked(change.kind, change.disclosure, change.speaker, change.body)
        yield _("~ {handle}: {text}").format(handle=change.note.handle, text=text)
        if change.moved:
            yield _moved(change.note.handle, change.address)
    for change in found.moved:
        yield _moved(change.note.handle, change.address)
    for note in found.removed:
        yield _("- {handle}: {text}").format(handle=note.handle, text=note.body)
    if found.people is not None:
        people = enumerated(str(person) for person in found.people) or "-"
        yield _("Those present: {people}").format(people=people)
    yield _counts(found)


def marked(kind: str, disclosure: str, speaker: str, body: str) -> str:
    """Return a text with the marks 【…】 that say all that is stored of it."""
    kinds = "" if kind == "statement" else mark(KINDS, kind)
    return kinds + mark(DISCLOSURES, disclosure) + speaker_mark(speaker) + body


def placed(address: Address | None) -> str:
    """Return where a text is filed, in words."""
    return str(address) if address else _("unsorted")


def _moved(handle: str, address: Address | None) -> str:
    return _("→ {handle}: {place}").format(handle=handle, place=placed(address))


def _counts(found: SheetChanges) -> str:
    return _(
        "added {added} · changed {changed} · moved {moved} · removed {removed} · left alone {same}"
    ).format(
        added=len(found.added),
        changed=len(found.changed),
        moved=len(found.moved),
        removed=len(found.removed),
        same=len(found.unchanged),
    )
