"""One city: its dated classes, and what is known of it with date and source."""

from collections.abc import Sequence
from datetime import date

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Facts, Heading, Page, Table
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact, in_order
from fieldvisit.fieldwork.terms import ATTRIBUTES, FACTS
from fieldvisit.language import _


def city_page(found: City, day: date, facts: Sequence[CityFact] = ()) -> Document:
    """Return a city with its dated classes and attributes, and its facts."""
    facts = in_order(facts)
    lines = [
        (_("code"), found.printed_code),
        (_("prefecture"), f"{found.prefecture} {found.prefecture_en}".strip()),
        (_("kana"), found.kana),
        (_("romaji"), found.romaji),
        *(
            (
                ATTRIBUTES.word(attribute.name),
                wordings.period(attribute.since or "", attribute.until or "")
                or _("since when is not known"),
            )
            for attribute in found.attributes
        ),
    ]

    def page() -> Page:
        blocks: list[Block] = [Heading(1, wordings.city(found, day)), Facts.known(lines)]
        if facts:
            blocks += [Heading(2, _("Facts")), _table(facts)]
        return Page(tuple(blocks))

    return Document(
        "city",
        page,
        None,
        lambda: {
            "city": {**shapes.city(found, day), "facts": [shapes.fact(fact) for fact in facts]}
        },
    )


def _table(facts: Sequence[CityFact]) -> Table:
    head = [_("fact"), _("value"), _("as of"), _("source")]
    rows = [[FACTS.word(fact.key), fact.value, fact.as_of, fact.source] for fact in facts]
    return Table.of(head, rows)
