"""The study as a whole: made, shown, changed, searched, and taken back a step.

`init`, `demo`, `upgrade`, `status`, `study`, `study-group`, `coverage`, `search`, `undo`, `log`.
"""

from pathlib import Path
from typing import Annotated

from fieldvisit.cli.completion import complete_study_group, complete_visit
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.options import Asked, AskedFor, By, ForGroup, Here, Limit, OnlyCity, OnlyTopic
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.terminal import own_name, quoted
from fieldvisit.documents import wordings
from fieldvisit.doors.outputs import temporary_folder
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _

init_app, demo_app, upgrade_app, status_app = Noun(), Noun(), Noun(), Noun()
study_app, study_group_app = Noun(), Noun()
coverage_app, search_app, undo_app, log_app = Noun(), Noun(), Noun(), Noun()


@command(init_app)
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


@command(demo_app)
def demo(
    session: Here,
    folder: Annotated[Path | None, argument("DIR", N_("Default: a new temporary folder."))] = None,
) -> None:
    from fieldvisit.actions.compare import Choice, compare
    from fieldvisit.actions.demo import make_demo
    from fieldvisit.documents.comparison_page import first_look

    folder = (folder or temporary_folder("fieldvisit-demo-") / "study").absolute()
    made = make_demo(session.settings(), folder)
    choice = Choice(topics=("open-data",), cities=("tsukuba", "kaku"))
    found, _register, _held_back = compare(made, choice, session.audience(Wish(), "group"))
    session.deliver(first_look(found), Wish(audience=""))
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


@command(upgrade_app, N_("Bring a study of an older version up to date; a copy of it is kept."))
def upgrade(session: Here) -> None:
    from fieldvisit.actions.make_study import upgrade as bring_up_to_date

    kept = bring_up_to_date(session.settings())
    if kept is None:
        session.tell(_("The study is up to date already. Nothing was changed."))
    else:
        hint = _("The database as it was: {path}. Delete it when you no longer need it.")
        session.tell(_("The study is up to date."), hint.format(path=kept))


@command(status_app)
def status(session: Here, wish: AskedFor, study_group: ForGroup = "") -> None:
    show_status(session, wish, study_group)


def show_status(session: Session, wish: Wish | None = None, study_group: str = "") -> None:
    """Print where the study stands; also what `fieldvisit` alone does inside a study."""
    from fieldvisit.actions.coverage import status as read_status
    from fieldvisit.documents.status import status_page

    wish = wish or Wish(audience="")
    audience = session.audience(wish, "work")
    found, held_back = read_status(session.settings(), audience, study_group)
    session.deliver(status_page(found, audience), wish, held_back)


@command(study_app, N_("Show what holds for the whole study."), "show")
def show(session: Here, wish: Asked) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.status import study_page

    session.deliver(study_page(*read_study(session.settings())), wish)


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
    from fieldvisit.actions.make_study import edit_study

    words = {"title": title, "institute": institute, "purpose": purpose, "contact": contact}
    lists = {"guides": guide, "study_groups": study_group, "interviewers": interviewer}
    if all(value is None for value in [*words.values(), *lists.values()]):
        raise WrongUsage(
            _("Nothing to change was given."),
            _("See {command} --help.").format(command="fieldvisit study edit"),
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
    from fieldvisit.actions.make_study import add_study_group

    session.answer(add_study_group(session.settings(by), short, name).short)


@command(study_group_app, N_("List the study groups."), "list")
def list_groups(session: Here, wish: Asked) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.lists import study_group_list

    _study, groups = read_study(session.settings())
    session.deliver(study_group_list(groups), wish)


@command(coverage_app)
def coverage(
    session: Here,
    wish: AskedFor,
    visits: Annotated[
        list[str] | None,
        argument(
            "[VISIT]...", N_("Which visits. Default: all but cancelled ones."), complete_visit
        ),
    ] = None,
    open_: Annotated[bool, option("--open", N_("Only what is still to ask or to follow."))] = False,
    study_group: ForGroup = "",
) -> None:
    from fieldvisit.actions.coverage import coverage as read_coverage
    from fieldvisit.documents.coverage import document
    from fieldvisit.fieldwork.coverage import follow_up
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "work")
    found, held_back = read_coverage(session.settings(), visits or (), seen_by, study_group)
    page = document(found, seen_by, only_open=open_, owed=follow_up(found, today()))
    session.deliver(page, wish, held_back)


@command(search_app, N_("Find the notes whose text holds every one of the words, newest first."))
def search(
    session: Here,
    wish: AskedFor,
    words: Annotated[
        list[str],
        argument("WORDS...", N_("Each argument is one phrase; width and case are equal.")),
    ],
    topic: OnlyTopic = "",
    city: OnlyCity = "",
    study_group: ForGroup = "",
    limit: Limit = 0,
) -> None:
    from fieldvisit.actions.show import search as find
    from fieldvisit.documents.notes import note_list
    from fieldvisit.study.fields import NoteFilter

    seen_by = session.audience(wish, "work")
    wanted = NoteFilter(topic=topic, city=city, study_group=study_group)
    hits, register, held_back = find(session.settings(), words, wanted, seen_by, limit)
    session.deliver(note_list(hits, register, seen_by, words), wish, held_back)


@command(undo_app, N_("Take back the last change, the one named, or all of a sitting."))
def undo(
    session: Here,
    change: Annotated[
        str | None,
        argument("[CHANGE]", N_("A change as the log names it, or a sitting of review.")),
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.show import handles
    from fieldvisit.actions.undo import undo as take_back
    from fieldvisit.cli.agreements import tell_voided
    from fieldvisit.documents.lists import objects_of, told_still_closed

    taken_back = take_back(session.settings(by), change)
    known = handles(session.settings())
    for undone in taken_back.changes:
        session.tell(
            _("Taken back: {command} of {time} ({objects}).").format(
                command=undone.command,
                time=wordings.moment(undone.at),
                objects=objects_of(undone, known),
            )
        )
    for line in told_still_closed(taken_back.still_closed, taken_back.closed_summaries):
        session.tell(line)
    touched = (name for undone in taken_back.changes for name in undone.objects)
    tell_voided(session, (name.partition(":")[2] for name in touched))


@command(log_app, N_("List the changes made, newest first."))
def log(session: Here, wish: Asked, limit: Limit = 0) -> None:
    from fieldvisit.actions.show import changes
    from fieldvisit.documents.lists import change_log

    found, handles = changes(session.settings())
    session.deliver(change_log(found[: limit or None], handles), wish)
