"""The fixed values, in English, in Japanese, or as the beginning of one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit import language
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.terms import (
    ANSWERING_KINDS,
    ATTRIBUTES,
    AUDIENCES,
    CLASSES,
    DISCLOSURES,
    KINDS,
    MARKS,
    MODES,
    STATES,
    STATUSES,
)
from fieldvisit.fieldwork.vocabulary import Vocabulary

ALL = (KINDS, DISCLOSURES, AUDIENCES, STATES, MARKS, MODES, STATUSES, CLASSES, ATTRIBUTES)
EVERY = [(vocabulary, value) for vocabulary in ALL for value in vocabulary]


@pytest.mark.parametrize(("vocabulary", "value"), EVERY)
def test_every_name_of_a_value_means_it(vocabulary: Vocabulary, value: str) -> None:
    term = vocabulary[value]
    for typed in (value, value.upper(), f" {value} ", term.ja, term.en, term.mark or value):
        assert vocabulary.read(typed) == value
    assert vocabulary.word(value) == term.en
    language.use("ja")
    assert vocabulary.word(value) == term.ja


@given(st.sampled_from(EVERY), st.data())
def test_the_beginning_of_a_name_means_its_value_or_is_refused_with_all_it_could_mean(
    one: tuple[Vocabulary, str], data: st.DataObject
) -> None:
    vocabulary, value = one
    term = vocabulary[value]
    name = data.draw(st.sampled_from([value, term.ja, term.en]))
    typed = name[: data.draw(st.integers(1, len(name)))]
    try:
        found = vocabulary.read(typed)
    except WrongUsage as refused:
        found = value if value in refused.hint and "more than one" in refused.sentence else ""
    assert found == value or _exact(vocabulary, typed)


def _exact(vocabulary: Vocabulary, typed: str) -> bool:
    return any(typed in (v, t.ja, t.en, t.mark) for v, t in vocabulary.items())


@pytest.mark.parametrize("vocabulary", ALL)
@pytest.mark.parametrize("typed", ["", " ", "zzz", "\0", "?", "公" * 50])
def test_nonsense_is_refused_with_what_is_allowed(vocabulary: Vocabulary, typed: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        vocabulary.read(typed)
    assert all(value in caught.value.hint for value in vocabulary)


def test_one_letter_is_enough_where_only_one_value_has_it() -> None:
    assert DISCLOSURES.read("オフ") == "off-record"
    assert MARKS.read("後日") == "to-follow"
    assert STATUSES.read("実施") == "held"
    assert KINDS.read("ｒｅｐ") == "reply"


def test_marks_stand_in_brackets_of_the_language() -> None:
    assert DISCLOSURES.mark("confirm") == "[to be confirmed]"
    language.use("ja")
    assert [DISCLOSURES.mark(v) for v in ("confirm", "anonymous", "group")] == [
        "【要確認】", "【匿名】", "【関係者限り】",
    ]  # fmt: skip
    assert AUDIENCES.mark("group") == ""
    assert DISCLOSURES.mark("unknown") == ""


def test_a_value_that_is_not_known_is_shown_as_it_is() -> None:
    assert STATES.word("something-new") == "something-new"


def test_the_values_are_those_of_the_contract() -> None:
    assert list(STATES) == [
        "answered", "desk-only", "out-of-scope", "open", "to-follow", "no-answer", "not-asked",
        "declined", "not-applicable", "withheld", "not-stated",
    ]  # fmt: skip
    assert list(MARKS) == [
        "to-follow", "no-answer", "not-asked", "declined", "not-applicable", "withheld", "clear",
    ]  # fmt: skip
    assert list(KINDS) == [
        "statement", "quote", "reply", "handout", "desk", "questionnaire", "remark",
    ]  # fmt: skip
    assert list(MODES) == ["onsite", "online", "phone", "written"]
    assert list(STATUSES) == ["planned", "held", "postponed", "cancelled"]
    assert set(KINDS) > ANSWERING_KINDS
    assert set(CLASSES) < set(ATTRIBUTES)
