"""A guide file -> a guide, or everything that is wrong with the file."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from fieldvisit.errors import BadGuide, WrongUsage
from fieldvisit.fieldwork.guide import NO_WORDS, Guide, Part, Probe, Question, Topic, Words
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.guide_files import bytes_of
from fieldvisit.guide_files.schema import Key, keys, speaks
from fieldvisit.guide_files.yaml_nodes import Node, Problem, compose, joined, shortened
from fieldvisit.language import _, counted, enumerated, together

P = TypeVar("P", bound=Part)
_PLACEHOLDER = "{city_you}"
_UNKEPT = "[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_TRUTH = {"true": True, "false": False}
_LONGEST_COMPARED = 100


def read(path: Path, data: bytes | None = None) -> Guide:
    """Return the guide in the file ``path``; BadGuide names the first problem and its line.

    ``data`` are the bytes of the file if it was read already.
    """
    guide, problems = check(path if data is None else data, path.name)
    if guide is not None:
        return guide
    more = len(problems) - 1
    told_more = counted("({n} more problem.)", "({n} more problems.)", more) if more else ""
    raise BadGuide(
        together(f"{path}:{problems[0]}", told_more),
        _("To see everything that is wrong: fieldvisit guide check {file}").format(file=path),
    )


def check(source: Path | bytes, name: str = "") -> tuple[Guide | None, tuple[Problem, ...]]:
    """Return the guide in a file or its bytes and no problems, or None and the problems by line.

    ``name`` is the file's name where bytes are given; the guide must be called as the file is.
    BadGuide if the file cannot be opened.
    """
    data = source if isinstance(source, bytes) else bytes_of(source)
    root, problems = compose(data)
    reader = _Reader(problems)
    guide = None if root is None else reader.mapping(root, Guide, "")
    if guide is not None:
        guide = replace(guide, topics=tuple(map(_completed, guide.topics)))
        stem = Path(name).stem if isinstance(source, bytes) else source.stem
        for path, sentence in _contradictions(guide, stem, reader.lines):
            reader.note(reader.lines[path], path, sentence)
    if guide is None or problems:
        return None, tuple(sorted(set(problems)))
    return replace(guide, sha256=hashlib.sha256(data).hexdigest()), ()


def told(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the problems as lines; what is allowed is said once, at the first that needs it."""
    said: set[str] = set()
    for problem in problems:
        yield str(replace(problem, allowed="") if problem.allowed in said else problem)
        said.add(problem.allowed)


def _completed(topic: Topic) -> Topic:
    """Fill what files may leave out: a language of the written form, the topic of an old name."""

    def filled(one: Question) -> Question:
        words = Words(one.written.ja or one.ask.ja, one.written.en or one.ask.en)
        was = tuple(name if "/" in name else f"{topic.key}/{name}" for name in one.was)
        return replace(one, written=words if one.written else NO_WORDS, was=was)

    return replace(topic, questions=tuple(map(filled, topic.questions)))


