"""What is known of the cities themselves, on top of a comparison: facts with their dates."""

from collections.abc import Iterable, Iterator, Sequence

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.page import Block, Facts, Heading, Table
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.city_fact import CityFact, in_order, latest
from fieldvisit.fieldwork.comparison import ComparedCity, Comparison
from fieldvisit.fieldwork.terms import CLASSES, FACTS
from fieldvisit.language import _


def profile_table(layout: Layout) -> Iterator[Block]:
    """Yield the latest facts of the cities as a table that lies as the others do."""
    keys = _fact_keys(layout.found)
    cities = cities_of(layout.found)
    if not keys or not layout.topics:
        return
    yield Heading(2, _("The cities"))
    columns = [[_fact_cell(layout.found, city, key) for key in keys] for city in cities]
    words = [FACTS.word(key) for key in keys]
    if layout.items_down:
        head = [_("fact"), *(layout.city(city) for city in cities)]
        across = zip(*columns, strict=True)
        rows = [[word, *values] for word, values in zip(words, across, strict=True)]
    else:
        head = [_("city"), *words]
        pairs = zip(cities, columns, strict=True)
        rows = [[layout.city(city), *values] for city, values in pairs]
    yield Table.of(head, rows)


def profile(layout: Layout, city: ComparedCity) -> Facts:
    """Return what heads the section of a city: class, prefecture, facts, visits."""
    kind = city.class_on_visit(layout.today)
    facts = facts_of(layout.found, city)
    return Facts.known(
        [
            (_("class"), CLASSES.word(kind) if kind else ""),
            (_("prefecture"), wordings.prefecture(city.city)),
            *((FACTS.word(fact.key), wordings.fact(fact, with_source=True)) for fact in facts),
            *((visit.handle, wordings.days(visit)) for visit in city.visits if visit.handle),
        ]
    )


def profile_shapes(layout: Layout) -> list[Shape]:
    """Return the cities with class, prefecture, visits, and facts with date and source."""
    return [
        {
            "city": shapes.city_name(city.city),
            "class": city.class_on_visit(layout.today),
            "prefecture": city.city.prefecture or None,
            "visits": [
                {"visit": visit.handle, "date": visit.first_day or None}
                for visit in city.visits
                if visit.handle
            ],
            "facts": [shapes.fact(fact) for fact in facts_of(layout.found, city)],
        }
        for city in cities_of(layout.found)
    ]


def cities_of(found: Comparison) -> Sequence[ComparedCity]:
    """Return the cities compared, each once, in their order."""
    return found.topics[0].cities if found.topics else ()


def facts_of(found: Comparison, city: ComparedCity) -> Sequence[CityFact]:
    """Return the facts of a city, by key and the latest first."""
    return in_order(found.facts.get(city.city.code, ()))


def _fact_keys(found: Comparison) -> Sequence[str]:
    """Return the keys of the facts of the cities compared, the common ones first."""
    facts: Iterable[CityFact] = (fact for here in found.facts.values() for fact in here)
    return tuple(dict.fromkeys(fact.key for fact in in_order(facts)))


def _fact_cell(found: Comparison, city: ComparedCity, key: str) -> str:
    fact = latest(found.facts.get(city.city.code, ())).get(key)
    return wordings.fact(fact) if fact else "—"
