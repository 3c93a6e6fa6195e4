"""What a person sees in a Word file, and what is set apart: drawings, tables, numbers, comments."""

from pathlib import Path

import pytest

from exchange.word_raw import (
    STYLES,
    Found,
    apart,
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
)
from fieldvisit.exchange.word.styles import Numbering, _Level


def gone(text: str) -> str:
    return f"<w:del>{run(text).replace('w:t', 'w:delText')}</w:del>"


def moved(text: str) -> str:
    return f"<w:moveFrom>{run(text)}</w:moveFrom>"


def of_row(properties: str, text: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cell(plain(text))}</w:tr>"


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def form(inside: str) -> str:
    return field("begin", f"<w:ffData>{inside}</w:ffData>") + field("end")


def numbered(level: int, of: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'


def looking(text: str, look: str) -> str:
    return paragraph(run(text), look=look)


def drawing(inside: str) -> str:
    return f"<w:r><w:drawing>{inside}</w:drawing></w:r>"


def of_cells(*inside: str) -> str:
    return row(*(cell(plain(*text.split("|"))) for text in inside))


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
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
BOX = f"<w:txbxContent>{plain('枠の中', '二')}</w:txbxContent>"
INNER = table(of_cells("年度", "職員数"), of_cells("2019", "12名|うち2名"))
PARTS = {
    "styles": STYLES,
    "numbering": NUMBERING,
    "diagramData": "<a:p><a:r><a:t>課長</a:t></a:r></a:p><a:p><a:r><a:t>係長</a:t></a:r></a:p>",
}
END_GONE, END_MOVED = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:moveFrom/></w:rPr>"
OFF = '<w:strike w:val="{}"/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>'
NONE, TICK = '<w:default w:val="0"/>', "<w:checked/>"
LEVELS = (0, 1, 1, 2, 0, 1)
BOTH_GONE = [("消した", "", "deleted"), ("動いた", "", "deleted")]
# What stands in a page, and what is found of it: text, box, look.
SHAPES: dict[str, tuple[str, list[Found]]] = {
    "where no text may stand": (
        control("a", run("枠に直に")) + run("本文に直に") + "<w:t>裸で</w:t>" + plain("段落")
        + f"<w:new><w:newer>{plain('知らない要素の中')}</w:newer></w:new>"
        + paragraph(drawing("<a:p><a:r><a:t>図の字</a:t></a:r></a:p>")),
        [("枠に直に", "a", ""), ("本文に直に裸で", "", ""), ("段落", "", ""),
         ("知らない要素の中", "", ""), ("図の字", "", "drawn")]),
    "tracked changes": (
        control("a", paragraph(run("職員は"), gone("10"), f"<w:ins>{run('12')}</w:ins>", run("名"),
                               moved("動いた"), f"<w:moveTo>{run('来た')}</w:moveTo>")),
        [("職員は12名来た", "a", ""), ("10", "a", "deleted"), ("動いた", "a", "deleted")]),
    "a deleted end of a paragraph": (
        paragraph(run("前半"), look=END_GONE) + paragraph(gone("すべて消した"), look=END_GONE)
        + plain("後半") + control("a", paragraph(run("枠の終わり"), look=END_GONE)) + plain("次"),
        [("前半後半", "", ""), ("すべて消した", "", "deleted"), ("枠の終わり", "a", ""),
         ("次", "", "")]),
    "deleted and hidden rows and cells": (
        table(of_row("<w:del/>", "消した行"), of_row("<w:hidden/>", "隠した行"),
              of_row('<w:hidden w:val="0"/>', "見える行"), of_row("", "残る行"),
              row(cell(plain("消した欄")).replace("<w:tcPr/>", "<w:tcPr><w:cellDel/></w:tcPr>"))),
        [("消した行", "", "deleted"), ("隠した行", "", "hidden"), ("見える行", "", ""),
         ("残る行", "", ""), ("消した欄", "", "deleted")]),
    "two texts gone": (paragraph(gone("消した"), moved("動いた")), BOTH_GONE),
    "two paragraphs gone, one moved": (
        paragraph(gone("消した"), look=END_GONE) + paragraph(moved("動いた"), look=END_MOVED),
        BOTH_GONE),
    "two paragraphs gone": (
        paragraph(gone("消した"), look=END_GONE) + paragraph(gone("動いた"), look=END_GONE),
        BOTH_GONE),
    **{look: (paragraph(run("残す"), run("消す", look), run("も残す")),
              [("残すも残す", "", ""), ("消す", "", "struck")])
       for look in ("<w:strike/>", '<w:strike w:val="true"/>', "<w:dstrike/>")},
    **{f"off by {value}": (paragraph(run("残す", OFF.format(value))), [("残す", "", "")])
       for value in ("0", "false", "off")},
    "placeholders and what replaced them": (
        control("empty", styled("ここをクリック", run_style="Plc"), "<w:showingPlcHdr/>")
        + control("filled", styled("印を残した回答"), "<w:showingPlcHdr/>")
        + control("off", styled("回答"), '<w:showingPlcHdr w:val="0"/>')
        + control("saved elsewhere", styled("クリックまたは", run_style="Plc")),
        [("印を残した回答", "filled", "aside"), ("回答", "off", ""),
         ("クリックまたは", "saved elsewhere", "aside")]),
    "signs": (
        paragraph('<w:r><w:noBreakHyphen/><w:softHyphen/><w:cr/><w:ptab/><w:sym w:font="Wingdings" '
                  'w:char="F0FE"/><w:sym w:font="X" w:char="3042"/><w:sym w:char="?"/></w:r>',
                  look='<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'),
        [("\u2011\u00ad\n\t☑あ\ufffd", "", "")]),
    "readings above words": (
        paragraph(f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('よしだ')}</w:rt>"
                  f"<w:rubyBase>{run('𠮷田')}</w:rubyBase></w:ruby></w:r>", run("課長")),
        [("𠮷田（よしだ）課長", "", "")]),
    "links, fields and maths": (
        paragraph(f'<w:hyperlink w:anchor="x">{run("リンク")}</w:hyperlink>', field("begin"),
                  "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>", run("式"),
                  field("separate"), run("結果"), field("end"),
                  "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
                  "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"),
        [("リンク結果1/3", "", ""), ("式", "", "hidden")]),
    "answers in form fields": (
        paragraph(form(f"<w:checkBox>{NONE}{TICK}</w:checkBox>"), run("有"),
                  form(f"<w:checkBox>{NONE}</w:checkBox>"), run("無"),
                  form(f'<w:ddList><w:result w:val="1"/>{NONE}<w:listEntry w:val="ある"/>'
                       '<w:listEntry w:val="ない"/></w:ddList>')),
        [("☑有☐無ない", "", "")]),
    "styles strike and hide": (
        styled("字の様式", run_style="C") + styled("段落の様式", "P") + styled("継いだ様式", "P2")
        + styled("打ち消し合う", "P", "C") + styled("外した", "P", look='<w:strike w:val="0"/>')
        + styled("隠した", run_style="H") + styled("知らない様式", "X", "Y")
        + styled("輪になった様式", "A") + styled("表の様式", "Tbl"),
        [("字の様式", "", "struck"), ("段落の様式", "", "struck"), ("継いだ様式", "", "struck"),
         ("打ち消し合う", "", ""), ("外した", "", ""), ("隠した", "", "hidden"),
         ("知らない様式", "", ""), ("輪になった様式", "", ""), ("表の様式", "", "")]),
    "text boxes once": (
        control("v", paragraph(
            run("前"), "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
            f"<w:drawing>{BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
            "</w:r>", run("後"))),
        [("前後", "v", ""), ("枠の中", "v", "drawn"), ("二", "v", "drawn")]),
    "what cannot be read": (
        control("v", paragraph(run("図："), drawing("<a:blip/>")))
        + paragraph(drawing('<a:blip r:link="r9"/>')) + paragraph("<w:r><w:object/></w:r>")
        + paragraph('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>') + '<w:altChunk r:id="x"/>',
        [("図：", "v", ""), ("picture", "v", "picture"), ("link to another file", "", "link"),
         ("embedded file", "", "embedded"), ("embedded file", "", "embedded")]),
    "the words of a diagram": (
        control("v", paragraph(drawing(f'<dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="r3"/>'))),
        [("課長\n係長", "v", "drawn")]),
    "tables in a box and outside": (
        control("v", plain("前") + INNER + plain("後")) + INNER + plain("終"),
        [("前\n年度\t職員数\n2019\t12名 うち2名\n後", "v", ""), ("年度\t職員数", "", ""),
         ("2019\t12名 うち2名", "", ""), ("終", "", "")]),
    "numbers that Word writes by itself": (
        "".join(map(looking, "甲乙丙丁戊己", map(numbered, LEVELS)))
        + looking("庚", numbered(0, 2)) + control("v", looking("辛", numbered(0, 2)) + plain("後")),
        [("第１　甲", "", ""), ("（ア）　乙", "", ""), ("（イ）　丙", "", ""), ("丁", "", ""),
         ("第２　戊", "", ""), ("（ア）　己", "", ""), ("第５　庚", "", ""),
         ("第６　辛\n後", "v", "")]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_sees_is_found_and_what_is_set_apart_says_why(
    shape: str, tmp_path: Path
) -> None:
    inside, wanted = SHAPES[shape]
    assert [one for one in found(body(tmp_path, inside, **PARTS)) if one[0]] == wanted


def test_the_usual_style_and_the_defaults_count(tmp_path: Path) -> None:
    usual = STYLES.replace('w:styleId="P"', 'w:default="1" w:styleId="P"')
    assert apart(body(tmp_path, plain("本文"), styles=usual)) == [("本文", "struck")]
    everywhere = STYLES.replace("<w:rPr/>", "<w:rPr><w:vanish/></w:rPr>")
    assert apart(body(tmp_path, plain("本文"), styles=everywhere)) == [("本文", "hidden")]


def test_a_comment_about_several_boxes_stands_in_each(tmp_path: Path) -> None:
    begun, ended = '<w:commentRangeStart w:id="5"/>', '<w:commentRangeEnd w:id="5"/>'
    about = f'{ended}<w:r><w:commentReference w:id="5"/></w:r>'
    first = paragraph(begun + run("一")) + plain("二")
    last = plain("四") + paragraph(run("五") + about)
    boxes = {"a:1": first, "b:1": plain("三"), "c:1": last, "d:1": plain("六")}
    inside = "".join(control(tag, inside) for tag, inside in boxes.items())
    said = f'<w:comment w:id="5">{plain("出さないこと")}</w:comment>'
    assert [(one.slot, one.text) for one in body(tmp_path, inside, comments=said)] == [
        ("a:1", "一\n二"), ("a:1", "出さないこと"), ("b:1", "三"), ("b:1", "出さないこと"),
        ("c:1", "四\n五"), ("c:1", "出さないこと"), ("d:1", "六"),
    ]  # fmt: skip


def test_comments_stand_behind_what_they_are_about_without_their_authors(tmp_path: Path) -> None:
    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    comments = (
        f'<w:comment w:id="1" w:author="山田太郎" w:initials="YT">{plain("確認中", "です")}'
        f'</w:comment><w:comment w:id="7" w:author="x">{plain("どこにもない")}</w:comment>'
    )
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("<w:r><w:separator/></w:r>")}'
        f'</w:footnote><w:footnote w:id="1">{plain("脚注")}</w:footnote>'
    )
    inside = control("a", paragraph(run("回答"), reference("comment", 1))) + paragraph(
        run("注つき"), reference("footnote", 1), reference("endnote", 1)
    )
    page = body(
        tmp_path, inside + plain("後"), comments=comments, footnotes=notes,
        endnotes=f'<w:endnote w:id="1">{plain("文末注")}</w:endnote>',
    )  # fmt: skip
    assert found(page) == [
        ("回答", "a", ""), ("確認中\nです", "a", "comment"),
        ("注つき", "", ""), ("脚注", "", "comment"), ("文末注", "", "comment"), ("後", "", ""),
        ("どこにもない", "", "comment"),
    ]  # fmt: skip
    assert [piece.where.at for piece in page] == [1, 1, 2, 2, 2, 3, 3]


