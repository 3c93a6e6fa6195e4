"""Where a note without a topic may belong: the topic or question whose words it shares."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.text import key, normal


class Titles:
    """Knows the topics and questions of guides by title and number; the first guide comes first."""

    def __init__(self, guides: Iterable[Guide]) -> None:
        self._places: dict[str, Address] = {}
        for guide in guides:
            for topic in guide.topics:
                for title, place in _titles(topic):
                    self._places.setdefault(key(title), place)
        self._places.pop("", None)

    def find(self, heading: str) -> Address | None:
        """Return the topic or question that a heading names, None if it names none."""
        number, _blank, _rest = normal(heading).partition(" ")
        by_number = self._places.get(key(number)) if "/" in number else None
        return self._places.get(key(heading)) or by_number


def _titles(topic: Topic) -> Iterator[tuple[str, Address]]:
    here = Address(topic.key)
    for title in (topic.title.ja, topic.title.en, topic.short.ja, topic.short.en):
        if title:
            yield title, here
            yield f"{topic.number} {title}", here
    for question in topic.questions:
        there = Address(topic.key, question.key)
        yield f"{topic.number}/{question.number}", there
        yield question.ask.ja, there
        yield question.ask.en, there


# Tried on the statements of the sample study. A note that was filed there says less of a question
# than the question itself, a title more, and a long question less for each of its words.
_WEIGHT_OF_NOTES, _WEIGHT_OF_TITLES, _WEIGHT_OF_LENGTH = 0.5, 1.5, 0.3

_RUNS = re.compile(
    "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]+"
    "|[\u30a1-\u30fa\u30fc-\u30ff]+"
    "|[a-z0-9à-öø-ÿ]+"
)


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text: pairs of kanji or of katakana, and Latin words case-folded."""
    for run in _RUNS.findall(normal(text)):
        if run[0] < "\u3000":
            yield from () if run.isdecimal() else (run,)
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


class Suggester:
    """Knows the words of a visit's guides, and those of notes that were filed under them.

    Terms that few questions have weigh more.
    """

    def __init__(self, guides: Sequence[Guide]) -> None:
        self._named = Titles(guides)
        self._titles: dict[str, frozenset[str]] = {}
        self._questions: dict[Address, frozenset[str]] = {}
        self._notes: dict[Address, Counter[str]] = {}
        for guide in guides:
            for topic in guide.topics:
                self._titles[topic.key] = _terms_of((topic.title, topic.short))
                for question in topic.questions:
                    place = Address(topic.key, question.key)
                    self._questions[place] = _terms_of(_words_of(question))
        self._seen = Counter(term for found in self._questions.values() for term in found)
        self._seen.update(term for found in self._titles.values() for term in found)
        lengths = [len(found) for found in self._questions.values()]
        self._usual_length = max(sum(lengths), 1) / max(len(lengths), 1)

    def learn(self, text: str, places: Iterable[Address], times: int = 1) -> None:
        """Take in a note that was filed under ``places``; with ``times`` -1 forget it again."""
        counted = Counter(dict.fromkeys(terms(text), times))
        for place in places:
            self._notes.setdefault(place, Counter()).update(counted)

    def suggest(self, text: str, tags: Sequence[str] = ()) -> Address | None:
        """Return the place whose words the text shares most, None if it shares none.

        A topic is returned where none of its questions shares a word more than the title does.
        ``tags`` count as words of the text; the last one that names a place decides where to look.
        """
        named = next(filter(None, map(self._named.find, reversed(tags))), None)
        if named and named.question:
            return named
        asked = frozenset(terms("\n".join((text, *tags))))
        return self._best(asked, named.topic if named else "") or named

    def _best(self, asked: frozenset[str], topic: str) -> Address | None:
        best: tuple[float, Address | None] = (0.0, None)
        for place in self._places():
            if topic and place.topic != topic:
                continue
            best = max(best, (self._score(asked, place), place), key=lambda pair: pair[0])
        return best[1]

    def _score(self, asked: frozenset[str], place: Address) -> float:
        title = _WEIGHT_OF_TITLES * self._shared(asked, self._titles[place.topic])
        if place.question is None:
            return title + self._of_notes(asked, place)
        words = self._questions[place]
        longer = len(words) / self._usual_length - 1
        own = self._shared(asked, words) / (1 + _WEIGHT_OF_LENGTH * longer)
        own += self._of_notes(asked, place)
        return title + own if own else 0.0

    def _places(self) -> Iterator[Address]:
        for topic in self._titles:
            yield Address(topic)
            yield from (place for place in self._questions if place.topic == topic)

    def _of_notes(self, asked: frozenset[str], place: Address) -> float:
        own = self._questions.get(place, self._titles[place.topic])
        known = self._notes.get(place, Counter())
        found = {term for term in asked - own if known[term] > 0}
        return _WEIGHT_OF_NOTES * self._shared(asked, found)

    def _shared(self, asked: frozenset[str], known: Iterable[str]) -> float:
        return sum(self._weight(term) for term in asked.intersection(known))

    def _weight(self, term: str) -> float:
        everything = len(self._questions) + len(self._titles)
        return math.log((1 + everything) / (1 + self._seen[term])) + 0.1


def _words_of(question: Question) -> Iterator[Words]:
    yield from (question.ask, question.written, *(probe.ask for probe in question.probes))


def _terms_of(words: Iterable[Words]) -> frozenset[str]:
    return frozenset(term for both in words for text in _both(both) for term in terms(text))


def _both(words: Words) -> tuple[str, str]:
    return words.ja, words.en
