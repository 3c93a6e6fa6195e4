"""What a guide file may hold, said once: reading, JSON Schema and starter follow these tables."""

from typing import Literal

from msgspec import Struct

from fieldvisit.language import N_

Kind = Literal[
    "slug", "topic-key", "question-key", "version", "text", "words", "yes-no", "disclosure",
    "classes", "earlier-topics", "earlier-questions", "topics", "questions", "probes",
]  # fmt: skip

LARGEST = 1_000_000
DEEPEST = 20
LONGEST_KEY = 40
SLUG = r"[a-z0-9][a-z0-9-]*"
NAMED = rf"(?=.*[a-z]){SLUG}"
RESERVED_TOPIC = "unsorted"
RESERVED_QUESTION = "extra-"
PLACEHOLDER = "{city_you}"

EXPECTED: dict[Kind, str] = {
    "slug": N_("a short name of at most 40 small letters, digits and hyphens"),
    "topic-key": N_("a short name of at most 40 small letters, digits and hyphens, not a number"),
    "question-key": N_(
        "a short name of at most 40 small letters, digits and hyphens, not a number"
    ),
    "version": N_("a short text on one line"),
    "text": N_("text"),
    "words": N_("the text in Japanese (ja), in English (en) or in both"),
    "yes-no": N_("true or false"),
    "disclosure": N_("a level of disclosure"),
    "classes": N_("a list of classes of cities"),
    "earlier-topics": N_("a list of earlier names of the topic"),
    "earlier-questions": N_("a list of earlier names of the question"),
    "topics": N_("a list of topics, each after a hyphen"),
    "questions": N_("a list of questions, each after a hyphen"),
    "probes": N_("a list of follow-up questions, each after a hyphen"),
}


class Key(Struct, frozen=True):
    """One key of a mapping: its name in the file, what it takes, and where the value goes.

    ``means`` is one sentence (a msgid). ``example`` is YAML on one line, empty for lists of
    mappings. ``field`` is the name in `fieldwork.guide`, by default the key's own.
    """

    name: str
    kind: Kind
    means: str
    example: str = ""
    required: bool = False
    default: bool | None = None
    field: str = ""

    @property
    def target(self) -> str:
        """Return the name of the field that takes the value."""
        return self.field or self.name


class Level(Struct, frozen=True):
    """One kind of mapping in the file: what it is called (a msgid), and its keys in order.

    With ``needs_words``, `ja` or `en` must hold text.
    """

    name: str
    keys: tuple[Key, ...]
    needs_words: bool = False

    def key(self, name: str) -> Key | None:
        """Return the key of that name, None if the level has none."""
        return next((key for key in self.keys if key.name == name), None)


WORDS = Level(
    N_("a text in two languages"),
    (
        Key("ja", "text", N_("The text in Japanese."), '"…"'),
        Key("en", "text", N_("The text in English."), '"…"'),
    ),
    needs_words=True,
)

_FOR = N_(
    "The classes of cities it is meant for, or regional-hub for hubs of a regional area; "
    "without it, every city."
)

PROBE = Level(
    N_("a follow-up question"),
    (
        Key(
            "ja", "text", N_("The follow-up question as said aloud in Japanese."),
            '"具体的な例をお聞かせください。"',
        ),
        Key(
            "en", "text", N_("The follow-up question as said aloud in English."),
            '"Could you give an example?"',
        ),
        Key("for", "classes", _FOR, "[designated-city]", field="classes"),
    ),
    needs_words=True,
)  # fmt: skip

QUESTION = Level(
    N_("a question"),
    (
        Key(
            "question", "question-key",
            N_("Short name of the question, used once within its topic."),
            "first-question", required=True, field="key",
        ),
        Key(
            "for", "classes", _FOR, "[designated-city, core-city]", field="classes",
        ),
        Key(
            "gate", "words",
            N_("Ask only if this holds; it stands in brackets before the question."),
            '{ja: "導入されている場合", en: "if it is in use"}',
        ),
        Key(
            "common", "yes-no",
            N_("true = asked of every city, so that answers can be compared; never with for."),
            "true", default=False,
        ),
        Key(
            "send", "yes-no",
            N_("true = stands on the question sheet that goes to the city ahead of the visit."),
            "true", default=False,
        ),
        Key(
            "sensitive", "yes-no",
            N_("true = answers may be off the record; agree on that first. Never sent ahead."),
            "true", default=False,
        ),
        Key(
            "disclosure", "disclosure",
            N_("How open answers to this question are at first; without it, as for the topic."),
            "group",
        ),
        Key(
            "ask", "words", N_("The question as it is said aloud."),
            '{ja: "どのように進めていますか。", en: "How do you go about it?"}', required=True,
        ),
        Key(
            "written", "words",
            N_(
                "The question as it stands on the sheet sent ahead, where that differs; "
                "{city_you} becomes 貴市, 貴区, 貴町 or 貴村."
            ),
            '{ja: "{city_you}における進め方について、お聞かせください。"}',
        ),
        Key(
            "probes", "probes", N_("Follow-up questions, said aloud and never sent ahead."),
        ),
        Key(
            "was", "earlier-questions",
            N_(
                "Earlier names of the question, so that old answers line up; "
                "topic/name if it stood under another topic."
            ),
            "[old-name]",
        ),
    ),
)  # fmt: skip

TOPIC = Level(
    N_("a topic"),
    (
        Key(
            "topic", "topic-key",
            N_("Short name of the topic; it must mean the same throughout the study."),
            "first-topic", required=True, field="key",
        ),
        Key(
            "title", "words", N_("The topic in full."),
            '{ja: "最初の項目", en: "First topic"}', required=True,
        ),
        Key(
            "short", "words", N_("The topic in a few words, for the heads of tables."),
            '{ja: "最初", en: "First"}',
        ),
        Key(
            "disclosure", "disclosure",
            N_("How open answers under this topic are at first; without it, as for the guide."),
            "confirm",
        ),
        Key(
            "was", "earlier-topics",
            N_("Earlier names of the topic, so that old answers line up."), "[old-topic]",
        ),
        Key("questions", "questions", N_("The questions under the topic, in order.")),
    ),
)  # fmt: skip

GUIDE = Level(
    N_("a guide"),
    (
        Key(
            "guide", "slug", N_("Short name of the guide: the file's name without .yaml."),
            "my-guide", required=True, field="slug",
        ),
        Key(
            "version", "version",
            N_("Your own version; change it when you change questions."), '"1"', required=True,
        ),
        Key(
            "title", "words", N_("The guide's title."),
            '{ja: "ヒアリング項目", en: "Interview guide"}', required=True,
        ),
        Key(
            "source", "words", N_("Where the questions come from."),
            '{ja: "研究会での議論", en: "Discussion in the study group"}',
        ),
        Key(
            "disclosure", "disclosure",
            N_(
                "How open answers are at first: public, confirm, anonymous, group or off-record; "
                "without it, confirm."
            ),
            "confirm",
        ),
        Key("topics", "topics", N_("The topics, in order."), required=True),
    ),
)  # fmt: skip

LISTED: dict[Kind, Level] = {"topics": TOPIC, "questions": QUESTION, "probes": PROBE}
