"""`note sort`: a walk through the notes of a visit that have no topic yet."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from fieldvisit.actions.sort_notes import (
    Desk,
    Step,
    drop_note,
    file_note,
    join_notes,
    note_now,
    open_desk,
    split_note,
    unsorted,
)
from fieldvisit.actions.undo import undo
from fieldvisit.cli.agreements import tell_voided
from fieldvisit.cli.keys import END, ENTER, SPACE, Keys, keyboard
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.sorting_screen import (
    Places,
    ask,
    chosen_cut,
    chosen_place,
    key_after,
    show,
    show_choices,
    show_keys,
    show_note,
)
from fieldvisit.documents.lists import told_still_closed
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _
from fieldvisit.settings import Settings


def sort(session: Session, visit: str, audience: str, by: str) -> None:
    """Walk through what is unsorted until nothing is left or the person stops."""
    if not session.on_terminal:
        raise Refused(
            _("Notes are sorted at a terminal, key by key."),
            _("Elsewhere file them one by one: fieldvisit note edit NOTE --topic TOPIC[/QUESTION]"),
        )
    settings = session.settings(by)
    seen_by = session.audience(Wish(audience=audience), "work")
    run = _Run(session, settings, open_desk(settings, visit, seen_by), seen_by)
    session.tell_held_back(run.held_back)
    try:
        with keyboard() as keys:
            run.go(keys)
    except KeyboardInterrupt:
        show("")
        raise
    finally:
        run.tell_the_end(session)


class _Done(Struct, frozen=True):
    """One step of this run; ``verb`` is `file`, `drop`, `split`, `join` or `leave`."""

    verb: str
    note: Note
    step: Step


class _Run:
    """One walk. ``_first`` are ids of notes that come next, ``_left`` those left for later."""

    def __init__(self, session: Session, settings: Settings, desk: Desk, audience: str) -> None:
        self._session = session
        self._settings = settings
        self._desk = desk
        self._audience = audience
        self._places = Places(desk.guides)
        self._done: list[_Done] = []
        self._left: set[str] = set()
        self._first: list[str] = []
        self._staying: Note | None = None
        _notes, self.held_back = unsorted(settings, desk, audience)

    def go(self, keys: Keys) -> None:
        """Show note after note, and do what the keys say."""
        shown = ""
        while queue := self._queue():
            note = queue[0]
            if shown != f"{note.id} {note.revision}":
                self._show(note, len(queue))
                shown = f"{note.id} {note.revision}"
            key = key_after(keys, ">")
            if key in {"q", "Q", END}:
                return
            try:
                self._act(keys, key.casefold(), queue)
            except Refused as refused:
                show(refused.sentence, refused.hint)
                shown = ""

    def tell_the_end(self, session: Session) -> None:
        """Say what was filed, left and dropped, and how to go on."""
        notes, _held_back = unsorted(self._settings, self._desk, self._audience)
        filed = {done.note.id for done in self._done if done.verb == "file"}
        dropped = {done.note.id for done in self._done if done.verb == "drop"}
        session.tell(
            _("Filed: {filed}. Without a topic: {left}. Dropped: {dropped}.").format(
                filed=len(filed), left=len(notes), dropped=len(dropped)
            ),
            _("Go on with: fieldvisit note sort {visit}").format(visit=self._desk.visit.handle)
            if notes
            else "",
        )

    def _queue(self) -> list[Note]:
        """Return what is still to be sorted in this run, the present note first."""
        notes, _held_back = unsorted(self._settings, self._desk, self._audience)
        rest = [note for note in notes if note.id not in self._left]
        order = {id_: at for at, id_ in enumerate(dict.fromkeys(self._first))}
        rest.sort(key=lambda note: order.get(note.id, len(order)))
        if self._staying and (staying := note_now(self._settings, self._staying, self._audience)):
            return [staying, *(note for note in rest if note.id != staying.id)]
        return rest

    def _show(self, note: Note, waiting: int) -> None:
        verbs = {"file", "drop", "leave"}
        before = {done.note.id for done in self._done if done.verb in verbs} - {note.id}
        show_note(note, len(before) + 1, len(before) + waiting, self._places)
        show_choices(self._places, self._suggested(note), goes_on=bool(note.places))
        show(_("? = the keys"))

    def _suggested(self, note: Note) -> Address | None:
        return None if note.places else self._desk.suggester.suggest(note.body, note.tags)

    def _act(self, keys: Keys, key: str, queue: list[Note]) -> None:
        note = queue[0]
        others: Mapping[str, Callable[[], None]] = {
            "s": lambda: self._split(keys, note),
            "j": lambda: self._join(note, queue[1:]),
            "x": lambda: self._drop(keys, note),
            "u": self._take_back,
            SPACE: lambda: self._leave(note),
            "?": show_keys,
            "+": lambda: self._file(keys, key_after(keys, "+"), note, stays=True),
        }
        if key in others:
            others[key]()
        elif key == ENTER and note.places:
            self._staying = None
        else:
            self._file(keys, key, note, stays=False)

    def _file(self, keys: Keys, key: str, note: Note, *, stays: bool) -> None:
        place = self._suggested(note) if key == ENTER else chosen_place(keys, key, self._places)
        if place is None:
            show(_("Nothing was filed. ? = the keys"))
            return
        step = file_note(self._settings, note, place)
        filed = step.notes[0]
        self._desk.suggester.learn(note.body, set(filed.places) - set(note.places))
        self._finish(_Done("file", note, step), stays=filed if stays else None)
        show(_("Filed under {place}").format(place=self._places.short(place)))
        if filed.disclosure != note.disclosure:
            level = DISCLOSURES.word(filed.disclosure)
            show(_("It is as closed now as the guide says there: {level}").format(level=level))

    def _split(self, keys: Keys, note: Note) -> None:
        cut = chosen_cut(keys, note.body)
        if cut is None:
            show(_("Nothing was split."))
            return
        step = split_note(self._settings, note, cut)
        first, second = step.notes
        self._finish(_Done("split", note, step))
        self._first = [first.id, second.id, *self._first]
        show(_("Split: {handles}").format(handles=f"{first.handle}, {second.handle}"))

    def _join(self, note: Note, others: list[Note]) -> None:
        if not others:
            show(_("No other note without a topic follows."))
            return
        step = join_notes(self._settings, note, others[0])
        self._finish(_Done("join", note, step))
        self._first = [note.id, *self._first]
        show(_("Joined with {handle}.").format(handle=others[0].handle))

    def _drop(self, keys: Keys, note: Note) -> None:
        reason = keys.line(lambda: ask(_("Why?")))
        step = drop_note(self._settings, note, reason)
        self._finish(_Done("drop", note, step))
        show(_("Note {handle} was deleted.").format(handle=note.handle))

    def _leave(self, note: Note) -> None:
        self._left.add(note.id)
        self._finish(_Done("leave", note, Step("", (note,))))

    def _take_back(self) -> None:
        if not self._done:
            show(_("Nothing was done in this run yet."))
            return
        last = self._done[-1]
        if last.step.change_id:
            closed = undo(self._settings, last.step.change_id).still_closed
            show(*told_still_closed(closed))
        self._done.pop()
        self._staying = last.note if last.note.places else None
        if last.verb == "file":
            new = set(last.step.notes[0].places) - set(last.note.places)
            self._desk.suggester.learn(last.note.body, new, -1)
        self._left.discard(last.note.id)
        self._first = [last.note.id, *self._first]
        show(_("Taken back."))

    def _finish(self, done: _Done, *, stays: Note | None = None) -> None:
        self._done.append(done)
        self._staying = stays
        tell_voided(self._session, self._changed_in(done))

    def _changed_in(self, done: _Done) -> list[str]:
        return (
            [note.handle for note in (done.note, *done.step.notes)] if done.step.change_id else []
        )
