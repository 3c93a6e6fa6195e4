"""A filled sheet set against what is stored: what is new, what changed, what is there already."""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.errors import Conflict, WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.known_texts import KnownTexts
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.off_record_words import mentions_off_record
from fieldvisit.fieldwork.record.marks import read_marks
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.returned_matrix import comes_back_as
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _
from fieldvisit.text import settled

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")


class NewText(Struct, frozen=True):
    """A new note: its kind and disclosure are fixed values; ``closed`` by the words it says."""

    answer: Answer
    body: str
    kind: str
    disclosure: str
    speaker: str
    closed: bool = False


class Correction(Struct, frozen=True):
    """A note that the sheet says otherwise; ``speaker`` as typed if it is another one."""

    note: Note
    answer: Answer
    body: str
    kind: str
    disclosure: str
    speaker: str = ""


class CoverageInputs(Struct, frozen=True):
    """What a sheet is set against.

    ``notes`` are the visit's by handle, deleted ones too, of which the ``known`` ones count as
    there; ``shown`` returns a note as it stood at a revision, ``places`` where it ever stood,
    ``levels`` what it ever had, ``usual`` the guide's level of a place. ``is_of`` tells whether a
    note was said by the speaker that somebody typed.
    """

    notes: Mapping[str, Note]
    known: Sequence[Note]
    shown: Callable[[Note, str], Note | None]
    places: Callable[[Note], frozenset[Address | None]]
    levels: Callable[[Note], frozenset[str]]
    usual: Callable[[Address | None], str]
    is_of: Callable[[Note, str], bool]


class SettledSheet(Struct, frozen=True):
    """What to store, what is stored already, and what is not stored and why."""

    added: tuple[NewText, ...]
    changed: tuple[Correction, ...]
    unchanged: int
    strays: tuple[Stray, ...]


def settle(filled: FilledSheet, inputs: CoverageInputs, *, replies: bool) -> SettledSheet:
    """Return what becomes of each answer; ``replies`` = they are written by the city itself."""
    settling = _Settling(inputs, replies=replies)
    for answer in filled.answers:
        settling.take(answer)
    return SettledSheet(
        tuple(settling.added),
        tuple(settling.changed),
        settling.unchanged,
        (*filled.strays, *settling.strays),
    )


class _Settling:
    def __init__(self, inputs: CoverageInputs, *, replies: bool) -> None:
        self._ground = inputs
        self._replies = replies
        self._there = KnownTexts()
        for note in inputs.known:
            texts = ((place, settled(note.body)) for place in inputs.places(note))
            self._there.add(note, texts, inputs.levels(note))
        self.added: list[NewText] = []
        self.changed: list[Correction] = []
        self.unchanged = 0
        self.strays: list[Stray] = []

    def take(self, answer: Answer) -> None:
        """Take one answer; a handle that no note has makes it a new one without a place."""
        note = self._ground.notes.get(answer.handle) if answer.handle else None
        if note:
            self._take_correction(note, answer)
        elif self._replies:
            self._take_new(answer, [answer.text.strip()])
        else:
            self._take_new(answer, [part.strip() for part in _EMPTY_LINE.split(answer.text)])

    def _take_correction(self, note: Note, answer: Answer) -> None:
        try:
            wanted = self._correction(note, answer)
        except WrongUsage as error:
            self.strays.append(Stray(answer.text, answer.where, error.sentence))
            return
        if wanted is None:
            self.unchanged += 1
        elif note.deleted or not self._as_shown(note, answer):
            self.strays.append(Stray(answer.text, answer.where, _changed_meanwhile(note)))
        else:
            self.changed.append(wanted)

    def _correction(self, note: Note, answer: Answer) -> Correction | None:
        """Return what the sheet says of a note; None if no more than was shown, or stands by now.

        A text that was taken out leaves the note: only `record` in the editor removes notes.
        """
        shown = self._ground.shown(note, answer.revision) or note
        text = answer.text.strip()
        same = not text or any(comes_back_as(body, text) for body in (note.body, shown.body))
        body = note.body if same else text
        as_shown = self._as_shown(note, answer)
        kind = KINDS.read(answer.kind) if answer.kind and as_shown else note.kind
        wanted = note.disclosure
        if answer.disclosure and as_shown:
            wanted = DISCLOSURES.read(answer.disclosure)
        typed = " ".join(answer.speaker.split())
        known = " ".join(str(note.speaker or "").split())
        speaker = typed if typed != known and as_shown else ""
        if level(note.disclosure) == OFF_RECORD != level(wanted):
            raise WrongUsage(_("Note {handle} is off the record.").format(handle=note.handle))
        if (body, kind, wanted, speaker) == (note.body, note.kind, note.disclosure, ""):
            return None
        return Correction(note, answer, body, kind, wanted, speaker)

    def _as_shown(self, note: Note, answer: Answer) -> bool:
        """Tell whether a note says what was shown, be it again after a change was taken back."""
        shown = self._ground.shown(note, answer.revision)
        return shown is not None and _said(shown) == _said(note)

    def _take_new(self, answer: Answer, parts: list[str]) -> None:
        for body in filter(None, parts):
            try:
                new, wanted = self._new(answer, body)
                text = (answer.address, settled(new.body))
                known = self._there.take(text, wanted, self._spoken_by(new.speaker))
            except (WrongUsage, Conflict) as error:
                self.strays.append(Stray(body, answer.where, f"{error.sentence} {error.hint}"))
                continue
            if known:
                self.unchanged += 1
            else:
                self.added.append(new)

    def _spoken_by(self, typed: str) -> Callable[[Note], bool]:
        return lambda note: self._ground.is_of(note, typed)

    def _new(self, answer: Answer, text: str) -> tuple[NewText, str]:
        """Return the note that a text would be, and the level that it asks for, if it does."""
        marks = read_marks(text)
        kinds = [*marks.kinds] or [KINDS.read(word) for word in _words(answer.kind)]
        levels = [*marks.disclosures] or [DISCLOSURES.read(w) for w in _words(answer.disclosure)]
        speakers = [*marks.speakers] or _words(answer.speaker)
        if max(len(kinds), len(levels), len(speakers)) > 1:
            raise WrongUsage(_("It carries marks that exclude each other."))
        if not marks.rest:
            raise WrongUsage(_("There is no text after the mark."))
        kind = (kinds or ["reply" if self._replies else "statement"])[0]
        usual = default_disclosure(kind, self._ground.usual(answer.address))
        new = NewText(answer, marks.rest, kind, (levels or [usual])[0], (speakers or [""])[0])
        if not levels and mentions_off_record(marks.rest):
            return replace(new, disclosure=OFF_RECORD, closed=True), OFF_RECORD
        return new, (levels or [""])[0]


def _said(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.body, note.kind, note.disclosure, speaker, note.deleted)


def _words(typed: str) -> list[str]:
    return [typed] if typed else []


def _changed_meanwhile(note: Note) -> str:
    if note.deleted:
        return _("Note {handle} was deleted meanwhile.").format(handle=note.handle)
    return _(
        "Note {handle} was changed meanwhile and now reads: “{text}”. To settle it: "
        "fieldvisit note edit {handle}"
    ).format(handle=note.handle, text=note.body)
