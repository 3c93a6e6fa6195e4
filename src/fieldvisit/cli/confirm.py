"""`confirm send`, `set`, `list`: whether the city agrees to what was recorded."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, made_of, option, verb
from fieldvisit.cli.options import ASKED_FOR, FOR_GROUP, OF_VISIT, VISIT, YES, day
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.cli.typed_text import Typed, Writing, rewriting, typed_text
from fieldvisit.documents import confirmations
from fieldvisit.doors.outputs import check_free, unwritable
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.errors import reason as why
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.letter import Letter
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import _, enumerated
from fieldvisit.study.view import today

if TYPE_CHECKING:
    from fieldvisit.actions.confirm_answers import Answered

_TO_SET = tuple(state for state in CONFIRMATIONS if state != "sent")


class Answer(Struct, frozen=True):
    """What was typed behind VISIT: notes, the state, and TEXT if there is any."""

    notes: tuple[str, ...]
    state: str
    text: str | None


def _send(session: Session, sent: Letter, wish: Wish, path: Path, *, yes: bool) -> None:
    """Write the letter and store that it went."""
    from fieldvisit.actions.confirm_letter import send
    from fieldvisit.documents.confirmation_letter import document
    from fieldvisit.documents.formats import render

    data = render(document(sent), chosen_format(wish))
    check_free(path, force=wish.force, study=session.study_folder())
    if session.on_terminal:
        session.tell("\n".join(confirmations.told_passages(sent)))
    session.tell("\n".join(confirmations.told_going(sent)))
    question = _("Send these to {city}?").format(city=sent.city.name)
    if session.on_terminal and not session.agrees(question, yes=yes):
        raise Refused(_("Nothing was sent."), _("Nothing was written or stored."))
    try:
        send(session.settings(), sent, path, data)
    except OSError as error:
        raise unwritable(path, why(error)) from error
    session.tell(
        _("Written: {path}").format(path=path), _("Read the answer with: fieldvisit read FILE")
    )


def read_answer(words: Sequence[str]) -> Answer:
    """Return what is meant by `[NOTE…] ok|corrected|withheld|anonymous|no-reply [TEXT]`."""
    for at, text in ((-2, words[-1]), (-1, None)):
        if len(words) >= -at and (state := _state(words[at])):
            if state == "corrected" and len(words[:at]) != 1:
                raise WrongUsage(
                    _("A correction is of exactly one note."),
                    _("Name it: fieldvisit confirm set VISIT NOTE corrected TEXT"),
                )
            return Answer(tuple(words[:at]), state, text)
    raise WrongUsage(
        _("It is not said what the city answered."),
        _("Say one of these behind the notes: {states}").format(states=enumerated(_TO_SET)),
    )


def _state(typed: str) -> str:
    try:
        found = CONFIRMATIONS.read(typed)
    except WrongUsage:
        return ""
    return found if found in _TO_SET else ""


def _answering(session: Session, visit: str, answer: Answer) -> Writing:
    """Return what the text is for: a note that is corrected, or a comment on several."""
    if answer.state != "corrected":
        target = " ".join((visit, *answer.notes, answer.state))
        return Writing(Purpose("confirm set", target, level=OFF_RECORD), closes=False)
    from fieldvisit.actions.show import note as read_note

    seen_by = session.audience(Wish(), "work")
    before = read_note(session.settings(), answer.notes[0], seen_by)[0]
    return rewriting("confirm set", before, closes=False)


def tell_set(session: Session, visit: str, found: Sequence["Answered"]) -> None:
    """Tell what was stored, and which answers do not hold for the notes as they stand."""
    new = [one for one in found if one.is_new]
    lines = [
        *confirmations.told_answers([(one.note, one.state) for one in new]),
        *confirmations.told_not_holding(one.note for one in new if not one.holds),
    ]
    older = [one.note for one in found if not (one.is_new or one.holds)]
    session.tell("\n".join(lines) or _("Nothing was changed."))
    session.tell("\n".join(confirmations.told_unchanged(older, visit)))


confirm_app = Noun()

LETTER = made_of(
    Wish,
    output=options.OUTPUT,
    format=options.FORMAT,
    force=options.FORCE,
    allow_names=options.ALLOW_NAMES,
)


@verb(confirm_app, "Write the letter with the city's passages; with -o FILE they count as sent.")
def send(
    session: Session,
    visit: str = VISIT,
    department: str = option("NAME", "Only what people of this department said."),
    due: str = option(
        "DATE", "By when the city is asked to answer; 10/31 is the next one.", parser=options.due
    ),
    note: tuple[str, ...] = option(
        "NOTE",
        "Also this one, though its speaker is not to be known. Repeat for several.",
        completion.note,
    ),
    everything: bool = option("--all", "Also what the city agreed to as it stands."),
    wish: Wish = LETTER,
    yes: bool = YES,
) -> None:
    from fieldvisit.actions.confirm_letter import letter
    from fieldvisit.documents.confirmation_letter import document

    sent = letter(
        session.settings(), visit, department=department, due=due, named=note, everything=everything
    )
    if not sent.passages:
        raise Refused(
            _("There is nothing from {visit} to send.").format(visit=sent.visit.handle),
            " ".join(confirmations.told_left_out(sent.left_out)) or _("It has no notes yet."),
        )
    session.refuse_names(document(sent), wish, sent.city.code)
    if wish.file:
        _send(session, sent, wish, wish.file, yes=yes)
        return
    session.deliver(document(sent), wish)
    session.tell(
        "\n".join(confirmations.told_going(sent)),
        _("It was only shown, not stored as sent. To send it: -o FILE.docx"),
    )


@verb(
    confirm_app,
    "Enter an answer by mail or telephone, for the notes named, by handle or by their number "
    "in the letter, or for all of the visit that wait.",
)
def set_(
    session: Session,
    visit: str = VISIT,
    words: tuple[str, ...] = argument(
        "[NOTE]... ok|corrected|withheld|anonymous|no-reply [TEXT]",
        "Notes, then the answer; TEXT is the correction or a comment.",
        completion.note,
    ),
    answered_by: str = option(
        "WHO", "Who answered for the city. Default: the department that was asked."
    ),
    on: str = option("DATE", "When it answered. Default: today.", parser=day),
    letter: str = option("DATE", "Numbers are those of the letter of that day.", parser=day),
    as_it_stands: bool = option(
        "--as-it-stands", "The city heard the note as it stands now, not as it was sent."
    ),
) -> None:
    from fieldvisit.actions.confirm_answers import Said, set_confirmations

    answer = read_answer(words)
    is_typed = answer.text is not None or answer.state == "corrected"
    writing = partial(_answering, session, visit, answer)
    with typed_text(session, answer.text, writing) if is_typed else nullcontext(Typed("")) as typed:
        said = answer.notes, answer.state, typed.text, Said(answered_by, on)
        found = set_confirmations(
            session.settings(), visit, *said, letter=letter, as_it_stands=as_it_stands
        )
    tell_set(session, visit, found)


@verb(confirm_app, "List what waits for an answer, what is confirmed, what is not.")
def list_(
    session: Session, wish: Wish = ASKED_FOR, visit: str = OF_VISIT, study_group: str = FOR_GROUP
) -> None:
    from fieldvisit.actions.confirm_letter import confirmations as read_them

    seen_by = session.audience(wish, "work")
    found, cities, held_back = read_them(session.settings(), visit, seen_by, study_group)
    session.deliver(
        confirmations.confirmation_list(found, cities, seen_by, today()), wish, held_back
    )
