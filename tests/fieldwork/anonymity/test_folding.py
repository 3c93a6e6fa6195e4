"""The form in which names are looked for: the whole folds as its pieces do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.anonymity.folding import bare, fold, folded

# Letters that join, stack, or come in several widths.
TRICKY = "かがハﾊﾞﾟ\u3099\u309aABａÁé\u0301\u0323\u0308각\u1100\u1161\u11a8ﬁ㍿①\r\n 　千葉市-ōŌ"
TEXTS = st.text(st.sampled_from(TRICKY) | st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXTS)
def test_however_it_is_composed_a_text_is_the_same(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert bare(unicodedata.normalize(form, text)) == bare(text)


@given(TEXTS)
def test_every_piece_knows_where_it_came_from(text: str) -> None:
    found = folded(text)
    assert found.text == fold(text)
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    for at, character in enumerate(found.text):
        start, end = found.span(at, at + 1)
        assert character in fold(text[start:end])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ōtsu", "otsu"), ("ＲＰＡ", "rpa"), ("龍ヶ崎", "龍ケ崎"), ("千\u200b葉", "千葉"),
     ("葛\U000e0100城", "葛城"), ("ﾁﾊﾞ", "チバ"), ("チハ\u3099", "チバ")],
)  # fmt: skip
def test_what_is_written_in_several_ways_is_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
