"""Studies: made in a folder, brought up to date, and what holds for the whole of one."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.doors import outputs
from fieldvisit.doors.inputs import SCHEMA_FILE, bytes_of, shipped_folder, shipped_schema
from fieldvisit.doors.kept import DATABASE, DRAFTS, GUIDES
from fieldvisit.errors import DatabaseTrouble, Refused
from fieldvisit.errors import reason as why
from fieldvisit.fieldwork.study import Study, StudyGroup, check_group, check_groups
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.settings import Study as StudyFolder
from fieldvisit.storage import queries, records
from fieldvisit.storage.connection import SCHEMA, schema_of, writing
from fieldvisit.study.change import changing, store_snapshot
from fieldvisit.study.guides import StudyGuides
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked, storable

FIRST_GUIDE = "it-workforce"


def make_study(given: Settings, folder: Path) -> Path:
    """Make a study with the shipped guides; Refused if one, or something in its way, is there."""
    try:
        if (folder / DATABASE).exists():
            raise _stands_already(folder)
        there = StudyGuides(folder / GUIDES, {})
        for slug in there.names():
            there.current(slug)
        outputs.check_folder(folder)
        outputs.make_folder(folder / DRAFTS)
        outputs.make_folder(there.folder)
        for source in sorted(shipped_folder().glob("*.yaml")):
            if source.stem not in there.names():
                outputs.write_whole(there.folder / source.name, bytes_of(source))
        outputs.write_whole(there.folder / SCHEMA_FILE, bytes_of(shipped_schema()))
    except OSError as error:
        raise Refused(
            _("{folder} cannot be written: {reason}").format(folder=folder, reason=why(error)),
            _("Name another folder: fieldvisit init DIR"),
        ) from error
    from fieldvisit.storage.creation import create

    try:
        create(folder / DATABASE, lambda aside: _begin(given, folder, aside))
    except FileExistsError:
        raise _stands_already(folder) from None
    stored.remember()
    return folder


def _stands_already(folder: Path) -> Refused:
    return Refused(
        _("There is a study in {folder} already.").format(folder=folder),
        _("Nothing was changed. Go there and type: fieldvisit status"),
    )


def _begin(given: Settings, folder: Path, database: Path) -> None:
    with writing(database, "init", given.author()) as change:
        view = StudyView(StudyFolder(folder), change.connection, "all")
        for slug in view.guides.names():
            store_snapshot(view, change, view.guides.current(slug))
        records.save(change, Study(guides=(FIRST_GUIDE,)))


def upgrade(given: Settings) -> Path | None:
    """Bring the study's database up to date; return the copy of the old one, None if it is so.

    A crash leaves the old database as it was, or the new one whole; a refusal leaves no copy.
    """
    database = given.study().database
    found = schema_of(database)
    if found == SCHEMA:
        return None
    from fieldvisit.storage.creation import migrate, told

    kept = _copied(database, found)
    try:
        with told(database):
            migrate(database)
    except BaseException:
        with suppress(OSError, DatabaseTrouble):
            if schema_of(database) == found:
                outputs.remove(kept)
        raise
    stored.remember()
    return kept


def _copied(database: Path, schema: str) -> Path:
    """Copy the database under the first name that no earlier copy has, nor one made meanwhile."""
    from fieldvisit.storage.creation import copy

    n = 0
    while True:
        target = database.with_name(f"{database.name}.schema-{schema}{f'-{n}' if n else ''}")
        with suppress(FileExistsError):
            if not target.exists():
                return copy(database, target)
        n += 1


def edit_study(
    given: Settings, words: Mapping[str, str | None], lists: Mapping[str, Sequence[str] | None]
) -> Study:
    """Change what is given (``words``, ``lists`` by field); return the study as it stands."""
    new_words = {name: storable(text, name) for name, text in words.items() if text is not None}
    new_lists = {name: tuple(values) for name, values in lists.items() if values}
    for name in new_lists.get("interviewers", ()):
        checked(name, _("interviewer"))
    with changing(given, "study edit") as (view, change):
        for slug in new_lists.get("guides", ()):
            view.guides.current(slug)
        check_groups(view.groups, new_lists.get("study_groups", ()))
        changed = replace(view.study, **new_words, **new_lists)
        return view.study if changed == view.study else records.save(change, changed)


def add_study_group(given: Settings, short: str, name: str) -> StudyGroup:
    """Enter a study group; one that goes by the same short name is refused."""
    check_group(short, name)
    with changing(given, "study-group add") as (view, change):
        known = {g.short: g for g in queries.study_groups(view.connection, deleted=True)}
        group = known.get(short)
        if group and not group.deleted:
            raise Refused(
                _("There is a study group “{short}” already: {name}.").format(
                    short=short, name=group.name
                ),
                _("Nothing was changed."),
            )
        fresh = replace(group, name=name, deleted=False) if group else StudyGroup(short, name)
        return records.save(change, fresh)
