"""What is taken of items about notes, states and chosen questions."""

from msgspec.structs import replace

from fieldvisit.actions.set_marks import CLEAR, put_mark
from fieldvisit.actions.write_note import (
    marked,
    new_handle,
    refuse_edit,
    refuse_opening,
    save_note,
    store_new,
)
from fieldvisit.errors import Conflict, Refused
from fieldvisit.fieldwork.crosswalk import decided
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import reason_in
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import THEIRS, Participant, Visit
from fieldvisit.language import _
from fieldvisit.review.item import Item
from fieldvisit.review.tags import box_tag
from fieldvisit.storage import gate, ids, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import keep_guides
from fieldvisit.study.references import find_participant, participant
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import checked


def take_note(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store a new note, or the state that was decided instead of one; return its id."""
    if item.mark:
        return take_mark(view, change, item, text)
    has_place = item.place or (item.visit_id and item.slot == box_tag(item.visit_id, None))
    if not (has_place and item.disclosure):
        raise Refused(
            _("Item {name} has no place or no level yet.").format(name=item.handle),
            _("Give both: --place TOPIC[/QUESTION] -d LEVEL"),
        )
    is_edited = _is_edited_for_a_reason(change, item, text)
    visit = _visit(view, item)
    speaker, visit = _speaker(view, change, visit, item)
    note = Note(
        id=ids.new_id(),
        handle=new_handle(view),
        city_code=visit.city_code,
        visit_id=visit.id,
        kind=KINDS.read(item.kind or "statement"),
        body=checked(text, _("note")),
        disclosure=DISCLOSURES.read(item.disclosure),
        by=change.by,
        speaker=speaker,
        places=(item.place,) if item.place else (),
        mode=item.mode,
        on_day=item.on_day,
        material=item.material,
        page=item.page,
        item=item.id,
        edited_on=today().isoformat() if is_edited else "",
    )
    return store_new(view, change, note, visit).id


def _is_edited_for_a_reason(change: Change, item: Item, text: str) -> bool:
    """Tell whether a text is edited and why; Refused where another's is edited without a reason."""
    reason = reason_in(change.command)
    if text != item.text and item.kind in WORDS_OF_OTHERS and not reason:
        raise Refused(
            _("Item {name} holds the words of others.").format(name=item.handle),
            _("Say why its words are edited: --reason TEXT"),
        )
    return text != item.text and bool(reason)


def take_change(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store what is to change of a note: text, kind, level, place, speaker.

    Words of others are edited for a reason alone, which stands with the command of the change.
    """
    note = gate.note(view.connection, "all", item.target)
    if note is None or note.deleted:
        raise Conflict(_("The note was deleted meanwhile."), _("Nothing was changed."))
    shown = gate.note_at(view.connection, note.id, item.shown)
    changed = replace(
        note,
        # Words that nobody touched stay as they are by now.
        body=note.body if shown and shown.body == text else checked(text, _("note")),
        kind=item.kind or note.kind,
        disclosure=item.disclosure or note.disclosure,
        places=_places(note, item),
        item=item.id,
    )
    if item.said_by:
        changed = replace(changed, speaker=find_participant(_visit(view, item), item.said_by))
    refuse_opening(note, changed, "")
    refuse_edit(note, changed, reason_in(change.command))
    return save_note(view, change, marked(note, changed)).id


def _places(note: Note, item: Item) -> tuple[Address, ...]:
    """Return where a note is filed once its first place is that of the item, if it has one."""
    return tuple(dict.fromkeys((item.place, *note.places[1:]))) if item.place else note.places


def take_mark(view: StudyView, change: Change, item: Item, text: str) -> str:  # noqa: ARG001 - as all
    """Set a state at the place of the item; `to-follow` needs its date."""
    if item.place is None or (item.mark == "to-follow" and not item.due):
        raise Refused(
            _("Item {name} has no place or no date yet.").format(name=item.handle),
            _("Give both: --place TOPIC[/QUESTION] --due DATE"),
        )
    visit = _visit(view, item)
    if item.mark != CLEAR:
        visit = keep_guides(view, change, visit)
    return put_mark(view, change, Mark(visit.id, item.place, item.mark, "", item.due, change.by)).id


def take_choice(view: StudyView, change: Change, item: Item, text: str) -> str:  # noqa: ARG001 - as all
    """Store which questions are sent ahead, asked, left out."""
    visit = _visit(view, item)
    place = item.place
    if place is None:
        raise Refused(_("Item {name} has no place yet.").format(name=item.handle), "")
    questions = decided(visit.questions, {place: CHOICES.read(item.choice)}, view.crosswalk.now)
    return records.save(change, replace(visit, questions=questions)).id


def _visit(view: StudyView, item: Item) -> Visit:
    """Return the visit as it stands within the change."""
    if not item.visit_id:
        raise Refused(
            _("Item {name} belongs to no visit.").format(name=item.handle),
            _("Store its words with: fieldvisit note add. Then drop it."),
        )
    found = {visit.id: visit for visit in queries.visits(view.connection)}.get(item.visit_id)
    if found is None:
        raise Conflict(_("The visit was removed meanwhile."), _("Nothing was changed."))
    return found


def _speaker(
    view: StudyView, change: Change, visit: Visit, item: Item
) -> tuple[Participant | None, Visit]:
    """Return who said it; the section that answers is entered among those of the city."""
    if item.said_by:
        return find_participant(visit, item.said_by), visit
    department = " ".join(item.department.split())
    if not department:
        return None, visit
    person = participant(view, visit, Participant("", THEIRS, "", department))
    if person not in visit.participants:
        people = (*visit.participants, person)
        visit = records.save(change, replace(visit, participants=people))
    return person, visit
