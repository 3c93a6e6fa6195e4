"""Where visits asked a question in other words than those that head its row."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.visit import Visit


class OtherWords(Struct, frozen=True):
    """A question of a topic, and how one version of a guide put it at some visits."""

    question: Question
    guide: str
    version: str
    ask: Words
    visits: tuple[str, ...]


def other_words(
    topic: Topic, versions: Iterable[tuple[Guide, Sequence[Visit]]], crosswalk: Crosswalk
) -> tuple[OtherWords, ...]:
    """Return the questions of ``topic`` that visits asked in other words, in the topic's order.

    ``versions`` are guides with the visits that have them so; what was renamed is followed.
    """
    found: dict[tuple[str, str, str, Words], tuple[str, ...]] = {}
    for guide, visits in versions:
        for key, ask in _asked(topic, guide, crosswalk):
            where = (key, guide.slug, guide.version, ask)
            found[where] = (*found.get(where, ()), *(visit.handle for visit in visits))
    return tuple(
        OtherWords(question, slug, version, ask, handles)
        for question in topic.questions
        for (key, slug, version, ask), handles in found.items()
        if key == question.key
    )


def _asked(topic: Topic, guide: Guide, crosswalk: Crosswalk) -> Iterable[tuple[str, Words]]:
    for asked in guide.topics:
        for question in asked.questions:
            now = crosswalk.now(Address(asked.key, question.key))
            known = topic.question(now.question or "") if now.topic == topic.key else None
            if known and known.ask != question.ask:
                yield known.key, question.ask
