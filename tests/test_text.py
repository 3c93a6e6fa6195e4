"""The one sanitiser."""

import errno
import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from fieldvisit import language
from fieldvisit.errors import BadText, reason
from fieldvisit.harmless import is_formula_like, visible
from fieldvisit.text import checked, key, normal, storable


@given(strategies.bodies)
def test_text_is_kept_unchanged(text: str) -> None:
    assert checked(text) is text
    assert storable(text) is text


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\u3000\u00a0\r\n", "\u2028"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadText, match="note is empty") as caught:
        checked(text, "note")
    assert caught.value.hint


@given(st.text(), st.sampled_from(["\0", "\ud800", "\udcff", "\udfff"]), st.text())
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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a\r\nb", "a b"), ("ＡＢＣ１２３", "abc123"), ("ﾊﾝｶｸ", "ハンカク"), ("か\u3099", "が"),
        ("Straße", "strasse"), ("a\u3000b\tc\u00a0d", "a b c d"), ("㈱④", "(株)4"),
        ("ひらカタ", "ひらカタ"), ("葛\U000e0100", "葛\U000e0100"), ("ー−‐〜", "ー−‐〜"),
    ],
)  # fmt: skip
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


BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u2028\u2029\u200b\u2060\ufeff\u00ad\U000e0001\U000e0041\U000e007f"
BROKEN = "\ufdd0\ufdef\ufffe\uffff\U0001ffff\U0010ffff\ud800\udfff"
CONTROLS = "".join(map(chr, [*range(32), *range(0x7F, 0xA0)]))
KEPT = "か\u3099辻\U000e0100葛\ufe00👨\u200d👩\u200d👧❤\ufe0f\u200cⅢ㈱①🇯🇵\u3000\u00a0\ue000𠮷"


@pytest.mark.parametrize("character", sorted(set(CONTROLS + BIDI + UNSEEN + BROKEN) - {"\n", "\t"}))
def test_whatever_acts_or_hides_becomes_an_escape(character: str) -> None:
    assert visible(f"前{character}後") == f"前<U+{ord(character):04X}>後"


@given(text=st.text(st.characters()))
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & (set(CONTROLS + BIDI + UNSEEN + BROKEN) - {"\n", "\t"})
    assert not any(unicodedata.category(c) == "Cs" for c in shown)


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\u3000\u00a0", '"', "'", "\ufeff", " ' \ufeff“"])
def test_text_that_a_spreadsheet_would_calculate_is_known(start: str, before: str) -> None:
    assert is_formula_like(f"{before}{start}1+1")


@pytest.mark.parametrize("text", ["", " ", "'", "採用 = 3", "1-2", "a@b", "・項目", "'採用'"])
def test_other_text_is_no_formula(text: str) -> None:
    assert not is_formula_like(text)


def test_what_is_usual_has_a_sentence_in_both_languages() -> None:
    for number in (
        errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.ELOOP,
        errno.EBADF,
    ):  # fmt: skip
        error = OSError(number, os.strerror(number))
        language.use("en")
        english = reason(error)
        language.use("ja")
        assert reason(error) != english != os.strerror(number)
        assert not reason(error).isascii()


def test_what_is_not_usual_stays_in_the_words_of_the_system() -> None:
    assert reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert reason(OSError()) == "OSError"
