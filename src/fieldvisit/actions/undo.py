"""`undo`: takes a change back, as a change of its own."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.confirm_letter import follow_words
from fieldvisit.actions.write_note import opens
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import SHORTEST_PREFIX, Note
from fieldvisit.fieldwork.study import DEMO, KEEP_GUIDES, Kept, LoggedChange, Revision
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.terms import OBJECTS
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.storage.kinds import KINDS
from fieldvisit.study.change import changing, check_integrity
from fieldvisit.study.view import StudyView, grouped

NOT_UNDONE = frozenset({"init", KEEP_GUIDES})


class TakenBack(Struct, frozen=True):
    """The changes that were taken back, newest first, and what that leaves off the record.

    These are notes by handle, and summaries by address and name of the city (empty = across
    the cities). What became off the record stays so (contract, section 6); their texts are as
    before.
    """

    changes: tuple[LoggedChange, ...]
    still_closed: tuple[str, ...] = ()
    closed_summaries: tuple[tuple[Address, str], ...] = ()


def undo(given: Settings, which: str | None = None) -> TakenBack:
    """Take back the change or the sitting named, else the last change that can be.

    Raises Conflict if a later change touched one of the same objects, StillInUse if what would
    go is rested on by something else.
    """
    with changing(given, "undo") as (view, change):
        changes = queries.changes(view.connection)
        chosen = _chosen(changes, which)
        change.undoes = chosen[0].id
        closed: list[Note | Summary | None] = []
        _refuse_if_touched_since(changes, chosen)
        for one in chosen:
            revisions = gate.revisions_of_change(view.connection, one.id)
            by_object = grouped(revisions, lambda one: (one.kind, one.object))
            closed += (_take_back(view, change, one) for one in reversed(by_object.values()))
            follow_words(view, change, {revision.object for revision in revisions})
            records.mark_undone(change, one.id)
        check_integrity(view.anew())
        handles = (one.handle for one in closed if isinstance(one, Note))
        summaries = (one for one in closed if isinstance(one, Summary))
        cells = ((one.address, _name(view, one.city_code)) for one in summaries)
        return TakenBack(chosen, tuple(handles), tuple(cells))


def _name(view: StudyView, code: str | None) -> str:
    city = view.every_city[code] if code else None
    return f"{city.prefecture}{city.name}" if city else ""


def _chosen(changes: Sequence[LoggedChange], which: str | None) -> tuple[LoggedChange, ...]:
    """Return the change that is meant, or what still stands of the sitting, newest first."""
    if which is None:
        # What made the sample study is taken back by its name alone.
        for logged in takewhile(lambda logged: logged.command != DEMO, changes):
            if _can_be_taken_back(logged):
                return (logged,)
        raise NotFound(_("There is no change to take back."), _("Nothing was changed."))
    short = len(which) >= SHORTEST_PREFIX
    named = [c for c in changes if c.id == which or (short and c.id.endswith(which))]
    of_sitting = [c for c in changes if short and c.sitting.endswith(which)]
    sittings = {logged.sitting for logged in of_sitting}
    if len(named) + len(sittings) != 1:
        raise (Ambiguous if named or sittings else NotFound)(
            _("“{typed}” names {n} changes.").format(typed=which, n=len(named) + len(sittings)),
            _("See them with: fieldvisit log"),
        )
    found = tuple(filter(_can_be_taken_back, named or of_sitting))
    if not found:
        command = (named or of_sitting)[0].command
        raise Refused(
            _("The change “{command}” cannot be taken back.").format(command=command),
            _("It was taken back already, or is not a change of that kind. See: fieldvisit log"),
        )
    return found


def _can_be_taken_back(logged: LoggedChange) -> bool:
    return not (logged.undone_by or logged.undoes or logged.command in NOT_UNDONE)


def _refuse_if_touched_since(
    changes: Sequence[LoggedChange], together: Sequence[LoggedChange]
) -> None:
    """Refuse while a later change of an object of those that are taken back ``together`` stands.

    One that was taken back does not count, and its undo neither: together they changed nothing.
    """
    ids = {one.id for one in together}
    later: dict[str, str] = {}  # the last change that touched an object
    for logged in changes[: changes.index(together[-1]) + 1]:
        if logged.id in ids:
            for name in sorted(later.keys() & set(logged.objects)):
                what = OBJECTS.word(name.partition(":")[0])
                back = _("Take that one back first: fieldvisit undo {change}. Nothing was changed.")
                raise Conflict(
                    _("A later change touched the same {kind}.").format(kind=what),
                    back.format(change=later[name]),
                )
        elif not (logged.undone_by or logged.undoes or logged.command == KEEP_GUIDES):
            for name in logged.objects:
                later.setdefault(name, logged.id)


def _take_back(
    view: StudyView, change: Change, revisions: Sequence[Revision]
) -> Note | Summary | None:
    """Let an object be as before; return a note or summary that stays off the record."""
    first = revisions[0]
    head: Any = gate.stands(view.connection, first.kind, first.object)
    before: Any = _as_before(view, head, first)
    if isinstance(before, Summary):  # as it was stored: its notes may have closed it
        head = KINDS[first.kind].from_body(revisions[-1].body)
    told = isinstance(before, Note) or (isinstance(before, Summary) and not before.deleted)
    if not (told and opens(head, before)):
        records.save(change, before)
        return None
    kept: Note | Summary = replace(before, disclosure=head.disclosure)
    if KINDS[first.kind].to_body(kept) == KINDS[first.kind].to_body(head):
        return kept
    return records.save(change, kept)


def _as_before(view: StudyView, head: Any, first: Revision) -> Kept:  # noqa: ANN401 - any kind
    if not first.parents:
        return replace(head, deleted=True)  # type: ignore[no-any-return] # any kind
    before: Any = KINDS[first.kind].from_body(gate.revision(view.connection, first.parents[0]).body)
    kept = {"revision": head.revision, "number": head.number}
    if isinstance(head, Note | Summary):
        kept["created_at"] = head.created_at
    if isinstance(head, Visit):
        kept["guides"] = _guides_before(view, head, before)
    return replace(before, **kept)  # type: ignore[no-any-return] # any kind


def _guides_before(view: StudyView, head: Visit, before: Visit) -> tuple[UsedGuide, ...]:
    """Return the guides from before the change; those that something rests on stay fixed."""
    notes = gate.notes(view.connection, "all", gate.NotesAsked(visit_id=head.id, deleted=True))
    marks = [m for m in queries.marks(view.connection, deleted=True) if m.visit_id == head.id]
    topics = {p.topic for note in notes for p in note.places} | {m.address.topic for m in marks}
    fixed = {used.slug: used for used in head.guides if used.sha256} if notes or marks else {}
    known = {used.slug for used in before.guides}
    rested_on = [
        used
        for slug, used in fixed.items()
        if slug not in known and any(map(view.guides.snapshot(used.sha256).topic, topics))
    ]
    as_before = (used if used.sha256 else fixed.get(used.slug, used) for used in before.guides)
    return (*as_before, *rested_on)
