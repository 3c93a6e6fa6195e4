"""One change of a study: a view of it and what is stored, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.doors import inputs
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Guide, to_json
from fieldvisit.fieldwork.study import KEEP_GUIDES
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.storage.connection import Change, writing
from fieldvisit.study.view import StudyView
from fieldvisit.text import LONGEST_TEXT


@contextmanager
def changing(
    given: Settings, command: str, sitting: str = ""
) -> Iterator[tuple[StudyView, Change]]:
    """Open the study for one change. What the view shows is what stood before it.

    ``sitting`` is the id that changes of one sitting share, empty for a change by itself.
    """
    place = given.study()
    with writing(place.database, command, given.author()) as change:
        change.sitting = sitting
        yield StudyView(place, change.connection, "all"), change
    if change.id:
        stored.remember()


@contextmanager
def trying(given: Settings, command: str) -> Iterator[tuple[StudyView, Change]]:
    """Open the study as for a change, and take back at the end whatever was done."""
    with suppress(_OnlyTried), changing(given, command) as opened:
        yield opened
        raise _OnlyTried


class _OnlyTried(Exception):
    """Ends a change that is not to be stored."""


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
    """Return the visit with its guides as their files stand now, their snapshots stored.

    A guide that it keeps already stays as it is, unless ``anew``.
    """
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
    try:
        # Not as lines, whose ends would change and so the SHA-256.
        text = inputs.read(view.guides.path(guide.slug), LONGEST_TEXT).decode("utf-8")
    except OSError as error:
        raise NotFound(
            _("The guide “{slug}” has no file any more.").format(slug=guide.slug),
            _("Nothing was changed."),
        ) from error
    records.keep_guide(change, guide.sha256, guide.slug, guide.version, text, to_json(guide))
