"""Words that somebody wrote: names in cells, marks in texts, and how two texts differ.

A whole name is read, its beginning is a person's to decide.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from fieldvisit import language
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.review.marks import mark, read_marks, speaker_mark
from fieldvisit.review.seen import difference
from fieldvisit.review.sheet_rows import (
    QuestionTexts,
    odd_words,
    read_choice,
    read_state,
    read_words,
)
from strategies import bodies

TODAY = date(2019, 11, 5)


def beginnings(words: Vocabulary) -> list[str]:
    """Beginnings of Japanese names that only one value has, and that are no name themselves."""
    return [term.ja[:-1] for term in words.values() if not words.exactly(term.ja[:-1])]


def test_the_beginning_of_a_name_opens_sets_and_chooses_nothing() -> None:
    for word in ("公", *beginnings(DISCLOSURES)):
        found = read_words({"disclosure": word})
        assert (found.disclosure, found.reasons) == ("off-record", ("value",)), word
        assert odd_words({"disclosure": word}) == ("disclosure",), word
    for word in beginnings(KINDS):
        assert (read_words({"kind": word}).kind, odd_words({"kind": word})) == ("", ("kind",)), word
    assert not any(read_state(word, None, TODAY) for word in beginnings(MARKS))
    assert not any(read_choice(word, "ask", sendable=True) for word in beginnings(CHOICES))


def test_labels_and_states_may_be_spaced_as_widely_as_paragraphs_and_cells_allow() -> None:
    known = QuestionTexts([], ["回答（ご回答課：   ）"], [])
    blanks = " \u3000" * 50_000
    assert known.label(f"回答（ご回答課：{blanks}税") is None
    label = f"回答 （ご回答課：{blanks}税 務課{blanks}）{blanks}三人"
    assert known.label(label) == ("税 務課", "三人")
    assert known.label(f"回答（ご回答課：{blanks}）") == ("", "")
    assert read_state(f"そのうち{blanks}に", None, TODAY) is None
    found = read_state(f"後日回答予定{blanks}（11/15）", None, TODAY)
    assert found == {"mark": "to-follow", "due": "2019-11-15"}


@pytest.mark.parametrize("value", DISCLOSURES)
def test_every_name_of_a_level_is_read_whole(value: str) -> None:
    term = DISCLOSURES[value]
    for word in filter(None, (value, term.ja, term.en, term.mark, f" {term.ja} ")):
        assert read_words({"disclosure": word}).disclosure == value


SIGNS = st.sampled_from(
    ["【", "】", "【オフレコ】", "【発言・匿名】", "【said by: x】", "（オフレコ）", "\n"]
)
WILD = st.lists(SIGNS | st.text(max_size=4), max_size=10).map("".join)


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_every_mark_that_is_written_is_read_back(spoken: str) -> None:
    language.use(spoken)
    for kind in KINDS:
        for level in DISCLOSURES:
            found = read_marks(f"{mark(DISCLOSURES, level)} {mark(KINDS, kind)}\n話")
            assert (found.kind, found.disclosure, found.text) == (kind, level, "話")
            assert found.reasons == ()


@given(name=st.text(max_size=8))
def test_a_speaker_is_read_back_or_not_written(name: str) -> None:
    written = speaker_mark(name)
    assert bool(written) == bool(name.split() and not {"【", "】"} & set(name))
    if written:
        assert read_marks(f"{written}話").speaker == " ".join(name.split())


@given(text=WILD)
def test_what_is_in_no_doubt_holds_no_mark_any_more(text: str) -> None:
    found = read_marks(text)
    assert found.reasons or not {"【", "】"} & set(found.text)
    assert not found.reasons or found.text == text.strip()


@examples(200)
@given(before=bodies, after=bodies)
def test_both_texts_stand_in_the_difference_whole(before: str, after: str) -> None:
    parts = difference(before, after)
    assert "".join(part.text for part in parts if part.how != "new") == before
    assert "".join(part.text for part in parts if part.how != "gone") == after
    assert {part.how for part in difference(before, before)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("年に500時間ほど減る。", "年に1,300時間ほど減る。", ["500"], ["1,300"]),
        ("税の３業務で使う。", "税の５業務で使う。", ["３"], ["５"]),
        ("RPA is in use.", "RPA was in use.", ["is"], ["was"]),
        ("サーバーを置く。", "クラウドを使う。", ["サーバー", "置く"], ["クラウド", "使う"]),
    ],
)
def test_numbers_and_words_differ_as_wholes(
    before: str, after: str, gone: list[str], new: list[str]
) -> None:
    parts = difference(before, after)
    assert [part.text for part in parts if part.how == "gone"] == gone
    assert [part.text for part in parts if part.how == "new"] == new
