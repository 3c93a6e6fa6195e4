"""The study as a whole: made, shown, changed, searched, and taken back a step.

`init`, `demo`, `upgrade`, `status`, `study`, `study-group`, `coverage`, `search`, `undo`, `log`,
`draft`.
"""

import sys
from pathlib import Path

from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option, verb
from fieldvisit.cli.session import Session, Wish, emit
from fieldvisit.cli.terminal import own_name, quoted
from fieldvisit.documents import wordings
from fieldvisit.doors.inputs import expanded
from fieldvisit.doors.outputs import temporary_folder
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.language import _
from fieldvisit.study.fields import NoteFilter
from fieldvisit.study.view import today

init_app, demo_app, upgrade_app, status_app = Noun(), Noun(), Noun(), Noun()
study_app, study_group_app = Noun(), Noun()
coverage_app, search_app, undo_app, log_app, draft_app = Noun(), Noun(), Noun(), Noun(), Noun()


@command(init_app)
def init(
    session: Session,
    folder: Path | None = argument("DIR", "Default: this folder.", default=None),
    by: str = options.BY,
) -> None:
    from fieldvisit.actions.make_study import make_study

    given = session.settings(by)
    named = expanded(given.study_option) if given.study_option else given.start
    made = make_study(given, folder or named)
    session.tell(
        _("A study was made in {folder}.").format(folder=made if made.name else made.resolve()),
        _("Next: fieldvisit study edit --title TITLE, then fieldvisit visit add CITY"),
    )


