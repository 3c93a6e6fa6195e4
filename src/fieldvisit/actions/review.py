"""`review`: what waits, each with what a person must see in order to decide it."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.actions.decide import Decision, find_items, settle
from fieldvisit.actions.people import find_participant
from fieldvisit.actions.undo import undo
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.terms import WORDS_OF_OTHERS
from fieldvisit.review.item import Item
from fieldvisit.review.seen import Places, Seen
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, queries
from fieldvisit.study.change import changing
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.fields import ItemFields
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import StudyView, viewing

# What these store has no level of its own.
_WITHOUT_LEVEL = frozenset({"mark", "choice", "agreement"})
_ABOUT_A_NOTE = frozenset({"change", "correction"})


def offered(seen: Seen, staged: Decision) -> Decision:
    """Return what is suggested, as changed so far, and never more open.

    That is no more open than the note is, and for a new one than `confirm`.
    """
    item = staged.applied_to(seen.item)
    if not item.disclosure or item.mark or item.type in _WITHOUT_LEVEL:
        return staged
    bound = seen.level if item.type in _ABOUT_A_NOTE and seen.level else "confirm"
    return replace(staged, disclosure=strictest((item.disclosure, bound)))


def lacks_something(item: Item) -> bool:
    """Tell whether an item, as it was decided, has no place, no level or no date yet."""
    if item.type in _ABOUT_A_NOTE | {"agreement", "summary"}:
        return False
    if item.mark or item.type in _WITHOUT_LEVEL:
        return item.place is None or (item.mark == "to-follow" and not item.due)
    return not (item.place and item.disclosure)


def needs_reason(seen: Seen, decision: Decision) -> bool:
    """Tell whether a decision edits the words of others, for which a reason must be given."""
    text = seen.item.text if decision.text is None else decision.text
    edits = seen.item.type == "change" and decision.verb == "take" and text != seen.before
    return edits and seen.in_words_of_others


def new_sitting() -> str:
    """Return the id that the changes of one sitting share."""
    return ids.new_id()


def items_seen(given: Settings, visit: str = "", state: str = "waiting") -> tuple[Seen, ...]:
    """Return the items in a state (empty = in any), in the order of their entry.

    With ``visit`` only those of this visit.
    """
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
    places: dict[str, Places] = {}
    for item in items:
        visit = view.visits_by_id.get(item.visit_id)
        if item.visit_id not in places:
            topics = (
                tuple(topic for guide in view.guides.of(visit) for topic in guide.topics)
                if visit
                else view.crosswalk.topics
            )
            places[item.visit_id] = Places(topics)
        city = view.cities.get(item.city_code)
        found = Seen(item, visit, city.name if city else "", places[item.visit_id])
        yield _with_target(view, found)


def _with_target(view: StudyView, seen: Seen) -> Seen:
    target = seen.item.target
    if not target:
        return seen
    if note := gate.note(view.connection, "all", target):
        return replace(
            seen,
            target=note.handle,
            before=note.body,
            level=note.disclosure,
            in_words_of_others=note.kind in WORDS_OF_OTHERS,
        )
    for summary in view.summaries:
        if summary.id == target:
            return replace(
                seen, target=str(summary.address), before=summary.body, level=summary.disclosure
            )
    return seen


def level_at(given: Settings, item: Item, place: Address) -> str:
    """Return how open what an item holds is at a place if nobody says otherwise."""
    with viewing(given, "all") as view:
        visit = view.visits_by_id.get(item.visit_id)
        return default_disclosure(item.kind, usual_level(view, (place,), visit))


def decide_named(
    given: Settings,
    verb: str,
    typed: Sequence[str],
    fields: ItemFields = ItemFields(),  # noqa: B008 - frozen
    text: str | None = None,
    reason: str = "",
) -> tuple[Item, ...]:
    """Decide the items that ``typed`` names, all of them in one change or none, and return them.

    Conflict if one was decided already, Refused while one that is to be taken lacks something.
    Where no level is said, none becomes more open than its suggestion and `confirm`.
    """
    with changing(given, f"review {verb}") as (view, change):
        found = tuple(_seen(view, find_items(view, typed)))
        decisions = [
            _decision(view, seen, Decision(verb, text, reason=reason), fields) for seen in found
        ]
        return tuple(
            settle(view, change, seen.item, decision)
            for seen, decision in zip(found, decisions, strict=True)
        )


def _decision(view: StudyView, seen: Seen, decision: Decision, fields: ItemFields) -> Decision:
    """Return a decision with what was typed for it."""
    speaker = fields.said_by
    if speaker and seen.visit:
        speaker = str(find_participant(seen.visit, speaker))
    said = replace(
        decision,
        place=find_address(view, fields.place, seen.visit) if fields.place else None,
        disclosure=fields.disclosure,
        kind=fields.kind,
        said_by=speaker,
        mark=fields.mark,
        due=fields.due,
    )
    return offered(seen, said) if decision.verb == "take" and not fields.disclosure else said


def stored_names(given: Settings, items: Sequence[Item]) -> tuple[str, ...]:
    """Return what goes by a handle of what was stored of items: the handles of their notes."""
    with viewing(given, "all") as view:
        known = gate.handles(view.connection)
        return tuple(known[item.stored] for item in items if item.stored in known)


def take_back(given: Settings, item: Item) -> None:
    """Take the last decision about an item back, with all that it stored, as a change."""
    with viewing(given, "all") as view:
        name = f"item:{item.id}"
        changes = (one for one in queries.changes(view.connection) if name in one.objects)
        last = next(one for one in changes if not one.undone_by and not one.undoes)
    undo(given, last.id)