class _Reader:
    """Makes value classes of nodes. Notes every problem, and the line of every key by its path.

    What cannot be read is None; a value class with such a part is made without it.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.lines: dict[str, int] = {}

    def note(self, line: int, path: str, sentence: str, allowed: str = "") -> None:
        self.problems.append(Problem(line, path, sentence, allowed))

    def mapping(self, node: Node, model: type[P], path: str, number: int = 0) -> P | None:
        """Return the ``model`` in ``node``, the ``number``-th of its list."""
        known = keys(model)
        if not isinstance(node.value, dict):
            sentence = _("Here {level} was expected, with the keys {keys}.")
            sentence = sentence.format(level=_(model.called), keys=enumerated(known))
            self.note(node.line, path, sentence)
            return None
        values: dict[str, object] = {"number": number}
        for name, (line, below) in node.value.items():
            place = joined(path, name)
            if name not in known:
                self._note_unknown(line, place, name, model)
                continue
            self.lines[place] = line
            value = self._value(below, known[name], place)
            if value is not None:
                values[known[name].field] = value
        self._note_missing(node, model, path, values)
        return _made(model, values)

    def _value(self, node: Node, key: Key, path: str) -> object:
        if key.listed:
            if isinstance(node.value, list) and (node.value or not key.required):
                return tuple(self._entries(node.value, key, path))
        elif not issubclass(key.takes, Part):
            return self._word(node, key, path)
        elif isinstance(node.value, dict):
            return self.mapping(node, key.takes, path)
        self.note(node.line, path, _unexpected(node, key))
        return None

    def _entries(self, nodes: list[Node], key: Key, path: str) -> Iterator[object]:
        seen: set[object] = set()
        for number, node in enumerate(nodes, 1):
            entry: object = (
                self.mapping(node, key.takes, joined(path, number), number)
                if issubclass(key.takes, Part)
                else self._word(node, key, path)
            )
            if isinstance(entry, str) and entry in seen:
                sentence = _("“{word}” stands in the list twice.")
                self.note(node.line, path, sentence.format(word=entry))
            elif entry is not None:
                seen.add(entry)
                yield entry

    def _word(self, node: Node, key: Key, path: str) -> str | bool | None:
        try:
            return _said(node, key)
        except BadGuide as fault:
            self.note(node.line, path, fault.sentence)
            return None

    def _note_unknown(self, line: int, path: str, name: str, model: type[Part]) -> None:
        level, known = _(model.called), keys(model)
        sentence = _("“{key}” is not a key of {level}.").format(key=shortened(name), level=level)
        allowed = _("The keys of {level} are {keys}.").format(level=level, keys=enumerated(known))
        self.note(line, path, together(sentence, _did_you_mean(name, known)), allowed)

    def _note_missing(
        self, node: Node, model: type[Part], path: str, values: dict[str, object]
    ) -> None:
        present = set(node.value)
        for name, key in keys(model).items():
            if key.required and name not in present:
                sentence = _("The key “{key}” is missing from {level}.")
                sentence = sentence.format(key=name, level=_(model.called))
                self.note(node.line, joined(path, name), sentence)
        said = [values.get(name) for name in ("ja", "en") if name in present]
        if speaks(model) and not any(said) and None not in said:  # None was told already
            sentence = _("There is no text: “ja”, “en” or both must say something.")
            self.note(node.line, path, sentence)


def _made(model: type[P], values: dict[str, object]) -> P:
    """Return a ``model`` with ``values``; what it cannot be without and lacks is empty."""
    if model is Probe:
        values["ask"] = _made(Words, values)
    given = _empty(model) | values
    return model(**{name: given[name] for name in model.__struct_fields__ if name in given})


@cache
def _empty(model: type[Part]) -> dict[str, object]:
    required = (key for key in keys(model).values() if key.required)
    return {key.field: () if key.listed else key.takes() for key in required}


def _said(node: Node, key: Key) -> str | bool:
    """Return what ``node`` says to a key that takes a text or one word; BadGuide if it does not."""
    text = node.value
    if not isinstance(text, str) or (key.takes is bool and text not in _TRUTH):
        raise BadGuide(_unexpected(node, key))
    if key.takes is bool:
        return _TRUTH[text]
    if key.known is not None and text not in key.known:
        raise BadGuide(_not_known(text, key.known))
    if key.pattern and not re.fullmatch(key.pattern, text):
        reserved = (_(why) for kept, why in key.reserved.items() if re.fullmatch(kept, text))
        raise BadGuide(next(reserved, "") or _unexpected(node, key))
    if sentence := _unfit(text):
        raise BadGuide(sentence)
    return text.strip()


def _unexpected(node: Node, key: Key) -> str:
    sentence = (
        _("The list of “{key}” is empty; it takes {expected}.")
        if node.value == []
        else _("“{key}” takes {expected}; here stands {found}.")
    ).format(key=key.name, expected=_(key.expected), found=_found(node))
    example = f"{key.name}: {key.example}"
    return together(
        sentence, _("For example: {example}").format(example=example) if key.example else ""
    )


def _found(node: Node) -> str:
    if isinstance(node.value, str):
        shown = shortened(node.value)
        return _("“{text}”").format(text=shown) if node.value else _("nothing")
    return _("a list") if isinstance(node.value, list) else _("keys with values")


def _unfit(text: str) -> str:
    """Return why ``text`` cannot be a text of a guide, empty if it can."""
    if found := re.search(_UNKEPT, text):
        sentence = _("The text holds a character that cannot be kept ({code}). Take it out.")
        return sentence.format(code=f"U+{ord(found.group()):04X}")
    if set("{}") & set(text.replace(_PLACEHOLDER, "")):
        sentence = _("The only thing that may stand in braces in a text is {placeholder}.")
        return sentence.format(placeholder=_PLACEHOLDER)
    return ""


def _not_known(text: str, known: Vocabulary) -> str:
    sentence = _("“{text}” is not a known {name}. Allowed: {values}.").format(
        text=shortened(text), name=_(known.name), values=known.listed()
    )
    with suppress(WrongUsage):
        text = known.read(text)  # by its Japanese name, or the beginning of one
    return together(sentence, _did_you_mean(text, known))


def _did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Return the question whether one of ``known`` was meant; empty if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(typed[:_LONGEST_COMPARED], list(known), 1)
    return _("Did you mean “{word}”?").format(word=near[0]) if near else ""


Clash = tuple[str, str]


def _contradictions(guide: Guide, stem: str, lines: dict[str, int]) -> Iterator[Clash]:
    """Yield path and sentence for what no single value shows: what contradicts itself or ``stem``.

    ``stem`` is the file's name without ending, empty if any will do; ``lines`` has the line of
    each path. In a guide with other faults, what could not be read is empty and is passed over.
    """
    if stem and guide.slug not in {"", stem}:
        sentence = _("The file is called {stem}.yaml, but the guide “{slug}”. Make both the same.")
        yield "guide", sentence.format(stem=stem, slug=guide.slug)
    yield from _twice("topics", guide.topics, "topic", lines)
    claims: list[tuple[str, str, str]] = []  # path, name of today and earlier name
    for topic in guide.topics:
        path = f"topics.{topic.number}"
        claims += [(f"{path}.was", topic.key, earlier) for earlier in topic.was]
        yield from _twice(f"{path}.questions", topic.questions, "question", lines)
        for question in topic.questions:
            here, name = f"{path}.questions.{question.number}", f"{topic.key}/{question.key}"
            claims += [(f"{here}.was", name, earlier) for earlier in question.was]
            yield from _at_odds(question, here)
    yield from _earlier_names({str(at) for topic in guide.topics for at in topic.places}, claims)


def _twice(
    path: str, listed: Sequence[Topic | Question], name: str, lines: dict[str, int]
) -> Iterator[Clash]:
    seen: dict[str, int] = {}
    for one in listed:
        place = f"{path}.{one.number}.{name}"
        if one.key in seen:
            sentence = _("“{key}” is the name of another one already, in line {line}.")
            yield place, sentence.format(key=one.key, line=seen[one.key])
        elif one.key:
            seen[one.key] = lines[place]


def _at_odds(question: Question, path: str) -> Iterator[Clash]:
    if question.common and question.classes:
        sentence = _("A common question is asked of every city. Take out “common” or “for”.")
        yield f"{path}.common", sentence
    if question.sensitive and question.send:
        sentence = _("A sensitive question is never sent ahead. Take out “send” or “sensitive”.")
        yield f"{path}.send", sentence


def _earlier_names(today: set[str], claims: list[tuple[str, str, str]]) -> Iterator[Clash]:
    claimed: dict[str, str] = {}
    for path, name, earlier in claims:
        if earlier in today:
            sentence = _("“{name}” is still in the guide, so it is no earlier name.")
            yield path, sentence.format(name=earlier)
        elif earlier in claimed:
            sentence = _("“{name}” is an earlier name of “{other}” already.")
            yield path, sentence.format(name=earlier, other=claimed[earlier])
        claimed.setdefault(earlier, name)
