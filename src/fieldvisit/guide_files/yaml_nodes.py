"""YAML bytes -> nodes: strings only, and none of YAML's power (aliases, tags, several documents).

Nothing is ever converted: `no`, `0123`, `12:30` and dates stay the text that was typed.
"""

import re
from collections.abc import Iterator

import yaml
from yaml import events

from fieldvisit.errors import BadGuide
from fieldvisit.guide_files.format import DEEPEST, LARGEST
from fieldvisit.guide_files.nodes import Listing, Mapping, Node, Problem, Text, joined, shortened
from fieldvisit.language import N_, _

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOO_DEEP = N_("This is nested more deeply than any guide is.")
_ANY_YAML_FAULT = (yaml.YAMLError, ValueError, OverflowError, RecursionError)


def compose(data: bytes) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree in ``data`` and what is wrong with it as YAML; no tree if it has none."""
    composer = _Composer()
    try:
        root = composer.document(_decoded(data))
    except _Unreadable as fault:
        return None, (*composer.problems, fault.problem)
    return root, tuple(composer.problems)


class _Unreadable(BadGuide):
    """The file cannot be read beyond this problem."""

    def __init__(self, line: int, path: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(line, path, sentence)


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _Unreadable(1, "", _("The file is larger than 1 MB; a guide is a few pages."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _Unreadable(
            line, "", _("The file is not UTF-8 here. Save it again with the encoding UTF-8.")
        ) from None
    if found := _UNPRINTABLE.search(text):
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
            return Text(_line(event), event.value)
        if isinstance(event, events.SequenceStartEvent):
            return Listing(_line(event), tuple(self._items(path, depth)))
        return Mapping(_line(event), tuple(self._entries(path, depth)))

    def _check(self, event: events.Event, path: str, depth: int) -> None:
        """Refuse what leads elsewhere or too deep; note what has no meaning."""
        if isinstance(event, events.AliasEvent):
            raise _Unreadable(
                _line(event),
                path,
                _("“*{name}” repeats another part. Write the text out, or put it in “…”.").format(
                    name=shortened(event.anchor or "")
                ),
            )
        if depth > DEEPEST and isinstance(event, events.CollectionStartEvent):
            raise _Unreadable(_line(event), path, _(_TOO_DEEP))
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        for sign in filter(None, (anchor and f"&{anchor}", tag)):
            self._add(
                event, path, _("“{sign}” has no meaning in a guide. Put texts in “…”.").format(
                    sign=shortened(sign)
                ),
            )  # fmt: skip

    def _items(self, path: str, depth: int) -> Iterator[Node]:
        for number, event in enumerate(self._events, 1):
            if isinstance(event, events.SequenceEndEvent):
                return
            yield self._node(event, joined(path, number), depth + 1)

    def _entries(self, path: str, depth: int) -> Iterator[tuple[Text, Node]]:
        seen: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, events.MappingEndEvent):
                return
            key = self._node(event, path, depth + 1)
            if not isinstance(key, Text):
                raise _Unreadable(
                    key.line, path, _("A key is one word before a colon. Put texts in “…”.")
                )
            value = self._node(next(self._events), joined(path, key.value), depth + 1)
            if key.value in seen:
                sentence = _("“{key}” stands here twice; first in line {line}.").format(
                    key=shortened(key.value), line=seen[key.value]
                )
                self._add(event, joined(path, key.value), sentence)
                continue
            seen[key.value] = key.line
            yield key, value

    def _add(self, event: events.Event, path: str, sentence: str) -> None:
        self.problems.append(Problem(_line(event), path, sentence))
