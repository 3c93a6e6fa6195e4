"""`confirm send`, `read`, `set`, `list`: whether the city agrees to what was recorded."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_note
from fieldvisit.cli.declaring import app, command
from fieldvisit.cli.fixed_values import day, due
from fieldvisit.cli.options import (
    AskedFor,
    DryRun,
    Force,
    ForGroup,
    Format,
    Here,
    OfVisit,
    Output,
    VisitName,
    Yes,
)
from fieldvisit.cli.session import Wish
from fieldvisit.language import N_

confirm_app = app()
APPS = {"confirm": confirm_app}

Who = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="WHO",
        show_default=False,
        help=N_("Who answered for the city. Default: the department that was asked."),
    ),
]
On = Annotated[
    str,
    typer.Option(
        "--on", metavar="DATE", show_default=False, help=N_("When it answered. Default: today.")
    ),
]


@command(
    confirm_app,
    N_("Write the letter with the city's passages; with -o FILE they count as sent."),
    "send",
)
def send(
    session: Here,
    visit: VisitName,
    department: Annotated[
        str,
        typer.Option(
            "--department",
            metavar="NAME",
            show_default=False,
            help=N_("Only what people of this department said."),
        ),
    ] = "",
    due_: Annotated[
        str,
        typer.Option(
            "--due",
            metavar="DATE",
            show_default=False,
            help=N_("By when the city is asked to answer; 10/31 is the next one."),
        ),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help=N_("Also what the city agreed to as it stands."))
    ] = False,
    output: Output = None,
    format_: Format = "",
    force: Force = False,
    yes: Yes = False,
) -> None:
    from fieldvisit.actions.confirming.confirm_letter import letter
    from fieldvisit.cli.confirming import send_letter

    found = letter(
        session.settings(), visit, department=department, due=due(due_), everything=everything
    )
    send_letter(session, found, Wish(format_, output=output, force=force), yes=yes)


@command(confirm_app, N_("Read letters that the city filled in."), "read")
def read(
    session: Here,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=N_("Filled letters (.md .docx)."))
    ],
    who: Who = "",
    on: On = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    from fieldvisit.cli.confirming import read_answers

    read_answers(session, files, who, day(on) or "", dry_run=dry_run, yes=yes)


@command(
    confirm_app,
    N_(
        "Enter an answer by mail or telephone: ok, corrected or no-reply, for the notes named or "
        "for all of the visit that wait."
    ),
    "set",
)
def set_(
    session: Here,
    visit: VisitName,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[NOTE]... ok|corrected|no-reply [TEXT]",
            help=N_("Notes by handle, then the answer; TEXT is the correction or a comment."),
            autocompletion=complete_note,
        ),
    ],
    who: Who = "",
    on: On = "",
    as_it_stands: Annotated[
        bool,
        typer.Option(
            "--as-it-stands",
            help=N_("The city heard the note as it stands now, not as it was sent."),
        ),
    ] = False,
) -> None:
    from fieldvisit.actions.confirming.set_confirmations import set_confirmations
    from fieldvisit.cli.confirming import answer_text, read_answer, tell_set

    answer = read_answer(words)
    with answer_text(session, answer).kept_until_stored() as text:
        found = set_confirmations(
            session.settings(),
            visit,
            answer.notes,
            answer.state,
            text,
            who,
            day(on) or "",
            as_it_stands=as_it_stands,
        )
    tell_set(session, visit, found)


@command(confirm_app, N_("List what waits for an answer, what is confirmed, what is not."), "list")
def list_(
    session: Here,
    wish: AskedFor,
    visit: OfVisit = "",
    study_group: ForGroup = "",
) -> None:
    from fieldvisit.actions.confirming.confirmations import confirmations
    from fieldvisit.documents.confirmations import confirmation_list
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "work")
    found, cities, held_back = confirmations(session.settings(), visit, seen_by, study_group)
    session.deliver(confirmation_list(found, cities, seen_by, today()), wish)
    session.tell_held_back(held_back)
