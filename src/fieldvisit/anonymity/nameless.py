"""A comparison without names: what is not carried over here does not reach the output.

What stands under a name elsewhere is left out, equal or nearly equal words too: the two would be
linked. Neither states, marks, counts, days, sources nor facts are carried over: each would tell
one city from others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from fieldvisit.anonymity.form import bare
from fieldvisit.anonymity.names import SHARED, Subject
from fieldvisit.anonymity.perhaps import Left, Search
from fieldvisit.dates import first_day
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.crosswalk import is_of_one_visit
from fieldvisit.fieldwork.guide import Address, Question, Topic, Words
from fieldvisit.fieldwork.note import Contradiction, Note, Register
from fieldvisit.fieldwork.states import Counts, Standing
from fieldvisit.fieldwork.summary import StandingSummary, Summary
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Participant

_LENGTH = 4  # letters in a row that two texts seldom share by chance
_NEAR = 0.3  # of the rows of the shorter text: one letter in five may be another
_FEWEST = 4  # rows shared
_OURS = "99-"  # a code of ours is printed nowhere; behind it the letters of the city


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


class LeftOut(Struct, frozen=True):
    """The notes and summaries left out by id, and the notes whose source is."""

    published: frozenset[str] = frozenset()
    desk: frozenset[str] = frozenset()
    summaries: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """Return all notes and summaries that are left out."""
        return self.published | self.desk | self.summaries


def left_out(found: Comparison, published: Published) -> LeftOut:
    """Return what of a comparison is published, and its desk notes."""
    cells = [cell for topic in found.topics for city in topic.cities for cell in _cells(city)]
    notes = {note.id: note for cell in cells for note in cell.notes}
    desk = {id_ for id_, note in notes.items() if note.kind == "desk"}
    known = {id_ for id_, note in notes.items() if id_ not in desk and published.holds(note)}
    summaries = [cell.summary for cell in cells if cell.summary]
    summaries += [one for topic in found.topics for one in topic.across.values()]
    out = {one.summary.id for one in summaries if published.rules_out(one)}
    sources = {id_ for id_, note in notes.items() if note.source and id_ not in desk | known}
    return LeftOut(*map(frozenset, (known, desk, out, sources)))


def _cells(city: ComparedCity) -> Iterator[ComparedCell]:
    yield city.whole
    yield from city.cells


class Nameless(Struct, frozen=True):
    """Takes the names out of a comparison, for the output of that ``number``, and what is ``out``.

    ``drawn`` are the letters that stand for a subject, and the label they make; none = a trial.
    What it meets is taken down: ``lines`` (the notes by id, the first is line 1), how often each of
    the ``subjects`` stood in a text, and what is ``left``.
    """

    search: Search
    out: Collection[str] = frozenset()
    drawn: Mapping[Subject, tuple[str, str]] = {}
    number: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    subjects: Counter[Subject] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)

    def shown(
        self, found: Comparison, known: Register, classes: Mapping[str, str | None]
    ) -> tuple[Comparison, Register]:
        """Return the comparison, cities in the order of their letters, and what stands with it.

        A city of which nothing stays has no column. ``classes`` are those of the cities by code;
        one stands where three of them share it. Of the contradictions that are ``known`` those
        stay whose notes both stand in it, without their reasons.
        """
        columns = [city for topic in found.topics for city in topic.cities]
        speaking = {city.city.code for city in columns if any(map(self._says, _cells(city)))}
        shared = Counter(classes[code] for code in speaking)
        told = {code: classes[code] for code in speaking if shared[classes[code]] >= SHARED}
        topics = tuple(self._topic(topic, speaking, told) for topic in found.topics)
        cities = {city.city.code: city.city for topic in topics for city in topic.cities}
        notes = {n.handle: n for city in columns for cell in city.cells for n in self._kept(cell)}
        against = {
            self._mark(note): tuple(
                Contradiction(self._mark(notes[one.handle]), self._code(one.city_code), "")
                for one in known.against(note)
                if one.handle in notes
            )
            for note in notes.values()
        }
        comparison = Comparison(found.audience, topics, anonymised=True)
        return comparison, Register(cities, {}, against)

    def _kept(self, cell: ComparedCell) -> Iterator[Note]:
        return (note for note in cell.notes if note.id not in self.out)

    def _says(self, cell: ComparedCell) -> bool:
        summary = cell.summary and cell.summary.summary.id not in self.out
        return bool(summary) or any(True for _note in self._kept(cell))

    def _text(self, text: str, where: object, *, shapes: bool = True) -> str:
        self.left.extend(self.search.left(text, where, shapes=shapes))
        pieces = self.search.names.pieces(text)
        return "".join(p if isinstance(p, str) else self._called(p) for p in pieces)

    def _called(self, subject: Subject, times: int = 1) -> str:
        self.subjects[subject] += times
        return self.drawn.get(subject, ("", subject.id))[1]

    def _named(self, kind: str, name: str) -> str:
        return self._called(self.search.names.subject(kind, name)) if name else ""

    def _code(self, code: str) -> str:
        return f"{_OURS}{self.drawn.get(Subject('city', code), (code,))[0]}"

    def _mark(self, note: Note) -> str:
        return f"{self.number}-{self.lines.setdefault(note.id, len(self.lines) + 1)}"

    def _topic(
        self, found: ComparedTopic, speaking: Collection[str], told: Mapping[str, str | None]
    ) -> ComparedTopic:
        questions = tuple(
            Question(q.key, q.number, self._words(q.ask, Address(found.topic.key, q.key)))
            for q in found.topic.questions
            if not is_of_one_visit(q.key)
        )
        at = Address(found.topic.key)
        title, short = self._words(found.topic.title, at), self._words(found.topic.short, at)
        topic = Topic(at.topic, found.topic.number, title, short, questions=questions)
        columns = {
            self._code(city.city.code): city for city in found.cities if city.city.code in speaking
        }
        order = sorted(columns, key=lambda code: (len(code), code))
        cities = tuple(
            self._city(code, columns[code], topic, told.get(columns[code].city.code))
            for code in order
        )
        across = {key: self._summary(one) for key, one in found.across.items()}
        return ComparedTopic(topic, cities, {key: one for key, one in across.items() if one})

    def _words(self, words: Words, where: Address) -> Words:
        """Return words of a guide, which are no city's: shapes in them tell nothing."""
        return Words(*(self._text(text, where, shapes=False) for text in (words.ja, words.en)))

    def _city(self, code: str, found: ComparedCity, topic: Topic, kind: str | None) -> ComparedCity:
        """Return a city's column: letters, perhaps a class, and what it said, question by question.

        What it said to a question that no other city was asked stands with the topic as such.
        """
        name = self._called(Subject("city", found.city.code), times=0)
        held = (CityAttribute(kind),) if kind else ()
        city = City(code, "", name, "", "", attributes=held)
        by_key = {cell.question.key: cell for cell in found.cells if cell.question}
        lost = [cell for key, cell in by_key.items() if topic.question(key) is None]
        whole = self._cell(topic, None, [found.whole, *lost])
        cells = [self._cell(topic, q, [by_key[q.key]]) for q in topic.questions if q.key in by_key]
        answered = sum(cell.standing.answered for cell in cells)
        state = "answered" if answered or whole.standing.answered else "not-stated"
        every = (whole, *cells) if whole.notes else tuple(cells)
        return ComparedCity(city, (), state, Counts(answered, len(cells)), every, whole)

    def _cell(
        self, topic: Topic, question: Question | None, found: Iterable[ComparedCell]
    ) -> ComparedCell:
        first, *_others = found = tuple(found)
        notes = tuple(self.note(note) for cell in found for note in self._kept(cell))
        answered = any(note.kind in ANSWERING_KINDS for note in notes)
        state = "answered" if answered else "not-stated"
        address = Address(topic.key, question.key if question else None)
        summary = self._summary(first.summary) if first.summary else None
        return ComparedCell(question, Standing(address, state, answered), notes, summary)

    def note(self, note: Note) -> Note:
        """Return a note whose handle is its mark, with what was said, by whom, in which year."""
        return Note(
            id="",
            handle=self._mark(note),
            city_code=self._code(note.city_code),
            visit_id=None,
            kind=note.kind,
            body=self._text(note.body, note),
            disclosure=note.disclosure,
            by="",
            places=tuple(dict.fromkeys(map(_common, note.places))),
            speaker=self._speaker(note.speaker, note) if note.speaker else None,
            as_of=str(first_day(note.as_of).year) if note.as_of else "",
            confirmed=note.confirmed,
            deleted=note.deleted,
        )

    def _speaker(self, person: Participant, note: Note) -> Participant:
        name, department = self._named("person", person.name), person.department
        position = self._text(person.position, note)
        return Participant("", person.side, name, self._named("department", department), position)

    def _summary(self, found: StandingSummary) -> StandingSummary | None:
        """Return a summary with what it rests on, None for one that is left out."""
        summary = found.summary
        if summary.id in self.out:
            return None
        code = self._code(summary.city_code) if summary.city_code else None
        body = self._text(summary.body, found)
        bare = Summary(code, summary.address, body, summary.disclosure, "")
        return StandingSummary(bare, found.address, tuple(map(self.note, found.notes)), ())


def _common(place: Address) -> Address:
    return Address(place.topic) if is_of_one_visit(place.question) else place
