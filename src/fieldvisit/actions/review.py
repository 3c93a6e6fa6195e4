"""What waits, with what a person must see; each decision is one change, with what it brings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import asdict, replace

from fieldvisit.actions.returned import comparisons, letters, notes
from fieldvisit.actions.undo import undo
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import SHORTEST_PREFIX, default_disclosure
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.terms import WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import LEVEL_REASONS, SHORT, STATES, Item
from fieldvisit.review.marks import brackets_in, hints_in
from fieldvisit.review.pieces import TAKEN_OUT
from fieldvisit.review.seen import Places, Seen
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_address, find_participant, find_visit
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import as_name, storable

# What taking an item of each type stores, with the text it is taken with; returns the id.
Taking = Callable[[StudyView, Change, Item, str], str]
TAKING: Mapping[str, Taking] = {
    "note": notes.take_note,
    "remark": notes.take_note,
    "change": notes.take_change,
    "mark": notes.take_mark,
    "choice": notes.take_choice,
    "summary": comparisons.take_summary,
    "agreement": letters.take_agreement,
    "correction": letters.take_correction,
}
# How an item stands after each decision.
VERBS: Mapping[str, str] = {
    "take": "taken", "keep": "kept", "drop": "dropped", "restore": "waiting",
}  # fmt: skip


class Decision(Struct, frozen=True):
    """What a person decided: one of VERBS; None where suggestion and text that came stand.

    ``reason`` is why words of others are edited.
    """

    verb: str
    text: str | None = None
    place: Address | None = None
    disclosure: str | None = None
    kind: str | None = None
    said_by: str | None = None
    mark: str | None = None
    due: str | None = None
    reason: str = ""

    def applied_to(self, item: Item) -> Item:
        """Return the item as it was decided."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        apart = {"verb", "text", "reason"}
        return replace(item, **{name: said[name] for name in said.keys() - apart})


def decide(given: Settings, item: Item, decision: Decision, sitting: str = "") -> Item:
    """Store a decision and return the item; Conflict if somebody decided since it was seen."""
    with changing(given, f"review {decision.verb}", sitting) as (view, change):
        now = next(iter(queries.items(view.connection, beginning=item.id)), None)
        if now is None or now.revision != item.revision:
            raise Conflict(_decided(now), _("Nothing was changed."))
        return settle(view, change, now, decision)


def settle(view: StudyView, change: Change, item: Item, decision: Decision) -> Item:
    """Store a decision within an open change; ``item`` may be new."""
    if decision.reason:
        change.command = with_reason(change.command, storable(decision.reason))
    state = VERBS[decision.verb]
    if (item.state == "waiting") == (state == "waiting") and item.revision:
        raise Conflict(_decided(item), _("Nothing was changed."))
    if (item.state, state) == ("taken", "waiting"):
        raise Refused(
            _("Item {name} was taken.").format(name=item.handle),
            _("Take the change back: fieldvisit log, then fieldvisit undo CHANGE."),
        )
    decided, stored = decision.applied_to(item), item.stored
    if decision.verb == "take":
        if decision.text and brackets_in(decision.text) - brackets_in(item.text):
            raise _new_mark()
        text = decided.text if decision.text is None else decision.text
        if decision.text is None and decided.type == "correction" and decided.disclosure:
            text = ""  # a wish about a level is none of the note
        stored = TAKING[item.type](view, change, decided, text)
    by = "" if state == "waiting" else change.by
    return records.save(change, replace(decided, state=state, stored=stored, by=by))


def _new_mark() -> WrongUsage:
    return WrongUsage(
        _("A mark or a word about who may read it came into the text."),
        _("Say how it may be used: -d off-record, or another level. Nothing was stored."),
    )


