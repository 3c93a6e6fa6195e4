"""A comparison without names: what is not carried over here does not reach the output."""

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork.anonymity.labels import label
from fieldvisit.fieldwork.anonymity.names import Names, Subject
from fieldvisit.fieldwork.anonymity.replacing import Replacer, set_apart
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import (
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
)
from fieldvisit.fieldwork.guide import Question, Topic, Words
from fieldvisit.fieldwork.note import Contradiction, Note, Source
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.summary import Staleness, StandingSummary, Summary
from fieldvisit.fieldwork.visit import Participant, Visit

_NAMELESS_VISIT = Visit("", "", "")
_OURS = "99-"  # a code of ours is printed nowhere; behind it the letters of the city


class Anonymiser(Struct, frozen=True):
    """Takes the names out of a comparison.

    ``replacer`` finds the ``names``; ``letters`` says what was drawn for a subject, ``mark`` what
    for a note by its id; ``classes`` is the class of each city by code. Labels stay set apart until
    nothing is found to be left.
    """

    names: Names
    replacer: Replacer
    letters: Callable[[Subject], str]
    mark: Callable[[str], str]
    classes: Mapping[str, str | None] = field(default_factory=dict)

    def comparison(self, found: Comparison) -> Comparison:
        """Return the comparison, cities in the order of their letters."""
        return Comparison(found.audience, tuple(map(self._topic, found.topics)), anonymised=True)

    def register(self, found: Comparison, known: Register) -> Register:
        """Return the cities of the comparison by the codes that its notes have now.

        Of the contradictions that are ``known`` those stay whose notes both stand in it.
        """
        columns = [city for topic in found.topics for city in topic.cities]
        cities = {city.city.code: city.city for city in columns}
        notes = [note for city in columns for cell in city.cells for note in cell.notes]
        marks = {note.handle: self.mark(note.id) for note in notes}
        contradictions = {
            marks[handle]: tuple(
                Contradiction(
                    marks[one.handle],
                    self._code(one.city_code),
                    self._text(one.why),
                )
                for one in against
                if one.handle in marks
            )
            for handle, against in known.contradictions.items()
            if handle in marks
        }
        return Register(
            {self._code(code): self.city(cities[code]) for code in cities}, {}, contradictions
        )

    def _text(self, text: str) -> str:
        return self.replacer.text(text, self._label)

    def _words(self, words: Words) -> Words:
        return Words(self._text(words.ja), self._text(words.en))

    def _label(self, subject: Subject) -> str:
        return label(self.names, subject, self.letters(subject))

    def _code(self, code: str) -> str:
        return f"{_OURS}{self.letters(Subject('city', code))}"

    def city(self, city: City) -> City:
        """Return a city by its letters, with its class and nothing else."""
        name = set_apart(self._label(Subject("city", city.code)))
        kind = self.classes.get(city.code)
        held = (CityAttribute(kind),) if kind else ()
        return City(self._code(city.code), "", name, "", "", attributes=held)

    def _topic(self, found: ComparedTopic) -> ComparedTopic:
        questions = {q.key: self._question(q) for q in found.topic.questions}
        words = self._words
        topic = Topic(
            found.topic.key,
            found.topic.number,
            words(found.topic.title),
            words(found.topic.short),
            questions=tuple(questions.values()),
        )
        cities = [self._city(city, questions) for city in found.cities]
        across = {key: self._summary(one) for key, one in found.across.items()}
        return ComparedTopic(topic, tuple(sorted(cities, key=lambda c: c.city.code)), across)

    def _question(self, question: Question) -> Question:
        return Question(question.key, question.number, self._words(question.ask))

    def _city(self, found: ComparedCity, questions: Mapping[str, Question]) -> ComparedCity:
        """Return a city's column; its visits only tell that there were some."""
        return ComparedCity(
            self.city(found.city),
            (_NAMELESS_VISIT,) if found.visits else (),
            found.state,
            found.counts,
            tuple(self._cell(cell, questions) for cell in found.cells),
            self._cell(found.whole, questions),
        )

    def _cell(self, cell: ComparedCell, questions: Mapping[str, Question]) -> ComparedCell:
        return ComparedCell(
            questions[cell.question.key] if cell.question else None,
            self._standing(cell.standing),
            tuple(map(self.note, cell.notes)),
            self._summary(cell.summary) if cell.summary else None,
        )

    def _standing(self, found: Standing) -> Standing:
        return replace(found, reason=self._text(found.reason))

    def note(self, note: Note) -> Note:
        """Return a note whose handle is its mark, with what may be said of where it is from."""
        text = self._text
        return Note(
            id="",
            handle=self.mark(note.id),
            city_code=self._code(note.city_code),
            visit_id=None,
            kind=note.kind,
            body=text(note.body),
            disclosure=note.disclosure,
            by="",
            places=note.places,
            speaker=self._speaker(note.speaker) if note.speaker else None,
            as_of=text(note.as_of),
            source=Source(text(note.source.title), "", text(note.source.date)),
            tags=tuple(map(text, note.tags)),
            mode=note.mode,
            on_day=note.on_day,
            material=note.material,
            page=text(note.page),
            confirmed=note.confirmed,
            deleted=note.deleted,
            number=note.number,
        )

    def _speaker(self, person: Participant) -> Participant:
        return Participant(
            "",
            person.side,
            self._named("person", person.name),
            self._named("department", person.department),
            self._text(person.position),
        )

    def _named(self, kind: str, name: str) -> str:
        return set_apart(self._label(self.names.subject(kind, name))) if name else ""

    def _summary(self, found: StandingSummary) -> StandingSummary:
        summary = found.summary
        code = self._code(summary.city_code) if summary.city_code else None
        return StandingSummary(
            Summary(
                code,
                summary.address,
                self._text(summary.body),
                summary.disclosure,
                "",
                number=summary.number,
            ),
            found.address,
            tuple(map(self.note, found.notes)),
            tuple(Staleness(one.why, self.note(one.note)) for one in found.stale),
        )
