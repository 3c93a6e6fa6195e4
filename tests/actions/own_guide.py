"""A guide of a study's own, in three versions, and how its visits see it."""

from fieldvisit.actions.coverage import coverage
from fieldvisit.settings import Settings

FIRST = """\
guide: own
version: "1"
title: {ja: 表題, en: Title}
topics:
  - topic: staff
    title: {ja: 職員, en: Staff}
    questions:
      - question: number
        ask: {ja: 何人ですか。, en: How many?}
      - question: pay
        ask: {ja: 給与は。, en: What pay?}
  - topic: rest
    title: {ja: その他, en: Rest}
"""
SECOND = (
    FIRST.replace('"1"', '"2"')
    .replace("topic: staff", "topic: people")
    .replace("en: Staff}", "en: People}\n    was: [staff]")
    .replace("How many?}", "How many people?}\n        was: [staff/number]")
    .replace("question: number", "question: headcount")
)
MOVED = (
    FIRST.replace('"1"', '"3"').replace(
        """\
      - question: pay
        ask: {ja: 給与は。, en: What pay?}
""",
        "",
    )
    + """\
    questions:
      - question: money
        ask: {ja: 給与は。, en: What pay?}
        was: [staff/pay]
"""
)


def write(given: Settings, text: str) -> None:
    (given.study().guides / "own.yaml").write_text(text, encoding="utf-8", newline="")


def asked(given: Settings, visit: str) -> list[str]:
    """The words of the visit's questions, as they stand in its coverage."""
    ((found,), _) = coverage(given, [visit], "all")
    return [q.ask.en for topic in found.topics for q in topic.topic.questions]


def states(given: Settings, visit: str = "chiba-1") -> dict[str, str]:
    ((found,), _) = coverage(given, [visit], "all")
    return {str(standing.address): standing.state for standing in found.questions}


def kept(given: Settings, visit: str) -> bool:
    ((found,), _) = coverage(given, [visit], "all")
    return found.visit.keeps_its_guides


def reworded(text: str = FIRST) -> str:
    return text.replace("How many?", "How many exactly?")
