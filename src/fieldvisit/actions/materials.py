"""`material add`, `material list`: what was handed over at a visit, 資料1, 資料2 and so on.

Those off the record are numbered by themselves, from 901: else a gap would tell of them.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.doors.inputs import LARGEST_FILE, bytes_of, storable_name
from fieldvisit.doors.outputs import files_with, free_name, make_folder, unwritable
from fieldvisit.errors import NotFound
from fieldvisit.errors import reason as why
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.visit import Material, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings, Study
from fieldvisit.storage import gate, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import checked, storable

_FIRST_OFF_RECORD = 901
_NAME_LENGTH = 60


def add_material(given: Settings, visit: str, material: Material, source: Path | None) -> Material:
    """Store a material under its next number; copy its file into the study if given."""
    checked(material.title, _("title"))
    for text in (material.pages, material.named):
        storable(text)
    with files_with() as put, changing(given, "material add") as (view, change):
        at = find_visit(view, visit)
        held = material.disclosure or "confirm"
        label = _next_label(view, at, held)
        fresh = replace(material, visit_id=at.id, label=label, disclosure=held, by=change.by)
        return records.save(change, _with_file(view.place, at, fresh, source, put))


def materials(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[tuple[Material, ...], Sequence[Visit]]:
    """Return the materials of a visit (empty = of all) for the audience, and the visits."""
    with viewing(given, audience, study_group) as view:
        visits = [find_visit(view, typed)] if typed else list(view.visits)
        ids = {visit.id for visit in visits}
        found = gate.materials(view.connection, audience)
        return tuple(material for material in found if material.visit_id in ids), visits


def check_material(view: StudyView, visit: Visit | None, label: int) -> None:
    """Refuse a number that no material of the visit has; 0 is none."""
    known = gate.materials(view.connection, "all") if label else ()
    if label and not any(m.label == label for m in known if visit and m.visit_id == visit.id):
        name = visit.handle if visit else "-"
        raise NotFound(
            _("There is no material {label} of {visit}.").format(label=label, visit=name),
            _("Add it with: fieldvisit material add {visit}").format(visit=name),
        )


def _next_label(view: StudyView, visit: Visit, disclosure: str) -> int:
    """Return the next number; one that was given is not given again."""
    hidden = disclosure == OFF_RECORD
    known = gate.materials(view.connection, "all", deleted=True)
    given = (m.label for m in known if m.visit_id == visit.id)
    before = _FIRST_OFF_RECORD - 1 if hidden else 0
    return max((n for n in given if (n >= _FIRST_OFF_RECORD) == hidden), default=before) + 1


def _with_file(
    place: Study,
    visit: Visit,
    material: Material,
    source: Path | None,
    put: Callable[[Path, bytes], None],
) -> Material:
    """Copy the file before the material is stored: what is stored is certain to be there."""
    if source is None:
        return material
    too_large = _("Nothing was changed. Say where it is kept instead: --named TEXT")
    data = bytes_of(source, LARGEST_FILE, too_large)
    # A name that every system takes, with the ending of the original.
    stem = "".join(c if c.isalnum() or c in "-_." else "-" for c in source.stem).strip("-.")
    ending = "".join(c for c in source.suffix if c.isalnum() or c == ".")[:12]
    name = f"{visit.handle}-{material.label}-{stem[:_NAME_LENGTH] or 'file'}{ending}"
    target = free_name(place.materials / name)
    try:
        make_folder(place.materials)
        put(target, data)
    except OSError as error:
        raise unwritable(target, why(error)) from error
    return replace(
        material,
        file=str(target.relative_to(place.folder).as_posix()),
        named=material.named or storable_name(Path(source.name)),
        sha256=hashlib.sha256(data).hexdigest(),
    )
