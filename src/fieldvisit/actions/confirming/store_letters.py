"""`confirm read`, its last step: what the letters say, stored in one change."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.confirming.answers import (
    Answered,
    Answers,
    Said,
    check_day,
    corrected_by,
    who_answers,
)
from fieldvisit.actions.confirming.read_letters import LetterReading
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.confirming.agreeing import agreeing
from fieldvisit.fieldwork.confirming.replies import Replies, Reply
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.memo.kept import kept
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.change import changing, trying
from fieldvisit.study.view import today


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
    with (trying if trial else changing)(given, "confirm read") as (view, ledger):
        answers = Answers(view, ledger)
        replies = agreeing(
            (reading.replies for reading in readings), lambda note: _is_closed(_now(answers, note))
        )
        asked = (answers.known(reply.shown) for reply in replies.found)
        check_day(on_day or today().isoformat(), asked)
        strays = list(replies.strays)
        said = list(_said(answers, replies, who, on_day or today().isoformat()))
        if names := _who_corrected(said):
            ledger.command = with_reason(ledger.command, corrected_by(names))
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
