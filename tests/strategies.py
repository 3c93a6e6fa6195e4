"""Hypothesis strategies for the subject: whatever a person may type, and objects made of it."""

from typing import Any, get_args, get_origin

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields, replace

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH, Note
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS, MODES
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant, Visit

HARD = (
    "𠮷野家", "か\u3099", "é", "e\u0301", "葛\U000e0100城", "👩‍👩‍👧", "\ufeff", "\u202e",
    "\x1b[2J", "\x9b", "\x01", "\x7f", "\r\n", "\u2028", "\ufffe", "ﾊﾝｶｸ", "～〜",
    "'; DROP TABLE note; --", "%s {x} \\", "=1+1", "[/foo]", ":smile:", " ", "\t", "?",
    "\U0010ffff",
)  # fmt: skip

# Any text that a database and a file can hold: all but NUL and lone surrogates.
storable = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(sorted(set("".join(HARD)))),
    max_size=20,
) | st.sampled_from(HARD)
# What `text.checked` lets pass.
bodies = storable.filter(lambda text: bool("".join(text.split()).strip("?")))
ids = st.uuids(version=4).map(str)
handles = st.text(ALPHABET, min_size=HANDLE_LENGTH, max_size=HANDLE_LENGTH)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
addresses = st.builds(Address, slugs, st.none() | slugs)
days = st.dates().map(lambda day: day.isoformat())
marks_set = st.sampled_from([mark for mark in MARKS if mark != "clear"])

# What storing adds, or what is read from another table.
# What other rows say of a thing, and what storing it adds.
DERIVED = frozenset({"confirmed", "waits", "replaced_by", "city_name", "attributed"})
ADDED = DERIVED | {"seq", "revision", "number", "created_at", "updated_at"}


def whole(made: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of a class whose every field varies: as its type allows, or as ``given`` says."""
    own = {
        field.name: given[field.name] if field.name in given else _any(field.type)
        for field in fields(made)
        if field.name not in ADDED
    }
    return st.builds(made, **own)


def _any(kind: Any) -> st.SearchStrategy[Any]:
    """Whatever a field of that type may hold; KeyError for a type that nobody thought of."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return addresses if kind is Address else whole(kind)
    if get_origin(kind) is tuple:
        return st.lists(_any(get_args(kind)[0]), max_size=3).map(tuple)
    if type(None) in get_args(kind):
        return st.none() | _any(get_args(kind)[0])
    return {str: storable, bool: st.booleans(), int: st.integers(1, 2**31)}[kind]


people = whole(Participant, side=st.sampled_from([THEIRS, OURS]))


def notes(
    city_code: str, visit: Visit | None = None, shorts: tuple[str, ...] = ()
) -> st.SearchStrategy[Note]:
    """Notes of a city or of a visit to it, said by anybody who was there."""
    speakers = st.sampled_from(visit.participants) if visit and visit.participants else st.none()
    only_for = st.lists(st.sampled_from(shorts), max_size=2).map(tuple) if shorts else st.just(())
    return whole(
        Note,
        id=ids,
        handle=handles,
        city_code=st.just(city_code),
        visit_id=st.just(visit.id if visit else None),
        kind=st.sampled_from(list(KINDS)),
        disclosure=st.sampled_from(list(DISCLOSURES)),
        speaker=st.none() | speakers,
        as_of=st.sampled_from(["", "2019", "2019年度", "令和元年10月"]),
        only_for=only_for,
        mode=st.sampled_from(["", *MODES]),
        on_day=st.just("") | days,
        material=st.just(0),
    )


def bare(thing: Any) -> Any:
    """The thing without what storing it adds."""
    return replace(
        thing,
        **{f.name: f.default for f in fields(type(thing)) if f.name in ADDED - DERIVED},
    )