@command(demo_app)
def demo(
    session: Session,
    folder: Path | None = argument("DIR", "Default: a new temporary folder.", default=None),
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


@command(upgrade_app, "Bring a study of an older version up to date; a copy of it is kept.")
def upgrade(session: Session) -> None:
    from fieldvisit.actions.make_study import upgrade as bring_up_to_date

    kept = bring_up_to_date(session.settings())
    if kept is None:
        session.tell(_("The study is up to date already. Nothing was changed."))
    else:
        hint = _("The database as it was: {path}. Delete it when you no longer need it.")
        session.tell(_("The study is up to date."), hint.format(path=kept))


@command(status_app)
def status(
    session: Session, wish: Wish = options.ASKED_FOR, study_group: str = options.FOR_GROUP
) -> None:
    from fieldvisit.actions.coverage import status as read_status
    from fieldvisit.documents.status import status_page

    audience = session.audience(wish, "work")
    found, held_back = read_status(session.settings(), audience, study_group)
    session.deliver(status_page(found, audience), wish, held_back)


@verb(study_app, "Show what holds for the whole study.")
def show(session: Session, wish: Wish = options.ASKED) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.status import study_page

    session.deliver(study_page(*read_study(session.settings())), wish)


@verb(study_app, "Change what holds for the whole study.")
def edit(
    session: Session,
    title: str | None = option("TEXT", "Title."),
    institute: str | None = option("TEXT", "Who carries the study out."),
    purpose: str | None = option("TEXT", "What it is for, in a sentence."),
    contact: str | None = option("TEXT", "Where a city can ask back."),
    guide: tuple[str, ...] = option("GUIDE", "Guide of new visits. Repeat for several."),
    study_group: tuple[str, ...] = option(
        "GROUP", "Study group of new visits. Repeat for several.", completion.study_group
    ),
    interviewer: tuple[str, ...] = option("NAME", "Interviewer of new visits. Repeat for several."),
    by: str = options.BY,
) -> None:
    from fieldvisit.actions.make_study import edit_study

    words = {"title": title, "institute": institute, "purpose": purpose, "contact": contact}
    lists = {"guides": guide, "study_groups": study_group, "interviewers": interviewer}
    if not any(lists.values()) and all(value is None for value in words.values()):
        raise WrongUsage(
            _("Nothing to change was given."),
            _("See {command} --help.").format(command="fieldvisit study edit"),
        )
    edit_study(session.settings(by), words, lists)
    session.tell(_("The study was changed."))


@verb(study_group_app, "Enter a study group.", "add")
def add_group(
    session: Session,
    short: str = argument("SHORT", "A short name to type."),
    name: str = argument("NAME", "The whole name."),
    by: str = options.BY,
) -> None:
    from fieldvisit.actions.make_study import add_study_group

    session.answer(add_study_group(session.settings(by), short, name).short)


@verb(study_group_app, "List the study groups.", "list")
def list_groups(session: Session, wish: Wish = options.ASKED) -> None:
    from fieldvisit.actions.show import study as read_study
    from fieldvisit.documents.lists import study_group_list

    _study, groups = read_study(session.settings())
    session.deliver(study_group_list(groups), wish)


@command(coverage_app)
def coverage(
    session: Session,
    wish: Wish = options.ASKED_FOR,
    visits: tuple[str, ...] = argument(
        "[VISIT]...", "Which visits. Default: all but cancelled ones.", completion.visit, None
    ),
    open_: bool = option("--open", "Only what is still to ask or to follow."),
    study_group: str = options.FOR_GROUP,
) -> None:
    from fieldvisit.actions.coverage import coverage as read_coverage
    from fieldvisit.documents.coverage import document
    from fieldvisit.fieldwork.coverage import follow_up

    seen_by = session.audience(wish, "work")
    found, held_back = read_coverage(session.settings(), visits, seen_by, study_group)
    page = document(found, seen_by, only_open=open_, owed=follow_up(found, today()))
    session.deliver(page, wish, held_back)


@command(search_app, "Find the notes whose text holds every one of the words, newest first.")
def search(
    session: Session,
    wish: Wish = options.ASKED_FOR,
    words: tuple[str, ...] = argument(
        "WORDS...", "Each argument is one phrase; width and case are equal."
    ),
    wanted: NoteFilter = made_of(
        NoteFilter, topic=options.ONLY_TOPIC, city=options.ONLY_CITY, study_group=options.FOR_GROUP
    ),
    limit: int = options.LIMIT,
) -> None:
    from fieldvisit.actions.show import search as find
    from fieldvisit.documents.notes import note_list

    seen_by = session.audience(wish, "work")
    hits, register, held_back = find(session.settings(), words, wanted, seen_by, limit)
    session.deliver(note_list(hits, register, seen_by, words), wish, held_back)


@command(undo_app, "Take back the last change, the one named, or all of a sitting.")
def undo(
    session: Session,
    change: str | None = argument(
        "[CHANGE]", "A change as the log names it, or a sitting of review.", default=None
    ),
    by: str = options.BY,
) -> None:
    from fieldvisit.actions.show import handles
    from fieldvisit.actions.undo import undo as take_back
    from fieldvisit.cli.afterwards import tell_voided
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


@command(log_app, "List the changes made, newest first.")
def log(session: Session, wish: Wish = options.ASKED, limit: int = options.LIMIT) -> None:
    from fieldvisit.actions.show import changes
    from fieldvisit.documents.lists import change_log

    found, handles = changes(session.settings())
    session.deliver(change_log(found[: limit or None], handles), wish)


DRAFT = argument("DRAFT", "Its name, or the beginning of it.")


@verb(draft_app, "List text that is not stored yet.", "list")
def list_drafts(session: Session, wish: Wish = options.ASKED_FOR) -> None:
    from fieldvisit.documents.lists import draft_list
    from fieldvisit.study.drafts import drafts

    seen_by = session.audience(wish, "work")
    found = drafts(session.settings().study())
    shown = [draft for draft in found if draft.purpose.may_be_told(seen_by)]
    rows = [(draft.name, draft.saved_at(), draft.purpose) for draft in shown]
    session.deliver(draft_list(rows, seen_by), wish, len(found) - len(shown))


@verb(draft_app, "Print a draft as it was typed.", "show")
def show_draft(session: Session, draft: str = DRAFT, audience: str = options.AUDIENCE) -> None:
    from fieldvisit.study.drafts import draft_called

    found = draft_called(session.settings().study(), draft)
    if session.audience(Wish(audience=audience), "work") != "all":
        raise Refused(
            _("A draft may hold what was said off the record."),
            _("It is shown on a terminal, or with --audience all; its file is {path}.").format(
                path=found.path
            ),
        )
    session.tell(wordings.typed_for(found.purpose))
    emit(found.text().encode())
    sys.stdout.flush()


@verb(draft_app, "Delete a draft for good.", "drop")
def drop_draft(session: Session, draft: str = DRAFT, yes: bool = options.YES) -> None:
    from fieldvisit.study.drafts import draft_called
    from fieldvisit.study.drafts import drop as drop_it

    found = draft_called(session.settings().study(), draft)
    session.tell(wordings.typed_for(found.purpose))
    question = _("Delete {name} for good?").format(name=found.name)
    if not session.agrees(question, yes=yes):
        raise Refused(_("The draft was kept."), _("Say --yes to delete it without being asked."))
    drop_it(found)
    session.tell(_("{name} was deleted.").format(name=found.name))
