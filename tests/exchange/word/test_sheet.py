"""Word files that come back: every text in order, with its place and its box."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange import word_raw
from exchange.word_raw import STRICT, W, cell, control, paragraph, plain, row, run, table
from exchange.word_read import STYLES, body, found, styled, texts
from fieldvisit.exchange.word.sheet import read
from fieldvisit.fieldwork.sheets.returned_file import APART


def test_paragraphs_come_in_order_with_their_places(tmp_path: Path) -> None:
    page = body(tmp_path, plain("一", "", "二\n三\t四"))
    assert texts(page) == ["一", "", "二\n三\t四"]
    assert [str(line.where) for line in page.lines] == [
        f"回答.docx, paragraph {n}" for n in (1, 2, 3)
    ]
    assert page.sheet == ""


@pytest.mark.parametrize("space", [W, STRICT])
def test_controls_of_every_level_name_the_box(space: str, tmp_path: Path) -> None:
    inside = "".join(
        (
            control("block", plain("一", "", "二")),
            paragraph(run("前"), control("inline", run("中")), run("後")),
            table(row(cell(plain("左")), control("cell", cell(plain("右"))))),
            table(control("row", row(cell(plain("甲")), cell(plain("乙"))))),
            control("outer", plain("外") + control("inner", plain("内")) + plain("外2")),
            control("", plain("名なし")),
            control("around", control("", plain("名なしの中"))),
        )
    )
    path = word_raw.write(tmp_path / "a.docx", inside)
    parts = {
        name: data.replace(W.encode(), space.encode())
        for name, data in word_raw.unpack(path).items()
    }
    assert found(read(word_raw.pack(path, parts))) == [
        ("一", "block", ""), ("", "block", ""), ("二", "block", ""),
        ("前", "", ""), ("中", "inline", ""), ("後", "", ""),
        ("左", "", ""), ("右", "cell", ""),
        ("甲", "row", ""), ("乙", "row", ""),
        ("外", "outer", ""), ("内", "inner", ""), ("外2", "outer", ""),
        ("名なし", "", ""), ("名なしの中", "around", ""),
    ]  # fmt: skip


def test_an_empty_inline_box_is_an_empty_line_of_that_box(tmp_path: Path) -> None:
    page = body(tmp_path, paragraph(control("a", "<w:r/>")) + paragraph(run("x"), control("b", "")))
    assert found(page) == [("", "a", ""), ("x", "", "")]


def test_nested_tables_are_read_row_by_row(tmp_path: Path) -> None:
    inner = table(row(cell(plain("い")), cell(plain("ろ"))), row(cell(plain("は"))))
    page = body(tmp_path, table(row(cell(plain("1") + inner + plain("2")), cell(plain("3")))))
    assert texts(page) == ["1", "い", "ろ", "は", "2", "3"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{plain('枠の中', '二')}</w:txbxContent>"
    choice = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    page = body(tmp_path, control("v", paragraph(run("前"), choice, run("後"))))
    assert found(page) == [("前後", "v", ""), ("枠の中", "v", ""), ("二", "v", "")]


def test_an_old_text_box_without_a_new_one_is_read(tmp_path: Path) -> None:
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{plain('枠')}</w:txbxContent></v:textbox>"
    inside = paragraph(run("前"), f"<w:r>{box}</v:shape></w:pict></w:r>")
    assert texts(body(tmp_path, inside)) == ["前", "枠"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    picture = paragraph(run("図："), "<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    line_across = paragraph('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
    page = body(tmp_path, picture + line_across + '<w:altChunk r:id="x"/>')
    assert found(page) == [
        ("図：", "", ""),
        ("(picture)", "", "comment"),
        ("", "", ""),
        ("", "", ""),
        ("(an inserted file that cannot be read)", "", "comment"),
    ]


def test_text_that_stands_where_none_may_is_not_lost(tmp_path: Path) -> None:
    loose = control("a", run("枠に直に")) + run("本文に直に") + "<w:t>裸で</w:t>" + plain("段落")
    unknown = f"<w:new><w:newer>{plain('知らない要素の中')}</w:newer></w:new>"
    drawn = "<w:p><w:r><w:drawing><a:p><a:r><a:t>図の字</a:t></a:r></a:p></w:drawing></w:r></w:p>"
    page = body(tmp_path, loose + unknown + drawn)
    assert found(page) == [
        ("枠に直に", "a", ""), ("本文に直に裸で", "", ""), ("段落", "", ""),
        ("知らない要素の中", "", ""), ("", "", ""), ("図の字", "", ""),
    ]  # fmt: skip


def test_headings_and_items_are_told(tmp_path: Path) -> None:
    def with_look(text: str, look: str) -> str:
        return paragraph(run(text), look=look)

    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    inside = "".join(
        (
            styled("見出し", "1"), styled("自分の見出し", "Own"), styled("題", "T"),
            styled("項目", "L"), plain("本文"),
            with_look("じかの項目", listed),
            with_look("外した項目", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
            with_look("段階", '<w:outlineLvl w:val="2"/>'),
            with_look("本文の段階", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'),
            with_look("前の様式", f"<w:pPrChange><w:pPr>{listed}</w:pPr></w:pPrChange>"),
        )
    )  # fmt: skip
    page = body(tmp_path, inside, styles=STYLES)
    assert {line.text: line.style for line in page.lines} == {
        "見出し": "heading", "自分の見出し": "heading", "題": "heading", "項目": "item", "本文": "",
        "じかの項目": "item", "外した項目": "", "段階": "heading", "本文の段階": "", "前の様式": "",
    }  # fmt: skip


KINDS = (
    "p r rPr pPr t delText ins del moveFrom moveTo hyperlink smartTag sdt sdtContent tbl tr tc "
    "tcPr trPr drawing pict object txbxContent ruby rt rubyBase fldSimple customXml unknown"
)


@st.composite
def anything(draw: st.DrawFn) -> str:
    """Elements inside each other as no schema allows, with numbered texts between."""
    numbers = iter(range(1000))
    leaf = st.sampled_from(["text", "gone", "bare", "tab", "strike", "vanish", "fldChar", "pStyle"])

    def made(node: object) -> str:
        if isinstance(node, list):
            kind, *inside = node
            return f"<w:{kind}>{''.join(map(made, inside))}</w:{kind}>"
        if node == "text":
            return f"<w:t>«{next(numbers)}»</w:t>"
        if node == "gone":
            return f"<w:delText>«{next(numbers)}»</w:delText>"
        if node == "bare":
            return f"<w:r>«{next(numbers)}»</w:r>"
        return f'<w:{node} w:fldCharType="begin"/>'

    tree = st.recursive(
        leaf,
        lambda inside: st.tuples(st.sampled_from(KINDS.split()), st.lists(inside, max_size=4)).map(
            lambda pair: [pair[0], *pair[1]]
        ),
        max_leaves=30,
    )
    return "".join(map(made, draw(st.lists(tree, max_size=5))))


@given(inside=anything())
@example(inside="<w:p><w:rt><w:t>«0»</w:t></w:rt></w:p>")
@example(inside="<w:t>«0»<w:t>«1»</w:t>«2»</w:t>")
def test_no_text_is_lost_however_things_are_nested(
    inside: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = body(tmp_path_factory.mktemp("any"), inside)
    shown = "".join(line.text for line in page.lines)
    for text in re.findall("«[0-9]+»", inside):
        assert shown.count(text) == 1
    assert [line.where.number for line in page.lines] == sorted(
        line.where.number for line in page.lines
    )


def test_every_reason_is_one_that_is_known() -> None:
    assert {"struck", "deleted", "comment", "instruction", "hidden"} <= set(APART)
