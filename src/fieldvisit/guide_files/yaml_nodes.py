"""YAML bytes -> nodes that know their lines, and what is wrong with the bytes.

Strings only, and none of YAML's power (aliases, tags, several documents). Nothing is ever
converted: `no`, `0123`, `12:30` and dates stay the text that was typed.
"""

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct
from yaml import events

from fieldvisit.errors import BadGuide
from fieldvisit.language import N_, _, together
from fieldvisit.text import LONGEST_TEXT

_DEEPEST = 20
_LONGEST_QUOTATION = 40
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_TOO_DEEP = N_("This is nested more deeply than any guide is.")
_ANY_YAML_FAULT = (yaml.YAMLError, ValueError, OverflowError, RecursionError)


class Problem(Struct, frozen=True, order=True):
    """What is wrong at ``line`` (from 1); ``path`` leads there, such as `topics.1.title`.

    ``allowed`` is a sentence that says what may stand there, the same for each such place.
    """

    line: int
    path: str
    sentence: str
    allowed: str = ""

    def __str__(self) -> str:
        """Return line, path if there is one, and sentence, to stand behind a file's name."""
        said = together(self.sentence, self.allowed)
        return ": ".join(part for part in (str(self.line), self.path, said) if part)


class Node(Struct, frozen=True):
    """A text as typed, without quotation marks (nothing typed is empty), a list, or a mapping.

    A mapping has for each key the line of the key and the node below it.
    """

    line: int
    value: "str | list[Node] | dict[str, tuple[int, Node]]"


def compose(data: bytes) -> tuple[Node | None, list[Problem]]:
    """Return the tree in ``data`` and what is wrong with it as YAML; no tree if it has none."""
    composer = _Composer()
    try:
        return composer.document(_decoded(data)), composer.problems
    except _Unreadable as fault:
        return None, [*composer.problems, fault.problem]


def joined(path: str, step: object) -> str:
    """Return ``path`` with one more step."""
    return f"{path}.{shortened(str(step))}" if path else shortened(str(step))


def shortened(text: str) -> str:
    """Return ``text`` on one line and short enough to be quoted in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTATION else line[: _LONGEST_QUOTATION - 1] + "…"


class _Unreadable(BadGuide):
    """The file cannot be read beyond this problem."""

    def __init__(self, line: int, path: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(line, path, sentence)


def _decoded(data: bytes) -> str:
    if len(data) > LONGEST_TEXT:
        raise _Unreadable(1, "", _("The file is larger than 1 MB; a guide is a few pages."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _Unreadable(
            line, "", _("The file is not UTF-8 here. Save it again with the encoding UTF-8.")
        ) from None
    if found := re.search(_UNPRINTABLE, text):
        raise _Unreadable(
            text.count("\n", 0, found.start()) + 1,
            "",
            _("There is a character that cannot be shown ({code}). Take it out.").format(
                code=f"U+{ord(found.group()):04X}"
            ),
        )
    return text


def _events(text: str) -> Iterator[events.Event]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except _ANY_YAML_FAULT as fault:
        mark = getattr(fault, "problem_mark", None)
        raise _Unreadable(mark.line + 1 if mark else 1, "", _reason(fault)) from None


def _reason(fault: Exception) -> str:
    problem = getattr(fault, "problem", None) or type(fault).__name__
    if "nesting depth" in problem:  # libyaml gives up before we do, from 0.2.6 on
        return _(_TOO_DEEP)
    return _(
        "This cannot be read as YAML ({reason}). Look here and just above for an indent that is "
        "off or a quotation mark that is missing, and put texts in quotation marks."
    ).format(reason=problem)


def _line(event: events.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Composer:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._events: Iterator[events.Event] = iter(())

    def document(self, text: str) -> Node:
        self._events = _events(text)
        next(self._events)
        if isinstance(next(self._events), events.StreamEndEvent):
            raise _Unreadable(1, "", _("The file is empty."))
        root = self._node(next(self._events), "", 0)
        for event in self._events:
            if isinstance(event, events.DocumentStartEvent):
                raise _Unreadable(
                    _line(event), "", _("A second document begins here. A file holds one guide.")
                )
        return root

    def _node(self, event: events.Event, path: str, depth: int) -> Node:
        self._check(event, path, depth)
        if isinstance(event, events.ScalarEvent):
            return Node(_line(event), event.value)
        if isinstance(event, events.SequenceStartEvent):
            return Node(_line(event), list(self._entries(path, depth)))
        return Node(_line(event), self._mapping(path, depth))

    def _check(self, event: events.Event, path: str, depth: int) -> None:
        """Refuse what leads elsewhere or too deep; note what has no meaning."""
        if isinstance(event, events.AliasEvent):
            sentence = _("“*{name}” repeats another part. Write the text out, or put it in “…”.")
            name = shortened(event.anchor or "")
            raise _Unreadable(_line(event), path, sentence.format(name=name))
        if depth > _DEEPEST and isinstance(event, events.CollectionStartEvent):
            raise _Unreadable(_line(event), path, _(_TOO_DEEP))
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        for sign in filter(None, (anchor and f"&{anchor}", tag)):
            sentence = _("“{sign}” has no meaning in a guide. Put texts in “…”.")
            self._note(_line(event), path, sentence.format(sign=shortened(sign)))

    def _entries(self, path: str, depth: int) -> Iterator[Node]:
        for number, event in enumerate(self._events, 1):
            if isinstance(event, events.SequenceEndEvent):
                return
            yield self._node(event, joined(path, number), depth + 1)

    def _mapping(self, path: str, depth: int) -> dict[str, tuple[int, Node]]:
        found: dict[str, tuple[int, Node]] = {}
        for event in self._events:
            if isinstance(event, events.MappingEndEvent):
                break
            line, key = _line(event), self._node(event, path, depth + 1).value
            if not isinstance(key, str):
                sentence = _("A key is one word before a colon. Put texts in “…”.")
                raise _Unreadable(line, path, sentence)
            place = joined(path, key)
            below = self._node(next(self._events), place, depth + 1)
            if key in found:
                sentence = _("“{key}” stands here twice; first in line {line}.")
                first = found[key][0]
                self._note(line, place, sentence.format(key=shortened(key), line=first))
            else:
                found[key] = line, below
        return found

    def _note(self, line: int, path: str, sentence: str) -> None:
        self.problems.append(Problem(line, path, sentence))
