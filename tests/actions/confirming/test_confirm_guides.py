"""A letter asks in the words of the guides that its visit keeps, whatever became of the files."""

import pytest

from actions.confirming.letters import back, sent
from actions.own_guide import FIRST, MOVED, SECOND, write
from fieldvisit.actions.confirming.confirm_letter import letter
from fieldvisit.actions.write_note import add_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields

P = NoteFields


def topics(given: Settings) -> list[str]:
    return [one.topic for one in letter(given, "chiba-1").passages]


@pytest.fixture
def paid(own: Settings) -> Settings:
    """A visit that keeps the first version of its guide."""
    add_note(own, "chiba-1", "42人", P(place="staff/number", disclosure="confirm"))
    add_note(own, "chiba-1", "職員の話", P(place="staff", disclosure="confirm"))
    return own


@pytest.mark.parametrize(
    "text",
    [
        FIRST.replace("How many?", "How many people, and at what cost?").replace('"1"', '"2"'),
        SECOND,
        FIRST.replace("en: Staff", "en: People").replace('"1"', '"2"'),
    ],
)
def test_the_city_reads_what_it_was_asked(paid: Settings, text: str) -> None:
    before = topics(paid)
    assert "Staff: How many?" in before
    path = sent(paid)
    write(paid, text)
    assert sorted(topics(paid)) == sorted(before)
    assert (back(paid, path).strays, len(back(paid, path).unanswered)) == ((), 2)


def test_a_question_of_the_visit_stands_where_it_is_found_today(own: Settings) -> None:
    add_note(own, "chiba-1", "月額", P(place="staff/pay", disclosure="confirm"))
    write(own, MOVED.replace("What pay?", "What pay in all?"))
    assert topics(own) == ["Rest: What pay?"]


def test_a_question_that_became_sensitive_is_not_repeated(paid: Settings) -> None:
    line = "ask: {ja: 何人ですか。, en: How many?}"
    write(paid, FIRST.replace(line, f"{line}\n        sensitive: true").replace('"1"', '"2"'))
    assert topics(paid) == ["Staff", "Staff"]
