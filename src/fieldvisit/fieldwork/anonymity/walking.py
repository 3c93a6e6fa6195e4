"""Every text of an object, however deep, and the object with every text changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import ComparedCity, Comparison
from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.summary import Staleness, Summary
from fieldvisit.fieldwork.visit import Participant, Visit

# Fields that hold no words of a person: fixed values, dates, marks and what was drawn.
_FIXED: Mapping[type, frozenset[str]] = {
    City: frozenset({"code"}),
    CityAttribute: frozenset({"name"}),
    ComparedCity: frozenset({"state"}),
    Comparison: frozenset({"audience"}),
    Contradiction: frozenset({"handle", "city_code"}),
    Note: frozenset({"handle", "city_code", "kind", "disclosure", "mode", "on_day"}),
    Participant: frozenset({"side"}),
    Staleness: frozenset({"why"}),
    Standing: frozenset({"state", "due"}),
    Summary: frozenset({"city_code", "disclosure"}),
    Visit: frozenset({"mode", "status"}),
}
# Keys of a guide: a key like `ai-rpa` names no system.
_KEYS: Mapping[type, frozenset[str]] = {
    Address: frozenset({"topic", "question"}),
    Question: frozenset({"key"}),
    Topic: frozenset({"key"}),
}


class Text(Struct, frozen=True):
    """A text, the objects within which it stands (the innermost last), whether it is a key."""

    text: str
    within: tuple[object, ...]
    is_key: bool = False


def texts(thing: object, within: tuple[object, ...] = ()) -> Iterator[Text]:
    """Yield every text of an object but for fixed values."""
    if isinstance(thing, str):
        yield Text(thing, within)
    elif isinstance(thing, Mapping):
        for below in thing.values():
            yield from texts(below, within)
    elif isinstance(thing, tuple | frozenset):
        for below in thing:
            yield from texts(below, within)
    elif isinstance(thing, Struct):
        deeper = (*within, thing)
        for name, value in _fields(thing):
            if isinstance(value, str) and name in _KEYS.get(type(thing), ()):
                yield Text(value, deeper, is_key=True)
            elif name not in _FIXED.get(type(thing), ()):
                yield from texts(value, deeper)


def with_texts(thing: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any object
    """Return an object with every text changed, fixed values too."""
    if isinstance(thing, str):
        return change(thing)
    if isinstance(thing, Mapping):
        return {key: with_texts(below, change) for key, below in thing.items()}
    if isinstance(thing, tuple):
        return tuple(with_texts(below, change) for below in thing)
    if isinstance(thing, Struct):
        return type(thing)(**{name: with_texts(value, change) for name, value in _fields(thing)})
    return thing


def _fields(thing: Struct) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(thing, field.name)) for field in fields(thing))
