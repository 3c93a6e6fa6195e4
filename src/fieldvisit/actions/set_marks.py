"""`mark`: why a question has no (whole) answer."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing, keep_guides
from fieldvisit.study.references import find_address, find_visit, topics_there_are
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import storable

CLEAR = "clear"
WITHHELD = "withheld"


def set_marks(
    given: Settings,
    where: str,
    addresses: Sequence[str],
    state: str,
    reason: str = "",
    due: str = "",
) -> tuple[Mark, ...]:
    """Set a mark on each address of a visit, or `clear` it; `to-follow` alone is ``due`` (ISO)."""
    storable(reason, "--reason")
    if state == "to-follow" and not due:
        raise WrongUsage(
            _("An answer that is to follow needs a date."), _("Give it with --due, like 10/31.")
        )
    if due and state != "to-follow":
        raise WrongUsage(_("Only an answer that is to follow has a due date."), "")
    with changing(given, "mark") as (view, change):
        visit = find_visit(view, where)
        found = dict.fromkeys(_asked_at(view, visit, typed) for typed in addresses)
        if state != CLEAR:
            visit = keep_guides(view, change, visit)
        return tuple(
            put_mark(view, change, Mark(visit.id, address, state, reason, due, change.by))
            for address in found
        )


def off_record_only(given: Settings, note_ids: Collection[str]) -> tuple[Address, ...]:
    """Return the places of notes with off-record answers alone that are not marked withheld."""
    with viewing(given, "all") as view:
        withheld = {(m.visit_id, m.address) for m in view.marks if m.state == WITHHELD}
        found = dict.fromkeys(
            (note.visit_id or "", view.crosswalk.now(note.places[0]))
            for note in (gate.note(view.connection, "all", name) for name in note_ids)
            if note
            and note.places
            and note.kind in ANSWERING_KINDS
            and level(note.disclosure) == OFF_RECORD
        )
        return tuple(
            address
            for visit, address in found
            if visit
            and (visit, address) not in withheld
            and all(level(n.disclosure) == OFF_RECORD for n in _answers(view, visit, address))
        )


def _answers(view: StudyView, visit_id: str, address: Address) -> list[Note]:
    """Return the notes of a visit that answer a question, or a topic as such."""
    now = view.crosswalk.now(address)
    return [
        note
        for note in view.some_notes(gate.NotesAsked(visit_id=visit_id))
        if note.kind in ANSWERING_KINDS and now in map(view.crosswalk.now, note.places)
    ]


def _asked_at(view: StudyView, visit: Visit, typed: str) -> Address:
    """Return the address, or the name under which a mark stands; NotFound if nobody asks it."""
    address = find_address(view, typed, visit)
    guides = view.guides.of(visit)
    topics = {view.crosswalk.now(Address(topic.key)) for guide in guides for topic in guide.topics}
    if view.crosswalk.now(Address(address.topic)) not in topics:
        raise NotFound(
            _("{topic} is in no guide of {visit}.").format(topic=address.topic, visit=visit.handle),
            topics_there_are(guides),
        )
    standing = (m.address for m in queries.marks(view.connection, visit_id=visit.id))
    now = view.crosswalk.now(address)
    return next((known for known in standing if view.crosswalk.now(known) == now), address)


def put_mark(view: StudyView, change: Change, mark: Mark) -> Mark:
    """Store a mark over whatever mark stood there; `clear` needs one to take away."""
    standing = queries.marks(view.connection, visit_id=mark.visit_id, deleted=True)
    known = {one.id: one for one in standing}.get(mark.id)
    if mark.state == CLEAR:
        if known is None or known.deleted:
            raise NotFound(
                _("There is no mark on {address}.").format(address=mark.address),
                _("Nothing was changed."),
            )
        return records.save(change, replace(known, deleted=True, by=mark.by))
    if known is None:
        return records.save(change, mark)
    fresh = replace(mark, seq=known.seq, revision=known.revision, number=known.number)
    return known if fresh == known else records.save(change, fresh)
