"""One change of a study, in one transaction, and what must stand at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.errors import StillInUse
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Guide, to_json
from fieldvisit.fieldwork.study import KEEP_GUIDES
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change, is_stored, writing
from fieldvisit.study.view import StudyView


@contextmanager
def changing(
    given: Settings, command: str, sitting: str = ""
) -> Iterator[tuple[StudyView, Change]]:
    """Open the study for one change. What the view shows is what stood before it.

    ``sitting`` is the id that changes of one sitting share, empty for a change by itself.
    """
    place = given.study()
    change = None
    try:
        with writing(place.database, command, given.author()) as change:
            change.sitting = sitting
            yield StudyView(place, change.connection, "all"), change
    except KeyboardInterrupt:  # may come in the commit itself
        if change and is_stored(place.database, change.id):
            stored.remember()
        raise
    if change.id:
        stored.remember()


def adopt_city(view: StudyView, change: Change, city: City) -> City:
    """Copy a shipped city into the study at its first use, or at the first after an undo."""
    stored = queries.city(view.connection, city.code)
    if stored and not stored.deleted:
        return stored
    return records.save_over(change, city, stored)


def keep_guides(view: StudyView, change: Change, visit: Visit) -> Visit:
    """Fix the visit's guides as they stand, because its first note or mark comes in.

    Entered as a change of its own: undoing the note does not loosen the guides again.
    """
    if visit.keeps_its_guides:
        return visit
    with change.apart(KEEP_GUIDES):
        return records.save(change, with_kept_guides(view, change, visit))


def with_kept_guides(view: StudyView, change: Change, visit: Visit, *, anew: bool = False) -> Visit:
    """Return the visit with its guides kept as they stand; those kept before too if anew."""
    kept = []
    for used in visit.guides:
        if used.sha256 and not anew:
            kept.append(used)
            continue
        guide = view.guides.current(used.slug)
        store_snapshot(view, change, guide)
        kept.append(UsedGuide(used.slug, guide.sha256))
    return replace(visit, guides=tuple(kept))


def store_snapshot(view: StudyView, change: Change, guide: Guide) -> None:
    """Keep the guide as its file stands, so that readers need no YAML."""
    text = view.guides.file_of(guide)
    records.keep_guide(change, guide.sha256, guide.slug, guide.version, text, to_json(guide))


def check_integrity(view: StudyView) -> None:
    """Raise StillInUse where something that stands rests on what does not, after the change."""
    if in_the_air := list(dict.fromkeys(_without_support(view))):
        raise StillInUse(
            _("Something else in the study rests on this: {names}").format(
                names=enumerated(in_the_air)
            ),
            _("Take the later changes back first: fieldvisit log. Nothing was changed."),
        )


def _without_support(view: StudyView) -> Iterator[str]:
    """Yield the names of what would be left without its city, visit, group, speaker, material."""
    groups, cities, visits = {group.short for group in view.groups}, view.cities, view.visits_by_id
    if not groups.issuperset(view.study.study_groups):
        yield _("study")
    for visit in view.visits:
        if visit.city_code not in cities or not groups.issuperset(visit.study_groups):
            yield visit.handle
    materials = {(one.visit_id, one.label) for one in gate.materials(view.connection, "all")}
    for note in view.notes:
        at = visits.get(note.visit_id or "")
        present = {None, *(person.person_id for person in at.participants)} if at else {None}
        speaker = note.speaker.person_id if note.speaker else None
        stands = note.city_code in cities and (note.visit_id is None or at is not None)
        stands = stands and (not note.material or (note.visit_id, note.material) in materials)
        if not (stands and speaker in present and groups.issuperset(note.only_for)):
            yield note.handle
    yield from (str(mark.address) for mark in view.marks if mark.visit_id not in visits)
    for fact in (one for facts in view.facts.values() for one in facts):
        if fact.city_code not in cities:
            yield f"{FACTS.word(fact.key)} {fact.as_of}"
    for summary in view.summaries:
        if summary.city_code and summary.city_code not in cities:
            yield str(summary.address)
