"""What people add to a workbook beside its texts: struck out, commented, boxed, merged."""

from pathlib import Path

from exchange import table_raw as raw
from exchange.table_raw import apart, cells, read_sheet, texts
from exchange.workbooks import NOTE, TAG
from fieldvisit.exchange.excel.sheet import read

STRUCK = (
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>'
)


def test_struck_text_is_set_apart_and_the_row_keeps_its_tag(tmp_path: Path) -> None:
    mixed = (
        '<c t="inlineStr"><is><r><t>12名</t></r><r><rPr><strike/></rPr><t>約20名</t></r>'
        '<r><rPr><strike val="0"/></rPr><t>です</t></r></is></c>'
    )
    rows = [
        raw.row(*(raw.text(text, 's="1"') for text in (TAG, "1/1", "人数は", "30名"))),
        raw.row(raw.text(NOTE), raw.text("1/2"), raw.text("予算は"), mixed),
    ]
    path = raw.write(tmp_path / "x.xlsx", {"S": raw.answers(*rows)}, styles=STRUCK)
    found = read(path)
    assert [dict(row.cells) for row in found.rows] == [
        {"tag": TAG},
        {"tag": NOTE, "number": "1/2", "question": "予算は", "answer": "12名です"},
    ]
    assert apart(found) == [
        ("struck", "1/1"), ("struck", "人数は"), ("struck", "30名"), ("struck", "約20名"),
    ]  # fmt: skip


def test_runs_without_a_look_of_their_own_are_struck_as_their_cell_is(tmp_path: Path) -> None:
    shared = "<si><r><t>全部</t></r><r><rPr><b/></rPr><t>残る</t></r></si>"
    rows = [raw.row(raw.text(TAG), "<c/>", "<c/>", raw.shared(0, 's="1"'))]
    path = raw.write(
        tmp_path / "x.xlsx", {"S": raw.answers(*rows)}, styles=STRUCK, sharedStrings=shared
    )
    assert cells(read(path), "answer") == ["残る"]
    assert apart(read(path)) == [("struck", "全部")]


def test_comments_are_told_without_their_authors(tmp_path: Path) -> None:
    said = raw.comments(("D2", "山田", "要確認です"), ("A9", "佐藤", "二行\nある"))
    path = raw.with_remarks(
        tmp_path / "x.xlsx", raw.answers(texts(TAG, "", "", "12名")), comments=said
    )
    found = read(path)
    assert apart(found) == [("comment", "要確認です"), ("comment", "二行\nある")]
    assert [line.where.number for line in found.apart] == [2, 9]


def test_threads_of_comments_are_told_once(tmp_path: Path) -> None:
    copy = raw.comments(("D2", "tc={1}", "[Threaded comment] 要確認 返信"))
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    threads = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="D2"><text>要確認</text>'
        '</threadedComment><threadedComment ref="D2"><text>返信</text></threadedComment>'
        "</ThreadedComments>"
    )
    path = raw.with_remarks(
        tmp_path / "x.xlsx", raw.answers(), comments=copy, threadedComment=threads
    )
    assert apart(read(path)) == [("comment", "要確認"), ("comment", "返信")]


def test_boxes_with_text_are_told(tmp_path: Path) -> None:
    path = raw.with_remarks(
        tmp_path / "x.xlsx", raw.answers(), drawing=raw.drawing(6, "ここだけ", "の話")
    )
    assert apart(read(path)) == [("drawn", "ここだけ\nの話")]
    assert read(path).apart[0].where.number == 7


def test_a_merged_text_belongs_to_the_top_left(tmp_path: Path) -> None:
    rows = [texts(TAG, "1/1", "人数は", "12名"), texts("", "", "", "続き"), texts(NOTE)]
    merged = '<mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="A4:D4"/></mergeCells>'
    found = read_sheet(tmp_path, *rows, after=merged)
    assert [dict(row.cells) for row in found.rows][1:] == [{"answer": "続き"}, {"tag": NOTE}]


def test_a_text_under_a_merged_one_is_told(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="D2:D3"/></mergeCells>'
    rows = [texts(TAG, "", "", "上"), texts(NOTE, "", "", "下")]
    found = read_sheet(tmp_path, *rows, after=merged)
    assert cells(found, "answer") == ["上", ""]
    assert apart(found) == [("hidden", "下")]
