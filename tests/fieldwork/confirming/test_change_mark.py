"""Whether a change is wanted, as people say so in a small cell."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies
from fieldvisit import language
from fieldvisit.documents.confirmation_letter import choice
from fieldvisit.fieldwork.confirming.change_mark import (
    NO,
    NOTHING,
    UNCLEAR,
    YES,
    change_wanted,
    is_no_text,
)

SAID_NO = (
    "なし", "無し", "無", "ナシ", "ﾅｼ", "な し", "修正なし", "修正は無し", "変更なし", "特になし",
    "特にありません", "ございません", "異議なし", "no", "No", "ＮＯ", "no change", "none", "OK",
    "了承", "☑なし　□あり", "■ なし　□ あり", "レなし □あり", "ﾚなし　□あり", "✓なし・あり",
    "○なし・あり", "なし○・あり", "なし☑　あり□", "〇なし／あり", "◯ 無 ・ 有", "□あり　☑なし",
    "（なし）", "なし。", "☑ no  □ yes", "no ✔ / yes", "□なし", "☑️なし　□あり",
    "V なし　□ あり", "なし ☒  あり ☐",
)  # fmt: skip
SAID_YES = (
    "□なし　あり☑", "あり", "有り", "有", "アリ", "修正あり", "yes", "Yes", "ＹＥＳ",
    "□なし　☑あり",
    "□なし　■あり", "なし・○あり", "なし・あり○", "□ no  ☑ yes", "□なし　レあり", "なし　あり✓",
    "□あり",
)  # fmt: skip
SAID_NOTHING = ("", " ", "　", "□なし　□あり", "□ なし　□ あり", "なし・あり", "□ no  □ yes", "・")
NOT_CLEAR = (
    "○", "レ", "☑なし　☑あり", "なし○あり", "?", "一部", "要検討", "○なし・あり○", "確認中です",
    "なし（別紙のとおり）", "×", "ありなし？",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, NO) for typed in SAID_NO),
        *((typed, YES) for typed in SAID_YES),
        *((typed, NOTHING) for typed in SAID_NOTHING),
        *((typed, UNCLEAR) for typed in NOT_CLEAR),
    ],
)
def test_what_is_typed_is_understood_or_called_unclear(typed: str, meant: str) -> None:
    assert change_wanted(typed) == meant


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_our_own_cell_says_nothing_until_one_box_is_ticked(spoken: str) -> None:
    with language.speaking(spoken):
        printed = choice()
    assert change_wanted(printed) == NOTHING
    for tick in "☑■✓レ○":
        first, second = printed.replace("□", tick, 1), printed[::-1].replace("□", tick, 1)[::-1]
        assert (change_wanted(first), change_wanted(second)) == (NO, YES)


@example("a")
@example("なし。ただし")
@given(strategies.storable)
def test_any_other_text_is_never_taken_for_an_answer(text: str) -> None:
    if not set("なし無ナシﾅｼ有あアりリｱﾘ了承知解確認済NnYyOoKk") & set(text):
        assert change_wanted(text) in (NOTHING, UNCLEAR)


@given(st.text("□☑なしあり・ ○無有/", max_size=12))
def test_any_row_of_signs_has_one_meaning(text: str) -> None:
    assert change_wanted(text) in (NO, YES, NOTHING, UNCLEAR)
    assert change_wanted(f"　{text} ") == change_wanted(text)


@pytest.mark.parametrize(
    ("typed", "none"),
    [("", True), ("－", True), ("特になし", True), ("なし", True), ("ない。", True), ("3名", False),
     ("ありません", True), ("なしとする。", False)],
)  # fmt: skip
def test_a_cell_that_says_that_there_is_no_correction_is_none(typed: str, none: bool) -> None:
    assert is_no_text(typed) is none
