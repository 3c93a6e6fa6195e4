"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from functools import partial
from pathlib import Path

from fieldvisit.cli import completion
from fieldvisit.cli.declaring import Noun, argument, option, verb
from fieldvisit.cli.options import ASKED
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.terminal import say
from fieldvisit.errors import Refused
from fieldvisit.language import _, counted
from fieldvisit.study.drafts import Draft

guide_app = Noun()

GUIDE = argument("GUIDE", "Its name.", completion.guide)


@verb(guide_app, "List the guides of the study.")
def list_(session: Session, wish: Wish = ASKED) -> None:
    from fieldvisit.actions.guides import guides
    from fieldvisit.documents.lists import guide_list

    found, used, faulty = guides(session.settings())
    session.deliver(guide_list(found, used), wish)
    for error in faulty:
        session.tell(error.sentence, error.hint)


@verb(guide_app, "Show a guide, or as a visit keeps it.")
def show(
    session: Session,
    wish: Wish = ASKED,
    guide: str = GUIDE,
    visit: str = option("VISIT", "As this visit keeps it."),
) -> None:
    from fieldvisit.actions.guides import guide as read_guide
    from fieldvisit.documents.guide import document

    found = read_guide(session.settings(), guide, visit, session.audience(wish, "work"))
    session.deliver(document(found), wish)


@verb(guide_app, "Check guide files; names file, line, what was expected.")
def check(
    session: Session,
    files: tuple[Path, ...] = argument("[FILE]...", "Default: all of the study.", default=None),
) -> None:
    from fieldvisit.actions.guides import check_guides

    found = check_guides(session.settings(), files)
    problems = [line for _path, lines in found for line in lines]
    for path, lines in found:
        if lines:
            say("\n".join(lines))  # what was asked for: --quiet does not take it away
        else:
            session.tell(_("{path}: passes").format(path=path))
    if problems:
        raise Refused(
            counted("{n} problem was found.", "{n} problems were found.", len(problems)),
            _("Nothing was changed."),
        )


@verb(guide_app, "Write the commented beginning of a guide.")
def new(
    session: Session,
    slug: str = argument("GUIDE", "A name of a-z, 0-9 and hyphens."),
    copy_of: str = option("--from GUIDE", "Begin with a copy of this one."),
    title: str = option("TEXT", "Title."),
) -> None:
    from fieldvisit.actions.guides import new_guide

    path = new_guide(session.settings(), slug, copy_of=copy_of, title=title)
    session.answer(str(path))
    session.tell(_("Next: fieldvisit guide edit {slug}").format(slug=slug))


@verb(guide_app, "Edit a guide; it is stored only if it passes.")
def edit(session: Session, guide: str = GUIDE) -> None:
    from fieldvisit.actions.guides import guide_draft, store_guide
    from fieldvisit.cli.editor import edit_draft, tell_if_left

    if not session.on_terminal:
        raise Refused(
            _("The editor needs a terminal."),
            _("Edit the file in interview_guides yourself, then: fieldvisit guide check"),
        )
    settings = session.settings()
    with guide_draft(settings, guide, partial(_tell_outdated, session)) as (path, draft):
        edit_draft(draft)
        if store_guide(settings, path, draft):
            session.tell(_("The guide was stored in {path}.").format(path=path))
        else:
            session.tell(_("Nothing was changed."))
        tell_if_left(draft)


def _tell_outdated(session: Session, draft: Draft) -> None:
    session.tell(
        _("The guide “{slug}” was changed after {draft} was begun.").format(
            slug=draft.purpose.target, draft=draft.path
        ),
        _("See what it says, copy what you want, then: fieldvisit draft drop {name}").format(
            name=draft.name
        ),
    )


@verb(guide_app, "Show what differs from what a visit keeps, or a file.")
def diff(
    session: Session,
    wish: Wish = ASKED,
    guide: str = GUIDE,
    other: str = argument("VISIT|FILE", "A visit, or a file .yaml."),
) -> None:
    from fieldvisit.actions.guides import guide_differences
    from fieldvisit.documents.guide import guide_changes

    seen_by = session.audience(wish, "work")
    lines = guide_differences(session.settings(), guide, other, seen_by)
    session.deliver(guide_changes(lines), wish)
