"""What differs between two texts, word by word."""

import pytest
from hypothesis import given

import strategies
from examples import examples
from fieldvisit.review.seen import difference


@examples(200)
@given(before=strategies.bodies, after=strategies.bodies)
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
