"""What anonymised outputs replace, and the way back from what they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from fieldvisit.documents import shapes
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column
from fieldvisit.documents.listing import listing
from fieldvisit.documents.page import Facts, Heading, Page
from fieldvisit.fieldwork.anonymity.traced import Traced
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.terms import NAMED
from fieldvisit.language import _


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
