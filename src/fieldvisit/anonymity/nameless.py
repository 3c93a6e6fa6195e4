"""A comparison without names: what is not carried over here does not reach the output.

Neither do states, marks, counts, days, sources and facts: each would tell one city from others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

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

_OURS = "99-"  # a code of ours is printed nowhere; behind it the letters of the city


class Nameless(Struct, frozen=True):
    """Takes the names out of a comparison, for the output of that ``number``.

    ``drawn`` are the letters that stand for a subject, and the label they make; none = a trial.
    What it meets is taken down: ``lines`` (the notes by id, the first is line 1), how often each of
    the ``subjects`` stood in a text, and what is ``left``.
    """

    search: Search
    drawn: Mapping[Subject, tuple[str, str]] = {}
    number: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    subjects: Counter[Subject] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)

    def shown(
        self, found: Comparison, known: Register, classes: Mapping[str, str | None]
    ) -> tuple[Comparison, Register]:
        """Return the comparison, cities in the order of their letters, and what stands with it.

        ``classes`` are those of the cities by code; one stands where three of them share it. Of the
        contradictions that are ``known`` those stay whose notes both stand in it.
        """
        columns = [city for topic in found.topics for city in topic.cities]
        shared = Counter(classes[code] for code in {city.city.code for city in columns})
        told = {code: kind for code, kind in classes.items() if shared[kind] >= SHARED}
        topics = tuple(self._topic(topic, told) for topic in found.topics)
        cities = {city.city.code: city.city for topic in topics for city in topic.cities}
        notes = {n.handle: n for city in columns for cell in city.cells for n in cell.notes}
        against = {
            self._mark(note): tuple(
                Contradiction(
                    self._mark(notes[one.handle]),
                    self._code(one.city_code),
                    self._text(one.why, note),
                )
                for one in known.contradictions.get(note.handle, ())
                if one.handle in notes
            )
            for note in notes.values()
        }
        comparison = Comparison(found.audience, topics, anonymised=True)
        return comparison, Register(cities, {}, against)

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
