"""An item as a person sees it: with its question, and word by word with what stands there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import NO_BREAK
from fieldvisit.review.item import Item

T = TypeVar("T", Topic, Question)


class Places:
    """Topics by the guide's numbers; where those of several guides meet, they are counted through.

    Questions go the same way within their topic.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics: Mapping[int, Topic] = dict(_numbered(topics))

    @staticmethod
    def questions(topic: Topic) -> Mapping[int, Question]:
        """Return the questions of a topic by number."""
        return dict(_numbered(topic.questions))

    def words(self, place: Address | None) -> str:
        """Return number and words of a place; one that the guides do not have by its keys."""
        for number, topic in self.topics.items():
            if place == Address(topic.key):
                return f"{number}{NO_BREAK}{topic.label}"
            for at, question in self.questions(topic).items():
                if place == Address(topic.key, question.key):
                    return f"{number}/{at}{NO_BREAK}{question.ask}"
        return str(place) if place else ""

    def short(self, place: Address | None) -> str:
        """Return the number of a place and the short title of its topic."""
        for topic in self.topics.values():
            if place and place.topic == topic.key:
                return f"{self.words(place).partition(NO_BREAK)[0]}{NO_BREAK}{topic.label}"
        return self.words(place)


class Seen(Struct, frozen=True):
    """An item and what a person has to see with it.

    ``visit`` and ``city`` (its name) are whose it is, if the file says. ``target`` names what it
    is about (a note by its handle, a summary by its place), ``before`` is the text that stands
    there, ``in_words_of_others`` whose words that are, ``level`` how open it is; None and empty
    where it is about nothing yet.
    """

    item: Item
    visit: Visit | None
    city: str
    places: Places
    target: str = ""
    before: str | None = None
    level: str = ""
    in_words_of_others: bool = False


def _numbered(parts: Sequence[T]) -> Iterator[tuple[int, T]]:
    unique = len({part.number for part in parts}) == len(parts)
    yield from ((part.number if unique else at, part) for at, part in enumerate(parts, 1))


# A number with its points stays whole, and so does a run of one script; all else goes by signs.
_WORD = r"[0-9０-９][0-9０-９.,．，]*|[^\W\d_一-鿿ぁ-ゖァ-ヺー]+|[ァ-ヺー]+|[一-鿿々]+|\s+|."


class Part(Struct, frozen=True):
    """A run of a text: ``how`` is `same`, `gone` (only before) or `new` (only after)."""

    how: str
    text: str


def difference(before: str, after: str) -> tuple[Part, ...]:
    """Return the parts: without the new ones they are ``before``, without those gone ``after``."""
    from difflib import SequenceMatcher

    old, new = (re.findall(_WORD, text, re.DOTALL) for text in (before, after))
    found: list[Part] = []
    for how, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        found.append(Part("same" if how == "equal" else "gone", "".join(old[start:end])))
        if how != "equal":
            found.append(Part("new", "".join(new[first:last])))
    return tuple(part for part in found if part.text)
