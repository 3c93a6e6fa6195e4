import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from fieldvisit.errors import BadText
from fieldvisit.text import checked, key, normal, storable

anything = st.text()


@given(strategies.bodies)
def test_text_is_kept_unchanged(text: str) -> None:
    assert checked(text) is text
    assert storable(text) is text


@given(strategies.storable)
def test_text_that_may_be_empty_is_kept_unchanged(text: str) -> None:
    assert storable(text) is text


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\u3000\u00a0\r\n", "\u2028"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadText, match="note is empty") as caught:
        checked(text, "note")
    assert caught.value.hint


@given(anything, st.sampled_from(["\0", "\ud800", "\udcff", "\udfff"]), anything)
def test_what_no_file_can_hold_is_refused(before: str, bad: str, after: str) -> None:
    for check in (checked, storable):
        with pytest.raises(BadText) as caught:
            check(f"{before}{bad}{after}")
        assert caught.value.hint


@given(st.text("? \n\t\u3000", min_size=1).filter(lambda text: "?" in text))
def test_question_marks_that_a_lossy_console_left_are_refused(text: str) -> None:
    with pytest.raises(BadText, match="question marks") as caught:
        checked(text)
    assert "@FILE" in caught.value.hint


@pytest.mark.parametrize("text", ["？", "?a", "職員数?", "?.", "…"])
def test_other_text_with_question_marks_is_kept(text: str) -> None:
    assert checked(text) == text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a\r\nb", "a b"),
        ("ＡＢＣ１２３", "abc123"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("か\u3099", "が"),
        ("Straße", "strasse"),
        ("a\u3000b\tc\u00a0d", "a b c d"),
        ("㈱④", "(株)4"),
        ("ひらカタ", "ひらカタ"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("ー−‐〜", "ー−‐〜"),
    ],
)
def test_the_normal_form(typed: str, expected: str) -> None:
    assert normal(typed) == expected


@given(strategies.storable)
def test_the_normal_form_is_nfkc_folded_with_plain_blanks_and_nothing_else(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).casefold()
    assert len(normal(text)) == len(folded)
    for ours, theirs in zip(normal(text), folded, strict=True):
        assert ours == (" " if theirs.isspace() else theirs)


@given(strategies.storable, strategies.storable)
def test_what_is_equal_in_normal_form_is_equal_as_a_key(one: str, other: str) -> None:
    assert key(one) == key(normal(one)) or normal(normal(one)) != normal(one)
    assert key(f"{one} {other}") == key(f"{one}\u3000{other}")


@pytest.mark.parametrize("typed", ["ちばし", "チバシ", "ﾁﾊﾞｼ", " ちば し ", "チハ\u3099シ"])
def test_kana_meet_in_the_key(typed: str) -> None:
    assert key(typed) == "ちばし"


def test_the_key_leaves_signs_without_hiragana_alone() -> None:
    assert key("ヴヵヶヷ・ー") == "ゔゕゖヷ・ー"
