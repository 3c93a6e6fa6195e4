"""A comparison as tests look at it: its cities, and the texts under a topic."""

from fieldvisit.actions.compare import Choice, compare
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.settings import Settings


def compared(given_study: Settings, choice: Choice, audience: str = "all") -> Comparison:
    return compare(given_study, choice, audience)[0]


def cities(found: Comparison) -> list[str]:
    return [column.city.name for column in found.topics[0].cities]


def bodies(found: Comparison, topic: str) -> dict[str, list[str]]:
    compared_topic = next(t for t in found.topics if t.topic.key == topic)
    return {
        column.city.name: [note.body for cell in column.cells for note in cell.notes]
        for column in compared_topic.cities
    }
