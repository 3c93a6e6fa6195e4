"""What a sheet that came back adds, changes, moves and removes, set against what was shown."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.record.sheet import (
    Person,
    ReadBlock,
    ReadSheet,
    RecordSheet,
    SheetNote,
    settled,
)
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.text import key


class NoteChange(Struct, frozen=True):
    """A shown note and how it is to stand: ``was_at`` and ``address`` differ if it was moved."""

    note: SheetNote
    was_at: Address | None
    address: Address | None
    kind: str
    disclosure: str
    body: str
    line: int = 0
    speaker: str = ""

    @property
    def rewritten(self) -> bool:
        """Tell whether more than the place differs."""
        note = self.note
        before = (note.kind, note.disclosure, note.body, note.speaker)
        return before != (self.kind, self.disclosure, self.body, self.speaker)

    @property
    def moved(self) -> bool:
        """Tell whether the place differs."""
        return self.was_at != self.address


class SheetChanges(Struct, frozen=True):
    """What to store; ``added`` has kind and disclosure filled in.

    ``changed`` are notes with another text or mark, which may have been moved too; ``moved``
    differ by their place alone. ``people`` is the whole new list, None if nothing differs.
    """

    added: tuple[ReadBlock, ...] = ()
    changed: tuple[NoteChange, ...] = ()
    moved: tuple[NoteChange, ...] = ()
    removed: tuple[SheetNote, ...] = ()
    unchanged: tuple[SheetNote, ...] = ()
    people: tuple[Participant, ...] | None = None

    def __bool__(self) -> bool:
        """Tell whether there is anything to store."""
        return self.people is not None or any((self.added, self.changed, self.moved, self.removed))


def changes(shown: RecordSheet, read: ReadSheet) -> SheetChanges:
    """Return what ``read`` makes of ``shown``; a shown note without text counts as removed."""
    blocks = {block.handle: block for block in read.blocks if block.handle}
    found = [
        _change(note, address, blocks[note.handle])
        for address, note in shown.placed_notes()
        if note.handle in blocks
    ]
    kept = [change for change in found if change.body.strip() or not change.note.body.strip()]
    here = {change.note.handle for change in kept}
    return SheetChanges(
        added=tuple(_filled_in(block, shown) for block in read.blocks if not block.handle),
        changed=tuple(change for change in kept if change.rewritten),
        moved=tuple(change for change in kept if change.moved and not change.rewritten),
        removed=tuple(note for _at, note in shown.placed_notes() if note.handle not in here),
        unchanged=tuple(c.note for c in kept if not c.rewritten and not c.moved),
        people=people_now(shown.people, read.people),
    )


def _change(note: SheetNote, was_at: Address | None, block: ReadBlock) -> NoteChange:
    same = settled(note.body) == settled(block.body)
    same_speaker = block.speaker in ("", " ".join(note.speaker.split()))
    return NoteChange(
        note=note,
        was_at=was_at,
        address=block.address,
        kind=block.kind or note.kind,
        disclosure=block.disclosure or note.disclosure,
        body=note.body if same else block.body,
        line=block.line,
        speaker=note.speaker if same_speaker else block.speaker,
    )


def _filled_in(block: ReadBlock, shown: RecordSheet) -> ReadBlock:
    kind = block.kind or "statement"
    level = block.disclosure or default_disclosure(kind, shown.usual_at(block.address))
    return replace(block, kind=kind, disclosure=level)


def people_now(
    shown: Sequence[Participant], rows: Sequence[Person]
) -> tuple[Participant, ...] | None:
    """Return those present with the ids they had, None if the rows say what was shown.

    A person is the same by all four cells, else by name, else by side and role.
    """
    known = [person for person in shown if any(_cells(person)[1:])]
    if [_cells(person) for person in known] == [_cells(row) for row in rows]:
        return None
    found: dict[int, Participant] = {}
    for sign in (_cells, _name, _side_and_role):
        for number, row in enumerate(rows):
            match = _same(row, known, sign) if number not in found else None
            if match is not None:
                known.remove(match)
                found[number] = match
    return tuple(_participant(row, found.get(number)) for number, row in enumerate(rows))


def _same(
    row: Person, known: Sequence[Participant], sign: Callable[[Person | Participant], object]
) -> Participant | None:
    wanted = sign(row)
    return next((p for p in known if wanted is not None and sign(p) == wanted), None)


def _cells(person: Person | Participant) -> tuple[str, str, str, str]:
    side, department, position, name = (
        " ".join(cell.split())
        for cell in (person.side, person.department, person.position, person.name)
    )
    return side, department, position, name


def _name(person: Person | Participant) -> str | None:
    return key(person.name) or None


def _side_and_role(person: Person | Participant) -> tuple[str, str, str] | None:
    role = key(person.department), key(person.position)
    return (person.side, *role) if any(role) else None


def _participant(row: Person, before: Participant | None) -> Participant:
    if before and _cells(before) == _cells(row):
        return before
    person_id = before.person_id if before else ""
    return Participant(person_id, row.side, row.name, row.department, row.position)
