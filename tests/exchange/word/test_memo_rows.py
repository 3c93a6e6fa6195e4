"""Tables in a colleague's Word file: a row is a note."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument

from exchange import word_raw
from fieldvisit.exchange import memo
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo

OFF = "off-record"


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)


def saved(path: Path, *rows: list[str], merged: tuple[int, int] | None = None) -> Memo:
    """A memo with a table between two paragraphs; ``merged`` are rows whose first cell is one."""
    document = WordDocument()
    document.add_paragraph("前。")
    table = document.add_table(len(rows), len(rows[0]))
    fill(table, list(rows))
    if merged:
        table.cell(merged[0], 0).merge(table.cell(merged[1], 0))
    document.add_paragraph("後。")
    document.save(str(path / "memo.docx"))
    return read_memo(memo.read(path / "memo.docx").lines)


def levels(found: Memo) -> list[tuple[str, str]]:
    assert [p.text for p in found.paragraphs[:: len(found.paragraphs) - 1]] == ["前。", "後。"]
    assert {p.disclosure for p in found.paragraphs[:: len(found.paragraphs) - 1]} == {""}
    return [(p.text, p.disclosure) for p in found.paragraphs[1:-1]]


def test_a_row_of_two_is_a_label_and_its_value(tmp_path: Path) -> None:
    found = saved(
        tmp_path,
        ["項目", "回答"], ["職員数", "12名（オフレコ）"], ["研修：", "年2回。"], ["Staff", "12"],
    )  # fmt: skip
    assert levels(found) == [
        ("項目：回答", ""), ("職員数：12名（オフレコ）", OFF), ("研修：年2回。", ""),
        ("Staff: 12", ""),
    ]  # fmt: skip
    assert found.closed_by_words == 1


def test_more_cells_are_parted_and_empty_ones_left_out(tmp_path: Path) -> None:
    found = saved(tmp_path, ["職員数", "12名", "2019年"], ["研修", "", "年2回"], ["", "", "一言。"])
    assert levels(found) == [
        ("職員数 ／ 12名 ／ 2019年", ""), ("研修 ／ 年2回", ""), ("一言。", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["オフレコ", "【オフレコ】", "引用不可", "非公開", "【オフレコ・発言】足りない。",
             "引用しないでください。", "ここだけの話"]
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_row_is_closed_by_any_of_its_cells(tmp_path: Path, cell: str, at: int) -> None:
    row = ["職員数", "専門職12名"]
    row.insert(at, cell)
    closed, plain = levels(saved(tmp_path, ["名", "数", "考"], row, ["甲", "乙", "丙"]))[1:]
    assert closed[1] == OFF
    assert "職員数 ／ " in closed[0] or closed[0].startswith("職員数")
    assert plain == ("甲 ／ 乙 ／ 丙", "")


def test_the_head_of_a_table_and_a_label_of_several_rows_close_them(tmp_path: Path) -> None:
    found = saved(tmp_path, ["項目", "回答（オフレコ）"], ["職員数", "12名"], ["", "一言。"])
    assert [level for _text, level in levels(found)] == [OFF, OFF, OFF]
    found = saved(tmp_path, ["人事（オフレコ）", ""], ["職員数", "12名"])
    assert [level for _text, level in levels(found)] == [OFF, OFF]
    found = saved(
        tmp_path, ["項目", "回答"], ["人事（オフレコ）", "異動"], ["", "昇任"], ["他", "話"],
        merged=(1, 2),
    )  # fmt: skip
    assert levels(found) == [
        ("項目：回答", ""), ("人事（オフレコ）：異動", OFF), ("人事（オフレコ）：昇任", OFF),
        ("他：話", ""),
    ]  # fmt: skip


def test_several_paragraphs_of_a_cell_stay_together_with_their_signs(tmp_path: Path) -> None:
    found = saved(tmp_path, ["研修", "・年2回。\n・外部もある。"], ["1. 採用", "12名"])
    assert [text for text, _level in levels(found)] == [
        "研修：・年2回。\n・外部もある。",
        "1. 採用：12名",
    ]


def test_a_frame_around_a_memo_is_no_row(tmp_path: Path) -> None:
    found = saved(tmp_path, ["一。\n【オフレコ】二。\n三。"])
    assert levels(found) == [("一。", ""), ("二。", OFF), ("三。", "")]
    long = "\n".join(f"{n}番目の話。" for n in range(9))
    assert len(levels(saved(tmp_path, ["内容", long]))) == 10
    assert len(levels(saved(tmp_path, ["内容（オフレコ）", long]))) == 1


def test_what_is_struck_in_a_row_is_named(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "職員数"
    paragraph = table.cell(0, 1).paragraphs[0]
    paragraph.add_run("12名")
    paragraph.add_run("13名").font.strike = True
    document.save(str(tmp_path / "memo.docx"))
    found = read_memo(memo.read(tmp_path / "memo.docx").lines)
    assert [p.text for p in found.paragraphs] == ["職員数：12名"]
    assert [line.text for line in found.strays] == ["13名"]


def test_a_table_in_a_cell_belongs_to_the_row_around_it(tmp_path: Path) -> None:
    document = WordDocument()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "人事（オフレコ）"
    fill(outer.cell(0, 1).add_table(2, 2), [["異動", "3名"], ["昇任", "1名"]])
    document.save(str(tmp_path / "memo.docx"))
    [found] = read_memo(memo.read(tmp_path / "memo.docx").lines).paragraphs
    assert found.disclosure == OFF
    assert found.text == "人事（オフレコ）：異動\n3名\n昇任\n1名"


def test_a_long_cell_that_goes_on_below_closes_and_is_not_repeated(tmp_path: Path) -> None:
    label = f"オフレコ{'長' * 300}"
    found = saved(tmp_path, ["項目", "回答"], [label, "異動"], ["", "昇任"], merged=(1, 2))
    assert levels(found)[1:] == [(f"{label}：異動", OFF), ("昇任", OFF)]


def test_many_rows_of_one_label_and_deep_tables_take_their_time_once(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = "".join(f"<w:tr>{cell}<w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc></w:tr>"
                   for n in range(3000))  # fmt: skip
    first = cell.replace("<w:p/>", "<w:p><w:r><w:t>職員</w:t></w:r></w:p>")
    first = first.replace("vMerge/", 'vMerge w:val="restart"/')
    deep = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl><w:p/>" * 200
    table = f"<w:tbl><w:tr>{first}{cell}</w:tr>{rows}</w:tbl>{deep}<w:p/>"
    found = read_memo(memo.read(word_raw.write(tmp_path / "memo.docx", table)).lines)
    assert found.paragraphs[-1].text == "職員：2999"
    assert len(found.paragraphs) == 3001
