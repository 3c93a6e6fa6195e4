"""Guides by hand: what they ask is all one, only names, order and origin count."""

from typing import Any

from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words


def question(key: str, *was: str, ask: str = "x", **more: Any) -> Question:
    return Question(key, 1, Words(ask), was=was, **more)


def topic(key: str, *questions: Question, title: str = "t", was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(title), was=was, questions=questions)


def guide(*topics: Topic, version: str = "1") -> Guide:
    return Guide("g", version, Words("g"), topics=topics)
