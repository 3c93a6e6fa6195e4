"""What a colleague's memo would change: its visit, guides, people and materials are looked up."""

from functools import cache

from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Proposed
from fieldvisit.review.likely_places import LikelyPlaces
from fieldvisit.review.memos import MemoInputs, items_of
from fieldvisit.review.pieces import IGNORED, ReturnedFile
from fieldvisit.storage import gate
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView


def propose(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return an item for each part of a memo; WrongUsage if nobody said which visit it is about."""
    if not arrival.visit:
        raise WrongUsage(
            _("A memo does not say which visit it is about."), _("Name it with --visit VISIT.")
        )
    visit = find_visit(view, arrival.visit)
    materials = gate.materials(view.connection, "all")
    notes = gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id))

    @cache
    def usual(kind: str, place: Address | None) -> str:
        places = (place,) if place else ()
        return default_disclosure(kind, usual_level(view, places, visit))

    inputs = MemoInputs(
        visit,
        LikelyPlaces(view.guides.of(visit)),
        usual,
        frozenset(found.label for found in materials if found.visit_id == visit.id),
        frozenset(note.body for note in notes),
    )
    ignored = tuple(piece for piece in file.pieces if piece.look in IGNORED)
    return Proposed("memo", visit.handle, items_of(file, inputs, arrival), 0, ignored)
