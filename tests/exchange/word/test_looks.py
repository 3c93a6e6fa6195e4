"""What is seen in a Word file besides its words: drawings, tables, headings, numbers."""

from pathlib import Path

import pytest

from exchange.word_raw import (
    STYLES,
    body,
    cell,
    control,
    found,
    paragraph,
    plain,
    row,
    run,
    styled,
    table,
    texts,
)
from fieldvisit.exchange.word.styles import Numbering, _Level


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{plain('枠の中', '二')}</w:txbxContent>"
    choice = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    page = body(tmp_path, control("v", paragraph(run("前"), choice, run("後"))))
    assert found(page) == [("前後", "v", ""), ("枠の中", "v", "drawn"), ("二", "v", "drawn")]


def test_what_is_seen_and_cannot_be_read_is_named_with_its_box(tmp_path: Path) -> None:
    picture = paragraph(run("図："), "<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    linked = paragraph('<w:r><w:drawing><a:blip r:link="r9"/></w:drawing></w:r>')
    embedded = paragraph("<w:r><w:object/></w:r>")
    line_across = paragraph('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
    page = body(
        tmp_path, control("v", picture) + linked + embedded + line_across + '<w:altChunk r:id="x"/>'
    )
    assert [piece for piece in found(page) if piece[0]] == [
        ("図：", "v", ""), ("picture", "v", "picture"), ("link to another file", "", "link"),
        ("embedded file", "", "embedded"), ("embedded file", "", "embedded"),
    ]  # fmt: skip


def test_the_words_of_a_diagram_stand_where_it_is_drawn(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    ids = f'<dgm:relIds xmlns:dgm="{space}" r:dm="r0"/>'
    inside = control("v", paragraph(f"<w:r><w:drawing>{ids}</w:drawing></w:r>"))
    words = "<a:p><a:r><a:t>課長</a:t></a:r></a:p><a:p><a:r><a:t>係長</a:t></a:r></a:p>"
    page = body(tmp_path, inside, diagramData=words)
    assert [piece for piece in found(page) if piece[0]] == [("課長\n係長", "v", "drawn")]


def test_a_table_keeps_its_rows_in_a_box_and_outside(tmp_path: Path) -> None:
    def cells(*inside: str) -> str:
        return row(*(cell(plain(*text.split("|"))) for text in inside))

    inner = table(cells("年度", "職員数"), cells("2019", "12名|うち2名"))
    page = body(tmp_path, control("v", plain("前") + inner + plain("後")) + inner + plain("終"))
    assert [piece for piece in found(page) if piece[0]] == [
        ("前\n年度\t職員数\n2019\t12名 うち2名\n後", "v", ""),
        ("年度\t職員数", "", ""), ("2019\t12名 うち2名", "", ""), ("終", "", ""),
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
    assert {piece.text: piece.style for piece in page} == {
        "見出し": "heading", "自分の見出し": "heading", "題": "heading", "項目": "item", "本文": "",
        "じかの項目": "item", "外した項目": "", "段階": "heading", "本文の段階": "", "前の様式": "",
    }  # fmt: skip


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/>'
    '<w:pStyle w:val="1"/><w:lvlText w:val="第%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="・"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_numbers_that_word_writes_by_itself_are_seen(tmp_path: Path) -> None:
    def listed(text: str, level: int, of: int = 1) -> str:
        look = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
        return paragraph(run(text), look=look)

    levels = (0, 1, 1, 2, 0, 1)
    inside = "".join(
        listed(sign, level) for sign, level in zip("甲乙丙丁戊己", levels, strict=True)
    )
    inside += listed("庚", 0, 2) + control("v", listed("辛", 0, 2) + plain("後"))
    page = body(tmp_path, inside, numbering=NUMBERING)
    assert texts(page) == [
        "第１　甲", "（ア）　乙", "（イ）　丙", "丁", "第２　戊", "（ア）　己", "第５　庚",
        "第６　辛\n後",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "23"), ("lowerRoman", "xxiii"), ("upperRoman", "XXIII"),
        ("japaneseCounting", "二十三"), ("decimalEnclosedCircle", "23"), ("irohaFullWidth", "ム"),
        ("upperLetter", "W"), ("none", ""), ("unheard-of", "23"),
    ],
)  # fmt: skip
def test_every_form_of_number_is_shown_and_an_unknown_one_in_digits(form: str, shown: str) -> None:
    levels = {0: _Level(form, "%1", 23)}
    assert Numbering({"1": "7"}, {"7": levels}).next("1", 0, "") == shown


def test_a_paragraph_that_is_bold_as_a_whole_is_told(tmp_path: Path) -> None:
    def bold(text: str, more: str = "") -> str:
        return f"<w:r><w:rPr><w:b{more}/></w:rPr><w:t>{text}</w:t></w:r>"

    style = '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    strong = '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>様式</w:t></w:r>'
    inside = "".join(
        (
            paragraph(bold("費用"), run(" "), bold("について")), paragraph(bold("費用"), run("は")),
            paragraph(strong), paragraph(bold("太", ' w:val="0"')), plain("本文"),
            paragraph(bold("題"), look='<w:pStyle w:val="1"/>'), paragraph(run(" ")),
        )
    )  # fmt: skip
    page = body(tmp_path, inside, styles=STYLES + style)
    assert [piece.style for piece in page] == ["bold", "", "bold", "", "", "heading", ""]