BOLD = "<w:b/>"
PARAGRAPHS = [
    (styled("見出し", "1"), "heading"), (styled("自分の見出し", "Own"), "heading"),
    (styled("題", "T"), "heading"), (styled("項目", "L"), "item"), (plain("本文"), ""),
    (looking("じかの項目", numbered(0, 3)), "item"),
    (looking("外した項目", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'), ""),
    (looking("段階", '<w:outlineLvl w:val="2"/>'), "heading"),
    (looking("本文の段階", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'), ""),
    (looking("前の様式", f"<w:pPrChange><w:pPr>{numbered(0, 3)}</w:pPr></w:pPrChange>"), ""),
    (paragraph(run("費用", BOLD), run(" "), run("について", BOLD)), "bold"),
    (paragraph(run("費用", BOLD), run("は")), ""), (styled("様式", run_style="Strong"), "bold"),
    (paragraph(run("太", '<w:b w:val="0"/>')), ""), (styled("題", "1", look=BOLD), "heading"),
    (plain(" "), ""),
]  # fmt: skip


def test_headings_items_and_bold_paragraphs_are_told(tmp_path: Path) -> None:
    strong = f'<w:style w:type="character" w:styleId="Strong"><w:rPr>{BOLD}</w:rPr></w:style>'
    page = body(tmp_path, "".join(one for one, _style in PARAGRAPHS), styles=STYLES + strong)
    assert [piece.style for piece in page] == [style for _one, style in PARAGRAPHS]


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
