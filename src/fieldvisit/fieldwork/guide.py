"""The interview guide: topics in order, questions under them, probes under those."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import language


class Words(Struct, frozen=True):
    """The same words in both languages; one of them may be missing, then the other stands in."""

    ja: str = ""
    en: str = ""

    def __str__(self) -> str:
        """Return the words in the language in use."""
        return (self.ja or self.en) if language.current() == "ja" else (self.en or self.ja)

    def __bool__(self) -> bool:
        """Tell whether there are any words."""
        return bool(self.ja or self.en)


NO_WORDS = Words()


class Address(Struct, frozen=True):
    """Where a note or a mark stands: a topic, or a question under it."""

    topic: str
    question: str | None = None

    def __str__(self) -> str:
        """Return `topic` or `topic/question`."""
        return self.topic if self.question is None else f"{self.topic}/{self.question}"

    def covers(self, other: "Address") -> bool:
        """Tell whether ``other`` is this place or, if this is a topic, lies under it."""
        return self == other or (self.question is None and self.topic == other.topic)

    @classmethod
    def read(cls, text: str) -> "Address":
        """Return the address that ``str`` made."""
        topic, _slash, question = text.partition("/")
        return cls(topic, question or None)


class Probe(Struct, frozen=True):
    """A follow-up question (深掘り), said aloud; ``classes`` empty = for every city."""

    ask: Words
    classes: tuple[str, ...] = ()


class Question(Struct, frozen=True):
    """One question. ``ask`` is spoken, ``written`` stands on the sheet sent ahead.

    ``number`` is the guide's, from 1 within its topic. ``classes`` (classes or attributes of
    cities; empty = all) says whom it is for, ``gate`` under what condition it is asked.
    ``was`` holds earlier addresses of the same question.
    """

    key: str
    number: int
    ask: Words
    written: Words = NO_WORDS
    probes: tuple[Probe, ...] = ()
    classes: tuple[str, ...] = ()
    gate: Words = NO_WORDS
    common: bool = False
    send: bool = False
    sensitive: bool = False
    disclosure: str = ""
    was: tuple[str, ...] = ()

    def named(self, key: str) -> "Question":
        """Return the question under that key: the same one where it goes by it already."""
        return self if key == self.key else replace(self, key=key)


class Topic(Struct, frozen=True):
    """One topic with its questions; ``short`` is for table heads, ``number`` counts from 1."""

    key: str
    number: int
    title: Words
    short: Words = NO_WORDS
    disclosure: str = ""
    was: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def label(self) -> Words:
        """Return the short title, or the full one where there is none."""
        return self.short or self.title

    @property
    def places(self) -> tuple[Address, ...]:
        """Return the address of the topic as such, then those of its questions."""
        return Address(self.key), *(Address(self.key, question.key) for question in self.questions)

    def question(self, key: str) -> Question | None:
        """Return the question with that key, None if there is none."""
        return next((q for q in self.questions if q.key == key), None)


class Guide(Struct, frozen=True):
    """An interview guide as one file holds it; ``sha256`` is of the file's bytes."""

    slug: str
    version: str
    title: Words
    source: Words = NO_WORDS
    disclosure: str = ""
    topics: tuple[Topic, ...] = ()
    sha256: str = ""

    def topic(self, key: str) -> Topic | None:
        """Return the topic with that key, None if there is none."""
        return next((t for t in self.topics if t.key == key), None)

    def addresses(self) -> Iterator[Address]:
        """Yield the address of every question, in the guide's order."""
        for topic in self.topics:
            for question in topic.questions:
                yield Address(topic.key, question.key)
