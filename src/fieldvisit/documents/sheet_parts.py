"""What the sheets for both sides have in common."""

from fieldvisit.documents import wordings
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.guide import Question, Topic, Words
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import enumerated


def running_head(found: Preparation) -> str:
    """Return what stands on top of each printed page: study, institute, city, date."""
    parts = (
        found.study.title,
        found.study.institute,
        found.coverage.city.name,
        wordings.days(found.visit),
    )
    return "　".join(part for part in parts if part)


def addressed(found: Preparation, words: Words) -> str:
    """Return words of a guide as they are said to the city of the visit."""
    return wordings.addressed(words, found.coverage.city, found.day)


def number(topic: Topic, question: Question | None) -> str:
    """Return the number of a question, or of the topic as such."""
    return f"{topic.number}/{question.number}" if question else str(topic.number)


def study_groups(found: Preparation) -> str:
    """Return the names of the groups that use the findings of the visit."""
    return group_names(found, found.visit)


def group_names(found: Preparation, visit: Visit) -> str:
    """Return the names of the groups that any visit of the study serves."""
    known = {group.short: group.name for group in found.groups}
    return enumerated(known.get(short, short) for short in visit.study_groups)
