"""`study edit` and `study-group add`: what holds for the whole study."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.study import Study, StudyGroup, check_group, check_groups
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import changing
from fieldvisit.text import checked, storable


def edit_study(
    given: Settings, words: Mapping[str, str | None], lists: Mapping[str, Sequence[str] | None]
) -> Study:
    """Change what is given and leave the rest; return the study as it then stands.

    ``words``: title, institute, purpose, contact; ``lists``: guides, study_groups, interviewers.
    """
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
