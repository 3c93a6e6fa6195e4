"""What no single value shows: keys that clash with others, and with the name of the file."""

from collections.abc import Iterator, Sequence

from fieldvisit.fieldwork.guide import Guide, Question, Topic
from fieldvisit.language import _

Clash = tuple[str, str]


def contradictions(guide: Guide, stem: str, lines: dict[str, int]) -> Iterator[Clash]:
    """Yield path and sentence for what in ``guide`` contradicts itself or ``stem``.

    ``stem`` is the file's name without ending, empty if any will do; ``lines`` has the line of
    each path. In a guide with other faults, what could not be read is empty and is passed over.
    """
    if stem and guide.slug not in {"", stem}:
        sentence = _("The file is called {stem}.yaml, but the guide “{slug}”. Make both the same.")
        yield "guide", sentence.format(stem=stem, slug=guide.slug)
    yield from _twice("topics", guide.topics, "topic", lines)
    for topic in guide.topics:
        yield from _twice(f"{_path(topic)}.questions", topic.questions, "question", lines)
        for question in topic.questions:
            yield from _at_odds(question, _path(topic, question))
    yield from _earlier_names(guide)


def _path(topic: Topic, question: Question | None = None) -> str:
    path = f"topics.{topic.number}"
    return path if question is None else f"{path}.questions.{question.number}"


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
        yield (
            f"{path}.common",
            _("A common question is asked of every city. Take out “common” or “for”."),
        )
    if question.sensitive and question.send:
        yield (
            f"{path}.send",
            _("A sensitive question is never sent ahead. Take out “send” or “sensitive”."),
        )


def _earlier_names(guide: Guide) -> Iterator[Clash]:
    today = {str(address) for topic in guide.topics for address in topic.places}
    claimed: dict[str, str] = {}
    for path, name, earlier in _claims(guide):
        if earlier in today:
            sentence = _("“{name}” is still in the guide, so it is no earlier name.")
            yield path, sentence.format(name=earlier)
        elif earlier in claimed:
            sentence = _("“{name}” is an earlier name of “{other}” already.")
            yield path, sentence.format(name=earlier, other=claimed[earlier])
        claimed.setdefault(earlier, name)


def _claims(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """Yield path, name of today and earlier name of each that has one."""
    for topic in guide.topics:
        for earlier in topic.was:
            yield f"{_path(topic)}.was", topic.key, earlier
        for question in topic.questions:
            for earlier in question.was:
                name = f"{topic.key}/{question.key}"
                yield f"{_path(topic, question)}.was", name, earlier
