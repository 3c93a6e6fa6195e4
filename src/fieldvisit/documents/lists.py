"""The lists of a study: visits, cities, study groups, guides, drafts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from fieldvisit.anonymity.made import Traced
from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.documents.page import Block, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.study import StudyGroup
from fieldvisit.fieldwork.terms import ATTRIBUTES, DISCLOSURES, MODES, NAMED, STATUSES
from fieldvisit.fieldwork.visit import Material, Visit
from fieldvisit.language import _, enumerated


def listing(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    shape: Callable[[], dict[str, Any]],
    *,
    head: Sequence[str] = (),
    empty: str = "",
    in_files: Collection[str] = (),
) -> Document:
    """Return a list as a document.

    ``head`` are lines above the table, ``empty`` is said where there are no rows. The page
    leaves out columns in which no row has a value, and those that ``in_files`` names.
    """
    found = tuple(tuple(row) for row in rows)

    def page() -> Page:
        blocks: list[Block] = [Heading(1, title), *(Paragraph(line, quiet=True) for line in head)]
        if found:
            used = [
                at
                for at, column in enumerate(columns)
                if column.key not in in_files and any(row[at] is not None for row in found)
            ]
            cells = [["" if row[at] is None else str(row[at]) for at in used] for row in found]
            blocks.append(Table.of([columns[at].title for at in used], cells))
        else:
            blocks.append(Paragraph(empty))
        return Page(tuple(blocks))

    return Document(name, page, lambda: Grid(tuple(columns), found), shape)


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


def draft_list(drafts: Sequence[tuple[str, str, Purpose]], audience: str) -> Document:
    """Return drafts by name, the time when each was last saved, and what for; never their text."""
    return listing(
        "drafts",
        _("Drafts"),
        (
            Column("draft", _("draft")),
            Column("saved_at", _("saved")),
            Column("typed_for", _("typed for")),
        ),
        ((name, wordings.moment(at), wordings.typed_for(what)) for name, at, what in drafts),
        lambda: {
            "drafts": [
                {
                    "draft": name,
                    "saved_at": at,
                    "command": what.command or None,
                    "target": what.target or None,
                    "place": what.place or None,
                    "disclosure": what.level or None,
                    "kind": what.kind or None,
                }
                for name, at, what in drafts
            ]
        },
        empty=_("There are no drafts: everything typed was stored.")
        if audience == "all"
        else _("There are no drafts for this audience."),
    )


def alias_list(found: Sequence[NameAlias], cities: Mapping[str, City]) -> Document:
    """Return the names that were entered, and for whom each stands; ``cities`` by code."""

    def meant(alias: NameAlias) -> str | None:
        city = cities.get(alias.stands_for) if alias.kind == "city" else None
        return city.name if city else alias.stands_for or None

    return listing(
        "aliases",
        _("Names that anonymised outputs replace"),
        (
            Column("name", _("name")),
            Column("kind", _("kind")),
            Column("for", _("stands for")),
        ),
        ((alias.name, NAMED.word(alias.kind), meant(alias)) for alias in found),
        lambda: {
            "aliases": [
                {"name": a.name, "kind": a.kind, "for": meant(a), "by": a.by or None} for a in found
            ]
        },
        empty=_("No names were entered beside those that the study knows anyway."),
    )


def traced(found: Traced, register: Register) -> Document:
    """Return what a mark, or what stands for a name, means."""
    note, kind = found.note, NAMED.word(found.kind) if found.kind else _("note")

    def page() -> Page:
        facts = [(_("kind"), kind), (_("name"), found.name)]
        if note:
            at = register.visit(note)
            facts = [
                (_("note"), note.handle),
                (_("city"), register.city(note).name),
                (_("visit"), at.handle if at else ""),
            ]
        return Page((Heading(1, found.mark), Facts.known(facts)))

    return Document("trace", page, None, lambda: _shape(found, register))


def _shape(found: Traced, register: Register) -> dict[str, Any]:
    note = found.note
    at = register.visit(note) if note else None
    return {
        "mark": found.mark,
        "kind": found.kind or "note",
        "name": found.name or None,
        "note": {"handle": note.handle, "id": note.id} if note else None,
        "city": shapes.city_name(register.city(note)) if note else None,
        "visit": at.handle if at else None,
    }


def material_list(materials: Sequence[Material], visits: Mapping[str, Visit]) -> Document:
    """Return the materials by visit and number; ``visits`` by id."""
    return listing(
        "materials",
        _("Materials"),
        _columns(),
        (_row(material, visits[material.visit_id]) for material in materials),
        lambda: {
            "materials": [
                _material_shape(material, visits[material.visit_id]) for material in materials
            ]
        },
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("visit", _("visit")),
        Column("material", _("material")),
        Column("title", _("title")),
        Column("pages", _("pages")),
        Column("received_on", _("received on")),
        Column("disclosure", _("disclosure")),
        Column("file", _("file")),
    )


def _row(material: Material, visit: Visit) -> tuple[Value, ...]:
    kept = [material.file, material.named if material.named not in material.file else ""]
    return (
        visit.handle,
        _("material {label}").format(label=material.label),
        material.title,
        material.pages or None,
        wordings.day(material.received_on) or None,
        DISCLOSURES.word(material.disclosure),
        enumerated(filter(None, kept)) or None,
    )


def _material_shape(material: Material, visit: Visit) -> dict[str, Any]:
    return {
        "visit": visit.handle,
        "material": material.label,
        "title": material.title,
        "pages": material.pages or None,
        "received_on": material.received_on or None,
        "disclosure": material.disclosure,
        "file": material.file or None,
        "named": material.named or None,
        "sha256": material.sha256 or None,
        "by": material.by or None,
    }
