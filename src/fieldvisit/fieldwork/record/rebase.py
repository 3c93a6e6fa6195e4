"""A filled record sheet carried over to how its notes stand by now.

What a person typed stays in its block; where somebody else changed the same note, the shown
sheet gets lines that say how it stands, so that the next reading stores it knowingly.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.record.changes import NoteChange, SheetChanges, changes
from fieldvisit.fieldwork.record.marks import mark, speaker_mark
from fieldvisit.fieldwork.record.sheet import (
    ReadBlock,
    ReadSheet,
    RecordSheet,
    SheetNote,
    SheetSection,
    settled,
)
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.language import _


class Rebased(Struct, frozen=True):
    """The sheet to keep as shown from here on, and what a person's draft of it holds."""

    shown: RecordSheet
    blocks: tuple[ReadBlock, ...]
    people: tuple[Participant, ...]


def rebase(shown: RecordSheet, read: ReadSheet, now: RecordSheet) -> Rebased:
    """Return ``now`` filled with what ``read`` made of ``shown``; nothing typed is left out.

    A note that only one side changed takes that side's text, marks and place, each by itself.
    """
    wanted = changes(shown, read)
    sheet, people = _with_people(shown, now, wanted)
    carried = _Carrying(shown, read, sheet, wanted)
    return Rebased(carried.sheet(), carried.blocks, people)


def _with_people(
    shown: RecordSheet, now: RecordSheet, wanted: SheetChanges
) -> tuple[RecordSheet, tuple[Participant, ...]]:
    if wanted.people is None:
        return now, now.people
    if now.people == shown.people:
        return now, wanted.people
    lines = [_("Those present were changed meanwhile; now: {person}").format(person=person)
             for person in now.people]  # fmt: skip
    return replace(now, guidance=(*now.guidance, *lines)), wanted.people


