"""`confirm read`: letters that a city filled in, read back; nothing is stored yet."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.confirming.passages import passages
from fieldvisit.dates import are_days_in_words
from fieldvisit.documents import confirmation_letter
from fieldvisit.documents.page_texts import texts_of_page
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_letters import read_letter
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.confirming.letter import Letter
from fieldvisit.fieldwork.confirming.replies import Replies, read_replies
from fieldvisit.fieldwork.confirming.returned_letter import ReturnedLetter
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.tags import CONFIRMATION, read_passage_tag, read_sheet_tag
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.harmless import visible
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
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
    for note in gate.notes(view.connection, "all", visit_id=visit.id):
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
