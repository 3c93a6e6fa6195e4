"""Workbooks that came back: ours as we wrote them, and with rows, columns and sheets moved."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from exchange import table_raw as raw
from exchange.table_raw import apart, cells, read_sheet, texts
from exchange.word_raw import pack, unpack
from exchange.workbooks import HARD, NOTE, SHEET, TAG, filled, kept, sheet
from fieldvisit import language
from fieldvisit.documents.answer_grid import AnswerRow
from fieldvisit.documents.grid import Column, Grid
from fieldvisit.exchange.excel.sheet import read
from fieldvisit.fieldwork.sheets.returned_file import ReturnedTable
from fieldvisit.harmless import visible
from strategies import storable


def back(path: Path, *rows: AnswerRow) -> ReturnedTable:
    return read(kept(path / "x.xlsx", sheet(*rows)))


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("reading", ["en", "ja"])
def test_our_own_sheet_comes_back_whole(spoken: str, reading: str, tmp_path: Path) -> None:
    language.use(spoken)
    row = filled(
        "12名", kind="発言", disclosure="公表可", speaker="課長", state="該当なし", choice="省略"
    )
    path = kept(tmp_path / "x.xlsx", sheet(row, filled("", NOTE)))
    language.use(reading)
    found = read(path)
    assert found.sheet == SHEET
    assert found.apart == ()
    first, second = found.rows
    assert first.cells == {
        "tag": TAG, "number": "1/1", "topic": "採用", "question": "職員数を教えてください。",
        "answer": "12名", "kind": "発言", "disclosure": "公表可", "speaker": "課長",
        "state": "該当なし", "choice": "省略",
    }  # fmt: skip
    assert second.cells["tag"] == NOTE
    assert (first.where.part, first.where.unit, first.where.number) == ("題", "row", 2)


@given(answer=storable, speaker=storable)
@example(answer=HARD[0], speaker=HARD[1])
def test_any_text_comes_back(answer: str, speaker: str, tmp_path_factory: Any) -> None:
    found = back(tmp_path_factory.mktemp("x"), filled(answer, speaker=speaker))
    assert [cells(found, key)[0] for key in ("answer", "speaker")] == [
        visible(text) for text in (answer, speaker)
    ]
    assert found.apart == ()


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_come_back(text: str, tmp_path: Path) -> None:
    assert cells(back(tmp_path, filled(text)), "answer") == [visible(text)]


@examples(15)
@given(
    piece=st.text("字𠮷a_x0041\n　か\u3099\U000e0100👩‍=", min_size=1, max_size=9),
    length=st.integers(32_000, 70_000),
)
@example(piece="_x0041_", length=40_000)
@example(piece="か\u3099", length=40_000)
@example(piece="a ", length=65_534)
@example(piece="\u3000", length=63_999)
def test_a_long_text_comes_back_as_one(piece: str, length: int, tmp_path_factory: Any) -> None:
    text = "始" + (piece * length)[:length] + "終"
    rows = (filled(text, kind="発言"), filled("短い", NOTE))
    found = back(tmp_path_factory.mktemp("x"), *rows)
    assert cells(found, "answer") == [text, "短い"]
    assert cells(found, "tag") == [TAG, NOTE]
    assert cells(found, "number") == ["1/1", "1/1"]
    assert cells(found, "kind") == ["発言", ""]


def test_two_long_texts_with_one_tag_stay_two(tmp_path: Path) -> None:
    one, two = "甲" * 40_000, "乙" * 40_000
    assert cells(back(tmp_path, filled(one), filled(two)), "answer") == [one, two]


def test_columns_in_another_order_renamed_and_new_ones(tmp_path: Path) -> None:
    heads = texts("備考", "ご回答（200字以内）", "No.", "質問事項", "担当", "整理用")
    path = raw.write(tmp_path / "x.xlsx", {
        "S": raw.sheet(heads, texts("電話で確認", "12名", "1/1", "人数は", "山田", TAG)),
    })  # fmt: skip
    (row,) = read(path).rows
    assert row.cells == {
        "備考": "電話で確認", "answer": "12名", "number": "1/1", "question": "人数は",
        "担当": "山田", "tag": TAG,
    }  # fmt: skip


def test_the_head_row_may_stand_further_down(tmp_path: Path) -> None:
    above = [texts("千葉市 御中"), texts("回答をお願いします"), raw.row()]
    path = raw.write(
        tmp_path / "x.xlsx",
        {"S": raw.sheet(*above, texts(*raw.HEADS), texts(TAG, "1/1", "人数は", "12名"))},
    )
    found = read(path)
    assert [(row.where.number, row.cells["answer"]) for row in found.rows] == [(5, "12名")]
    assert apart(found) == [("above", "千葉市 御中"), ("above", "回答をお願いします")]


def test_it_may_stand_on_any_sheet_and_others_are_told(tmp_path: Path) -> None:
    path = raw.write(
        tmp_path / "x.xlsx",
        {
            "表紙": raw.sheet(texts("送付状", "担当：山田")),
            "回答 (2)": raw.answers(texts(TAG, "1/1", "人数は", "12名")),
            "裏": raw.sheet(texts("内緒")),
        },
        hidden=["裏"],
    )
    found = read(path)
    assert [(row.where.part, row.cells["answer"]) for row in found.rows] == [("回答 (2)", "12名")]
    assert apart(found) == [
        ("instruction", "送付状"), ("instruction", "担当：山田"), ("hidden", "内緒"),
    ]  # fmt: skip
    assert [line.where.part for line in found.apart] == ["表紙", "表紙", "裏"]


def test_copies_of_the_sheet_are_read_and_nothing_is_doubled(tmp_path: Path) -> None:
    ours, theirs = texts(TAG, "1/1", "人数は", "12名"), texts(NOTE, "1/2", "予算は", "")
    path = raw.write(
        tmp_path / "x.xlsx",
        {
            "総務課": raw.answers(ours, theirs),
            "情報課": raw.answers(ours, texts(NOTE, "1/2", "予算は", "3億")),
        },
    )
    assert [(row.where.part, row.cells.get("answer")) for row in read(path).rows] == [
        ("総務課", "12名"), ("総務課", None), ("情報課", "3億"),
    ]  # fmt: skip


def test_rows_without_text_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    rows = [raw.row(), texts("", "", "", " 　"), texts("", "", "", "12名")]
    found = read_sheet(tmp_path, *rows, raw.row(raw.text("後"), number=1_048_576))
    assert [row.where.number for row in found.rows] == [4, 1_048_576]


def test_what_somebody_added_to_the_instructions_is_told_and_ours_is_not(tmp_path: Path) -> None:
    path = kept(tmp_path / "x.xlsx", sheet(filled("12名")))
    files, name = unpack(path), "xl/worksheets/sheet2.xml"
    added = raw.row(raw.text("電話でも可", raw.at(1, 90)), number=90).encode()
    files[name] = files[name].replace(b"</sheetData>", added + b"</sheetData>")
    assert apart(read(pack(path, {**files}))) == [("instruction", "電話でも可")]


def test_hidden_choices_of_ours_are_not_told(tmp_path: Path) -> None:
    columns = (
        Column("tag", "整理用", use="tag"), Column("answer", "回答", use="entry"),
        Column("kind", "種別", choices=tuple(f"長い長い選択肢{n}" for n in range(60))),
    )  # fmt: skip
    path = kept(tmp_path / "x.xlsx", Grid(columns, ((TAG, "12名", None),), sheet=SHEET))
    assert read(path).apart == ()


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    hidden = raw.row(
        *(raw.text(text) for text in (TAG, "1/1", "人数は", "12名")), more='hidden="1"'
    )
    before = '<cols><col min="4" max="4" hidden="1"/></cols>'
    assert cells(read_sheet(tmp_path, hidden, before=before), "answer") == ["12名"]
