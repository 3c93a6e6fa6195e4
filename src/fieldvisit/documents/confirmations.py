"""What cities were asked to confirm and what they said: the list, and a line for one note."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.lists import listing
from fieldvisit.fieldwork import letter
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.letter import STANDINGS, ConfirmationStanding, Letter
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import _, counted, enumerated


def confirmation_list(
    found: Sequence[ConfirmationStanding], cities: Mapping[str, City], audience: str, today: date
) -> Document:
    """Return how each note stands with its city, in the order given."""
    day = today.isoformat()

    def due(one: ConfirmationStanding) -> str:
        return (_("OVERDUE ") if one.is_overdue(day) else "") + wordings.day(one.due)

    def asked(field: str) -> Callable[[ConfirmationStanding], str]:
        return lambda one: getattr(one.confirmation, field, "")

    def asked_day(field: str) -> Callable[[ConfirmationStanding], str]:
        return lambda one: wordings.day(asked(field)(one))

    return listing(
        "confirmations",
        _("Confirmation by the cities"),
        found,
        (
            ("visit", _("visit"), lambda one: one.visit.handle),
            ("note", _("handle"), lambda one: one.note.handle),
            ("state", _("state of the confirmation"), lambda one: STANDINGS.word(one.state)),
            ("due", _("reply by"), due),
            ("department", _("department asked"), asked("department")),
            ("sent_on", _("sent on"), asked_day("sent_on")),
            ("answered_on", _("answered on"), asked_day("answered_on")),
            ("who", _("answered by"), asked("who")),
            ("comment", _("comment"), asked("comment")),
            ("body", _("text"), lambda one: one.note.body),
        ),
        ("confirmations", lambda one: _shape(one, cities, day)),
        about={"audience": audience},
        empty=_("There is nothing that a city could be asked to confirm."),
    )


def _shape(one: ConfirmationStanding, cities: Mapping[str, City], today: str) -> dict[str, Any]:
    return {
        "visit": one.visit.handle,
        "city": shapes.city_name(cities[one.visit.city_code]),
        "note": one.note.handle,
        "state": one.state,
        "overdue": one.is_overdue(today),
        "confirmation": shape(one.confirmation, one.note),
    }


def shape(found: Confirmation | None, note: Note) -> dict[str, Any] | None:
    """Return what a city was asked and said about a note; ``holds`` = of it as it stands."""
    if found is None:
        return None
    return {
        "state": found.state,
        "holds": found.holds_for(note),
        **shapes.taken(found, "department", "sent_on", "due", "answered_on"),
        **shapes.taken(found, "who", "comment", "by"),
    }


def in_words(found: Confirmation | None, note: Note) -> str:
    """Return in one line what a city was asked and said, who and when; empty if nothing."""
    if found is None:
        return ""
    state = CONFIRMATIONS.word(found.state)
    if found.state == "sent":
        due = wordings.day(found.due)
        details = (wordings.day(found.sent_on), due and _("reply by {date}").format(date=due))
    else:
        details = (found.who, wordings.day(found.answered_on))
    changed = "" if found.holds_for(note) else _("the note was changed since")
    return state + wordings.bracketed(enumerated(filter(None, (*details, changed))))


_FIRST_WORDS = 40  # characters


def told_passages(sent: Letter) -> Iterator[str]:
    """Yield a line for each passage that goes: its number, its first words, its handle."""
    for one in sent.passages:
        short = wordings.in_short(one.note.body, _FIRST_WORDS)
        yield f"{one.number}. {short} [{one.note.handle}]"


def told_going(sent: Letter) -> Iterator[str]:
    """Yield how many passages go, and how many do not and why."""
    yield counted(
        "{n} passage goes to the city.", "{n} passages go to the city.", len(sent.passages)
    )
    if sent.agreed:
        yield _("Agreed to already, and staying so until the city says otherwise: {n}").format(
            n=len(sent.agreed)
        )
    yield from told_left_out(sent.left_out)
    yield from _told_to_look_at(sent)


def _told_to_look_at(sent: Letter) -> Iterator[str]:
    """Yield what a person may want to mend before the letter goes."""
    if unsorted := [one.note.handle for one in sent.passages if not one.note.places]:
        yield _(
            "Going without a topic: {handles}. File them: fieldvisit note edit NOTE --topic TOPIC"
        ).format(handles=enumerated(unsorted))
    spoke = (one.note.speaker.department for one in sent.passages if one.note.speaker)
    if not sent.department and len(departments := set(filter(None, spoke))) > 1:
        yield _("Several departments said this: {names}. One letter each: --department").format(
            names=enumerated(sorted(departments))
        )
    if not (sent.study.institute and sent.study.contact):
        yield _(
            "The letter does not say who asks, or whom to answer: fieldvisit study edit "
            "--institute NAME --contact TEXT"
        )
    if not sent.visit.took_place(sent.day):
        yield _("{visit} is not noted as held.").format(visit=sent.visit.handle)


def told_left_out(left_out: Mapping[str, int]) -> Iterator[str]:
    """Yield how many notes do not go, by reason."""
    reasons = {
        letter.WHY_AGREED: _(
            "Not sent, the city agreed to them as they stand (--all sends them): {n}"
        ),
        letter.WHY_DEPARTMENT: _("Not sent, said by another department or by nobody named: {n}"),
        letter.WHY_PERSON: _(
            "Not sent, said by a person who is not to be named (--note NOTE sends one): {n}"
        ),
        letter.WHY_OWN_WORDS: _("Not sent, remarks and desk research of ours: {n}"),
        letter.WHY_GROUP: _("Not sent, for the group only: {n}"),
        letter.WHY_OFF_RECORD: _("Not sent, off the record: {n}"),
    }
    for reason, words in reasons.items():
        if number := left_out.get(reason):
            yield words.format(n=number)


def told_answers(answered: Sequence[tuple[Note, str]]) -> Iterator[str]:
    """Yield a line for each note that was answered about, with its new text if it has one."""
    for note, state in answered:
        word = CONFIRMATIONS.word(state)
        if state == "corrected":
            word = wordings.labelled(word, note.body)
        yield wordings.labelled(note.handle, word)


def told_not_holding(notes: Iterable[Note]) -> Iterator[str]:
    """Yield for each note that was changed since the city saw it what that means."""
    for note in notes:
        if note.deleted:
            yield _(
                "Note {handle} was deleted after the city saw it: the answer is kept for what it "
                "saw."
            ).format(handle=note.handle)
            continue
        kept = _(
            "Note {handle} was changed after the city saw it: the answer is kept for what it saw "
            "and does not hold for the note as it stands."
        ).format(handle=note.handle)
        again = _("Send it again: fieldvisit confirm send") if letter.may_go(note) else ""
        yield " ".join(filter(None, (kept, again)))


def told_unchanged(notes: Iterable[Note], visit: str) -> Iterator[str]:
    """Yield why an answer that is known already changes nothing: the note is another by now."""
    for note in notes:
        yield _(
            "Note {handle} was changed after the city had answered. If the city heard it as it "
            "stands: fieldvisit confirm set {visit} {handle} ok --as-it-stands; else ask it again: "
            "fieldvisit confirm send {visit}"
        ).format(handle=note.handle, visit=visit)
