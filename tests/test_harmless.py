"""The one sanitiser."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.harmless import is_formula_like, one_line, visible

ANY = st.text(st.characters())
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u2028\u2029\u200b\u2060\ufeff\u00ad\U000e0001\U000e0041\U000e007f"
BROKEN = "\ufdd0\ufdef\ufffe\uffff\U0001ffff\U0010ffff\ud800\udfff"
CONTROLS = "".join(map(chr, [*range(32), *range(0x7F, 0xA0)]))
KEPT = "か\u3099辻\U000e0100葛\ufe00👨\u200d👩\u200d👧❤\ufe0f\u200cⅢ㈱①🇯🇵\u3000\u00a0\ue000𠮷"


@pytest.mark.parametrize("character", sorted(set(CONTROLS + BIDI + UNSEEN + BROKEN) - {"\n", "\t"}))
def test_whatever_acts_or_hides_becomes_an_escape(character: str) -> None:
    assert visible(f"前{character}後") == f"前<U+{ord(character):04X}>後"


@given(text=ANY)
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & (set(CONTROLS + BIDI + UNSEEN + BROKEN) - {"\n", "\t"})
    assert not any(unicodedata.category(c) == "Cs" for c in shown)


@given(text=ANY)
def test_sanitising_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(text=st.text(st.sampled_from(KEPT + "\n\tあ漢 a[]<>&\\")))
def test_harmless_text_is_not_touched(text: str) -> None:
    assert visible(text) == text


def test_line_ends_become_line_feeds_but_a_lone_return_is_shown() -> None:
    assert visible("a\r\nb\rc\n") == "a\nb<U+000D>c\n"


def test_one_line_has_no_line_ends_or_tabs() -> None:
    assert one_line("a\r\nb\tc\x1b") == "a b c<U+001B>"


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\u3000\u00a0", '"', "'", "\ufeff", " ' \ufeff“"])
def test_text_that_a_spreadsheet_would_calculate_is_known(start: str, before: str) -> None:
    assert is_formula_like(f"{before}{start}1+1")


@pytest.mark.parametrize("text", ["", " ", "'", "採用 = 3", "1-2", "a@b", "・項目", "'採用'"])
def test_other_text_is_no_formula(text: str) -> None:
    assert not is_formula_like(text)
