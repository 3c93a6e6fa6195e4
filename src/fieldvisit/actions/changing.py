"""One change of a study: a look at it and a ledger, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fieldvisit.actions.looking import Look
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.guide_files.snapshot import to_json
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.storage.writing import Ledger, writing

KEEP_GUIDES = "keep guides"


@contextmanager
def changing(given: Settings, command: str) -> Iterator[tuple[Look, Ledger]]:
    """Open the study for one change. What the look shows is what stood before it."""
    place = given.study()
    with writing(place.database, command, given.author()) as ledger:
        yield Look(place, ledger.connection, "all"), ledger


def adopt_city(look: Look, ledger: Ledger, city: City) -> City:
    """Copy a shipped city into the study at its first use."""
    return look.cities.get(city.code) or records.save(ledger, city)


def keep_guides(look: Look, ledger: Ledger, visit: Visit) -> Visit:
    """Fix the visit's guides as they stand, because its first note or mark comes in.

    Entered as a change of its own: undoing the note does not loosen the guides again.
    """
    if visit.keeps_its_guides:
        return visit
    with ledger.apart(KEEP_GUIDES):
        return records.save(ledger, with_kept_guides(look, ledger, visit))


def with_kept_guides(look: Look, ledger: Ledger, visit: Visit) -> Visit:
    """Return the visit with its guides as their files stand now, their snapshots stored."""
    kept = []
    for used in visit.guides:
        guide = look.shelf.current(used.slug)
        store_snapshot(look, ledger, guide)
        kept.append(UsedGuide(used.slug, guide.sha256))
    return replace(visit, guides=tuple(kept))


def store_snapshot(look: Look, ledger: Ledger, guide: Guide) -> None:
    """Keep the guide as its file stands, so that readers need no YAML."""
    try:
        text = look.shelf.path(guide.slug).read_text(encoding="utf-8")
    except OSError as error:
        raise NotFound(
            _("The guide “{slug}” has no file any more.").format(slug=guide.slug),
            _("Nothing was changed."),
        ) from error
    records.keep_guide(
        ledger,
        records.snapshot(guide.sha256, guide.slug, guide.version, text, to_json(guide)),
    )
