"""The interview guide: topics in order, questions under them, probes under those.

What a guide file may hold is declared here too: a field with a description (a msgid) is a key of
the file, and its type says what the key takes. Reading, JSON Schema and starter follow. A kept
guide is decoded without these rules, so that a stricter one locks out no visit.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta, Struct

from fieldvisit import language
from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.terms import ATTRIBUTES, DISCLOSURES
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import N_, _

SLUG = "[a-z0-9][a-z0-9-]{0,39}"
_NAME = f"(?=[0-9-]*[a-z]){SLUG}"
_UNSORTED = {
    "unsorted(/.*)?": N_(
        "“unsorted” is what notes without a topic are filed under. Choose another name."
    )
}
_EXTRA = {
    "([^/]*/)?extra-.*": N_(
        "Names that begin with “extra-” are kept for questions of a single visit."
    )
}


def _key(means: str, example: str = "", name: str = "") -> Meta:
    """Declare a key; ``example`` is YAML on one line, ``name`` the key's where not the field's."""
    return Meta(description=means, extra={"example": example, "name": name})


def _listed(expected: str, means: str, at_least: int = 0) -> Meta:
    """Declare a key that takes a list of mappings."""
    return Meta(title=expected, description=means, extra_json_schema={"minItems": at_least})


def _named(expected: str, pattern: str, reserved: dict[str, str] | None = None) -> Meta:
    """Allow what fits ``pattern``; ``reserved`` maps a pattern to why that does not."""
    shape = {"pattern": f"^{pattern}$"}
    return Meta(title=expected, extra_json_schema=shape, extra={"reserved": reserved or {}})


def _one_of(known: Vocabulary) -> Meta:
    return Meta(extra_json_schema={"enum": list(known)}, extra={"vocabulary": known})


def _set(expected: str) -> Meta:
    return Meta(title=expected, extra_json_schema={"uniqueItems": True})


_SHORT_NAME = N_("a short name of at most 40 small letters, digits and hyphens, not a number")
_EARLIER = f"((?!unsorted/){_NAME}/)?(?!extra-){_NAME}"

Slug = Annotated[
    str, _named(N_("a short name of at most 40 small letters, digits and hyphens"), SLUG)
]
TopicKey = Annotated[str, _named(_SHORT_NAME, f"(?!unsorted$){_NAME}", _UNSORTED)]
QuestionKey = Annotated[str, _named(_SHORT_NAME, f"(?!extra-){_NAME}", _EXTRA)]
EarlierKey = Annotated[str, _named(_SHORT_NAME, _EARLIER, _UNSORTED | _EXTRA)]
EarlierTopics = Annotated[tuple[TopicKey, ...], _set(N_("a list of earlier names of the topic"))]
EarlierQuestions = Annotated[
    tuple[EarlierKey, ...], _set(N_("a list of earlier names of the question"))
]
# An editor takes 1.10 without quotation marks for a number; here it stays as typed.
Version = Annotated[
    str,
    _named(N_("a short text on one line"), r"\s*\S[^\n\u2028\u2029]{0,39}\s*"),
    Meta(extra_json_schema={"type": ["string", "number"]}),
]
Text = Annotated[str, Meta(title=N_("text"))]
YesNo = Annotated[bool, Meta(title=N_("true or false"))]
Disclosure = Annotated[str, _one_of(DISCLOSURES), Meta(title=N_("a level of disclosure"))]
Classes = Annotated[
    tuple[Annotated[str, _one_of(ATTRIBUTES)], ...],
    _set(N_("a list of classes of cities")),
    _key(
        N_(
            "The classes of cities it is meant for, or regional-hub for hubs of a regional area; "
            "without it, every city."
        ),
        "[designated-city, core-city]",
        "for",
    ),
]


class Part(Struct, frozen=True):
    """What a file writes as a mapping; ``called`` says what it is (a msgid)."""

    called: ClassVar[str] = ""


class Words(Part, frozen=True):
    """The same words in both languages; one of them may be missing, then the other stands in."""

    called = N_("a text in two languages")

    ja: Annotated[Text, _key(
        N_("The text in Japanese."), '"具体的な例をお聞かせください。"'
    )] = ""  # fmt: skip
    en: Annotated[Text, _key(
        N_("The text in English."), '"Could you give an example?"'
    )] = ""  # fmt: skip

    def __str__(self) -> str:
        """Return the words in the language in use."""
        return (self.ja or self.en) if language.current() == "ja" else (self.en or self.ja)

    def __bool__(self) -> bool:
        """Tell whether there are any words."""
        return bool(self.ja or self.en)


NO_WORDS = Words()
Spoken = Annotated[Words, Meta(title=N_("the text in Japanese (ja), in English (en) or in both"))]


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


class Probe(Part, frozen=True):
    """A follow-up question (深掘り), said aloud; ``classes`` empty = for every city.

    In the file the words stand beside ``for``.
    """

    called = N_("a follow-up question")

    ask: Words
    classes: Classes = ()


class Question(Part, frozen=True):
    """One question. ``ask`` is spoken, ``written`` stands on the sheet sent ahead.

    ``number`` is the guide's, from 1 within its topic. ``classes`` (classes or attributes of
    cities; empty = all) says whom it is for, ``gate`` under what condition it is asked.
    ``was`` holds earlier addresses of the same question.
    """

    called = N_("a question")

    key: Annotated[QuestionKey, _key(
        N_("Short name of the question, used once within its topic."), "first-question", "question"
    )]  # fmt: skip
    number: int
    ask: Annotated[Spoken, _key(
        N_("The question as it is said aloud."),
        '{ja: "どのように進めていますか。", en: "How do you go about it?"}',
    )]  # fmt: skip
    written: Annotated[Spoken, _key(
        N_(
            "The question as it stands on the sheet sent ahead, where that differs; "
            "{city_you} becomes 貴市, 貴区, 貴町 or 貴村."
        ),
        '{ja: "{city_you}における進め方について、お聞かせください。"}',
    )] = NO_WORDS  # fmt: skip
    probes: Annotated[tuple[Probe, ...], _listed(
        N_("a list of follow-up questions, each after a hyphen"),
        N_("Follow-up questions, said aloud and never sent ahead."),
    )] = ()  # fmt: skip
    classes: Classes = ()
    gate: Annotated[Spoken, _key(
        N_("Ask only if this holds; it stands in brackets before the question."),
        '{ja: "導入されている場合", en: "if it is in use"}',
    )] = NO_WORDS  # fmt: skip
    common: Annotated[YesNo, _key(
        N_("true = asked of every city, so that answers can be compared; never with for."), "true"
    )] = False  # fmt: skip
    send: Annotated[YesNo, _key(
        N_("true = stands on the question sheet that goes to the city ahead of the visit."), "true"
    )] = False  # fmt: skip
    sensitive: Annotated[YesNo, _key(
        N_("true = answers may be off the record; agree on that first. Never sent ahead."), "true"
    )] = False  # fmt: skip
    disclosure: Annotated[Disclosure, _key(
        N_("How open answers to this question are at first; without it, as for the topic."), "group"
    )] = ""  # fmt: skip
    was: Annotated[EarlierQuestions, _key(
        N_(
            "Earlier names of the question, so that old answers line up; "
            "topic/name if it stood under another topic."
        ),
        "[old-name]",
    )] = ()  # fmt: skip


class Topic(Part, frozen=True):
    """One topic with its questions; ``short`` is for table heads, ``number`` counts from 1."""

    called = N_("a topic")

    key: Annotated[TopicKey, _key(
        N_("Short name of the topic; it must mean the same throughout the study."),
        "first-topic", "topic",
    )]  # fmt: skip
    number: int
    title: Annotated[Spoken, _key(
        N_("The topic in full."), '{ja: "最初の項目", en: "First topic"}'
    )]  # fmt: skip
    short: Annotated[Spoken, _key(
        N_("The topic in a few words, for the heads of tables."), '{ja: "最初", en: "First"}'
    )] = NO_WORDS  # fmt: skip
    disclosure: Annotated[Disclosure, _key(
        N_("How open answers under this topic are at first; without it, as for the guide."),
        "confirm",
    )] = ""  # fmt: skip
    was: Annotated[EarlierTopics, _key(
        N_("Earlier names of the topic, so that old answers line up."), "[old-topic]"
    )] = ()  # fmt: skip
    questions: Annotated[tuple[Question, ...], _listed(
        N_("a list of questions, each after a hyphen"),
        N_("The questions under the topic, in order."),
    )] = ()  # fmt: skip

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


class Guide(Part, frozen=True):
    """An interview guide as one file holds it; ``sha256`` is of the file's bytes."""

    called = N_("a guide")

    slug: Annotated[Slug, _key(
        N_("Short name of the guide: the file's name without .yaml."), "my-guide", "guide"
    )]  # fmt: skip
    version: Annotated[Version, _key(
        N_("Your own version; change it when you change questions."), '"1"'
    )]  # fmt: skip
    title: Annotated[Spoken, _key(
        N_("The guide's title."), '{ja: "ヒアリング項目", en: "Interview guide"}'
    )]  # fmt: skip
    source: Annotated[Spoken, _key(
        N_("Where the questions come from."),
        '{ja: "研究会での議論", en: "Discussion in the study group"}',
    )] = NO_WORDS  # fmt: skip
    disclosure: Annotated[Disclosure, _key(
        N_(
            "How open answers are at first: public, confirm, anonymous, group or off-record; "
            "without it, confirm."
        ),
        "confirm",
    )] = ""  # fmt: skip
    topics: Annotated[tuple[Topic, ...], _listed(
        N_("a list of topics, each after a hyphen"), N_("The topics, in order."), at_least=1
    )] = ()  # fmt: skip
    sha256: str = ""

    def topic(self, key: str) -> Topic | None:
        """Return the topic with that key, None if there is none."""
        return next((t for t in self.topics if t.key == key), None)

    def addresses(self) -> Iterator[Address]:
        """Return the address of every question, in the guide's order."""
        return (place for topic in self.topics for place in topic.places[1:])


def to_json(guide: Guide) -> str:
    """Return ``guide`` as compact JSON; the same guide always gives the same text."""
    return msgspec.json.encode(guide).decode()


def from_json(text: str) -> Guide:
    """Return the guide that ``to_json`` wrote; BadGuide if ``text`` is something else."""
    try:
        return msgspec.json.decode(text, type=Guide)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise BadGuide(
            _("A guide that a visit kept is damaged."), _("Look at the study: fieldvisit check")
        ) from fault
