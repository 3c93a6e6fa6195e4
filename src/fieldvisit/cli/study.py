"""`init`, `demo`, `upgrade`, `status`, `study`, `study-group`."""

from pathlib import Path
from typing import Annotated

from fieldvisit.cli.completion import complete_study_group
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.options import Asked, AskedFor, By, ForGroup, Here
from fieldvisit.cli.own_name import own_name, quoted
from fieldvisit.cli.session import Session, Wish
from fieldvisit.doors.outputs import temporary_folder
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _, enumerated

demo_app = Noun()


@command(demo_app, N_("Make the sample study and show it on one screen."))
def demo(
    session: Here,
    folder: Annotated[Path | None, argument("DIR", N_("Default: a new temporary folder."))] = None,
) -> None:
    from fieldvisit.actions.compare import Choice, compare
    from fieldvisit.actions.demo import make_demo
    from fieldvisit.documents.first_look import first_look

    folder = (folder or temporary_folder("fieldvisit-demo-") / "study").absolute()
    made = make_demo(session.settings(), folder)
    choice = Choice(topics=("open-data",), cities=("tsukuba", "kaku"))
    found, _register, _held_back = compare(made, choice, session.audience(Wish(), "group"))
    session.deliver(first_look(found), Wish())
    session.answer("")
    session.answer(_("The study lies in {folder}. From anywhere, run:").format(folder=folder))
    program = f"{own_name()} --study {quoted(folder)}"
    for words, meaning in _to_try():
        session.answer(f"- {meaning}")
        session.answer(f"    {program} {words}")


def _to_try() -> tuple[tuple[str, str], ...]:
    """Return command lines for the sample study, each with what it shows."""
    return (
        ("compare ai-rpa", _("one topic across the cities, desk research marked as such")),
        ("coverage --open", _("what is still to ask or to follow, visit by visit")),
        ("prepare chiba-1 --for city", _("the question sheet that would go to a city")),
        ("note list --visit kaku-1 --audience all", _("every note, also the one off the record")),
        (f'note add kaku-1 ai-rpa/sharing "{_("No plans so far.")}"', _("a note of your own")),
    )


upgrade_app = Noun()


@command(upgrade_app, N_("Bring a study of an older version up to date; a copy of it is kept."))
def upgrade(session: Here) -> None:
    from fieldvisit.actions.make_study import upgrade as bring_up_to_date

    kept = bring_up_to_date(session.settings())
    if kept is None:
        session.tell(_("The study is up to date already. Nothing was changed."))
    else:
        session.tell(
            _("The study is up to date."),
            _("The database as it was: {path}. Delete it when you no longer need it.").format(
                path=kept
            ),
        )


init_app, status_app, study_app, study_group_app = Noun(), Noun(), Noun(), Noun()


_EDITED = (
    "--title", "--institute", "--purpose", "--contact", "--guide", "--study-group", "--interviewer",
)  # fmt: skip


@command(init_app, N_("Make a study in a folder, with the shipped guides."))
def init(
    session: Here,
    folder: Annotated[Path | None, argument("DIR", N_("Default: this folder."))] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.make_study import make_study

    made = make_study(session.settings(by), folder or session.folder)
    session.tell(
        _("A study was made in {folder}.").format(folder=made if made.name else made.resolve()),
        _("Next: fieldvisit study edit --title TITLE, then fieldvisit visit add CITY"),
    )


@command(status_app, N_("Show where the study stands and what comes next."))
def status(session: Here, wish: AskedFor, study_group: ForGroup = "") -> None:
    show_status(session, wish, study_group)


def show_status(session: Session, wish: Wish | None = None, study_group: str = "") -> None:
    """Print where the study stands; also what `fieldvisit` alone does inside a study."""
    from fieldvisit.actions.coverage import status as read_status
    from fieldvisit.documents.status import status_page

    wish = wish or Wish()
    audience = session.audience(wish, "work")
    found, held_back = read_status(session.settings(), audience, study_group)
    session.deliver(status_page(found, audience), wish)
    session.tell_held_back(held_back)


@command(study_app, N_("Show what holds for the whole study."), "show")
def show(session: Here, wish: Asked) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.status import study_page

    found, groups = read_study(session.settings())
    session.deliver(study_page(found, groups), wish)


@command(study_app, N_("Change what holds for the whole study."), "edit")
def edit(
    session: Here,
    title: Annotated[str | None, option("TEXT", N_("Title."))] = None,
    institute: Annotated[str | None, option("TEXT", N_("Who carries the study out."))] = None,
    purpose: Annotated[str | None, option("TEXT", N_("What it is for, in a sentence."))] = None,
    contact: Annotated[str | None, option("TEXT", N_("Where a city can ask back."))] = None,
    guide: Annotated[
        list[str] | None, option("GUIDE", N_("Guide of new visits. Repeat for several."))
    ] = None,
    study_group: Annotated[
        list[str] | None,
        option("GROUP", N_("Study group of new visits. Repeat for several."), complete_study_group),
    ] = None,
    interviewer: Annotated[
        list[str] | None, option("NAME", N_("Interviewer of new visits. Repeat for several."))
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.edit_study import edit_study

    words = {"title": title, "institute": institute, "purpose": purpose, "contact": contact}
    lists = {"guides": guide, "study_groups": study_group, "interviewers": interviewer}
    if not any(value is not None for value in [*words.values(), *lists.values()]):
        raise WrongUsage(
            _("Nothing to change was given."),
            _("Give one or more of: {options}").format(options=enumerated(_EDITED)),
        )
    edit_study(session.settings(by), words, lists)
    session.tell(_("The study was changed."))


@command(study_group_app, N_("Enter a study group."), "add")
def add_group(
    session: Here,
    short: Annotated[str, argument("SHORT", N_("A short name to type."))],
    name: Annotated[str, argument("NAME", N_("The whole name."))],
    by: By = "",
) -> None:
    from fieldvisit.actions.edit_study import add_study_group

    session.answer(add_study_group(session.settings(by), short, name).short)


@command(study_group_app, N_("List the study groups."), "list")
def list_groups(session: Here, wish: Asked) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.lists import study_group_list

    _study, groups = read_study(session.settings())
    session.deliver(study_group_list(groups), wish)
