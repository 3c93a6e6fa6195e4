"""Which head means which column."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldvisit.exchange.column_heads import column_key, column_letters, find_heads, heads_among
from fieldvisit.fieldwork.sheets.columns import SHEET_COLUMNS
from strategies import storable


def keys(*heads: str) -> list[str]:
    found = find_heads({1: dict(enumerate(heads, start=1))})
    assert found
    return [column_key(found[1], column) for column in range(1, len(heads) + 1)]


@pytest.mark.parametrize("language", ["ja", "en", "key"])
def test_our_heads_are_known_in_both_languages(language: str) -> None:
    heads = [getattr(term, language, key) for key, term in SHEET_COLUMNS.items()]
    assert keys(*heads) == list(SHEET_COLUMNS)
    assert keys(*reversed(heads)) == list(reversed(SHEET_COLUMNS))


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("回答欄", "answer"), ("ご回答", "answer"), ("【回答】", "answer"), ("回 答", "answer"),
        ("回答（200字以内）", "answer"), ("回答\n(記入欄)", "answer"), ("Answers", "answer"),
        ("Your answer:", "answer"), ("ＡＮＳＷＥＲ", "answer"), ("質問事項", "question"),
        ("質問内容", "question"), ("No.", "number"), ("Ｎｏ．", "number"), ("№", "number"),
        ("番号", "number"), ("回答課名", "department"), ("section that answers", "department"),
        ("回答状況（選択）", "state"), ("取扱区分", "disclosure"), ("整理用", "tag"),
    ],
)  # fmt: skip
def test_a_head_may_be_renamed_slightly(head: str, key: str) -> None:
    other = "番号" if key != "number" else "質問"
    third = "項目"
    assert keys(other, head, third)[1] == key


@pytest.mark.parametrize("head", ["回答日", "回答者", "備考", "質問者", "担当", "回答1", "問"])
def test_a_head_that_means_something_else_keeps_its_name(head: str) -> None:
    assert keys("質問", "回答", head) == ["question", "answer", head]


def test_of_two_heads_for_one_column_the_exact_one_counts() -> None:
    assert keys("質問", "回答欄", "回答") == ["question", "回答欄", "answer"]
    assert keys("質問", "回答", "回答") == ["question", "answer", "回答"]
    assert keys("質問", "備考", "備考", "answer", "回答") == [
        "question", "備考", "備考 (C)", "answer", "回答",
    ]  # fmt: skip
    assert keys("質問", "回答", "answer") == ["question", "answer", "answer (C)"]


def test_a_column_without_a_head_is_called_by_its_letter() -> None:
    found = find_heads({3: {1: "質問", 2: "回答"}})
    assert found
    assert found[0] == 3
    assert [column_key(found[1], column) for column in (4, 27, 703)] == ["D", "AA", "AAA"]


def test_the_row_with_most_heads_is_taken_among_the_first_twenty() -> None:
    table = {2: {1: "質問", 2: "回答"}, 3: {1: "番号", 2: "質問", 3: "回答"}}
    found = find_heads(table)
    assert found
    assert found[0] == 3
    assert find_heads({20: table[2]})
    assert find_heads({21: table[2]}) is None


@pytest.mark.parametrize("row", [{}, {1: "質問"}, {1: "質問", 2: "質問"}, {1: "氏名", 2: "住所"}])
def test_fewer_than_two_heads_make_no_head_row(row: dict[int, str]) -> None:
    assert find_heads({1: row}) is None
    assert find_heads({}) is None
    assert heads_among({1: row}) == len({text for text in row.values() if text == "質問"})


@example(heads=["", "C"])  # C is what the column without a head is called by
@example(heads=["x", "x (D)", "x", "x (E)"])
@given(heads=st.lists(storable, max_size=6))
def test_no_two_columns_share_a_key(heads: list[str]) -> None:
    found = keys("質問", "回答", *heads)
    assert len(set(found)) == len(found)


def test_letters_count_as_in_a_spreadsheet() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 52, 702, 703, 16_384)] == [
        "A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