def find_item(view: StudyView, typed: str) -> Item:
    """Return the item that a handle, or 4 characters or more of its beginning, names."""
    name = as_name(typed)
    known = len(name) >= SHORTEST_PREFIX
    found = queries.items(view.connection, beginning=name) if known else ()
    if not found:
        raise NotFound(
            _("There is no item {name}.").format(name=typed),
            _("See what waits with: fieldvisit review --list"),
        )
    if len(found) > 1:
        raise Ambiguous(
            _("More than one item begins with {name}.").format(name=typed),
            enumerated(item.id[:SHORT] for item in found),
        )
    return found[0]


def _decided(item: Item | None) -> str:
    if item is None:
        return _("The item is no longer there.")
    return _("Item {name} stands as: {state}, {by}.").format(
        name=item.handle, state=STATES.word(item.state), by=item.by or "-"
    )


# What these store has no level of its own.
_WITHOUT_LEVEL = frozenset({"mark", "choice", "agreement"})
_ABOUT_A_NOTE = frozenset({"change", "correction"})
_ABOUT_READERS = LEVEL_REASONS | TAKEN_OUT | {"value", "non-answer", "error"}


def offered(seen: Seen, staged: Decision) -> Decision:
    """Return what is suggested, no more open than the note is, and for a new one than `confirm`.

    Where it is in doubt who may read a text, no open level is suggested: somebody says one.
    """
    item = staged.applied_to(seen.item)
    if not item.disclosure or item.mark or item.type in _WITHOUT_LEVEL:
        return staged
    if staged.disclosure is None and asks_for_level(item):
        return replace(staged, disclosure="")
    bound = seen.level if item.type in _ABOUT_A_NOTE and seen.level else "confirm"
    return replace(staged, disclosure=strictest((item.disclosure, bound)))


def as_suggested(seen: Seen) -> Seen:
    """Return an item with what is suggested of it, for somebody who reads and decides later."""
    if seen.item.state != "waiting":
        return seen
    return replace(seen, item=offered(seen, Decision("take")).applied_to(seen.item))


def asks_for_level(item: Item) -> bool:
    """Tell whether the words of a new text leave open who may read it, or whether it is one."""
    is_new = item.type in {"note", "remark"} and item.disclosure not in ("group", OFF_RECORD)
    return is_new and not _ABOUT_READERS.isdisjoint(item.reasons)


def lacks_something(item: Item) -> bool:
    """Tell whether an item, as it was decided, has no place, no level or no date yet."""
    if item.type == "correction":
        return not (item.text.strip() or item.disclosure)
    if item.type in {"change", "agreement", "summary"}:
        return False
    if item.mark or item.type in _WITHOUT_LEVEL:
        return item.place is None or (item.mark == "to-follow" and not item.due)
    return not (item.place and item.disclosure)


def needs_reason(seen: Seen, decision: Decision) -> bool:
    """Tell whether a decision edits the words of others, for which a reason must be given."""
    item = decision.applied_to(seen.item)
    text = item.text if decision.text is None else decision.text
    if decision.verb != "take" or item.type not in {"note", "remark", "change"}:
        return False
    if item.type == "change":
        return text != seen.before and seen.in_words_of_others
    return text != item.text and item.kind in WORDS_OF_OTHERS


def items_seen(given: Settings, visit: str = "", state: str = "waiting") -> tuple[Seen, ...]:
    """Return the items (of a visit) in a state (empty = in any), in the order of their entry."""
    with viewing(given, "all") as view:
        wanted = find_visit(view, visit).id if visit else ""
        found = queries.items(view.connection, state=state)
        return tuple(_seen(view, (item for item in found if wanted in ("", item.visit_id))))


def seen_now(given: Settings, item_ids: Sequence[str]) -> tuple[Seen, ...]:
    """Return items as they stand now; those whose reading was undone are left out."""
    alone = item_ids[0] if len(item_ids) == 1 else ""
    with viewing(given, "all") as view:
        known = {item.id: item for item in queries.items(view.connection, beginning=alone)}
        return tuple(_seen(view, (known[name] for name in item_ids if name in known)))


def seen_in(given: Settings, items: Iterable[Item]) -> tuple[Seen, ...]:
    """Return items that need not be stored yet, as they are."""
    with viewing(given, "all") as view:
        return tuple(_seen(view, items))


