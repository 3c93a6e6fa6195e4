"""What stands under a name somewhere is left out where names are replaced: the two would be linked.

Equal words link them as well as the same note does, and so do nearly equal ones.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.anonymity.form import bare
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.crosswalk import is_of_one_visit
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import StandingSummary, Summary

_LENGTH = 4  # letters in a row that two texts seldom share by chance
_NEAR = 0.3  # of the rows of the shorter text: one letter in five may be another
_FEWEST = 4  # rows shared


class LeftOut(Struct, frozen=True):
    """The notes and summaries left out by id, and the notes whose source is."""

    published: frozenset[str] = frozenset()
    desk: frozenset[str] = frozenset()
    summaries: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


class Published(Struct, frozen=True, dict=True):
    """The notes and summaries that a public output with names would show.

    Texts are compared as ``without_names`` leaves them.
    """

    without_names: Callable[[str], str]
    notes: tuple[Note, ...]
    summaries: tuple[Summary, ...] = ()

    def holds(self, note: Note) -> bool:
        """Tell whether a note, or nearly its words, is published under a name."""
        return note.id in self._ids or self._tells(note.body)

    def rules_out(self, found: StandingSummary) -> bool:
        """Tell whether a summary says what is published, or speaks of one visit's own question."""
        rests = any(note.kind == "desk" or self.holds(note) for note in found.notes)
        known = found.summary.id in self._ids or self._tells(found.summary.body)
        return rests or known or is_of_one_visit(found.address.question)

    @cached_property
    def _ids(self) -> Collection[str]:
        return {note.id for note in self.notes} | {one.id for one in self.summaries}

    @cached_property
    def _texts(self) -> tuple[dict[str, int], dict[str, list[str]]]:
        """Each text in its bare form with its rows of letters counted, and by row those with it."""
        bodies = [*(note.body for note in self.notes), *(one.body for one in self.summaries)]
        rows = {text: _rows(text) for text in map(bare, map(self.without_names, bodies))}
        holding: dict[str, list[str]] = defaultdict(list)
        for text, found in rows.items():
            for row in found:
                holding[row].append(text)
        return {text: len(found) for text, found in rows.items()}, holding

    def _tells(self, body: str) -> bool:
        text, (sizes, holding) = bare(self.without_names(body)), self._texts
        rows = _rows(text)
        shared = Counter(other for row in rows for other in holding.get(row, ()))
        return text in sizes or any(
            many >= max(_FEWEST, _NEAR * min(len(rows), sizes[other]))
            for other, many in shared.items()
        )


def _rows(text: str) -> set[str]:
    return {text[at : at + _LENGTH] for at in range(len(text) - _LENGTH + 1)}


def without(found: Comparison, published: Published) -> tuple[Comparison, LeftOut]:
    """Return a comparison without what is published and desk notes, and what that leaves out.

    A city of which nothing stays has no column.
    """
    cells = [cell for t in found.topics for c in t.cities for cell in (c.whole, *c.cells)]
    notes = {note.id: note for cell in cells for note in cell.notes}
    desk = {id_ for id_, note in notes.items() if note.kind == "desk"}
    known = {id_ for id_, note in notes.items() if id_ not in desk and published.holds(note)}
    summaries = [cell.summary for cell in cells if cell.summary]
    summaries += [one for topic in found.topics for one in topic.across.values()]
    out = {one.summary.id for one in summaries if published.rules_out(one)}
    sources = {id_ for id_, note in notes.items() if note.source and id_ not in desk | known}
    topics = [_topic(topic, desk | known, out) for topic in found.topics]
    speaking = {c.city.code for topic in topics for c in topic.cities if _says_something(c)}
    left = LeftOut(*map(frozenset, (known, desk, out, sources)))
    kept = ([c for c in topic.cities if c.city.code in speaking] for topic in topics)
    spoken = (replace(t, cities=tuple(c)) for t, c in zip(topics, kept, strict=True))
    return replace(found, topics=tuple(spoken)), left


def _topic(
    topic: ComparedTopic, notes: Collection[str], summaries: Collection[str]
) -> ComparedTopic:
    def cell(found: ComparedCell) -> ComparedCell:
        summary = found.summary
        stays = summary if summary and summary.summary.id not in summaries else None
        kept = tuple(note for note in found.notes if note.id not in notes)
        return replace(found, notes=kept, summary=stays)

    cities = (
        replace(city, cells=tuple(map(cell, city.cells)), whole=cell(city.whole), visits=())
        for city in topic.cities
    )
    across = {key: one for key, one in topic.across.items() if one.summary.id not in summaries}
    return replace(topic, cities=tuple(cities), across=across)


def _says_something(city: ComparedCity) -> bool:
    return any(cell.notes or cell.summary for cell in (city.whole, *city.cells))
