"""`note add`, `list`, `show`, `edit`, `delete`, `restore`, `history`."""

from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_address, complete_city_or_visit, complete_note
from fieldvisit.cli.fixed_values import as_of, disclosure, kind
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.options import Audience, By, Force, Format, Json, Output, app, command
from fieldvisit.cli.session import Wish, session_of
from fieldvisit.cli.typed_text import read_text
from fieldvisit.language import N_, _

note_app = app()
APPS = {"note": note_app}

NoteName = Annotated[
    str,
    typer.Argument(
        metavar="NOTE",
        help=N_("A note's handle, or its first 4 or more characters."),
        autocompletion=complete_note,
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "-k",
        "--kind",
        metavar="KIND",
        show_default=False,
        help=N_("statement, quote, reply, handout, desk, questionnaire or remark."),
    ),
]
Disclosure = Annotated[
    str | None,
    typer.Option(
        "-d",
        "--disclosure",
        metavar="DISCLOSURE",
        show_default=False,
        help=N_("public, confirm, anonymous, group or off-record. Default: the guide's."),
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also", metavar="TOPIC[/QUESTION]", help=N_("File it there too. Repeat for several.")
    ),
]
SaidBy = Annotated[
    str | None,
    typer.Option("--said-by", metavar="NAME", help=N_("Who of those present said it.")),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="AS-OF", help=N_("When it held: a day, month, year, 2019年度.")
    ),
]
SourceTitle = Annotated[
    str | None, typer.Option("--source-title", metavar="TEXT", help=N_("Where it was published."))
]
SourceUrl = Annotated[
    str | None, typer.Option("--source-url", metavar="URL", help=N_("Its address."))
]
SourceDate = Annotated[
    str | None, typer.Option("--source-date", metavar="AS-OF", help=N_("When it was published."))
]
OnlyFor = Annotated[
    list[str] | None,
    typer.Option(
        "--only-for", metavar="GROUP", help=N_("Only for this study group. Repeat for several.")
    ),
]
Tag = Annotated[
    list[str] | None,
    typer.Option("-t", "--tag", metavar="TAG", help=N_("A tag. Repeat for several.")),
]


@command(note_app, N_("Store one note; prints its handle alone."), "add")
def add(
    ctx: typer.Context,
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
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT]",
            show_default=False,
            help=N_("The text, @FILE, or - for standard input. Default: the editor."),
        ),
    ] = None,
    kind_: Kind = None,
    disclosure_: Disclosure = None,
    also: Also = None,
    said_by: SaidBy = None,
    as_of_: AsOf = None,
    source_title: SourceTitle = None,
    source_url: SourceUrl = None,
    source_date: SourceDate = None,
    only_for: OnlyFor = None,
    tag: Tag = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.write_note import Particulars, add_note

    session = session_of(ctx)
    particulars = Particulars(
        place=place,
        kind=kind(kind_),
        disclosure=disclosure(disclosure_),
        also=tuple(also or ()),
        said_by=said_by,
        as_of=as_of(as_of_),
        source_title=source_title,
        source_url=source_url,
        source_date=as_of(source_date),
        only_for=tuple(only_for or ()),
        tags=tuple(tag or ()),
    )
    with read_text(session, text).kept_until_stored() as body:
        note = add_note(session.settings(by), where, body, particulars)
    session.answer(note.handle)
    offer_withheld(session, where, [note], by)


@command(note_app, N_("Change a note; what it was stays in its history."), "edit")
def edit(
    ctx: typer.Context,
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
    kind_: Kind = None,
    disclosure_: Disclosure = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", show_default=False, help=N_("Why."))
    ] = "",
    also: Also = None,
    said_by: SaidBy = None,
    as_of_: AsOf = None,
    source_title: SourceTitle = None,
    source_url: SourceUrl = None,
    source_date: SourceDate = None,
    only_for: OnlyFor = None,
    tag: Tag = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.actions.write_note import Particulars, edit_note

    session = session_of(ctx)
    particulars = Particulars(
        place=place,
        kind=kind(kind_),
        disclosure=disclosure(disclosure_),
        also=tuple(also or ()),
        said_by=said_by,
        as_of=as_of(as_of_),
        source_title=source_title,
        source_url=source_url,
        source_date=as_of(source_date),
        only_for=tuple(only_for or ()),
        tags=tuple(tag or ()),
    )
    given = session.settings(by)
    if text is None and particulars != Particulars():
        changed = edit_note(given, note, None, particulars, reason)
    else:
        before = None if text is not None else read_note(given, note, "all")[0]
        typed = read_text(session, text, before.body if before else "")
        with typed.kept_until_stored() as body:
            seen = before.revision if before else ""
            changed = edit_note(given, note, body, particulars, reason, seen=seen)
    session.answer(changed.handle)


@command(note_app, N_("List notes by date of the visit."), "list")
def list_(
    ctx: typer.Context,
    visit: Annotated[str, typer.Option(metavar="VISIT", show_default=False)] = "",
    city: Annotated[str, typer.Option(metavar="CITY", show_default=False)] = "",
    topic: Annotated[str, typer.Option(metavar="TOPIC[/QUESTION]", show_default=False)] = "",
    kind_: Kind = None,
    tag: Annotated[str, typer.Option("-t", "--tag", metavar="TAG", show_default=False)] = "",
    written_by: Annotated[
        str, typer.Option("--written-by", metavar="NAME", show_default=False)
    ] = "",
    unsorted: Annotated[
        bool, typer.Option("--unsorted", help=N_("Only notes without a topic."))
    ] = False,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.show import Wanted
    from fieldvisit.actions.show import notes as read_notes
    from fieldvisit.documents.notes import note_list

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    wanted = Wanted(visit, city, topic, kind(kind_) or "", tag, written_by, unsorted)
    notes, register, held_back = read_notes(session.settings(), wanted, seen_by)
    session.deliver(note_list(notes, register, seen_by), wish)
    session.tell_held_back(held_back)


@command(note_app, N_("Show everything that is known of a note."), "show")
def show(
    ctx: typer.Context,
    note: NoteName,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.documents.notes import note_page

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    found, register = read_note(session.settings(), note, seen_by)
    session.deliver(note_page(found, register, seen_by), wish)


@command(note_app, N_("Show how a note came to stand as it does."), "history")
def history(
    ctx: typer.Context,
    note: NoteName,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.show import history as read_history
    from fieldvisit.documents.notes import history as history_document

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    revisions, register = read_history(session.settings(), note, seen_by)
    session.deliver(history_document(revisions, register, seen_by), wish)


@command(note_app, N_("Take a note out of every output."), "delete")
def delete(ctx: typer.Context, note: NoteName, by: By = "") -> None:
    from fieldvisit.actions.write_note import delete_note

    session = session_of(ctx)
    gone = delete_note(session.settings(by), note)
    session.tell(
        _("Note {handle} was deleted.").format(handle=gone.handle),
        _("Bring it back with: fieldvisit note restore {handle}").format(handle=gone.handle),
    )


@command(note_app, N_("Bring a deleted note back."), "restore")
def restore(ctx: typer.Context, note: NoteName, by: By = "") -> None:
    from fieldvisit.actions.write_note import restore_note

    session = session_of(ctx)
    found = restore_note(session.settings(by), note)
    session.tell(_("Note {handle} is back.").format(handle=found.handle))
