"""Where a text may belong: the topic or question whose words it shares. It only suggests."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fieldvisit.fieldwork.guide import Address, Guide, Topic, Words
from fieldvisit.text import key, normal

# Tried on the statements of the sample study: a title says more of a place than its questions,
# and a long question less for each of its words.
_WEIGHT_OF_TITLES, _WEIGHT_OF_LENGTH = 1.5, 0.3

_RUNS = re.compile(
    "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]+"
    "|[\u30a1-\u30fa\u30fc-\u30ff]+"
    "|[a-z0-9à-öø-ÿ]+"
)

_Weighed = dict[str, list[tuple[int, float]]]  # by term: the places by number, and how much


@lru_cache(maxsize=256)
def terms(text: str) -> frozenset[str]:
    """Return the terms of a text: pairs of kanji or of katakana, and Latin words case-folded."""
    found: set[str] = set()
    for run in _RUNS.findall(normal(text)):
        if run[0] >= "\u3000":
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        elif not run.isdecimal():
            found.add(run)
    return frozenset(found)


class LikelyPlaces:
    """The topics and questions of a visit's guides, by their titles, numbers and words."""

    def __init__(self, guides: Sequence[Guide]) -> None:
        topics = [topic for guide in guides for topic in guide.topics]
        self._named: dict[str, Address] = {}
        for title, place in (pair for topic in topics for pair in _titles(topic)):
            self._named.setdefault(key(title), place)
        self._named.pop("", None)
        words = [
            (Address(topic.key), _terms_of((topic.title, topic.short))) for topic in topics
        ] + [
            (Address(topic.key, one.key),
             _terms_of((one.ask, one.written, *(probe.ask for probe in one.probes))))
            for topic in topics
            for one in topic.questions
        ]  # fmt: skip
        self._places = [place for place, _found in words]
        at = {place.topic: at for at, place in enumerate(self._places[: len(topics)])}
        self._topics = [at[place.topic] for place in self._places]
        self._weighed = _weighed(words)
        self._last = frozenset[str](), dict[int, float]()  # the headings above the last text

    def named(self, heading: str) -> Address | None:
        """Return the topic or question that a heading names, None if it names none."""
        number, _blank, _rest = normal(heading).partition(" ")
        by_number = self._named.get(key(number)) if "/" in number else None
        return self._named.get(key(heading)) or by_number

    def suggested(self, text: str, headings: Sequence[str] = ()) -> Address | None:
        """Return the place whose words the text shares most, None if it shares none.

        ``headings`` count as words of it; the last one that names a place decides where to look.
        """
        named = next(filter(None, map(self.named, reversed(headings))), None)
        if named and named.question:
            return named
        known = frozenset[str]().union(*map(terms, headings))
        if known != self._last[0]:
            self._last = known, self._scores(known, {})
        scores = self._scores(terms(text) - known, self._last[1])
        best, most = named, 0.0
        for at, own in scores.items():
            topic = self._topics[at]
            if named is None or self._places[at].topic == named.topic:
                score = own if topic == at else own + scores.get(topic, 0.0)
                if score > most:
                    best, most = self._places[at], score
        return best

    def _scores(self, asked: frozenset[str], before: dict[int, float]) -> dict[int, float]:
        """Return how much terms say for each place, with what others said ``before``."""
        scores = before.copy()
        for term in asked & self._weighed.keys():
            for at, weight in self._weighed[term]:
                scores[at] = scores.get(at, 0.0) + weight
        return scores


def _weighed(words: Sequence[tuple[Address, frozenset[str]]]) -> _Weighed:
    """Return how much each term says for each place; those that few places have say more."""
    seen = Counter(term for _place, found in words for term in found)
    lengths = [len(found) for place, found in words if place.question]
    usual = max(sum(lengths), 1) / max(len(lengths), 1)
    weighed: _Weighed = {}
    for at, (place, found) in enumerate(words):
        longer = 1 + _WEIGHT_OF_LENGTH * (len(found) / usual - 1)
        share = 1 / longer if place.question else _WEIGHT_OF_TITLES
        for term in found:
            weight = math.log((1 + len(words)) / (1 + seen[term])) + 0.1
            weighed.setdefault(term, []).append((at, weight * share))
    return weighed


def _titles(topic: Topic) -> Iterator[tuple[str, Address]]:
    here = Address(topic.key)
    for title in (topic.title.ja, topic.title.en, topic.short.ja, topic.short.en):
        yield title, here
        yield f"{topic.number} {title}" if title else "", here
    for question in topic.questions:
        there = Address(topic.key, question.key)
        yield f"{topic.number}/{question.number}", there
        yield question.ask.ja, there
        yield question.ask.en, there


def _terms_of(words: Iterable[Words]) -> frozenset[str]:
    return frozenset(term for both in words for text in (both.ja, both.en) for term in terms(text))
