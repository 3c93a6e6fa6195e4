"""Letters that came back: read, and stored as what the city said."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.confirming.answers import (
    Answered,
    Answers,
    Said,
    check_day,
    corrected_by,
    who_answers,
)
from fieldvisit.actions.confirming.confirmations import passages
from fieldvisit.dates import are_days_in_words
from fieldvisit.documents import confirmation_letter
from fieldvisit.documents.page_texts import texts_of_page
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_letters import read_letter
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.confirming.agreeing import agreeing
from fieldvisit.fieldwork.confirming.letter import Letter
from fieldvisit.fieldwork.confirming.replies import Replies, Reply, read_replies
from fieldvisit.fieldwork.confirming.returned_letter import ReturnedLetter
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.memo.kept import kept
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.tags import CONFIRMATION, read_passage_tag, read_sheet_tag
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.harmless import visible
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.change import changing, trying
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import key


class LetterReading(Struct, frozen=True):
    """What one file says, and the handle of the visit that it is about."""

    visit: str
    replies: Replies


def read_letters(given: Settings, files: Sequence[Path]) -> tuple[LetterReading, ...]:
    """Return what stands in each of ``files``; Refused if one is no letter of this study."""
    with viewing(given, "all") as view:
        return tuple(_reading(view, read_letter(path), path) for path in files)


def _reading(view: StudyView, letter: ReturnedLetter, path: Path) -> LetterReading:
    visit = _visit(view, letter, path)

    def shown(note_id: str, revision: str) -> Note | None:
        note = gate.note(view.connection, "all", note_id)
        of_this_visit = note is not None and note.visit_id == visit.id
        return gate.note_at(view.connection, note_id, revision) if of_this_visit else None

    tags = (read_passage_tag(row.tag) for row in letter.rows)
    seen = [note for tag in tags if tag and (note := shown(*tag))]
    ours = frozenset(_ours(view, visit, seen))

    def is_closed(note: Note) -> bool:
        now = gate.note(view.connection, "all", note.id)
        return now is not None and level(now.disclosure) == OFF_RECORD

    replies = read_replies(
        letter, shown, lambda text: key(text) in ours or _is_date(text), is_closed
    )
    silent = (*replies.unanswered, *_missing(view, visit, {note.id for note in seen}))
    return LetterReading(visit.handle, replace(replies, unanswered=silent))


def _missing(view: StudyView, visit: Visit, seen: Collection[str]) -> Iterator[Note]:
    """Yield the notes that went out with those ``seen``, still wait, and have no row any more.

    Where no row is left, they are all that wait.
    """
    known = view.confirmations
    sent = {_sending(known[note_id]) for note_id in seen if note_id in known}
    for note in gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id)):
        asked = known.get(note.id)
        waits = asked is not None and asked.state == "sent" and note.id not in seen
        if asked and waits and (not sent or _sending(asked) in sent):
            yield note


def _sending(asked: Confirmation) -> tuple[str, str, str]:
    return asked.sent_on, asked.department, asked.due


def _visit(view: StudyView, letter: ReturnedLetter, path: Path) -> Visit:
    """Return the visit that the tag of the letter names, or those of its passages."""
    whole = read_sheet_tag(letter.sheet)
    ids = [whole[0]] if whole and whole[1] == CONFIRMATION else []
    for row in letter.rows:
        if tag := read_passage_tag(row.tag):
            note = gate.note(view.connection, "all", tag[0])
            ids += [note.visit_id or ""] if note else []
    for visit_id in ids:
        if visit := view.visits_by_id.get(visit_id):
            return visit
    if ids:
        raise Refused(
            _("{path} is about a visit that this study does not have.").format(path=path),
            _("Read it in the study that it was sent from. Nothing was changed."),
        )
    raise Refused(
        _("{path} bears no sign of a letter that was sent to be confirmed.").format(path=path),
        _("Enter what it says with: fieldvisit confirm set. Nothing was changed."),
    )


def _is_date(text: str) -> bool:
    """Tell whether a text is a date as we print one, behind its label or alone."""
    label, colon, rest = text.partition("：" if "：" in text else ":")
    alone = rest.strip() if colon and label else text
    return are_days_in_words(alone)


def _ours(view: StudyView, visit: Visit, seen: Sequence[Note]) -> Iterator[str]:
    """Yield the keys of what such a letter holds by itself, in both languages."""
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            yield key(confirmation_letter.choice())
            for letter in _letters(view, visit, seen):
                texts = texts_of_page(confirmation_letter.page(letter))
                yield from (key(visible(text)) for text in texts)


def _letters(view: StudyView, visit: Visit, seen: Sequence[Note]) -> Iterable[Letter]:
    """Yield the letters that may have been sent: to any department, with or without a date."""
    ids = {note.id for note in seen}
    asked = [one for one in view.confirmations.values() if one.note_id in ids]
    departments = {"", *(one.department for one in asked)}
    dues = {"", *(one.due for one in asked)}
    city = view.cities[visit.city_code]
    bare = Letter(view.study, visit, city, today(), "", "", passages(view, visit, seen), {})
    for department in sorted(departments):
        for due in sorted(dues):
            yield replace(bare, department=department, due=due)


class StoredLetters(Struct, frozen=True):
    """What became of the answers in the files; ``unanswered`` passages bear none."""

    answered: tuple[Answered, ...]
    strays: tuple[Stray, ...]
    unanswered: tuple[Note, ...]

    @property
    def anything(self) -> bool:
        """Tell whether something was, or would be, stored."""
        return any(one.is_new for one in self.answered)


def store_letters(
    given: Settings,
    readings: Sequence[LetterReading],
    who: str = "",
    on_day: str = "",
    *,
    trial: bool = False,
) -> StoredLetters:
    """Store what the letters say; a ``trial`` says what would become of it and stores nothing.

    ``who`` answered for the city (empty = the department that was asked), ``on_day`` is an ISO
    date (empty = today); Refused if it is still to come or before the letter.
    """
    with (trying if trial else changing)(given, "confirm read") as (view, change):
        answers = Answers(view, change)
        replies = agreeing(
            (reading.replies for reading in readings), lambda note: _is_closed(_now(answers, note))
        )
        asked = (answers.known(reply.shown) for reply in replies.found)
        check_day(on_day or today().isoformat(), asked)
        strays = list(replies.strays)
        said = list(_said(answers, replies, who, on_day or today().isoformat()))
        if names := _who_corrected(said):
            change.command = with_reason(change.command, corrected_by(names))
        taken: list[Answered] = []
        for reply, _before, one in said:
            note = _now(answers, reply.shown)  # as the answer before may have left it
            try:
                taken.append(_take(answers, note, reply, one))
            except Refused as error:
                strays.append(_stray(note, reply, error))
        return StoredLetters(tuple(taken), tuple(strays), replies.unanswered)


def _who_corrected(said: Sequence[tuple[Reply, Note, Said]]) -> set[str]:
    """Return who corrected notes that are not off the record."""
    corrected = (one for one in said if one[0].state == "corrected" and not _is_closed(one[1]))
    return {answered.who for _reply, _note, answered in corrected}


def _said(
    answers: Answers, replies: Replies, who: str, on_day: str
) -> Iterator[tuple[Reply, Note, Said]]:
    """Yield each answer with its note, and who gave it and when."""
    for reply in replies.found:
        note = _now(answers, reply.shown)
        yield reply, note, Said(who or who_answers(answers.known(note)), on_day)


def _take(answers: Answers, note: Note, reply: Reply, said: Said) -> Answered:
    if reply.state == "ok":
        return answers.agrees(note, reply.shown, said)
    return answers.corrects(note, reply.shown, reply.text, said)


def _now(answers: Answers, shown: Note) -> Note:
    return gate.note(answers.view.connection, "all", shown.id) or shown


def _stray(note: Note, reply: Reply, error: Refused) -> Stray:
    """Return what is not stored; what a closed note was to say is as closed."""
    stray = reply.kept_apart(" ".join(filter(None, (error.sentence, error.hint))))
    return replace(stray, text=kept(stray.text, closed=_is_closed(note)))


def _is_closed(note: Note) -> bool:
    return level(note.disclosure) == OFF_RECORD
