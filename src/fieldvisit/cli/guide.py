"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_guide
from fieldvisit.cli.options import COMMAND, Force, Format, Json, Output, app
from fieldvisit.cli.session import Wish, session_of
from fieldvisit.errors import Refused
from fieldvisit.language import N_, _, counted

guide_app = app()
APPS = {"guide": guide_app}

Slug = Annotated[
    str, typer.Argument(metavar="GUIDE", help=N_("Its name."), autocompletion=complete_guide)
]


@guide_app.command("list", **COMMAND, help=N_("List the guides of the study."))
def list_(
    ctx: typer.Context,
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.guides import guides
    from fieldvisit.documents.lists import guide_list

    session = session_of(ctx)
    session.deliver(guide_list(*guides(session.settings())), Wish(format_, json, output, force))


@guide_app.command("show", **COMMAND, help=N_("Show a guide, or as a visit keeps it."))
def show(
    ctx: typer.Context,
    guide: Slug,
    visit: Annotated[
        str,
        typer.Option(metavar="VISIT", show_default=False, help=N_("As this visit keeps it.")),
    ] = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.guides import guide as read_guide
    from fieldvisit.documents.guide import document

    session = session_of(ctx)
    found = read_guide(session.settings(), guide, visit)
    session.deliver(document(found), Wish(format_, json, output, force))


@guide_app.command("check", **COMMAND, help=N_("Check guide files; names file, line, what was expected."))
def check(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", show_default=False, help=N_("Default: all of the study.")
        ),
    ] = None,
) -> None:
    from fieldvisit.actions.guides import check_guides

    session = session_of(ctx)
    found = check_guides(session.settings(), files or ())
    problems = [line for _path, lines in found for line in lines]
    for path, lines in found:
        session.tell(
            _("{path}: passes").format(path=path) if not lines else "\n".join(lines)
        )
    if problems:
        raise Refused(
            counted("{n} problem was found.", "{n} problems were found.", len(problems)),
            _("Nothing was changed."),
        )


@guide_app.command("new", **COMMAND, help=N_("Write the commented beginning of a guide."))
def new(
    ctx: typer.Context,
    slug: Annotated[
        str, typer.Argument(metavar="GUIDE", help=N_("A name of a-z, 0-9 and hyphens."))
    ],
    copy_of: Annotated[
        str,
        typer.Option(
            "--from", metavar="GUIDE", show_default=False, help=N_("Begin with a copy of this one.")
        ),
    ] = "",
    title: Annotated[
        str, typer.Option(metavar="TEXT", show_default=False, help=N_("Title."))
    ] = "",
) -> None:
    from fieldvisit.actions.guides import new_guide

    session = session_of(ctx)
    path = new_guide(session.settings(), slug, copy_of=copy_of, title=title)
    session.answer(str(path))
    session.tell(_("Next: fieldvisit guide edit {slug}").format(slug=slug))


@guide_app.command("edit", **COMMAND, help=N_("Edit a guide; it is stored only if it passes."))
def edit(ctx: typer.Context, guide: Slug) -> None:
    from fieldvisit.actions.drafts import drop
    from fieldvisit.actions.guides import guide_draft, store_guide
    from fieldvisit.cli.editor import edited

    session = session_of(ctx)
    if not session.on_terminal:
        raise Refused(
            _("The editor needs a terminal."),
            _("Edit the file in interview_guides yourself, then: fieldvisit guide check"),
        )
    path, draft = guide_draft(session.settings(), guide)
    text = edited(draft)
    if text == path.read_text(encoding="utf-8-sig"):
        session.tell(_("Nothing was changed."))
    else:
        store_guide(path, draft.path)
        session.tell(_("The guide was stored in {path}.").format(path=path))
    drop(draft)


@guide_app.command("diff", **COMMAND, help=N_("Show what differs from what a visit keeps, or a file."))
def diff(
    ctx: typer.Context,
    guide: Slug,
    other: Annotated[
        str, typer.Argument(metavar="VISIT|FILE", help=N_("A visit, or a file .yaml."))
    ],
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.guides import guide_differences
    from fieldvisit.documents.lists import guide_changes

    session = session_of(ctx)
    changes = guide_differences(session.settings(), guide, other)
    session.deliver(guide_changes(changes), Wish(format_, json, output, force))
