"""`confirm send`, `set`, `list`: whether the city agrees to what was recorded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from fieldvisit.cli.completion import complete_note
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import day, due
from fieldvisit.cli.options import (
    AllowNames,
    AskedFor,
    Force,
    ForGroup,
    Format,
    Here,
    OfVisit,
    Output,
    VisitName,
    Yes,
)
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.cli.typed_text import Writing, rewriting, typed_text
from fieldvisit.documents.confirmations import (
    told_answers,
    told_going,
    told_left_out,
    told_not_holding,
    told_passages,
    told_unchanged,
)
from fieldvisit.doors.outputs import check_free, is_standard_output, unwritable
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.errors import reason as why
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.letter import Letter
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import N_, _, enumerated

if TYPE_CHECKING:
    from fieldvisit.actions.confirm_answers import Answered

_TO_SET = tuple(state for state in CONFIRMATIONS if state != "sent")


class Answer(Struct, frozen=True):
    """What was typed behind VISIT: notes, the state, and TEXT if there is any."""

    notes: tuple[str, ...]
    state: str
    text: str | None


def send_letter(session: Session, sent: Letter, wish: Wish, *, yes: bool) -> None:
    """Write the letter and store that it went; onto standard output it is only shown.

    Who was at no visit of the city is not named in it.
    """
    from fieldvisit.documents.confirmation_letter import document

    if not sent.passages:
        raise Refused(
            _("There is nothing from {visit} to send.").format(visit=sent.visit.handle),
            " ".join(told_left_out(sent.left_out)) or _("It has no notes yet."),
        )
    session.refuse_names(document(sent), wish, sent.city.code)
    if wish.output is None or is_standard_output(wish.output):
        _show(session, sent, wish)
    else:
        _send(session, sent, wish, wish.output, yes=yes)


def _show(session: Session, sent: Letter, wish: Wish) -> None:
    from fieldvisit.documents.confirmation_letter import document

    session.deliver(document(sent), wish)
    session.tell(
        "\n".join(told_going(sent)),
        _("It was only shown, not stored as sent. To send it: -o FILE.docx"),
    )


def _send(session: Session, sent: Letter, wish: Wish, path: Path, *, yes: bool) -> None:
    from fieldvisit.actions.confirm_letter import send
    from fieldvisit.documents.confirmation_letter import document
    from fieldvisit.documents.formats import render

    data = render(document(sent), chosen_format(wish))
    check_free(path, force=wish.force, study=session.study_folder())
    if session.on_terminal:
        session.tell("\n".join(told_passages(sent)))
    session.tell("\n".join(told_going(sent)))
    question = _("Send these to {city}?").format(city=sent.city.name)
    if session.on_terminal and not session.agrees(question, yes=yes):
        raise Refused(_("Nothing was sent."), _("Nothing was written or stored."))
    try:
        send(session.settings(), sent, path, data)
    except OSError as error:
        raise unwritable(path, why(error)) from error
    session.tell(
        _("Written: {path}").format(path=path),
        _("Read the answer with: fieldvisit read FILE"),
    )


def _told_new(new: Sequence["Answered"]) -> Iterator[str]:
    yield from told_answers([(one.note, one.state) for one in new])
    yield from told_not_holding(one.note for one in new if not one.holds)


def read_answer(words: Sequence[str]) -> Answer:
    """Return what is meant by `[NOTE…] ok|corrected|withheld|anonymous|no-reply [TEXT]`."""
    for at, text in ((-2, words[-1]), (-1, None)):
        if len(words) >= -at and (state := _state(words[at])):
            return _whole(Answer(tuple(words[:at]), state, text))
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


def _whole(answer: Answer) -> Answer:
    if answer.state == "corrected" and len(answer.notes) != 1:
        raise WrongUsage(
            _("A correction is of exactly one note."),
            _("Name it: fieldvisit confirm set VISIT NOTE corrected TEXT"),
        )
    return answer


@contextmanager
def answer_text(session: Session, visit: str, answer: Answer) -> Iterator[str]:
    """Give TEXT; a correction without one is written in the editor, from the note's own."""
    if answer.text is None and answer.state != "corrected":
        yield ""
        return
    with typed_text(session, answer.text, lambda: _answering(session, visit, answer)) as typed:
        yield typed.text


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
    lines = _told_new([one for one in found if one.is_new])
    older = [one.note for one in found if not (one.is_new or one.holds)]
    session.tell("\n".join(lines) or _("Nothing was changed."))
    session.tell("\n".join(told_unchanged(older, visit)))


