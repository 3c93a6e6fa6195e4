"""`note add`, `note edit`, `note delete`, `note restore`: one statement at a time."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.actions.materials import check_material
from fieldvisit.errors import Conflict, Refused, StillInUse, WrongUsage
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import IN_WRITING, OWN_TO_THE_CITY, Note, Source, default_disclosure
from fieldvisit.fieldwork.study import check_groups, with_reason
from fieldvisit.fieldwork.terms import WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import adopt_city, changing, check_integrity, keep_guides
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import (
    find_address,
    find_note,
    find_participant,
    find_standing_note,
    find_visit,
    find_visit_or_city,
)
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import checked, storable

UNSORTED = frozenset({"unsorted", "未整理"})


def add_note(
    given: Settings, where: str, text: str, fields: NoteFields, change_id: str = ""
) -> Note:
    """Store one note and return it. ``where`` is a visit's handle or a city.

    With a city, desk research and remarks belong to the city, and so does an answer in writing of
    a city without visits; anything else goes to its only visit. ``change_id`` is the id that the
    change is to have, if that is settled.
    """
    checked(text, _("note"))
    with changing(given, "note add") as (view, change):
        if change_id:
            change.enter(change_id)
        city, visit = _owner(view, where, fields)
        adopt_city(view, change, city)
        return enter_note(view, change, visit or city, text, fields)


def purpose_of_note(given: Settings, where: str, fields: NoteFields) -> Purpose:
    """Return what the text of a new note would belong to; raises what storing it would raise."""
    with viewing(given, "all") as view:
        city, visit = _owner(view, where, fields)
        kind = fields.kind or "statement"
        blank = Note("", "", city.code, visit.id if visit else None, kind, "", "", "")
        note = _levelled(view, _applied(view, blank, fields, visit), visit)
        target = visit.handle if visit else f"{city.prefecture}{city.name}"
        place = str(note.places[0]) if note.places else ""
        return Purpose("note add", target, place, note.disclosure, note.kind, note.only_for)


def _owner(view: StudyView, where: str, fields: NoteFields) -> tuple[City, Visit | None]:
    city, visit = find_visit_or_city(view, where)
    kind = fields.kind or "statement"
    if visit is None and kind not in OWN_TO_THE_CITY:
        visited = any(visit.city_code == city.code for visit in view.visits)
        visit = find_visit(view, where) if visited or kind not in IN_WRITING else None
    return city, visit


def enter_note(
    view: StudyView, change: Change, owner: Visit | City, text: str, fields: NoteFields
) -> Note:
    """Store one note within an open change; ``owner`` is its visit, or a city of the study."""
    visit = owner if isinstance(owner, Visit) else None
    blank = Note(
        id=ids.new_id(),
        handle=new_handle(view),
        city_code=owner.city_code if isinstance(owner, Visit) else owner.code,
        visit_id=visit.id if visit else None,
        kind=fields.kind or "statement",
        body=checked(text, _("note")),
        disclosure="",
        by=change.by,
    )
    return store_new(view, change, _applied(view, blank, fields, visit), visit)


def store_new(view: StudyView, change: Change, note: Note, visit: Visit | None) -> Note:
    """Store a new note at the guide's level if it has none; the visit keeps its guides from now."""
    if visit:
        visit = keep_guides(view, change, visit)
    return records.save(change, _levelled(view, note, visit))


def _levelled(view: StudyView, note: Note, visit: Visit | None) -> Note:
    """Return the note with a disclosure: its own, else the kind's, else the guide's."""
    if note.disclosure:
        return note
    usual = view.usual_level(note.places, visit)
    return replace(note, disclosure=default_disclosure(note.kind, usual))


def edit_note(
    given: Settings,
    typed: str,
    text: str | None,
    fields: NoteFields,
    reason: str = "",
    *,
    seen: str = "",
) -> Note:
    """Change what is given of a note and return it as it then stands.

    ``seen`` is the revision that the person had before the eyes, if there was time in between:
    Conflict if the note has another by now. Raises Refused where an off-record note would be
    opened without a reason.
    """
    with changing(given, "note edit") as (view, change):
        note = find_note(view, typed)
        if seen and seen != note.revision:
            raise changed_meanwhile(note)
        visit = view.visits_by_id.get(note.visit_id or "")
        changed = replace(note, body=checked(text, _("note"))) if text is not None else note
        changed = _applied(view, changed, fields, visit)
        changed = marked(note, changed)
        refuse_opening(note, changed, reason)
        refuse_edit(note, changed, reason)
        if changed == note:
            return note
        if reason:
            change.command = with_reason(change.command, storable(reason))
        return save_note(view, change, changed)


def changed_meanwhile(note: Note) -> Conflict:
    """Return the refusal of what is about a note as it no longer is."""
    return Conflict(
        _("Note {handle} was changed meanwhile.").format(handle=note.handle),
        _("Nothing was stored. See it with: fieldvisit note show {handle}").format(
            handle=note.handle
        ),
    )


def marked(note: Note, changed: Note) -> Note:
    """Return a changed note, marked as edited if words that are another's were changed."""
    if not _edits_others(note, changed):
        return changed
    return replace(changed, edited_on=today().isoformat())


