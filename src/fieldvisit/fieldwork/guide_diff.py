"""What changed between two versions of a guide."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide

_GUIDE = {"guide": "slug"} | {n: n for n in ("version", "title", "source", "disclosure")}
_TOPIC = {name: name for name in ("title", "short", "disclosure")}
_QUESTION = {"for": "classes"} | {
    name: name
    for name in (
        "gate", "common", "send", "sensitive", "disclosure", "ask", "written", "probes"
    )
}  # fmt: skip
ORDER = "order"


class Change(Struct, frozen=True):
    """One difference. ``address`` is that of the new guide (the old one's if dropped).

    ``address`` is None for the guide's own keys. ``fields`` are the keys whose values differ,
    and `order` for what stands elsewhere among its neighbours. ``was`` is the earlier address of
    what was renamed. ``values`` are those of the fields that hold one value: name, before, after.
    """

    what: Literal["added", "dropped", "renamed", "changed"]
    address: Address | None
    fields: tuple[str, ...] = ()
    was: Address | None = None
    values: tuple[tuple[str, str, str], ...] = ()


def differences(old: Guide, new: Guide) -> list[Change]:
    """Return what changed from ``old`` to ``new``: the guide, topics and questions in new order.

    What was dropped comes last. Earlier names (``was``) tell renamed from dropped and added; a
    question that only follows its renamed topic is not named.
    """
    crosswalk = Crosswalk([new])
    before: dict[Address, list[Address]] = {}
    for address in _everything(old):
        before.setdefault(crosswalk.now(address), []).append(address)
    moved = set(_moved(old, new, crosswalk))
    fields = _differing(old, new, _GUIDE)
    own = Change("changed", None, fields, values=_values(old, new, _GUIDE))
    changes = [own] if fields else []
    for address in _everything(new):
        earlier = before.pop(address, [])
        if not earlier:
            changes.append(Change("added", address))
        order = (ORDER,) if address in moved else ()
        for was in earlier:
            before_after = _pair(old, was, new, address)
            fields, values = _differing(*before_after) + order, _values(*before_after)
            changes += _change(Change("changed", address, fields, was, values), crosswalk)
    return changes + [Change("dropped", was) for gone in before.values() for was in gone]


def _everything(guide: Guide) -> Iterator[Address]:
    return (place for topic in guide.topics for place in topic.places)


def _change(found: Change, crosswalk: Crosswalk) -> Iterator[Change]:
    was = found.was
    unrenamed = was if was is None or was.question is None else _under(crosswalk, was)
    if found.address != unrenamed:
        yield replace(found, what="renamed")
    elif found.fields:
        yield replace(found, was=None)


def _under(crosswalk: Crosswalk, was: Address) -> Address:
    """Return where a question would stand if nothing but its topic had been renamed."""
    return Address(crosswalk.now(Address(was.topic)).topic, was.question)


def _pair(
    old: Guide, was: Address, new: Guide, address: Address
) -> tuple[object, object, dict[str, str]]:
    """Return a topic or question before and after, and the fields to compare."""
    before, after = old.topic(was.topic), new.topic(address.topic)
    if was.question is None or address.question is None or before is None or after is None:
        return before, after, _TOPIC
    return before.question(was.question), after.question(address.question), _QUESTION


def _differing(old: object, new: object, fields: dict[str, str]) -> tuple[str, ...]:
    return tuple(k for k, field in fields.items() if getattr(old, field) != getattr(new, field))


def _values(old: object, new: object, fields: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return what differs in fields of one value, as the guide file writes it."""
    return tuple(
        (name, _written(before), _written(after))
        for name in _differing(old, new, fields)
        for before, after in [(getattr(old, fields[name]), getattr(new, fields[name]))]
        if isinstance(before, str | bool) and isinstance(after, str | bool)
    )


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _moved(old: Guide, new: Guide, crosswalk: Crosswalk) -> Iterator[Address]:
    """Yield the new addresses of what stands in another order among its neighbours."""
    topics = [Address(topic.key) for topic in new.topics]
    yield from _reordered([crosswalk.now(Address(topic.key)) for topic in old.topics], topics)
    for topic in new.topics:
        stayed = [
            crosswalk.now(address)
            for address in old.addresses()
            if crosswalk.now(Address(address.topic)).topic
            == crosswalk.now(address).topic
            == topic.key
        ]
        yield from _reordered(stayed, topic.places[1:])


def _reordered(before: Sequence[Address], after: Sequence[Address]) -> Iterator[Address]:
    before = [address for address in dict.fromkeys(before) if address in after]
    after = [address for address in after if address in before]
    matched = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {address for block in matched for address in after[block.b : block.b + block.size]}
    return (address for address in after if address not in kept)