confirm_app = Noun()

Who = Annotated[
    str,
    option(
        "--answered-by WHO",
        N_("Who answered for the city. Default: the department that was asked."),
    ),
]
On = Annotated[str, option("--on DATE", N_("When it answered. Default: today."))]


@command(
    confirm_app,
    N_("Write the letter with the city's passages; with -o FILE they count as sent."),
    "send",
)
def send(
    session: Here,
    visit: VisitName,
    department: Annotated[
        str, option("--department NAME", N_("Only what people of this department said."))
    ] = "",
    due_: Annotated[
        str, option("--due DATE", N_("By when the city is asked to answer; 10/31 is the next one."))
    ] = "",
    named: Annotated[
        list[str] | None,
        option(
            "--note NOTE",
            N_("Also this one, though its speaker is not to be known. Repeat for several."),
            complete_note,
        ),
    ] = None,
    everything: Annotated[
        bool, option("--all", N_("Also what the city agreed to as it stands."))
    ] = False,
    output: Output = None,
    format_: Format = "",
    force: Force = False,
    yes: Yes = False,
    allow_names: AllowNames = False,
) -> None:
    from fieldvisit.actions.confirm_letter import letter

    found = letter(
        session.settings(),
        visit,
        department=department,
        due=due(due_),
        named=named or (),
        everything=everything,
    )
    wish = Wish(format_, output=output, force=force, allow_names=allow_names)
    send_letter(session, found, wish, yes=yes)


@command(
    confirm_app,
    N_(
        "Enter an answer by mail or telephone, for the notes named, by handle or by their number "
        "in the letter, or for all of the visit that wait."
    ),
    "set",
)
def set_(
    session: Here,
    visit: VisitName,
    words: Annotated[
        list[str],
        argument(
            "[NOTE]... ok|corrected|withheld|anonymous|no-reply [TEXT]",
            N_("Notes, then the answer; TEXT is the correction or a comment."),
            complete_note,
        ),
    ],
    who: Who = "",
    on: On = "",
    letter: Annotated[
        str, option("--letter DATE", N_("Numbers are those of the letter of that day."))
    ] = "",
    as_it_stands: Annotated[
        bool,
        option(
            "--as-it-stands", N_("The city heard the note as it stands now, not as it was sent.")
        ),
    ] = False,
) -> None:
    from fieldvisit.actions.confirm_answers import Said, set_confirmations

    answer = read_answer(words)
    with answer_text(session, visit, answer) as text:
        found = set_confirmations(
            session.settings(),
            visit,
            answer.notes,
            answer.state,
            text,
            Said(who, day(on) or ""),
            letter=day(letter) or "",
            as_it_stands=as_it_stands,
        )
    tell_set(session, visit, found)


@command(confirm_app, N_("List what waits for an answer, what is confirmed, what is not."), "list")
def list_(session: Here, wish: AskedFor, visit: OfVisit = "", study_group: ForGroup = "") -> None:
    from fieldvisit.actions.confirm_letter import confirmations
    from fieldvisit.documents.confirmations import confirmation_list
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "work")
    found, cities, held_back = confirmations(session.settings(), visit, seen_by, study_group)
    session.deliver(confirmation_list(found, cities, seen_by, today()), wish)
    session.tell_held_back(held_back)
