"""One value of a guide file -> the value of the field, or what was expected instead."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.terms import ATTRIBUTES, DISCLOSURES
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.guide_files.format import (
    EXPECTED,
    LONGEST_KEY,
    NAMED,
    PLACEHOLDER,
    RESERVED_QUESTION,
    RESERVED_TOPIC,
    SLUG,
    Key,
    Kind,
)
from fieldvisit.guide_files.nodes import Listing, Node, Text, shortened
from fieldvisit.guide_files.suggestions import closest_term, did_you_mean
from fieldvisit.language import _, together


class NotThat(BadGuide):
    """The value is not what the key takes; ``sentence`` says so, about ``line``."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def value(node: Node, key: Key) -> object:
    """Return the value that ``node`` gives to a key that takes text, one word or a list of words.

    Raises NotThat.
    """
    if key.kind in _ENTRIES:
        return _words_of_list(node, key)
    if not isinstance(node, Text):
        raise unexpected(node, key)
    return _READERS[key.kind](node, key)


def unexpected(node: Node, key: Key) -> NotThat:
    """Return the complaint that ``key`` takes something else than ``node``."""
    if isinstance(node, Text):
        found = _("“{text}”").format(text=shortened(node.value)) if node.value else _("nothing")
    else:
        found = _("a list") if isinstance(node, Listing) else _("keys with values")
    is_empty = isinstance(node, Listing) and not node.items
    sentence = (
        _("The list of “{key}” is empty; it takes {expected}.")
        if is_empty
        else _("“{key}” takes {expected}; here stands {found}.")
    ).format(key=key.name, expected=_(EXPECTED[key.kind]), found=found)
    if key.example:
        example = _("For example: {example}").format(example=f"{key.name}: {key.example}")
        sentence = together(sentence, example)
    return NotThat(node.line, sentence)


def _text(node: Text, _key: Key) -> str:
    for character in node.value:
        if _cannot_be_kept(character):
            raise NotThat(
                node.line,
                _("The text holds a character that cannot be kept ({code}). Take it out.").format(
                    code=f"U+{ord(character):04X}"
                ),
            )
    if set("{}") & set(node.value.replace(PLACEHOLDER, "")):
        raise NotThat(
            node.line,
            _("The only thing that may stand in braces in a text is {placeholder}.").format(
                placeholder=PLACEHOLDER
            ),
        )
    return node.value.strip()


def _cannot_be_kept(character: str) -> bool:
    return character in "\ufffe\uffff" or (
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
    )


def _one_line(node: Text, key: Key) -> str:
    text = _text(node, key)
    if not text or len(text.splitlines()) > 1 or len(text) > LONGEST_KEY:
        raise unexpected(node, key)
    return text


def _yes_no(node: Text, key: Key) -> bool:
    if node.value not in {"true", "false"}:
        raise unexpected(node, key)
    return node.value == "true"


def _slug(node: Text, key: Key) -> str:
    if len(node.value) > LONGEST_KEY or not re.fullmatch(SLUG, node.value):
        raise unexpected(node, key)
    return node.value


def _name(node: Text, key: Key) -> str:
    if not re.fullmatch(NAMED, _slug(node, key)):
        raise unexpected(node, key)
    if node.value == RESERVED_TOPIC:
        raise NotThat(
            node.line,
            _("“unsorted” is what notes without a topic are filed under. Choose another name."),
        )
    return node.value


def _question_name(node: Text, key: Key) -> str:
    if not re.fullmatch(NAMED, _slug(node, key)):
        raise unexpected(node, key)
    if node.value.startswith(RESERVED_QUESTION):
        raise NotThat(
            node.line,
            _("Names that begin with “extra-” are kept for questions of a single visit."),
        )
    return node.value


def _earlier_question(node: Text, key: Key) -> str:
    topic, slash, question = node.value.rpartition("/")
    if slash:
        _name(Text(node.line, topic), key)
    _question_name(Text(node.line, question), key)
    return node.value


def _one_of(vocabulary: Vocabulary) -> Callable[[Text, Key], str]:
    def read(node: Text, _key: Key) -> str:
        if node.value in vocabulary:
            return node.value
        sentence = _("“{text}” is not a known {name}. Allowed: {values}.").format(
            text=shortened(node.value),
            name=_(vocabulary.name),
            values=vocabulary.listed(),
        )
        guess = did_you_mean(closest_term(node.value, vocabulary))
        raise NotThat(node.line, together(sentence, guess))

    return read


def _words_of_list(node: Node, key: Key) -> tuple[str, ...]:
    if not isinstance(node, Listing):
        raise unexpected(node, key)
    return tuple(_distinct(node, key))


def _distinct(node: Listing, key: Key) -> Iterator[str]:
    seen: set[str] = set()
    for item in node.items:
        if not isinstance(item, Text):
            raise unexpected(item, key)
        word = _ENTRIES[key.kind](item, key)
        if word in seen:
            raise NotThat(item.line, _("“{word}” stands in the list twice.").format(word=word))
        seen.add(word)
        yield word


_READERS: dict[Kind, Callable[[Text, Key], object]] = {
    "slug": _slug,
    "topic-key": _name,
    "question-key": _question_name,
    "version": _one_line,
    "text": _text,
    "yes-no": _yes_no,
    "disclosure": _one_of(DISCLOSURES),
}
_ENTRIES: dict[Kind, Callable[[Text, Key], str]] = {
    "classes": _one_of(ATTRIBUTES),
    "earlier-topics": _name,
    "earlier-questions": _earlier_question,
}
