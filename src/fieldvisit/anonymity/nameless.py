"""A comparison without names: what is not carried over here does not reach the output.

Neither do states, marks, counts, days, sources and facts: each would tell one city from others.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from fieldvisit.anonymity.form import form
from fieldvisit.anonymity.names import SHARED, Names, Subject
from fieldvisit.anonymity.perhaps import Search
from fieldvisit.dates import first_day
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.crosswalk import is_of_one_visit
from fieldvisit.fieldwork.guide import Address, Question, Topic, Words
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.states import Counts, Standing
from fieldvisit.fieldwork.summary import StandingSummary, Summary
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Participant

_HANDLE = re.compile("(?<![a-z0-9])[a-z2-7]{10}(?![a-z0-9])")
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile("(?<![0-9])[0-9]{6}(?![0-9])")
_GONE = "\ufdd0"  # no text holds it; where a name was, it ends words as a name does
_OURS = "99-"  # a code of ours is printed nowhere; behind it the letters of the city


class Left(Struct, frozen=True):
    """A text that may tell who it is, and where it stands: a note, a summary, a place in a guide.

    ``known`` tells that there is no doubt (a handle, an id, a code, a name), ``ticked_off`` that
    somebody said it may stand; ``kind`` and ``name`` say whose it may be, where that is known.
    """

    text: str
    where: object = None
    kind: str = ""
    name: str = ""
    known: bool = False
    ticked_off: bool = False


class Reader(Struct, frozen=True, dict=True):
    """Reads texts for the ``names``; ``codes`` are handles and ids that must not be left."""

    names: Names
    codes: Collection[str] = ()
    _read: dict[str, tuple[str | Subject, ...]] = field(default_factory=dict)

    @cached_property
    def _search(self) -> Search:
        return Search(self.names)

    def pieces(self, text: str) -> tuple[str | Subject, ...]:
        """Return a text in pieces: what stays, and whom the names in it mean."""
        if text not in self._read:
            self._read[text] = tuple(self._pieces(text))
        return self._read[text]

    def _pieces(self, text: str) -> Iterator[str | Subject]:
        read, at = form(text), 0
        for first, last, subject in self.names.find(read.text):
            start, end = read.span(first, last)
            if subject and end > at:
                yield from (text[at:start], subject)
                at = end
        yield text[at:]

    def without_names(self, text: str) -> str:
        """Return what stays of a text where the names in it are not told."""
        return "".join(p if isinstance(p, str) else _GONE for p in self.pieces(text))

    def left(self, text: str, where: object, *, shapes: bool) -> Iterator[Left]:
        """Yield what is left in a text once the names are gone."""
        rest = self.without_names(text)
        read = form(rest)
        yield from (Left(code, where, known=True) for code in self.codes_in(read.text))
        for first, last, found in self._search.find(read.text, shapes=shapes):
            start, end = read.span(first, last)
            shown = " ".join(rest[start:end].split())
            ticked_off = found.ticked_off
            yield Left(shown, where, found.kind, found.name, ticked_off=ticked_off)

    def codes_in(self, text: str) -> Iterator[str]:
        """Yield the handles, ids and codes of cities in a text."""
        found = (word for pattern in (_HANDLE, _ID, _CODE) for word in pattern.findall(text))
        codes = {city.code for city in self.names.cities}
        yield from (word for word in found if word in self.codes or word in codes)

    def known_in(self, texts: Iterable[str], keys: Collection[str]) -> Iterator[Left]:
        """Yield the names and codes in the texts of an output that is made.

        One of ``keys`` (`ai-rpa`) names no system, but may name a city.
        """
        for text in dict.fromkeys(texts):
            read = form(text).text
            for start, end, subject in self.names.find(read):
                if subject and (subject.kind == "city" or text not in keys):
                    yield Left(read[start:end], known=True)
            yield from (Left(code, known=True) for code in self.codes_in(read))


class Nameless(Struct, frozen=True):
    """Takes the names out of a comparison, for an output of its own.

    ``label`` and ``letters`` say what stands for a subject, ``number`` is that of the output. What
    it meets is taken down: ``lines`` (the notes by id, the first is line 1), how often each of the
    ``subjects`` stood in a text, and what is ``left``.
    """

    reader: Reader
    label: Callable[[Subject], str]
    letters: Callable[[Subject], str]
    number: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    subjects: Counter[Subject] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)

    def comparison(self, found: Comparison, classes: Mapping[str, str | None]) -> Comparison:
        """Return the comparison, cities in the order of their letters.

        ``classes`` are those of the cities by code; one stands where three of them share it.
        """
        here = {city.city.code for topic in found.topics for city in topic.cities}
        shared = Counter(classes[code] for code in here)
        told = {code: classes[code] for code in here if shared[classes[code]] >= SHARED}
        topics = tuple(self._topic(topic, told) for topic in found.topics)
        return Comparison(found.audience, topics, anonymised=True)

    def register(self, found: Comparison, known: Register, shown: Comparison) -> Register:
        """Return the cities of ``shown``, made of ``found``; of what contradicts what stands there.

        Of the contradictions that are ``known`` those stay whose notes both stand in it.
        """
        columns = [city for topic in found.topics for city in topic.cities]
        notes = {n.handle: n for city in columns for cell in city.cells for n in cell.notes}
        marks = {handle: self._mark(note) for handle, note in notes.items()}
        against = {
            mark: tuple(
                Contradiction(
                    marks[one.handle],
                    self._code(one.city_code),
                    self._text(one.why, notes[handle]),
                )
                for one in known.contradictions.get(handle, ())
                if one.handle in marks
            )
            for handle, mark in marks.items()
        }
        cities = {city.city.code: city.city for topic in shown.topics for city in topic.cities}
        return Register(cities, {}, against)

    def _text(self, text: str, where: object, *, shapes: bool = True) -> str:
        self.left.extend(self.reader.left(text, where, shapes=shapes))
        pieces = self.reader.pieces(text)
        return "".join(p if isinstance(p, str) else self._called(p) for p in pieces)

    def _called(self, subject: Subject, times: int = 1) -> str:
        self.subjects[subject] += times
        return self.label(subject)

    def _named(self, kind: str, name: str) -> str:
        return self._called(self.reader.names.subject(kind, name)) if name else ""

    def _code(self, code: str) -> str:
        return f"{_OURS}{self.letters(Subject('city', code))}"

    def _mark(self, note: Note) -> str:
        return f"{self.number}-{self.lines.setdefault(note.id, len(self.lines) + 1)}"

    def _topic(self, found: ComparedTopic, classes: Mapping[str, str | None]) -> ComparedTopic:
        questions = {
            q.key: Question(q.key, q.number, self._words(q.ask, Address(found.topic.key, q.key)))
            for q in found.topic.questions
            if not is_of_one_visit(q.key)
        }
        at = Address(found.topic.key)
        title, short = self._words(found.topic.title, at), self._words(found.topic.short, at)
        topic = Topic(
            at.topic, found.topic.number, title, short, questions=tuple(questions.values())
        )
        columns = {self._code(city.city.code): city for city in found.cities}
        order = sorted(columns, key=lambda code: (len(code), code))
        cities = tuple(
            self._city(code, columns[code], topic, classes.get(columns[code].city.code))
            for code in order
        )
        across = {key: self._summary(one) for key, one in found.across.items()}
        return ComparedTopic(topic, cities, across)

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
        found = tuple(found)
        notes = tuple(self.note(note) for cell in found for note in cell.notes)
        answered = any(note.kind in ANSWERING_KINDS for note in notes)
        state = "answered" if answered else "not-stated"
        address = Address(topic.key, question.key if question else None)
        summary = self._summary(found[0].summary) if found[0].summary else None
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

    def _summary(self, found: StandingSummary) -> StandingSummary:
        summary = found.summary
        code = self._code(summary.city_code) if summary.city_code else None
        body = self._text(summary.body, found)
        bare = Summary(code, summary.address, body, summary.disclosure, "")
        return StandingSummary(bare, found.address, tuple(map(self.note, found.notes)), ())


def _common(place: Address) -> Address:
    return Address(place.topic) if is_of_one_visit(place.question) else place
