"""Decisions about items: each is one change, with what it brings into the study."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from fieldvisit.actions.deciding import letters, notes, summaries
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import SHORT, STATES, Item
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.view import StudyView
from fieldvisit.text import storable

# What taking an item of each type stores, with the text it is taken with; returns the id.
Taking = Callable[[StudyView, Change, Item, str], str]
TAKING: Mapping[str, Taking] = {
    "note": notes.take_note,
    "remark": notes.take_note,
    "change": notes.take_change,
    "mark": notes.take_mark,
    "choice": notes.take_choice,
    "summary": summaries.take_summary,
    "agreement": letters.take_agreement,
    "correction": letters.take_correction,
}
# How an item stands after each decision.
VERBS: Mapping[str, str] = {
    "take": "taken", "keep": "kept", "drop": "dropped", "restore": "waiting",
}  # fmt: skip


class Decision(Struct, frozen=True):
    """What a person decided: one of VERBS; None where the suggestion stands.

    ``text`` is the text to store instead of the one that came, ``reason`` why words of others are
    edited.
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
        return replace(
            item, **{name: said[name] for name in said.keys() - {"verb", "text", "reason"}}
        )


def decide(given: Settings, item: Item, decision: Decision, sitting: str = "") -> Item:
    """Store one decision and return the item as it then stands.

    ``item`` is what the person saw; Conflict, which says by whom, if somebody decided it since.
    """
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
        stored = TAKING[item.type](view, change, decided, _text(decided, decision))
    by = "" if state == "waiting" else change.by
    return records.save(change, replace(decided, state=state, stored=stored, by=by))


def _text(decided: Item, decision: Decision) -> str:
    """Return the text that an item is taken with; a wish about a level is none of the note."""
    if decision.text is None and decided.type == "correction" and decided.disclosure:
        return ""
    return decided.text if decision.text is None else decision.text


def find_items(view: StudyView, typed: Sequence[str]) -> tuple[Item, ...]:
    """Return the items that handles, or their beginnings of 4 characters or more, name."""
    return tuple(_item(view, name) for name in dict.fromkeys(typed))


def _item(view: StudyView, typed: str) -> Item:
    found = queries.items(view.connection, beginning=typed.lower()) if len(typed) >= 4 else ()  # noqa: PLR2004 - contract, section 4
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
