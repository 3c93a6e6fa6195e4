"""Nodes -> items: the values of each mapping by its table, every problem on the way noted."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from fieldvisit.fieldwork.guide import Words
from fieldvisit.guide_files.format import LISTED, WORDS, Key, Level
from fieldvisit.guide_files.nodes import Listing, Mapping, Node, Problem, Text, joined, shortened
from fieldvisit.guide_files.suggestions import closest, did_you_mean
from fieldvisit.guide_files.values import NotThat, unexpected, value
from fieldvisit.language import _, enumerated, together


class Item(Struct, frozen=True):
    """A mapping of the file with its values by field, as far as they could be read."""

    node: Mapping
    path: str
    values: dict[str, Any] = field(default_factory=dict)

    def problem(self, key: str, sentence: str) -> Problem:
        """Return a problem on the line of ``key``."""
        return Problem(self.node.line_of(key), joined(self.path, key), sentence)

    def below(self, name: str) -> list["Item"]:
        """Return the items listed under ``name``."""
        found: list[Item] = self.values.get(name, [])
        return found


Note = Callable[[Problem], None]


def item(node: Node, level: Level, path: str, note: Note) -> Item | None:
    """Return what stands in ``node`` as far as it can be read; ``note`` is told each problem."""
    if not isinstance(node, Mapping):
        keys = enumerated(key.name for key in level.keys)
        note(Problem(node.line, path, _("Here {level} was expected, with the keys {keys}.").format(
            level=_(level.name), keys=keys
        )))  # fmt: skip
        return None
    here = Item(node, path)
    for name, below in node.entries:
        key = level.key(name.value)
        if key is None:
            note(_stranger(name, level, path))
        else:
            _read_into(here, key, below, note)
    for problem in _missing(here, level):
        note(problem)
    return here


def _read_into(here: Item, key: Key, node: Node, note: Note) -> None:
    path = joined(here.path, key.name)
    try:
        if key.kind in LISTED:
            here.values[key.target] = list(_listed(node, key, path, note))
        elif key.kind == "words":
            here.values[key.target] = _words(node, key, path, note)
        else:
            here.values[key.target] = value(node, key)
    except NotThat as fault:
        note(Problem(fault.line, path, fault.sentence))


def _listed(node: Node, key: Key, path: str, note: Note) -> Iterator[Item]:
    if not isinstance(node, Listing) or (key.required and not node.items):
        raise unexpected(node, key)
    for number, entry in enumerate(node.items, 1):
        found = item(entry, LISTED[key.kind], joined(path, number), note)
        if found is not None:
            yield found


def _words(node: Node, key: Key, path: str, note: Note) -> Words:
    if not isinstance(node, Mapping):
        raise unexpected(node, key)
    found = item(node, WORDS, path, note)
    return Words(**found.values) if found else Words()


def _stranger(name: Text, level: Level, path: str) -> Problem:
    known = [key.name for key in level.keys]
    sentence = _("“{key}” is not a key of {level}.").format(
        key=shortened(name.value), level=_(level.name)
    )
    allowed = _("The keys of {level} are {keys}.").format(
        level=_(level.name), keys=enumerated(known)
    )
    guess = did_you_mean(closest(name.value, known))
    return Problem(name.line, joined(path, name.value), together(sentence, guess), allowed)


def _missing(here: Item, level: Level) -> Iterator[Problem]:
    present = {name.value for name, _node in here.node.entries}
    for key in level.keys:
        if key.required and key.name not in present:
            yield Problem(
                here.node.line,
                joined(here.path, key.name),
                _("The key “{key}” is missing from {level}.").format(
                    key=key.name, level=_(level.name)
                ),
            )
    if level.needs_words and _is_silent(here, present):
        sentence = _("There is no text: “ja”, “en” or both must say something.")
        yield Problem(here.node.line, here.path, sentence)


def _is_silent(here: Item, present: set[str]) -> bool:
    """Tell whether nothing is said, leaving out texts that were complained about already."""
    readable = all(name in here.values for name in present & {"ja", "en"})
    return readable and not (here.values.get("ja") or here.values.get("en"))
