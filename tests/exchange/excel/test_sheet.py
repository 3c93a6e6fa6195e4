"""Sheets as workbooks, and what is read of those that come back."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from exchange import table_raw as raw
from exchange.table_raw import apart, cells, rows, texts
from exchange.word_raw import VISIT, links, pack, through_libreoffice, unpack
from fieldvisit import language
from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.sheets import AnswerRow, answer_table
from fieldvisit.exchange.excel.numbers import GENERAL, seen
from fieldvisit.exchange.returned_files import read_file as read
from fieldvisit.fieldwork.guide import Address
from fieldvisit.harmless import visible
from fieldvisit.review.pieces import OWN, bare
from fieldvisit.review.tags import box_tag, note_tag, sheet_tag

SHEET = sheet_tag(VISIT, "interviewer")
TAG = box_tag(VISIT, Address("hiring", "staff-mix"))
NOTE = note_tag(VISIT, "k3f9x2m4qa", "0123456789abcdef")
HARD = (
    "𠮷野家 👩‍👩‍👧 葛\U000e0100城 か\u3099 e\u0301 ～〜", "=1+1", "'=1+1", "#N/A", "012025",
    "_x0041_", "_x000D_", "_x005F_x0041_", "ax005F_b", "  前後の空白　", "一\n\n二\n", "\t", "1.0",
    "TRUE", "2019-11-08", "<a>&amp;]]>", "x|1/2", "\x01\ufffe\u202e", "10/3",
)  # fmt: skip


def filled(answer: str, tag: str = TAG, **more: str) -> AnswerRow:
    asked = {"tag": tag, "number": "1/1", "topic": "採用", "question": "職員数を教えてください。"}
    return {**asked, "answer": answer, **more}


def sheet(path: Path, *rows: AnswerRow) -> Path:
    grid = answer_table("interviewer", rows, title="題", instructions=("一", "二"), sheet=SHEET)
    path.write_bytes(write(grid))
    return path


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("reading", ["en", "ja"])
def test_our_own_sheet_comes_back_whole(spoken: str, reading: str, tmp_path: Path) -> None:
    language.use(spoken)
    row = filled(
        "12名", kind="発言", disclosure="公表可", speaker="課長", state="該当なし", choice="省略"
    )
    path = sheet(tmp_path / "x.xlsx", row, filled("", NOTE))
    language.use(reading)
    found = read(path)
    assert found.sheet == SHEET
    assert apart(found) == []
    first, second = rows(found)
    assert first == row
    assert second["tag"] == NOTE
    own = [piece for piece in found.pieces if piece.look == OWN]
    assert [piece.column for piece in own[:3]] == ["number", "topic", "question"]
    assert {piece.text for piece in own if not piece.column} >= {"一", "二"}
    where = own[0].where
    assert (where.part, where.unit, where.at) == ("題", "row", 2)


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
    found = read(sheet(tmp_path_factory.mktemp("x") / "x.xlsx", *rows))
    assert cells(found, "answer") == [bare(text), "短い"]
    assert cells(found, "tag") == [TAG, NOTE]
    assert cells(found, "number") == ["1/1", "1/1"]
    assert cells(found, "kind") == ["発言", ""]


OURS = texts(TAG, "1/1", "人数は", "12名")
# The sheets of a book, the last one hidden if it is called 裏, and what is found of them.
BOOKS: dict[str, tuple[dict[str, str], list[tuple[str, str, str]]]] = {
    "one of several sheets": (
        {"表紙": raw.sheet(texts("送付状", "担当：山田")), "回答 (2)": raw.answers(OURS),
         "裏": raw.sheet(texts("内緒"))},
        [("表紙", "aside", "送付状"), ("表紙", "aside", "担当：山田"), ("回答 (2)", "", "1/1"),
         ("回答 (2)", "", "人数は"), ("回答 (2)", "", "12名"), ("裏", "hidden", "内緒")]),
    "copies, in which nothing is doubled": (
        {"総務課": raw.answers(OURS, texts(NOTE, "", "予算は", "")),
         "情報課": raw.answers(OURS, texts(NOTE, "", "予算は", "3億"))},
        [("総務課", "", "1/1"), ("総務課", "", "人数は"), ("総務課", "", "12名"),
         ("総務課", "", "予算は"), ("情報課", "", "予算は"), ("情報課", "", "3億")]),
}  # fmt: skip


@pytest.mark.parametrize("book", BOOKS)
def test_it_may_stand_on_any_sheet_and_others_are_told(book: str, tmp_path: Path) -> None:
    sheets, wanted = BOOKS[book]
    found = read(raw.write(tmp_path / "x.xlsx", sheets, hidden="裏"))
    assert [(piece.where.part, piece.look, piece.text) for piece in found.pieces] == wanted


def test_what_somebody_added_to_the_instructions_is_told_and_ours_is_not(tmp_path: Path) -> None:
    path = sheet(tmp_path / "x.xlsx", filled("12名"))
    files, name = unpack(path), "xl/worksheets/sheet2.xml"
    added = raw.row(raw.text("電話でも可", raw.at(1, 90)), number=90).encode()
    files[name] = files[name].replace(b"</sheetData>", added + b"</sheetData>")
    assert apart(read(pack(path, {**files}))) == [("aside", "電話でも可")]


DAY = "yyyy/m/d"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12", GENERAL, "12"), ("12.0", GENERAL, "12"), ("0.1", GENERAL, "0.1"),
        ("0.30000000000000004", GENERAL, "0.3"), ("1E3", GENERAL, "1000"),
        ("1E-7", GENERAL, "0.0000001"), ("1.5E22", GENERAL, "1.5E+22"), ("1E30", "0.0", "1E+30"),
        ("1.5", "0." + "0" * 40, "1.5"), ("-0", GENERAL, "0"), ("-3", GENERAL, "-3"),
        ("12.0", "@", "12"), ("12", "G/標準", "12"), ("0.5", "0%", "50%"),
        ("0.125", "0.0%", "12.5%"), ("12025", "000000", "012025"),
        ("1234567.5", "#,##0", "1,234,568"), ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.5", "0.0#", "1234.5"), ("12", '0"人"', "12人"), ("12", '#,##0"人"', "12人"),
        ("1200", r"\¥#,##0;[Red]\¥\-#,##0", "¥1,200"),
        ("-1200", r"\¥#,##0;[Red]\¥\-#,##0", "¥-1,200"), ("1200", "[$¥-411]#,##0", "¥1,200"),
        ("-1200", "#,##0", "-1,200"), ("-0.4", "0", "0"), ("3", "0_);(0)", "3"),
        ("1200", "0.00E+00", "1200"), ("0.5", "# ?/?", "0.5"), ("1200000", "#,##0,", "1,200"),
        ("12345678", '#,##0,"千円"', "12,346千円"), ("-12345678", "#,##0,,", "-12"),
        ("0.35", "0%", "35%"), ("5", "[>3]0.0;0", "5"), ("5", ";;;", "5"), ("x", "0", "x"),
        ("inf", "0", "inf"), ("nan", GENERAL, "nan"), ("12", '"x"' * 100 + "0", "12"),
        ("43777", DAY, "2019-11-08"), ("43777", '[$-411]ggge"年"m"月"d"日"', "令和元年11月8日"),
        ("43556", '[$-411]ggge"年"m"月"d"日"', "平成31年4月1日"), ("43777", "m月d日", "11月8日"),
        ("43777", "m/d", "11/8"), ("43777", "[$-411]yyyy年mm月", "2019年11月"),
        ("43739", '[$-411]ggge"年"m"月"', "令和元年10月"), ("43777", '[$-411]gee"年"', "R01年"),
        ("43777.5625", '[$-411]m"月"d"日"(aaa) h"時"mm"分"', "11月8日(金) 13時30分"),
        ("43777", "yyyy", "2019"), ("43777.5625", "yyyy/m/d h:mm", "2019-11-08 13:30"),
        ("43777.5625", DAY, "2019-11-08"), ("43777", "dddd, mmmm dd, yyyy", "Fri, 2019-11-08"),
        ("0.5625", "h:mm", "13:30"),
        ("0.5625", "h:mm AM/PM", "13:30"), ("0.5625115740740741", "h:mm:ss", "13:30:01"),
        ("1.0625", "[h]:mm", "25:30"), ("0.9999999", "yyyy/m/d h:mm", "1900-01-01 0:00"),
        ("1", DAY, "1900-01-01"), ("59", DAY, "1900-02-28"), ("60", DAY, "60"),
        ("61", DAY, "1900-03-01"), ("0", DAY, "0"), ("-1", DAY, "-1"),
        ("2958465", DAY, "9999-12-31"), ("2958466", DAY, "2958466"), ("1E300", DAY, "1E+300"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_shown_and_a_date_as_a_day(
    value: str, code: str, shown: str
) -> None:
    assert seen(value, code) == shown


@given(day=st.dates(date(1900, 3, 1)))
def test_every_day_is_found_in_both_systems(day: date) -> None:
    since_1900, since_1904 = (day - date(1899, 12, 30)).days, (day - date(1904, 1, 1)).days
    assert seen(str(since_1900), DAY) == day.isoformat()
    if since_1904 >= 0:
        assert seen(str(since_1904), DAY, since_1904=True) == day.isoformat()


@given(
    number=st.floats(-1e15, 1e15),
    code=st.text(';0#?,.%[]"\\_*@EeymdhsGeneral人¥$ -+/', max_size=12),
)
def test_no_format_makes_a_number_vanish(number: float, code: str) -> None:
    text = repr(number)
    assert isinstance(seen(text, code), str)
    assert seen(text, GENERAL) == seen(seen(text, GENERAL), GENERAL)


STRUCK = (
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>'
)
ODD = (
    '<fonts><font><family val="34"/></font></fonts><fills><fill/></fills>'
    '<cellXfs><xf numFmtId="9" fontId="7" fillId="9"/></cellXfs>'
)
MIXED = (
    '<c t="inlineStr"><is><r><t>12名</t></r><r><rPr><strike/></rPr><t>約20名</t></r>'
    '<r><rPr><strike val="0"/></rPr><t>です</t></r></is></c>'
)
THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="D2"><text>要確認</text></threadedComment>'
    '<threadedComment ref="D2"><text>返信</text></threadedComment></ThreadedComments>'
)
NO = "<c/>"
AFTER = '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks><pageSetup orientation="x"/>'
Seen = list[tuple[int, str, str, str]]


def of(answer: str, tag: str = TAG) -> str:
    return raw.row(raw.text(tag), NO, NO, answer)


# The rows below the heads, what stands around them, further parts, and what is found: the row, the
# column, the look and the text.
SHAPES: dict[str, tuple[list[str], dict[str, str], dict[str, str], Seen]] = {
    "hidden rows and columns": (
        [raw.row(raw.text(TAG), NO, NO, raw.text("12名"), more='hidden="1"')],
        {"before": '<cols><col min="4" max="4" hidden="1"/></cols>'}, {},
        [(2, "answer", "hidden", "12名")]),
    "formulas by their results": (
        [raw.row(raw.formula("1+1", "<v>2</v>"), NO, NO, raw.formula("A1&B1")),
         of(raw.formula("A1", "<v>十二</v>", 't="str"')),
         of(raw.formula('""', "<v></v>", 't="str"')),
         of(raw.formula("1/0", "<v>#DIV/0!</v>", 't="e"'))],
        {}, {},
        [(2, "tag", "", "2"), (2, "answer", "formula", "=A1&B1"), (3, "answer", "", "十二"),
         (5, "answer", "error", "#DIV/0!")]),
    "truth and dates as shown": (
        [of(raw.value("1", 't="b"')), of(raw.value("2019-11-08T00:00:00", 't="d"')),
         of(raw.value("12.0")), of(raw.text("１２")), of(raw.value("43777", 's="1"'))],
        {}, {"styles": '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'},
        [(2, "answer", "", "TRUE"), (3, "answer", "", "2019-11-08"), (4, "answer", "", "12"),
         (5, "answer", "", "１２"), (6, "answer", "", "2019-11-08")]),
    "readings passed over, spelled signs": (
        [of(raw.shared(0)), of(raw.shared(1)), of(raw.text("_x005F_x0041_"))], {},
        {"sharedStrings": '<si><t>千葉</t><rPh sb="0" eb="2"><t>ちば</t></rPh></si>'
                          "<si><t>一_x000D_\n二</t></si>"},
        [(2, "answer", "", "千葉"), (3, "answer", "", "一\n二"), (4, "answer", "", "_x0041_")]),
    "a text inside a cell whatever its kind": (
        [of("<c><is><t>答</t></is></c>")], {}, {}, [(2, "answer", "", "答")]),
    "struck rows keep their tags": (
        [raw.row(*(raw.text(text, 's="1"') for text in (TAG, "1/1", "人数は", "30名"))),
         of(MIXED, NOTE)],
        {}, {"styles": STRUCK},
        [(2, "number", "struck", "1/1"), (2, "question", "struck", "人数は"),
         (2, "answer", "struck", "30名"), (3, "answer", "", "12名です"),
         (3, "answer", "struck", "約20名")]),
    "runs struck as their cell is": (
        [of(raw.shared(0, 's="1"'))], {},
        {"styles": STRUCK,
         "sharedStrings": "<si><r><t>全部</t></r><r><rPr><b/></rPr><t>残る</t></r></si>"},
        [(2, "answer", "", "残る"), (2, "answer", "struck", "全部")]),
    "fonts and fills that nobody should write": (
        [of(raw.value("0.5", 's="0"')), '<row ht="x"/>'], {"after": AFTER}, {"styles": ODD},
        [(2, "answer", "", "50%")]),
    "merged cells": (
        [texts(TAG, "", "問", "上"), texts(NOTE, "", "", "下"), texts(TAG, "", "", "")],
        {"after": '<mergeCells><mergeCell ref="D2:D4"/><mergeCell ref="C2:C3"/></mergeCells>'}, {},
        [(2, "question", "", "問"), (2, "answer", "merged", "上"), (3, "answer", "merged", "上"),
         (3, "answer", "hidden", "下"), (4, "answer", "merged", "上")]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_sees_in_cells_is_found_with_its_look(shape: str, tmp_path: Path) -> None:
    given, around, parts, wanted = SHAPES[shape]
    path = raw.write(tmp_path / "x.xlsx", {"S": raw.answers(*given, **around)}, **parts)
    assert [(p.where.at, p.column, p.look, p.text) for p in read(path).pieces] == wanted


PARAGRAPH = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
TWO = PARAGRAPH.format("ここだけ") + PARAGRAPH.format("の話")
BOX = f"<xdr:sp><xdr:txBody>{TWO}</xdr:txBody></xdr:sp>"
DIAGRAM = f"<dgm:dataModel {raw.SPACES}><dgm:t>{PARAGRAPH.format('課長')}</dgm:t></dgm:dataModel>"
# What is pinned to a sheet, and what is found: the row, the slot, the column, the look, the text.
REMARKS: dict[str, tuple[dict[str, str], list[tuple[int, str, str, str, str]]]] = {
    "comments without their authors": (
        {"comments": raw.comments(("D2", "山田", "要確認です"), ("A9", "佐藤", "二行\nある"))},
        [(2, TAG, "answer", "comment", "要確認です"), (9, "", "tag", "comment", "二行\nある")]),
    "threads of comments once": (
        {"comments": raw.comments(("D2", "tc={1}", "[Threaded comment] 要確認 返信")),
         "threadedComment": THREADS},
        [(2, TAG, "answer", "comment", "要確認"), (2, TAG, "answer", "comment", "返信")]),
    "boxes with text": (
        {"drawing": raw.drawing(3, 6, BOX)}, [(7, "", "answer", "drawn", "ここだけ\nの話")]),
    "pictures, links, charts and diagrams": (
        {"drawing": raw.drawing(
            3, 1, '<xdr:pic><a:blip r:embed="r1"/></xdr:pic>', "<xdr:graphicFrame/>",
            '<xdr:pic><a:blip r:link="r1"/></xdr:pic>',
            '<xdr:graphicFrame><dgm:relIds r:dm="r1"/></xdr:graphicFrame>'),
         "diagramData": DIAGRAM},
        [(2, TAG, "answer", "picture", "picture"), (2, TAG, "answer", "picture", "picture"),
         (2, TAG, "answer", "link", "link to another file"), (2, TAG, "answer", "drawn", "課長")]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REMARKS)
def test_what_is_pinned_to_a_sheet_is_told_with_its_row(kind: str, tmp_path: Path) -> None:
    parts, wanted = REMARKS[kind]
    given = raw.answers(texts(TAG, "", "", "12名"))
    found = read(raw.with_remarks(tmp_path / "x.xlsx", given, **parts)).pieces
    assert [(p.where.at, p.slot, p.column, p.look, p.text) for p in found if p.look] == wanted


def test_an_embedded_workbook_and_another_file_are_named(tmp_path: Path) -> None:
    place = "<from><xdr:col>3</xdr:col><xdr:row>1</xdr:row></from>"
    one = f'<oleObject shapeId="1"><objectPr><anchor>{place}</anchor></objectPr></oleObject>'
    objects = f"<oleObjects {raw.SPACES}>{one}{one}</oleObjects>"  # a choice and its older form
    row = raw.texts(TAG, "", "", "12名")
    path = raw.write(tmp_path / "x.xlsx", {"S": raw.answers(row, after=objects)})
    outside = links(("externalLinkPath", "C:\\b.xlsx"), more='TargetMode="External"')
    parts: dict[str, str | bytes] = {**unpack(path)}
    parts |= {"xl/externalLinks/_rels/a.xml.rels": outside}
    found = [(p.text, p.slot, p.look) for p in read(pack(path, parts)).pieces]
    assert found == [
        ("link to another file: b.xlsx", "", "link"), ("12名", TAG, ""),
        ("embedded file", TAG, "embedded"),
    ]  # fmt: skip


# Other programs take a sign off such a text when they write it.
NOT_KEPT = "_x005F_x0041_"


def write_texts(one: Any, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            one.write_string(number, column, text)


@pytest.mark.programs
def test_what_libreoffice_makes_of_struck_text_dates_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path)
    one = book.add_worksheet("回答")
    struck, day = book.add_format({"font_strikeout": True}), book.add_format({"num_format": 14})
    write_texts(one, [raw.HEADS, (TAG, "1/1", "人数は")])
    one.write_rich_string("D2", "12名", struck, "約20名", "です")
    one.write_datetime("B3", datetime(2019, 11, 8), day)  # noqa: DTZ001 - the format has no zones
    one.write_number("C3", 12)
    one.write_formula("D3", "=6*7", None, 42)
    one.write_string("D4", "消した", struck)
    one.write_comment("D3", "要確認")
    one.set_row(2, None, None, {"hidden": True})
    book.close()
    for file in (path, through_libreoffice(path, "xlsx:Calc MS Excel 2007 XML")):
        found = read(file)
        assert cells(found, "answer")[0] == "12名です"
        assert [rows(found)[1][key] for key in ("number", "question")] == ["2019-11-08", "12"]
        looks = {"約20名": "struck", "消した": "struck", "要確認": "comment", "42": "hidden"}
        assert {(look, text) for text, look in looks.items()} <= {*apart(found)}


@pytest.mark.programs
def test_what_another_library_writes_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path)
    one = book.add_worksheet("回答")
    answers = [bare(visible(text)) for text in HARD if text.strip() and text != NOT_KEPT]
    write_texts(one, [raw.HEADS, *((TAG, "1/1", "人数は", text) for text in answers)])
    book.close()
    assert cells(read(path), "answer") == answers
