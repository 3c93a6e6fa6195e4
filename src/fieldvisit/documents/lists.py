"""The lists of a study: visits, cities and a city, study groups, guides, drafts, changes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Column, Document, Grid, Value
from fieldvisit.documents.page import Block, Facts, Heading, Page, Paragraph, Table
from fieldvisit.documents.shapes import Shape, taken
from fieldvisit.fieldwork import terms
from fieldvisit.fieldwork.city import City, CityFact, in_order
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.note import Register, Traced
from fieldvisit.fieldwork.study import KEEP_GUIDES, LoggedChange, NameAlias, StudyGroup
from fieldvisit.fieldwork.visit import Material, Visit
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import SHORT

T = TypeVar("T")
Rows = Sequence[Sequence[Value]]
ListColumn = tuple[str, str, Callable[[T], Value]]


def listing(
    name: str,
    title: str,
    found: Iterable[T],
    columns: Sequence[ListColumn[T]],
    shape: tuple[str, Callable[[T], Shape]],
    *,
    about: Mapping[str, Any] | None = None,
    empty: str = "",
    in_files: Collection[str] = (),
) -> Document:
    """Return a list as a document.

    ``columns`` are keys and titles, and what stands there of each thing. The page leaves out
    columns in which no row has a value, and those that ``in_files`` names; ``empty`` is said where
    there are no rows. ``shape`` is the key of the list in JSON and the shape of a thing; before it
    stands what the list is ``about``. An audience there heads the page too.
    """
    about = about or {}
    things = tuple(found)
    rows = tuple(
        tuple(None if (value := of(one)) == "" else value for _key, _title, of in columns)
        for one in things
    )

    heads = tuple(Column(key, title) for key, title, _of in columns)

    def page() -> Page:
        blocks: list[Block] = [Heading(1, title)]
        if "audience" in about:
            blocks.append(Paragraph(wordings.audience_line(about["audience"]), quiet=True))
        return Page((*blocks, _table(heads, rows, in_files) if rows else Paragraph(empty)))

    key, of_one = shape
    return Document(
        name,
        page,
        lambda: Grid(heads, rows),
        lambda: {**about, key: [of_one(one) for one in things]},
    )


def facts_of(
    name: str, title: str, facts: Iterable[tuple[str, str]], shape: Shape, *below: Block
) -> Document:
    """Return what is known of one thing as a document; ``below`` the facts may stand more."""
    shown = Facts.known(facts)
    return Document(name, lambda: Page((Heading(1, title), shown, *below)), None, lambda: shape)


def _table(heads: Sequence[Column], rows: Rows, hidden: Collection[str]) -> Table:
    """Return the columns in which any row has a value, but for the hidden ones."""
    used = [
        at
        for at, head in enumerate(heads)
        if head.key not in hidden and any(row[at] is not None for row in rows)
    ]
    cells = [["" if row[at] is None else str(row[at]) for at in used] for row in rows]
    return Table.of([heads[at].title for at in used], cells)


def visit_list(
    visits: Sequence[Visit],
    cities: Mapping[str, City],
    guides: Callable[[Visit], Sequence[Guide]],
) -> Document:
    """Return visits in the order given; ``guides`` tells the guides of each."""
    return listing(
        "visits",
        _("Visits"),
        visits,
        (
            ("handle", _("visit"), lambda one: one.handle),
            ("city", _("city"), lambda one: cities[one.city_code].name),
            ("date", _("date"), wordings.days),
            ("mode", _("mode"), lambda one: terms.MODES.word(one.mode)),
            ("status", _("status"), lambda one: terms.STATUSES.word(one.status)),
            ("guides", _("guides"), lambda one: ", ".join(used.slug for used in one.guides)),
            ("study_groups", _("study groups"), lambda one: ", ".join(one.study_groups)),
        ),
        ("visits", lambda one: shapes.visit(one, cities[one.city_code], guides(one))),
        in_files={"guides"},
        empty=_("There are no visits yet. Plan one with: fieldvisit visit add CITY"),
    )


def city_list(cities: Sequence[City], day: date) -> Document:
    """Return cities with their class on ``day``."""

    def attributes(city: City) -> str:
        held = city.attributes_on(day)
        return enumerated(terms.ATTRIBUTES.word(name) for name in terms.ATTRIBUTES if name in held)

    return listing(
        "cities",
        _("Cities"),
        cities,
        (
            ("code", _("code"), lambda city: city.printed_code),
            ("prefecture", _("prefecture"), wordings.prefecture),
            ("name", _("city"), lambda city: city.name),
            ("kana", _("kana"), lambda city: city.kana),
            ("romaji", _("romaji"), lambda city: city.romaji),
            ("class", _("class"), attributes),
        ),
        ("cities", lambda city: shapes.city(city, day)),
        empty=_("No city fits."),
    )


def city_page(found: City, day: date, facts: Sequence[CityFact] = ()) -> Document:
    """Return a city with its dated classes and attributes, and its facts."""
    facts = in_order(facts)
    lines = [
        (_("code"), found.printed_code),
        (_("prefecture"), f"{found.prefecture} {found.prefecture_en}".strip()),
        (_("kana"), found.kana),
        (_("romaji"), found.romaji),
    ]
    for held in found.attributes:
        period = wordings.period(held.since or "", held.until or "")
        lines.append((terms.ATTRIBUTES.word(held.name), period or _("since when is not known")))
    head = [_("fact"), _("value"), _("as of"), _("source")]
    rows = [[terms.FACTS.word(fact.key), fact.value, fact.as_of, fact.source] for fact in facts]
    below = (Heading(2, _("Facts")), Table.of(head, rows)) if facts else ()
    shape = {**shapes.city(found, day), "facts": list(map(shapes.fact, facts))}
    return facts_of("city", wordings.city(found, day), lines, {"city": shape}, *below)


def study_group_list(groups: Sequence[StudyGroup]) -> Document:
    """Return the study groups."""
    return listing(
        "study-groups",
        _("Study groups"),
        groups,
        (
            ("short", _("short name"), lambda group: group.short),
            ("name", _("name"), lambda group: group.name),
        ),
        ("study_groups", lambda group: taken(group, "short", "name")),
        empty=_("There are no study groups yet."),
    )


def guide_list(guides: Sequence[Guide], used: Mapping[str, int]) -> Document:
    """Return guides; ``used`` says how many visits use each."""
    return listing(
        "guides",
        _("Interview guides"),
        guides,
        (
            ("guide", _("guide"), lambda guide: guide.slug),
            ("version", _("version"), lambda guide: guide.version),
            ("title", _("title"), lambda guide: str(guide.title)),
            ("topics", _("topics"), lambda guide: len(guide.topics)),
            ("questions", _("questions"), lambda guide: len(tuple(guide.addresses()))),
            ("visits", _("visits"), lambda guide: used.get(guide.slug, 0)),
        ),
        (
            "guides",
            lambda guide: {
                "guide": guide.slug,
                "version": guide.version,
                "title": shapes.words(guide.title),
                "sha256": guide.sha256,
                "visits": used.get(guide.slug, 0),
            },
        ),
        empty=_("There is no guide in the folder interview_guides."),
    )


def draft_list(drafts: Sequence[tuple[str, str, Purpose]], audience: str) -> Document:
    """Return drafts by name, the time when each was last saved, and what for; never their text."""
    none = _("There are no drafts: everything typed was stored.")
    return listing(
        "drafts",
        _("Drafts"),
        drafts,
        (
            ("draft", _("draft"), lambda one: one[0]),
            ("saved_at", _("saved"), lambda one: wordings.moment(one[1])),
            ("typed_for", _("typed for"), lambda one: wordings.typed_for(one[2])),
        ),
        (
            "drafts",
            lambda one: {
                "draft": one[0],
                "saved_at": one[1],
                **taken(one[2], "command", "target", "place", disclosure="level"),
                **taken(one[2], "kind"),
            },
        ),
        empty=none if audience == "all" else _("There are no drafts for this audience."),
    )


def alias_list(found: Sequence[NameAlias], cities: Mapping[str, City]) -> Document:
    """Return the names that were entered, and for whom each stands; ``cities`` by code."""

    def meant(alias: NameAlias) -> str | None:
        city = cities.get(alias.stands_for) if alias.kind == "city" else None
        return city.name if city else alias.stands_for or None

    return listing(
        "aliases",
        _("Names that anonymised outputs replace"),
        found,
        (
            ("name", _("name"), lambda alias: alias.name),
            ("kind", _("kind"), lambda alias: terms.NAMED.word(alias.kind)),
            ("for", _("stands for"), meant),
        ),
        (
            "aliases",
            lambda alias: {
                **taken(alias, "name", "kind"),
                "for": meant(alias),
                **taken(alias, "by"),
            },
        ),
        empty=_("No names were entered beside those that the study knows anyway."),
    )


def traced(found: Traced, register: Register) -> Document:
    """Return what a mark, or what stands for a name, means."""
    note = found.note
    at = register.visit(note) if note else None
    city = register.city(note) if note else None
    kind = terms.NAMED.word(found.kind) if found.kind else ""
    facts = (
        (_("kind"), kind), (_("name"), found.name), (_("note"), note.handle if note else ""),
        (_("city"), city.name if city else ""), (_("visit"), at.handle if at else ""),
    )  # fmt: skip
    shape = {
        "mark": found.mark,
        "kind": found.kind or "note",
        "name": found.name or None,
        "note": taken(note, "handle", "id") if note else None,
        "city": shapes.city_name(city) if city else None,
        "visit": at.handle if at else None,
    }
    return facts_of("trace", found.mark, facts, shape)


def material_list(materials: Sequence[Material], visits: Mapping[str, Visit]) -> Document:
    """Return the materials by visit and number; ``visits`` by id."""

    def files(one: Material) -> str:
        return enumerated(filter(None, [one.file, one.named if one.named not in one.file else ""]))

    return listing(
        "materials",
        _("Materials"),
        materials,
        (
            ("visit", _("visit"), lambda one: visits[one.visit_id].handle),
            ("material", _("material"), lambda one: wordings.cited(one.label, "")),
            ("title", _("title"), lambda one: one.title),
            ("pages", _("pages"), lambda one: one.pages or None),
            ("received_on", _("received on"), lambda one: wordings.day(one.received_on)),
            ("disclosure", _("disclosure"), lambda one: terms.DISCLOSURES.word(one.disclosure)),
            ("file", _("file"), files),
        ),
        (
            "materials",
            lambda one: {
                "visit": visits[one.visit_id].handle,
                "material": one.label,
                **taken(one, "title", "pages", "received_on", "disclosure"),
                **taken(one, "file", "named", "sha256", "by"),
            },
        ),
    )


def change_log(changes: Sequence[LoggedChange], handles: Mapping[str, str]) -> Document:
    """Return the changes of the study; objects by their handles, never with their text."""

    def command(change: LoggedChange) -> str:
        return _("guides fixed") if change.command == KEEP_GUIDES else change.command

    return listing(
        "log",
        _("Changes"),
        changes,
        (
            ("change", _("change"), lambda change: change.id[-8:]),
            ("at", _("time"), lambda change: wordings.moment(change.at)),
            ("by", _("by"), lambda change: change.by),
            ("command", _("command"), command),
            ("objects", _("what it touched"), lambda change: objects_of(change, handles)),
            ("undone", _("taken back"), lambda change: _("yes") if change.undone_by else None),
        ),
        (
            "changes",
            lambda change: {
                **{name: getattr(change, name) for name in ("id", "at", "by", "command")},
                "objects": [_object(found, handles) for found in change.objects],
                **taken(change, "undone_by", "undoes", "sitting"),
            },
        ),
        empty=_("Nothing was changed yet."),
    )


def objects_of(change: LoggedChange, handles: Mapping[str, str]) -> str:
    """Return what a change touched, by kinds and handles."""
    return enumerated(_object(found, handles, terms.OBJECTS.word) for found in change.objects)


def _object(found: str, handles: Mapping[str, str], word: Callable[[str], str] = str) -> str:
    kind, *names = found.split(":", 2)
    if names == [kind]:
        return word(kind)
    if kind == "item":
        names = [names[0][:SHORT]]
    return " ".join((word(kind), *(handles.get(name, name) for name in names)))


def told_still_closed(
    handles: Iterable[str], summaries: Iterable[tuple[Address, str]]
) -> Iterator[str]:
    """Yield a line for each note and summary that an undone change closed and that stays closed."""
    for handle in handles:
        yield _(
            "{handle} stays off the record. Open it, if somebody allowed it:"
            " fieldvisit note edit {handle} -d LEVEL --reason TEXT"
        ).format(handle=handle)
    for place, name in summaries:
        yield _(
            "The summary of {place} stays off the record. Open it, if somebody allowed it:"
            " fieldvisit summary set {place} {whose} --unchanged -d LEVEL"
        ).format(place=place, whose=wordings.whose(name))
