"""What was decided for the questions of one visit, laid over the guides that it has."""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.visit import ChosenQuestion, Visit

_EXTRA = r"extra-([0-9]+)"


def fitted(guides: Sequence[Guide], chosen: Sequence[ChosenQuestion]) -> tuple[Guide, ...]:
    """Return the guides as one visit uses them.

    What is sent or asked on purpose is meant for this city whatever its class; questions that
    only this visit has follow those of their topic.
    """
    if not chosen:
        return tuple(guides)
    return tuple(
        replace(guide, topics=tuple(_topic(topic, chosen) for topic in guide.topics))
        for guide in guides
    )


def extra_questions(visits: Iterable[Visit]) -> Guide:
    """Return the questions that single visits have, under bare topics, to be lined up with others.

    Keys are given once in a study, so that no two visits meet in one.
    """
    topics: dict[str, list[ChosenQuestion]] = {}
    for visit in visits:
        for one in visit.questions:
            if one.text:
                topics.setdefault(one.address.topic, []).append(one)
    return Guide(
        "",
        "",
        Words(),
        topics=tuple(
            Topic(key, 0, Words(key, key), questions=tuple(_extra(one, 0) for one in found))
            for key, found in topics.items()
        ),
    )


def next_extra(visits: Iterable[Visit], topic: str) -> Address:
    """Return the address of one more question for a single visit under ``topic``."""
    numbers = [
        int(found[1])
        for visit in visits
        for one in visit.questions
        if one.address.topic == topic
        and (found := re.fullmatch(_EXTRA, one.address.question or ""))
    ]
    return Address(topic, f"extra-{max(numbers, default=0) + 1}")


def is_of_one_visit(question: str | None) -> bool:
    """Tell by its key whether a question was added for one visit alone."""
    return bool(re.fullmatch(_EXTRA, question or ""))


def decided(
    chosen: Sequence[ChosenQuestion], choices: Mapping[Address, str | None]
) -> tuple[ChosenQuestion, ...]:
    """Return the decisions with ``choices`` laid over them; None goes back to the guide's own."""
    found = {one.address: one for one in chosen}
    for address, choice in choices.items():
        known = found.get(address, ChosenQuestion(address, ""))
        if choice is not None:
            found[address] = replace(known, choice=choice)
        elif known.text:
            found[address] = replace(known, choice="ask")
        else:
            found.pop(address, None)
    return tuple(found.values())


def usual_choice(question: Question) -> str:
    """Return what happens to a question of which nothing was decided."""
    return "send" if question.send and not question.sensitive else "ask"


def _topic(topic: Topic, chosen: Sequence[ChosenQuestion]) -> Topic:
    here = [one for one in chosen if one.address.topic in (topic.key, *topic.was)]
    extras = [one for one in here if one.text]
    questions = [_question(question, here) for question in topic.questions]
    questions += [_extra(one, len(questions) + i) for i, one in enumerate(extras, 1)]
    return replace(topic, questions=tuple(questions))


def _question(question: Question, here: Sequence[ChosenQuestion]) -> Question:
    names = {question.key, *(Address.read(old).question for old in question.was)}
    for one in here:
        if one.address.question in names and not one.text:
            wanted = {"send": True, "ask": False}.get(one.choice)
            if wanted is not None:
                return replace(question, send=wanted, classes=())
    return question


def _extra(one: ChosenQuestion, number: int) -> Question:
    words = Words(one.text, one.text)
    key = one.address.question or ""
    return Question(key, number, words, words, send=one.choice == "send")