class _Carrying:
    """Carries one draft over; ``_told`` goes above single notes, ``_news`` above the sheet."""

    def __init__(
        self, shown: RecordSheet, read: ReadSheet, now: RecordSheet, wanted: SheetChanges
    ) -> None:
        self._shown = shown
        self._now = now
        self._told: dict[str, str] = {}
        self._news: list[str] = []
        self._before = {note.handle: (at, note) for at, note in shown.placed_notes()}
        self._current = {note.handle: (at, note) for at, note in now.placed_notes()}
        self._edits = {c.note.handle: c for c in (*wanted.changed, *wanted.moved)}
        self._removed = {note.handle for note in wanted.removed}
        carried = [self._carried(block) for block in read.blocks]
        self.blocks = (*(block for block in carried if block), *self._inserted(read))

    def sheet(self) -> RecordSheet:
        """Return the sheet of today with what is to be told."""
        sections = tuple(
            replace(section, notes=tuple(self._annotated(section.notes)))
            for section in self._sections()
        )
        news = tuple(dict.fromkeys(self._news))
        return replace(self._now, guidance=(*self._now.guidance, *news), sections=sections)

    def _carried(self, block: ReadBlock) -> ReadBlock | None:
        if not block.handle:
            return self._placed_as_meant(block)
        edit = self._edits.get(block.handle)
        if block.handle not in self._current:
            return self._orphaned(edit) if edit and edit.rewritten else None
        if block.handle in self._removed:
            return self._removed_yet_changed(block.handle)
        if edit is None:
            return _as_block(*self._current[block.handle])
        return self._placed(self._merged(edit))

    def _orphaned(self, edit: NoteChange) -> ReadBlock:
        self._news.append(
            _("Note {handle} was deleted meanwhile; your text of it stands as a new note.").format(
                handle=edit.note.handle
            )
        )
        fresh = ReadBlock(
            edit.address, "", edit.kind, edit.disclosure, edit.body, speaker=edit.speaker
        )
        return self._placed(fresh)

    def _removed_yet_changed(self, handle: str) -> ReadBlock | None:
        at, note = self._current[handle]
        if self._before[handle] == (at, note):
            return None
        self._told[handle] = _("You had taken this note out; it was changed meanwhile.")
        return _as_block(at, note)

    def _merged(self, edit: NoteChange) -> ReadBlock:
        at, now = self._current[edit.note.handle]
        old = edit.note
        body, other_body = _pick(old.body, edit.body, now.body)
        kind, other_kind = _pick(old.kind, edit.kind, now.kind)
        level, other_level = _pick(old.disclosure, edit.disclosure, now.disclosure)
        speaker, other_speaker = _pick(old.speaker, edit.speaker, now.speaker)
        if other_body or other_kind or other_level or other_speaker:
            self._told[now.handle] = _standing_now(now)
        place = edit.address if edit.moved else at
        return ReadBlock(place, now.handle, kind, level, body, speaker=speaker)

    def _inserted(self, read: ReadSheet) -> Iterator[ReadBlock]:
        """Yield what the draft does not hold: notes new since then, or changed after removal."""
        held = {block.handle for block in read.blocks}
        for handle, (at, note) in self._current.items():
            if handle not in self._before:
                yield _as_block(at, note)
            elif handle not in held and (block := self._removed_yet_changed(handle)):
                yield block

    def _placed_as_meant(self, block: ReadBlock) -> ReadBlock:
        """Say the disclosure where the place's usual one is no longer what the person saw."""
        placed = self._placed(block)
        saw = self._shown.usual_at(block.address)
        if block.disclosure or saw == self._now.usual_at(placed.address):
            return placed
        return replace(placed, disclosure=default_disclosure(block.kind, saw))

    def _placed(self, block: ReadBlock) -> ReadBlock:
        if any(section.address == block.address for section in self._now.sections):
            return block
        if block.address:
            self._news.append(
                _("{address} is no longer on this sheet; its text stands unsorted.").format(
                    address=block.address
                )
            )
        return replace(block, address=None)

    def _sections(self) -> Iterator[SheetSection]:
        yield from self._now.sections
        at_the_end = any(section.address is None for section in self._now.sections)
        if not at_the_end and any(block.address is None for block in self.blocks):
            yield SheetSection(None, _("Unsorted"))

    def _annotated(self, notes: Iterable[SheetNote]) -> Iterator[SheetNote]:
        for note in notes:
            parts = (note.remarks, self._told.get(note.handle, ""))
            yield replace(note, remarks="\n".join(part for part in parts if part))


def _pick(old: str, mine: str, theirs: str) -> tuple[str, bool]:
    """Return the text to go on with, and whether both sides wrote something different."""
    if settled(mine) == settled(old):
        return theirs, False
    both = settled(theirs) not in {settled(old), settled(mine)}
    return mine, both


def _standing_now(note: SheetNote) -> str:
    """Return how a note stands by now, every line marked as such."""
    marks = mark(KINDS, note.kind) + mark(DISCLOSURES, note.disclosure)
    marks += speaker_mark(note.speaker)
    lines = settled(marks + note.body).split("\n")
    told = _("This note was changed meanwhile. What stands in it below is yours; now it reads:")
    return "\n".join([told, *(_("now: {line}").format(line=line) for line in lines)])


def _as_block(at: Address | None, note: SheetNote) -> ReadBlock:
    return ReadBlock(at, note.handle, note.kind, note.disclosure, note.body, speaker=note.speaker)


def in_place(blocks: Iterable[ReadBlock], address: Address | None) -> list[ReadBlock]:
    """Return the blocks at ``address`` in their order."""
    return [block for block in blocks if block.address == address]


def filled(sheet: RecordSheet) -> Rebased:
    """Return the sheet as it is before anybody wrote in it."""
    blocks = tuple(_as_block(at, note) for at, note in sheet.placed_notes())
    return Rebased(sheet, blocks, sheet.people)
