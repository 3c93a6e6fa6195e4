"""What people call a topic or a question at the head of a paragraph: its title, or its number."""

from collections.abc import Iterable, Iterator

from fieldvisit.fieldwork.guide import Address, Guide, Topic
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
