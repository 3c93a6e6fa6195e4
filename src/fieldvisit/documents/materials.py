"""The materials of visits, as a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Value
from fieldvisit.documents.listing import listing
from fieldvisit.fieldwork.material import Material
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated


def material_list(materials: Sequence[Material], visits: Mapping[str, Visit]) -> Document:
    """Return the materials by visit and number; ``visits`` by id."""
    return listing(
        "materials",
        _("Materials"),
        _columns(),
        (_row(material, visits[material.visit_id]) for material in materials),
        lambda: {
            "materials": [_shape(material, visits[material.visit_id]) for material in materials]
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


def _shape(material: Material, visit: Visit) -> dict[str, Any]:
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
