"""Materials of visits, for an audience."""

import sqlite3

from fieldvisit.fieldwork.disclosure import material_for
from fieldvisit.fieldwork.visit import Material
from fieldvisit.storage.kinds import MATERIAL
from fieldvisit.storage.rows import read


def materials(
    connection: sqlite3.Connection, audience: str, *, deleted: bool = False
) -> tuple[Material, ...]:
    """Return the materials that ``audience`` may see, by visit and number."""
    found = read(connection, MATERIAL, "deleted <= ?", (int(deleted),), order="visit_id, label")
    return tuple(seen for material in found if (seen := material_for(material, audience)))
