"""Whether a name is left: every text of what is to be printed is searched once more."""

import re
from collections.abc import Collection, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.anonymity.finding import Finder
from fieldvisit.fieldwork.anonymity.folding import fold
from fieldvisit.fieldwork.anonymity.names import Names
from fieldvisit.fieldwork.anonymity.replacing import left_of
from fieldvisit.fieldwork.anonymity.traces import Trace, traces
from fieldvisit.fieldwork.anonymity.walking import Text, texts

_HANDLE = re.compile("(?<![a-z0-9])[a-z2-7]{10}(?![a-z0-9])")
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Leak(Struct, frozen=True):
    """A name that is left in a text."""

    trace: Trace
    text: Text


class Search(Struct, frozen=True, dict=True):
    """Searches for the names of a study, and for ``handles`` and ids of what stands in it."""

    names: Names
    handles: Collection[str] = ()

    def leaks(self, *things: object) -> Iterator[Leak]:
        """Yield every name that is left in the texts of ``things``."""
        known: dict[tuple[str, bool], tuple[Trace, ...]] = {}  # a question stands by every city
        for text in (text for thing in things for text in texts(thing)):
            same = text.text, text.is_key
            if same not in known:
                known[same] = tuple(self.left_in(text))
            yield from (Leak(trace, text) for trace in known[same])

    def left_in(self, text: Text) -> Iterator[Trace]:
        """Yield what is left in one text."""
        form = fold(left_of(text.text))
        finder = self._places if text.is_key else self._everything
        for found in finder.find(form):
            if found.means:
                yield replace(found.means, part=found.means.part or form[found.start : found.end])
        for pattern in (_HANDLE, _ID):
            yield from (Trace(word) for word in pattern.findall(form) if word in self.handles)

    @cached_property
    def _everything(self) -> Finder[Trace | None]:
        wanted = self.names.wanted
        # What only looks like a name is none here either, unless it is one of the names.
        plain = [(pattern, None) for pattern, means in wanted if means is None]
        named = [(p, Trace("", m.kind, m.id)) for p, m in wanted if m is not None]
        return Finder([*named, *plain, *traces(self.names)])

    @cached_property
    def _places(self) -> Finder[Trace | None]:
        return Finder((p, Trace("", m.kind, m.id)) for p, m in self.names.places if m)
