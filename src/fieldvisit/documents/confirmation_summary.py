"""What is sent to be confirmed and what came back, told to the person at the keyboard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fieldvisit.documents import wordings
from fieldvisit.fieldwork.confirming import letter
from fieldvisit.fieldwork.confirming.letter import Letter
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import _, counted, enumerated

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
        yield _("Going without a topic: {handles}. Sort them: fieldvisit note sort {visit}").format(
            handles=enumerated(unsorted), visit=sent.visit.handle
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


def told_unanswered(passages: Sequence[Note]) -> Iterator[str]:
    """Yield which passages bear no word of the city, or have no row any more."""
    if passages:
        yield _("Passages without an answer: {handles}").format(
            handles=enumerated(note.handle for note in passages)
        )


def told_counts(stored: int, unchanged: int, refused: int, unanswered: int) -> str:
    """Return the counts of what was read."""
    return _(
        "answers stored {stored} · known already {unchanged} · not stored {refused} · passages "
        "without an answer {unanswered}"
    ).format(stored=stored, unchanged=unchanged, refused=refused, unanswered=unanswered)
