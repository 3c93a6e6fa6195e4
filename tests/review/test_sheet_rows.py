"""Words in the cells of a sheet: a whole name is read, its beginning is a person's to decide."""

from datetime import date

import pytest

from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.review.sheet_rows import (
    QuestionTexts,
    odd_words,
    read_choice,
    read_state,
    read_words,
)

TODAY = date(2019, 11, 5)


def beginnings(words: Vocabulary) -> list[str]:
    """Beginnings of Japanese names that only one value has, and that are no name themselves."""
    return [term.ja[:-1] for term in words.values() if not words.exactly(term.ja[:-1])]


@pytest.mark.parametrize("word", ["公", *beginnings(DISCLOSURES)])
def test_the_beginning_of_a_level_opens_nothing(word: str) -> None:
    found = read_words({"disclosure": word})
    assert (found.disclosure, found.reasons) == ("off-record", ("value",))
    assert odd_words({"disclosure": word}) == ("disclosure",)


@pytest.mark.parametrize("word", beginnings(KINDS))
def test_the_beginning_of_a_kind_is_none(word: str) -> None:
    assert (read_words({"kind": word}).kind, odd_words({"kind": word})) == ("", ("kind",))


@pytest.mark.parametrize("word", beginnings(MARKS))
def test_the_beginning_of_a_state_sets_nothing(word: str) -> None:
    assert read_state(word, None, TODAY) is None


def test_a_label_may_be_spaced_as_widely_as_a_paragraph_allows() -> None:
    known = QuestionTexts([], ["回答（ご回答課：   ）"], [])
    blanks = " \u3000" * 50_000
    assert known.label(f"回答（ご回答課：{blanks}税") is None
    assert known.label(f"回答 （ご回答課：{blanks}税 務課{blanks}）{blanks}三人") == (
        "税 務課",
        "三人",
    )
    assert known.label(f"回答（ご回答課：{blanks}）") == ("", "")


def test_a_state_may_be_spaced_as_widely_as_a_cell_allows() -> None:
    blanks = " \u3000" * 10_000
    assert read_state(f"そのうち{blanks}に", None, TODAY) is None
    found = read_state(f"後日回答予定{blanks}（11/15）", None, TODAY)
    assert found == {"mark": "to-follow", "due": "2019-11-15"}


@pytest.mark.parametrize("word", beginnings(CHOICES))
def test_the_beginning_of_a_choice_chooses_nothing(word: str) -> None:
    assert read_choice(word, "ask", sendable=True) is None


@pytest.mark.parametrize("value", DISCLOSURES)
def test_every_name_of_a_level_is_read_whole(value: str) -> None:
    term = DISCLOSURES[value]
    for word in filter(None, (value, term.ja, term.en, term.mark, f" {term.ja} ")):
        assert read_words({"disclosure": word}).disclosure == value