def _edits_others(note: Note, changed: Note) -> bool:
    return changed.body != note.body and note.kind in WORDS_OF_OTHERS


def refuse_edit(note: Note, changed: Note, reason: str) -> None:
    """Refuse to edit words that are another's without saying why."""
    if _edits_others(note, changed) and not reason.strip():
        raise Refused(
            _("Note {handle} keeps the words of others.").format(handle=note.handle),
            _("Say why its words are edited: --reason TEXT"),
        )


def save_note(view: StudyView, change: Change, note: Note, parents: Sequence[str] = ()) -> Note:
    """Store a note; if its level changes, the one that it replaces becomes no more open."""
    before, replaced = (
        gate.note(view.connection, "all", id_) if note.replaces else None
        for id_ in (note.id, note.replaces)
    )
    stored = records.save(change, note, parents=parents)
    if replaced and (before is None or before.disclosure != note.disclosure):
        level_ = strictest((replaced.disclosure, note.disclosure))
        if level_ != replaced.disclosure:
            save_note(view, change, replace(replaced, disclosure=level_))
    return stored


def opens(note: Note, changed: Note) -> bool:
    """Tell whether the change lets others see a note that was off the record."""
    return level(note.disclosure) == OFF_RECORD != level(changed.disclosure)


def refuse_opening(note: Note, changed: Note, reason: str) -> None:
    """Refuse to open an off-record note without saying why."""
    if opens(note, changed) and not reason.strip():
        raise Refused(
            _("Note {handle} is off the record.").format(handle=note.handle),
            _("Say who allowed it: fieldvisit note edit {handle} -d LEVEL --reason TEXT").format(
                handle=note.handle
            ),
        )


def delete_note(given: Settings, typed: str) -> Note:
    """Take a note out of every output; it can be restored."""
    with changing(given, "note delete") as (view, change):
        note = find_standing_note(view, typed)
        return records.save(change, replace(note, deleted=True))


def restore_note(given: Settings, typed: str) -> Note:
    """Bring a deleted note back; one that was not deleted is refused."""
    with changing(given, "note restore") as (view, change):
        note = find_note(view, typed, deleted=True)
        if not note.deleted:
            raise Refused(
                _("Note {handle} was not deleted.").format(handle=note.handle),
                _("Nothing was changed."),
            )
        if note.visit_id and note.visit_id not in view.visits_by_id:
            raise StillInUse(
                _("The visit of note {handle} was removed.").format(handle=note.handle),
                _("Bring the visit back first: fieldvisit log, then fieldvisit undo CHANGE."),
            )
        restored = records.save(change, replace(note, deleted=False))
        check_integrity(view.anew())
        return restored


def new_handle(view: StudyView) -> str:
    """Return a handle that no note of the study has."""
    while gate.handle_taken(view.connection, handle := ids.new_handle()):
        pass
    return handle


def _applied(view: StudyView, note: Note, given: NoteFields, visit: Visit | None) -> Note:
    if given.only_for != ("",):  # which takes away those that are there
        check_groups(view.groups, given.only_for)
    if given.said_by and visit is None:
        raise WrongUsage(
            _("--said-by needs a visit."), _("A note of the city itself has a source instead.")
        )
    if visit is None and (given.kind or note.kind) not in OWN_TO_THE_CITY | IN_WRITING:
        raise WrongUsage(
            _("A note of the city itself is desk research, a remark or an answer in writing."),
            _("Everything else was said at a visit: fieldvisit note add VISIT"),
        )
    check_material(view, visit, given.material or 0)
    speaker = note.speaker if given.said_by is None else None
    if given.said_by and visit:
        speaker = find_participant(visit, given.said_by)
    plain = {
        "kind": given.kind,
        "disclosure": given.disclosure,
        "as_of": given.as_of,
        "attribution": given.attribution,
        "material": given.material,
        "page": storable(given.page, "--page") if given.page is not None else None,
    }
    changes = {name: value for name, value in plain.items() if value is not None}
    return replace(
        note,
        **changes,
        places=_places(view, note, given, visit),
        source=_source(note.source, given),
        speaker=speaker,
        tags=_listed(given.tags, note.tags, _("tag")),
        only_for=_listed(given.only_for, note.only_for, _("study group")),
    )


def _listed(typed: Sequence[str], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """Return what was typed, else what was known; one empty text takes away what was known."""
    if known and tuple(typed) == ("",):
        return ()
    return tuple(dict.fromkeys(checked(word, what).strip() for word in typed)) or known


def _source(source: Source, given: NoteFields) -> Source:
    changes = {"title": given.source_title, "url": given.source_url, "date": given.source_date}
    return replace(
        source, **{name: storable(value) for name, value in changes.items() if value is not None}
    )


def _places(
    view: StudyView, note: Note, given: NoteFields, visit: Visit | None
) -> tuple[Address, ...]:
    """Return where the note is filed: a new first place replaces the old one, others are added."""
    places = list(note.places)
    if given.place is not None and given.place in UNSORTED:
        places = []
    elif given.place is not None:
        places = [find_address(view, given.place, visit), *places[1:]]
    places += [find_address(view, also, visit) for also in given.also]
    return tuple(dict.fromkeys(places))
