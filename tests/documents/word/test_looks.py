"""Pages in Word as they look: styles, paper, fonts, tables, boxes."""

import re
import xml.etree.ElementTree as ET

import pytest

from documents.word_parts import BLOCKS, PAGE, paragraphs, parts, q, text_of, tree, val
from fieldvisit.documents.page import Box, Page, Table
from fieldvisit.fieldwork.sheets.tags import LONGEST


def styles(page: Page = PAGE) -> dict[str, ET.Element]:
    found = tree(page, "word/styles.xml").iter(q("style"))
    return {val(style, "styleId"): style for style in found}


def test_a_page_is_made_of_the_usual_styles() -> None:
    assert paragraphs(PAGE) == [
        ("Heading1", "事前質問票：千葉市"),
        ("SheetTableHead", "調査"), ("SheetTable", "情報化"),
        ("SheetTableHead", "連絡先"), ("SheetTable", "x@example.ac.jp"), ("SheetGap", ""),
        ("SheetTableHead", "次の"), ("SheetTable", "表"), ("SheetGap", ""),
        ("Heading2", "1 採用"), ("", "本文\n改行\tタブ"), ("SheetQuiet", "注"),
        ("ListBullet", "一つ"), ("ListBullet", "二つ"), ("Heading3", "1/1 職員数"),
        ("SheetLabel", "回答"), ("SheetAnchor", ""), ("SheetAnswer", ""), ("SheetGap", ""),
        ("Heading4", "細目"), ("SheetLabel", "覚え"),
        ("SheetAnswer", "一"), ("SheetAnswer", ""), ("SheetAnswer", "二"), ("SheetGap", ""),
        ("SheetTableHead", "項目"), ("SheetTableHead", "内容"),
        ("SheetTable", "一"), ("SheetTable", "甲"), ("SheetTable", "乙"),
        ("SheetTable", "二"), ("SheetTable", ""), ("SheetGap", ""),
    ]  # fmt: skip


def test_every_style_that_is_used_is_there() -> None:
    known = {name: style.find(q("name")) for name, style in styles().items()}
    used = {style for style, _text in paragraphs(PAGE) if style}
    assert used <= set(known)
    assert [val(known[f"Heading{level}"]) for level in (1, 2, 3, 4)] == [
        f"heading {level}" for level in (1, 2, 3, 4)
    ]
    assert styles()["ListBullet"].find(f"{q('pPr')}/{q('numPr')}/{q('numId')}") is not None


def test_the_paper_is_a4_upright() -> None:
    size = tree(PAGE).find(f".//{q('pgSz')}")
    assert size is not None
    millimetres = [round(int(val(size, side)) / 1440 * 25.4) for side in ("w", "h")]
    assert millimetres == [210, 297]
    assert q("orient") not in size.attrib


def test_both_scripts_have_fonts_and_the_language_is_said() -> None:
    root = tree(PAGE, "word/styles.xml")
    defaults = root.find(f"{q('docDefaults')}/{q('rPrDefault')}/{q('rPr')}")
    assert defaults is not None
    named = [defaults.find(q("rFonts"))]
    named += [
        styles()[name].find(f"{q('rPr')}/{q('rFonts')}")
        for name in ("Normal", "Heading1", "Heading4", "SheetAnswer", "SheetTable", "Header")
    ]
    for fonts in named:
        assert fonts is not None
        assert {key.rpartition("}")[2] for key in fonts.attrib} == {
            "ascii", "hAnsi", "eastAsia", "cs",
        }  # fmt: skip
        assert val(fonts, "eastAsia") == "Yu Gothic"
    assert val(defaults.find(q("lang")), "eastAsia") == "ja-JP"


def test_headings_are_black_upright_and_stay_with_what_follows() -> None:
    for level in (1, 2, 3, 4):
        style = styles()[f"Heading{level}"]
        assert val(style.find(f"{q('rPr')}/{q('color')}")) == "000000"
        assert val(style.find(f"{q('rPr')}/{q('i')}")) in ("0", "false")
        assert style.find(f"{q('pPr')}/{q('keepNext')}") is not None
    assert b"themeColor" not in parts(PAGE)["word/styles.xml"]


def test_tables_have_borders_a_head_that_repeats_and_whole_rows() -> None:
    facts, _more, box, _other_box, table = tree(PAGE).iter(q("tbl"))
    for bordered in (box, table):
        assert val(bordered.find(f"{q('tblPr')}/{q('tblStyle')}")) == "TableGrid"
    assert facts.find(f"{q('tblPr')}/{q('tblStyle')}") is None
    assert facts.find(f".//{q('tblBorders')}") is None
    head = [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in table.iter(q("tr"))]
    assert head == [True, False, False]
    for row in tree(PAGE).iter(q("tr")):
        assert row.find(f"{q('trPr')}/{q('cantSplit')}") is not None


@pytest.mark.parametrize("page", [PAGE, Page(BLOCKS[1:3]), Page((Box("", 1, "t"),) * 3)])
def test_between_two_tables_and_at_the_end_stands_a_paragraph(page: Page) -> None:
    body = tree(page)[0]
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert kinds[-2:] == ["p", "sectPr"]
    assert not re.search(r"(tbl|sdt) (tbl|sdt)", " ".join(kinds))


def test_columns_share_the_width_of_the_text() -> None:
    long = "長い文章" * 50
    table = Table.of(["番号", "内容", "x"], [["1", long, "y"]])
    widths = [int(val(c, "w")) for c in tree(Page((table,))).iter(q("gridCol"))]
    assert sum(widths) == pytest.approx(170 / 25.4 * 1440, abs=3)
    assert widths[1] > 5 * widths[0] > 0
    cells = [int(val(c, "w")) for c in tree(Page((table,))).iter(q("tcW"))]
    assert cells == widths * 2


def test_a_box_is_a_frame_inside_a_control_with_its_tag() -> None:
    (control,) = [c for c in tree(PAGE).iter(q("sdt")) if c.find(f".//{q('tbl')}") is not None]
    about = control.find(q("sdtPr"))
    assert about is not None
    assert [(child.tag.rpartition("}")[2], val(child)) for child in about] == [
        ("alias", "回答"), ("tag", "v:1/1"), ("lock", "sdtLocked"),
    ]  # fmt: skip
    content = control.find(q("sdtContent"))
    assert content is not None
    assert [child.tag for child in content] == [q("p"), q("tbl")]
    height = content.find(f".//{q('trHeight')}")
    assert (val(height), val(height, "hRule")) == ("1360", "atLeast")


def test_tags_and_names_of_boxes_stay_within_what_word_allows() -> None:
    label = "とても長い札" * 40
    tag = "t" * LONGEST
    (control,) = tree(Page((Box(label, 1, tag),))).iter(q("sdt"))
    assert len(val(control.find(f"{q('sdtPr')}/{q('alias')}"))) <= 64
    assert val(control.find(f"{q('sdtPr')}/{q('tag')}")) == tag


def test_each_page_bears_the_head_and_its_number() -> None:
    found = parts(PAGE)
    (head,) = [ET.fromstring(found[name]) for name in found if "header" in name]
    (foot,) = [ET.fromstring(found[name]) for name in found if "footer" in name]
    assert text_of(head) == PAGE.head
    assert text_of(foot) == "1 / 1"
    assert [val(field, "instr") for field in foot.iter(q("fldSimple"))] == ["PAGE", "NUMPAGES"]
