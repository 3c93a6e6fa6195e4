"""`note …`: single notes."""

from typing import Annotated

import typer
from msgspec.structs import replace

from fieldvisit.cli.completion import (
    complete_address,
    complete_city_or_visit,
    complete_deleted_note,
    complete_note,
)
from fieldvisit.cli.declaring import app, command
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.marks_in_text import refuse_marks
from fieldvisit.cli.note_filter import Narrowed
from fieldvisit.cli.note_options import Given, NoteName
from fieldvisit.cli.options import AskedFor, Audience, By, Here, Text, VisitName
from fieldvisit.cli.session import Wish
from fieldvisit.cli.typed_text import read_text
from fieldvisit.cli.voided import tell_still_void, tell_voided
from fieldvisit.language import N_, _
from fieldvisit.study.fields import NoteFields

note_app = app()
APPS = {"note": note_app}


@command(note_app, N_("Store one note; prints its handle alone."), "add")
def add(
    session: Here,
    given: Given,
    where: Annotated[
        str,
        typer.Argument(
            metavar="VISIT|CITY",
            help=N_("The visit; a city for desk research and remarks."),
            autocompletion=complete_city_or_visit,
        ),
    ],
    place: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC[/QUESTION]",
            help=N_("Where it belongs, by key or number; or: unsorted."),
            autocompletion=complete_address,
        ),
    ],
    text: Text = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.write_note import add_note

    fields = replace(given, place=place)
    with read_text(session, text, "note").kept_until_stored() as body:
        refuse_marks(body, fields.disclosure)
        note = add_note(session.settings(by), where, body, fields)
    session.answer(note.handle)
    offer_withheld(session, where, [note], by)


@command(note_app, N_("Change a note; what it was stays in its history."), "edit")
def edit(
    session: Here,
    given: Given,
    note: NoteName,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT]",
            show_default=False,
            help=N_("The new text, @FILE, or -. Default: the editor, if nothing else changes."),
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--topic", metavar="TOPIC[/QUESTION]", help=N_("File it there instead.")),
    ] = None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="TEXT",
            show_default=False,
            help=N_("Reason (needed to open an off-record note)."),
        ),
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.actions.write_note import edit_note

    fields = replace(given, place=place)
    settings = session.settings(by)
    if text is None and fields != NoteFields():
        changed = edit_note(settings, note, None, fields, reason)
    else:
        seen_by = session.audience(Wish(), "work")
        before = None if text is not None else read_note(settings, note, seen_by)[0]
        subject = f"note-{before.handle if before else note}"
        typed = read_text(session, text, subject, before.body if before else "")
        with typed.kept_until_stored() as body:
            if before is None or body != before.body:
                refuse_marks(body, fields.disclosure)
            seen = before.revision if before else ""
            changed = edit_note(settings, note, body, fields, reason, seen=seen)
    session.answer(changed.handle)
    tell_voided(session, [changed.handle])


@command(note_app, N_("List notes by date of the visit."), "list")
def list_(
    session: Here,
    wish: AskedFor,
    wanted: Narrowed,
) -> None:
    from fieldvisit.actions.show import notes as read_notes
    from fieldvisit.documents.notes import note_list

    seen_by = session.audience(wish, "work")
    notes, register, held_back = read_notes(session.settings(), wanted, seen_by)
    session.deliver(note_list(notes, register, seen_by), wish)
    session.tell_held_back(held_back)


@command(note_app, N_("Show everything that is known of a note."), "show")
def show(
    session: Here,
    wish: AskedFor,
    note: NoteName,
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.documents.notes import note_page

    seen_by = session.audience(wish, "work")
    found, register, asked = read_note(session.settings(), note, seen_by)
    session.deliver(note_page(found, register, seen_by, asked), wish)


@command(note_app, N_("Show how a note came to stand as it does."), "history")
def history(
    session: Here,
    wish: AskedFor,
    note: NoteName,
) -> None:
    from fieldvisit.actions.show import history as read_history
    from fieldvisit.documents.notes import history as history_document

    seen_by = session.audience(wish, "work")
    revisions, register = read_history(session.settings(), note, seen_by)
    session.deliver(history_document(revisions, register, seen_by), wish)


@command(note_app, N_("Take a note out of every output."), "delete")
def delete(session: Here, note: NoteName, by: By = "") -> None:
    from fieldvisit.actions.write_note import delete_note

    gone = delete_note(session.settings(by), note)
    session.tell(
        _("Note {handle} was deleted.").format(handle=gone.handle),
        _("Bring it back with: fieldvisit note restore {handle}").format(handle=gone.handle),
    )
    tell_voided(session, [gone.handle])


@command(note_app, N_("Bring a deleted note back."), "restore")
def restore(
    session: Here,
    note: Annotated[
        str,
        typer.Argument(
            metavar="NOTE",
            help=N_("A note's handle, or its first 4 or more characters."),
            autocompletion=complete_deleted_note,
        ),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.write_note import restore_note

    found = restore_note(session.settings(by), note)
    session.tell(_("Note {handle} is back.").format(handle=found.handle))
    tell_still_void(session, found.handle)


@command(note_app, N_("Walk through the notes of a visit without a topic, key by key."), "sort")
def sort(session: Here, visit: VisitName, audience: Audience = "", by: By = "") -> None:
    from fieldvisit.cli.sorting import sort as walk

    walk(session, visit, audience, by)


@command(note_app, N_("Make one note of several that say the same; the first stays."), "combine")
def combine(
    session: Here,
    notes: Annotated[
        list[str],
        typer.Argument(metavar="NOTE...", help=N_("Two or more."), autocompletion=complete_note),
    ],
    text: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=N_("The text, @FILE, or -. Default: the editor, elsewhere all the texts."),
        ),
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.cli.combining import combine as make_one

    make_one(session, notes, text, by)


@command(
    note_app,
    N_("Say that two notes contradict each other, of one city or of two. Both stay."),
    "conflicts",
)
def conflicts(
    session: Here,
    one: NoteName,
    other: NoteName,
    why: Annotated[
        str, typer.Option(metavar="TEXT", show_default=False, help=N_("Why both cannot be right."))
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help=N_("Take it back."))] = False,
    by: By = "",
) -> None:
    from fieldvisit.cli.conflicting import clear_it, say_it

    if clear:
        clear_it(session, one, other, why, by)
    else:
        say_it(session, one, other, why, by)
