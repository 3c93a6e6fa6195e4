"""Marks as they are written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit import language
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.review.marks import mark, read_marks, speaker_mark

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
