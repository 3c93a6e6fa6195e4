"""The lists of a study: visits, cities, study groups, guides, drafts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column
from fieldvisit.documents.listing import listing
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.study import StudyGroup
from fieldvisit.fieldwork.terms import ATTRIBUTES, MODES, STATUSES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated


def visit_list(
    visits: Sequence[Visit],
    cities: Mapping[str, City],
    guides: Callable[[Visit], Sequence[Guide]],
) -> Document:
    """Return visits in the order given; ``guides`` tells the guides of each."""
    return listing(
        "visits",
        _("Visits"),
        (
            Column("handle", _("visit")),
            Column("city", _("city")),
            Column("date", _("date")),
            Column("mode", _("mode")),
            Column("status", _("status")),
            Column("guides", _("guides")),
            Column("study_groups", _("study groups")),
        ),
        (
            (
                visit.handle,
                cities[visit.city_code].name,
                wordings.days(visit),
                MODES.word(visit.mode),
                STATUSES.word(visit.status),
                ", ".join(used.slug for used in visit.guides),
                ", ".join(visit.study_groups) or None,
            )
            for visit in visits
        ),
        lambda: {
            "visits": [shapes.visit(v, cities[v.city_code], guides(v)) for v in visits],
        },
        in_files={"guides"},
        empty=_("There are no visits yet. Plan one with: fieldvisit visit add CITY"),
    )


def city_list(cities: Sequence[City], day: date) -> Document:
    """Return cities with their class on ``day``."""
    return listing(
        "cities",
        _("Cities"),
        (
            Column("code", _("code")),
            Column("prefecture", _("prefecture")),
            Column("name", _("city")),
            Column("kana", _("kana")),
            Column("romaji", _("romaji")),
            Column("class", _("class")),
        ),
        (
            (
                city.printed_code or None,
                wordings.prefecture(city),
                city.name,
                city.kana,
                city.romaji,
                enumerated(map(ATTRIBUTES.word, _attributes(city, day))) or None,
            )
            for city in cities
        ),
        lambda: {"cities": [shapes.city(city, day) for city in cities]},
        empty=_("No city fits."),
    )


def _attributes(city: City, day: date) -> list[str]:
    """Return the class of a city on ``day`` and its attributes."""
    held = city.attributes_on(day)
    return [name for name in ATTRIBUTES if name in held]


def study_group_list(groups: Sequence[StudyGroup]) -> Document:
    """Return the study groups."""
    return listing(
        "study-groups",
        _("Study groups"),
        (Column("short", _("short name")), Column("name", _("name"))),
        ((group.short, group.name) for group in groups),
        lambda: {"study_groups": [{"short": g.short, "name": g.name} for g in groups]},
        empty=_("There are no study groups yet."),
    )


def guide_list(guides: Sequence[Guide], used: Mapping[str, int]) -> Document:
    """Return guides; ``used`` says how many visits use each."""
    return listing(
        "guides",
        _("Interview guides"),
        (
            Column("guide", _("guide")),
            Column("version", _("version")),
            Column("title", _("title")),
            Column("topics", _("topics")),
            Column("questions", _("questions")),
            Column("visits", _("visits")),
        ),
        (
            (
                guide.slug,
                guide.version,
                str(guide.title),
                len(guide.topics),
                sum(1 for _address in guide.addresses()),
                used.get(guide.slug, 0),
            )
            for guide in guides
        ),
        lambda: {
            "guides": [
                {
                    "guide": guide.slug,
                    "version": guide.version,
                    "title": shapes.words(guide.title),
                    "sha256": guide.sha256,
                    "visits": used.get(guide.slug, 0),
                }
                for guide in guides
            ]
        },
        empty=_("There is no guide in the folder interview_guides."),
    )


def draft_list(drafts: Sequence[tuple[str, str]]) -> Document:
    """Return drafts by name and the time when each was last saved; never their text."""
    return listing(
        "drafts",
        _("Drafts"),
        (Column("draft", _("draft")), Column("saved_at", _("saved"))),
        ((name, wordings.moment(at)) for name, at in drafts),
        lambda: {"drafts": [{"draft": name, "saved_at": at} for name, at in drafts]},
        empty=_("There are no drafts: everything typed was stored."),
    )