def _seen(view: StudyView, items: Iterable[Item]) -> Iterator[Seen]:
    @cache
    def places(visit: Visit | None) -> Places:
        own = [topic for guide in view.guides.of(visit) for topic in guide.topics] if visit else []
        return Places(own if visit else view.crosswalk.topics)

    for item in items:
        visit = view.visits_by_id.get(item.visit_id)
        city = view.cities.get(item.city_code)
        found = Seen(item, visit, city.name if city else "", places(visit))
        yield _with_target(view, found)


def _with_target(view: StudyView, seen: Seen) -> Seen:
    target = seen.item.target
    if not target:
        return replace(seen, before=_first_text(view, seen.item))
    if note := gate.note(view.connection, "all", target):
        seen = replace(seen, in_words_of_others=note.kind in WORDS_OF_OTHERS)
        return replace(seen, target=note.handle, before=note.body, level=note.disclosure)
    one = next((summary for summary in view.summaries if summary.id == target), None)
    if one is None:
        return seen
    return replace(seen, target=str(one.address), before=one.body, level=one.disclosure)


def _first_text(view: StudyView, item: Item) -> str | None:
    """Return what came first for the slot of a second text."""
    if "second" not in item.reasons or not item.slot:
        return None
    others = (one for one in queries.items(view.connection) if one.id != item.id)
    first = (one for one in others if one.slot == item.slot and one.visit_id == item.visit_id)
    return next((one.text for one in first if one.state in ("waiting", "taken")), None)


def decide_named(
    given: Settings, typed: Sequence[str], decision: Decision, place: str = ""
) -> tuple[Item, ...]:
    """Decide the items that ``typed`` names, all of them in one change or none, and return them.

    Speaker and ``place`` are as typed. Conflict if one was decided already, Refused while one that
    is to be taken lacks something. Where no level is said, none becomes more open than its
    suggestion and `confirm`.
    """
    with changing(given, f"review {decision.verb}") as (view, change):
        found = _seen(view, [find_item(view, name) for name in dict.fromkeys(typed)])
        said = [(seen.item, _decision(view, seen, decision, place)) for seen in found]
        return tuple(settle(view, change, item, decision) for item, decision in said)


def _decision(view: StudyView, seen: Seen, typed: Decision, place: str) -> Decision:
    new = {*hints_in(typed.text or "")} - {*hints_in(seen.item.text)}
    if new and not typed.disclosure:
        raise _new_mark()
    said = replace(typed, place=find_address(view, place, seen.visit)) if place else typed
    if said.said_by and seen.visit:
        said = replace(said, said_by=str(find_participant(seen.visit, said.said_by)))
    return offered(seen, said) if said.verb == "take" and not said.disclosure else said


def level_at(given: Settings, item: Item, place: Address) -> str:
    """Return how open what an item holds is at a place if nobody says otherwise."""
    with viewing(given, "all") as view:
        visit = view.visits_by_id.get(item.visit_id)
        return default_disclosure(item.kind, view.usual_level((place,), visit))


def stored_names(given: Settings, items: Sequence[Item]) -> tuple[str, ...]:
    """Return what goes by a handle of what was stored of items: the handles of their notes."""
    with viewing(given, "all") as view:
        known = gate.handles(view.connection)
        return tuple(known[item.stored] for item in items if item.stored in known)


def take_back(given: Settings, item: Item) -> None:
    """Take the decision that left an item as it is back, with all that it stored, as a change.

    Refused where others were decided in the same change.
    """
    with viewing(given, "all") as view:
        made = gate.revision(view.connection, item.revision).change_id
        [objects] = (one.objects for one in queries.changes(view.connection) if one.id == made)
    if [one for one in objects if one.startswith("item:")] != [f"item:{item.id}"]:
        raise Refused(
            _("Item {name} was decided together with others.").format(name=item.handle),
            _("Take the change back: fieldvisit log, then fieldvisit undo CHANGE."),
        )
    undo(given, made)
