"""The lists of a study: visits, cities and a city, study groups, guides, drafts, changes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import to_builtins

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
InWords = tuple[str, str, Callable[[T], Any], Callable[[Any], Value]]


def listing(
    name: str,
    title: str,
    found: Iterable[T],
    columns: Sequence[ListColumn[T] | InWords[T]],
    shape: str | tuple[str, Callable[[T], Shape]],
    *,
    about: Mapping[str, Any] | None = None,
    empty: str = "",
    in_files: Collection[str] = (),
) -> Document:
    """Return a list as a document.

    ``columns`` are keys and titles, what there is of each thing, and what says it in words where
    that does not. The page leaves out columns in which no row has a value, and those that
    ``in_files`` names; ``empty`` is said where there are no rows. ``shape`` is the key of the list
    in JSON, with the shape of a thing if it has one of its own; before it stands what the list is
    ``about``. An audience there heads the page too.
    """
    about = about or {}
    things = tuple(found)
    rows = tuple(tuple(_shown(column, one) for column in columns) for one in things)

    heads = tuple(Column(column[0], column[1]) for column in columns)

    def of_columns(one: T) -> Shape:
        return {column[0]: _known(to_builtins(column[2](one))) for column in columns}

    def page() -> Page:
        blocks: list[Block] = [Heading(1, title)]
        if "audience" in about:
            blocks.append(Paragraph(wordings.audience_line(about["audience"]), quiet=True))
        return Page((*blocks, _table(heads, rows, in_files) if rows else Paragraph(empty)))

    key, of_one = (shape, of_columns) if isinstance(shape, str) else shape
    return Document(
        name,
        page,
        lambda: Grid(heads, rows),
        lambda: {**about, key: [of_one(one) for one in things]},
    )


def _shown(column: ListColumn[T] | InWords[T], one: T) -> Value:
    _key, _title, of, *word = column
    value: Value = word[0](of(one)) if word else of(one)
    return _known(value)


def _known(value: T) -> T | None:
    return None if value == "" else value


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
        "study_groups",
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
            ("title", _("title"), lambda guide: guide.title, str),
            ("topics", _("topics"), lambda guide: len(guide.topics)),
            ("questions", _("questions"), lambda guide: len(tuple(guide.addresses()))),
            ("visits", _("visits"), lambda guide: used.get(guide.slug, 0)),
        ),
        "guides",
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
                **taken(one[2], "command", "target", "place", "kind", disclosure="level"),
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
            ("kind", _("kind"), lambda alias: alias.kind, terms.NAMED.word),
            ("for", _("stands for"), meant),
        ),
        "aliases",
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
    return listing(
        "materials",
        _("Materials"),
        materials,
        (
            ("visit", _("visit"), lambda one: visits[one.visit_id].handle),
            ("material", _("material"), lambda one: one.label, lambda n: wordings.cited(n, "")),
            ("title", _("title"), lambda one: one.title),
            ("pages", _("pages"), lambda one: one.pages),
            ("received_on", _("received on"), lambda one: one.received_on, wordings.day),
            ("disclosure", _("disclosure"), lambda one: one.disclosure, terms.DISCLOSURES.word),
            ("file", _("file"), lambda one: one.file),
            ("named", _("name of the original"), lambda one: one.named),
        ),
        "materials",
    )


def change_log(changes: Sequence[LoggedChange], handles: Mapping[str, str]) -> Document:
    """Return the changes of the study; objects by their handles, never with their text."""

    def touched(change: LoggedChange) -> list[str]:
        return [_object(found, handles) for found in change.objects]

    return listing(
        "log",
        _("Changes"),
        changes,
        (
            ("change", _("change"), lambda change: change.id, lambda id_: id_[-8:]),
            ("at", _("time"), lambda change: change.at, wordings.moment),
            ("by", _("by"), lambda change: change.by),
            ("command", _("command"), lambda change: change.command, _command),
            ("objects", _("what it touched"), touched, _in_words),
            ("undone", _("taken back"), lambda change: change.undone_by, _taken_back),
            ("sitting", _("sitting"), lambda change: change.sitting),
        ),
        "changes",
        in_files={"sitting"},
        empty=_("Nothing was changed yet."),
    )


def objects_of(change: LoggedChange, handles: Mapping[str, str]) -> str:
    """Return what a change touched, by kinds and handles."""
    return _in_words(_object(found, handles) for found in change.objects)


def _object(found: str, handles: Mapping[str, str]) -> str:
    kind, *names = found.split(":", 2)
    if names == [kind]:
        return kind
    if kind == "item":
        names = [names[0][:SHORT]]
    return " ".join((kind, *(handles.get(name, name) for name in names)))


def _in_words(objects: Iterable[str]) -> str:
    parted = (one.partition(" ") for one in objects)
    return enumerated(terms.OBJECTS.word(kind) + blank + names for kind, blank, names in parted)


def _command(command: str) -> str:
    return _("guides fixed") if command == KEEP_GUIDES else command


def _taken_back(undone_by: str) -> str:
    return _("yes") if undone_by else ""


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
