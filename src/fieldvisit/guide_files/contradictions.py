"""What no single value shows: keys that clash with others, and with the name of the file."""

from collections.abc import Iterator

from fieldvisit.guide_files.items import Item
from fieldvisit.guide_files.nodes import Problem
from fieldvisit.language import _


def contradictions(guide: Item, stem: str) -> Iterator[Problem]:
    """Yield what in ``guide`` contradicts itself or ``stem``, the file's name without ending.

    An empty ``stem`` fits every guide.
    """
    slug = guide.values.get("slug", stem)
    if stem and slug != stem:
        yield guide.problem(
            "guide",
            _("The file is called {stem}.yaml, but the guide “{slug}”. Make both the same.").format(
                stem=stem, slug=slug
            ),
        )
    yield from _twice(guide.below("topics"), "topic")
    for topic in guide.below("topics"):
        yield from _twice(topic.below("questions"), "question")
        for question in topic.below("questions"):
            yield from _at_odds(question)
    yield from _earlier_names(guide)


def _twice(items: list[Item], name: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for item in items:
        key = item.values.get("key")
        if key is None:
            continue
        if key in seen:
            yield item.problem(
                name,
                _("“{key}” is the name of another one already, in line {line}.").format(
                    key=key, line=seen[key]
                ),
            )
        seen.setdefault(key, item.node.line_of(name))


def _at_odds(question: Item) -> Iterator[Problem]:
    if question.values.get("common") and question.values.get("classes"):
        yield question.problem(
            "common", _("A common question is asked of every city. Take out “common” or “for”.")
        )
    if question.values.get("sensitive") and question.values.get("send"):
        yield question.problem(
            "send", _("A sensitive question is never sent ahead. Take out “send” or “sensitive”.")
        )


def _earlier_names(guide: Item) -> Iterator[Problem]:
    today = _names_of_today(guide)
    claimed: dict[str, str] = {}
    for item, address, earlier in _claims(guide):
        if earlier in today:
            yield item.problem(
                "was", _("“{name}” is still in the guide, so it is no earlier name.").format(
                    name=earlier
                ),
            )  # fmt: skip
        elif earlier in claimed:
            yield item.problem(
                "was", _("“{name}” is an earlier name of “{other}” already.").format(
                    name=earlier, other=claimed[earlier]
                ),
            )  # fmt: skip
        claimed.setdefault(earlier, address)


def _names_of_today(guide: Item) -> set[str]:
    topics = guide.below("topics")
    return {str(topic.values.get("key")) for topic in topics} | {
        f"{topic.values.get('key')}/{question.values.get('key')}"
        for topic in topics
        for question in topic.below("questions")
    }


def _claims(guide: Item) -> Iterator[tuple[Item, str, str]]:
    for topic in guide.below("topics"):
        key = str(topic.values.get("key", ""))
        for earlier in topic.values.get("was", ()):
            yield topic, key, earlier
        for question in topic.below("questions"):
            address = f"{key}/{question.values.get('key', '')}"
            for earlier in question.values.get("was", ()):
                yield question, address, full(earlier, key)


def full(earlier: str, topic: str) -> str:
    """Return an earlier name of a question as `topic/question`; a bare one stood under ``topic``.

    >>> full("old", "hiring"), full("training/old", "hiring")
    ('hiring/old', 'training/old')
    """
    return earlier if "/" in earlier else f"{topic}/{earlier}"
