"""Excel files as they look and print: heads, widths, heights, paper."""

from pathlib import Path

import pytest

from documents import pdf_pages, rendered
from documents.excel_grids import (
    ROW,
    SHEET,
    first,
    grid,
    looks_of_the_first_row,
    one,
    part,
    sheet_of,
)
from fieldvisit.documents.formats.excel import write


def test_the_head_row_is_bold_filled_frozen_and_printed_on_each_page() -> None:
    sheet = sheet_of(write(grid(ROW)))
    assert [cell.value for cell in sheet[1]] == ["整理用", "番号", "質問", "回答", "回答状況"]
    assert all(cell.font.b and cell.fill.fill_type == "solid" for cell in sheet[1][1:])
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"


def test_it_prints_on_a4_landscape_one_page_wide_with_title_and_page_number() -> None:
    sheet = sheet_of(write(grid(ROW, title="質問 A&B")))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    xml = part(write(grid(ROW, title="質問 A&B &D")), "xl/worksheets/sheet1.xml")
    assert "A&amp;&amp;B &amp;&amp;D</oddHeader>" in xml  # the pairs are signs, not fields
    assert "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>" in xml


def test_texts_are_wrapped_at_the_top_in_columns_of_the_asked_width() -> None:
    sheet = sheet_of(write(grid(ROW)))
    assert {name: sheet.column_dimensions[name].width for name in "ABCDE"} == {
        "A": 3, "B": 6, "C": 44, "D": 60, "E": 16,
    }  # fmt: skip
    for cell in looks_of_the_first_row(sheet)[1:]:
        assert cell.alignment.wrap_text
        assert cell.alignment.vertical == "top"
        assert cell.border.left.style == "thin"


def test_a_column_without_a_width_is_as_wide_as_its_text_up_to_a_limit() -> None:
    def width(text: str) -> float:
        return sheet_of(one(text)).column_dimensions["A"].width

    assert width("ab") < width("千葉市役所情報部") < width("千葉市役所情報部情報政策課")
    assert width("字" * 500) == width("字" * 1000) == 60
    assert width("a\nb" * 100) < 20


def test_a_row_is_as_high_as_its_lines_and_grows_when_somebody_writes() -> None:
    data = write(grid((*ROW[:3], "職員は12名。" * 40, None), ROW))
    sheet = sheet_of(data)
    high, low = sheet.row_dimensions[2].height, sheet.row_dimensions[3].height
    assert high is not None
    assert low is not None
    assert high > 8 * 17
    assert 2 * 17 <= low < 60
    assert "customHeight" not in part(data, "xl/worksheets/sheet1.xml")


def test_a_text_about_heights_stays_as_it_is() -> None:
    text = '<row r="1" customHeight="1"> x customHeight="1"'
    assert first(one(text)).value == text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("質問票：千葉市", "質問票：千葉市"),
        ("Sheet: [a]/b\\c*d?", "Sheet a b c d"),
        ("'x'", "x"),
        ("長" * 40, "長" * 31),
        ("𠮷" * 40, "𠮷" * 15),
        ("", "Table"),
        (":::", "Table"),
        ("How to fill in", "How to fill in"),
        ("a\nb\x00", "a b<U+0000>"),
    ],
)
def test_the_title_names_the_sheet_as_far_as_excel_allows(title: str, shown: str) -> None:
    data = write(grid(ROW, title=title, instructions=("x",)))
    assert sheet_of(data).title == shown


@pytest.mark.programs
def test_nothing_is_cut_in_print(tmp_path: Path) -> None:
    answer = "情報政策課は9人、情報システム課は14人。\n\nうち2人は再任用である。" * 4
    question = "情報化を担当する部署の職員数（うち専門職の人数）を教えてください。" * 3
    instructions = ("セルの中で改行するにはAlt+Enterを押してください。" * 5, "終わり。")
    rows = [("AAAA:x/y", f"1/{n}", f"{n}：{question}", answer, "該当なし") for n in range(12)]
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(write(grid(*rows, title="事前質問票", instructions=instructions, sheet=SHEET)))
    pages = pdf_pages.sheets(rendered.converted(file, tmp_path))
    printed = pdf_pages.squeezed("".join(page.text for page in pages))
    assert printed.count(pdf_pages.squeezed("うち2人は再任用である。")) == 48
    assert printed.count("職員数(うち専門職の人数)を教えてください。") == 36
    assert printed.count("押してください。") == 5
    assert pdf_pages.squeezed(SHEET) in printed
    for page in pages:
        assert pdf_pages.outside(page, 14) == []
        assert pdf_pages.overlaps(page) == []
    assert (round(pages[0].width), round(pages[0].height)) == (842, 595)
    assert (round(pages[-1].width), round(pages[-1].height)) == (595, 842)
    assert all("回答状況" in page.text and "事前質問票" in page.text for page in pages[:-1])
