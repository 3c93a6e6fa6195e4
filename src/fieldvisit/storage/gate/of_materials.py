"""Materials of visits, for an audience."""

import sqlite3

from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import material_for
from fieldvisit.fieldwork.visit import Material


def materials(
    connection: sqlite3.Connection, audience: str, *, deleted: bool = False
) -> tuple[Material, ...]:
    """Return the materials that ``audience`` may see, by visit and number."""
    rows = connection.execute(
        "SELECT visit_id, label, title, pages, received_on, disclosure, file, named, sha256, by,"
        " deleted, seq, revision, number FROM material WHERE deleted <= ? ORDER BY visit_id, label",
        (int(deleted),),
    )
    names = [column[0] for column in rows.description]
    found = (Material(**dict(zip(names, row, strict=True))) for row in rows)
    found = (replace(material, deleted=bool(material.deleted)) for material in found)
    return tuple(seen for material in found if (seen := material_for(material, audience)))
