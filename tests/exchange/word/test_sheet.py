"""Word files that come back: every text in order, with its place and its box."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from exchange import word_raw
from exchange.word_raw import (
    SHEET,
    STRICT,
    STYLES,
    Found,
    W,
    apart,
    body,
    cell,
    control,
    found,
    paragraph,
    plain,
    read,
    row,
    run,
    styled,
    table,
    texts,
)
from exchange.word_sheets import BLOCKS, check, fill, sheet
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Box, Heading, Page, Paragraph
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.exchange.word import paragraphs as word_paragraphs
from fieldvisit.exchange.word import tree as word_tree
from fieldvisit.harmless import visible
from fieldvisit.review.pieces import OWN, Piece, bare


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
        ("一\n\n二", "block", ""),
        ("前", "", ""), ("中", "inline", ""), ("後", "", ""),
        ("左", "", ""), ("右", "cell", ""),
        ("甲\t乙", "row", ""),
        ("外", "outer", ""), ("内", "inner", ""), ("外2", "outer", ""),
        ("名なし", "", ""), ("名なしの中", "around", ""),
    ]  # fmt: skip


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


END_GONE, END_MOVED = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:moveFrom/></w:rPr>"
OFF = '<w:strike w:val="{}"/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>'
NONE, TICK = '<w:default w:val="0"/>', "<w:checked/>"
BOTH_GONE = [("消した", "", "deleted"), ("動いた", "", "deleted")]
# What stands in a page, and what is found of it: text, box, look.
SHAPES: dict[str, tuple[str, list[Found]]] = {
    "where no text may stand": (
        control("a", run("枠に直に")) + run("本文に直に") + "<w:t>裸で</w:t>" + plain("段落")
        + f"<w:new><w:newer>{plain('知らない要素の中')}</w:newer></w:new>"
        + paragraph("<w:r><w:drawing><a:p><a:r><a:t>図の字</a:t></a:r></a:p></w:drawing></w:r>"),
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
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_sees_is_found_and_what_is_set_apart_says_why(
    shape: str, tmp_path: Path
) -> None:
    inside, wanted = SHAPES[shape]
    page = found(body(tmp_path, inside, styles=STYLES))
    assert [one for one in page if one[0]] == wanted


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
    shown = "".join(piece.text for piece in page)
    for text in re.findall("«[0-9]+»", inside):
        assert shown.count(text) == 1
    assert [piece.where.at for piece in page] == sorted(piece.where.at for piece in page)


def strip_controls(path: Path) -> None:
    """Take the content controls out and leave what stands in them, as Word does."""
    parts = word_raw.unpack(path)
    root = ET.fromstring(parts["word/document.xml"])
    while found_one := [
        (parent, child) for parent in root.iter() for child in parent if child.tag == f"{{{W}}}sdt"
    ]:
        parent, box = found_one[0]
        place = list(parent).index(box)
        parent.remove(box)
        for child in reversed(list(box.find(f"{{{W}}}sdtContent") or ())):
            parent.insert(place, child)
    parts["word/document.xml"] = ET.tostring(root)
    del parts["docProps/custom.xml"]  # the variables of the document stay, as Word leaves them
    parts["_rels/.rels"] = word_raw.links({"officeDocument": "word/document.xml"}).encode()
    word_raw.pack(path, parts)


def in_box(pieces: Sequence[Piece], tag: str) -> str:
    (text,) = (piece.text for piece in pieces if piece.slot == tag and not piece.look)
    return text


# What a person can type into Word: what XML can hold, CR aside.
TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n𠮷")
) | st.sampled_from([
    "𠮷野家", "か\u3099", "葛\U000e0100城", "👩‍👩‍👧", "\u202e", "～〜", " 前後 ", "=1+1",
    "<b>&amp;",
])  # fmt: skip
LONG = "あいう𠮷" * 10_000


@given(typed=st.lists(TYPED, min_size=1, max_size=4))
@example(typed=[LONG])
@example(typed=["一\n二\n\n三\n\n\n四", ""])
def test_what_is_typed_into_boxes_comes_back(
    typed: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    answers = {f"v:{n}": text for n, text in enumerate(typed)}
    boxes = [block for tag in answers for block in (Heading(3, f"問{tag}"), Box("回答", 4, tag))]
    path = sheet(tmp_path_factory.mktemp("typed") / "a.docx", Heading(1, "質問票"), *boxes)
    fill(path, answers)
    file = read_file(path)
    assert file.sheet == SHEET
    typed_in = {tag: bare(text.replace("\n\n", "\n")) for tag, text in answers.items()}
    assert {tag: in_box(file.pieces, tag) for tag in answers} == typed_in
    assert not [piece for piece in file.pieces if piece.text and not piece.slot and not piece.look]


@pytest.mark.parametrize("where", ["first", "instead of the frame", "behind the frame"])
def test_wherever_in_a_box_somebody_types_it_is_of_that_box(where: str, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.docx", Heading(1, "題"), Box("回答欄", 4, "v:1"), Paragraph("後"))
    parts = word_raw.unpack(path)
    root = ET.fromstring(parts["word/document.xml"])
    *_title, content = root.iter(f"{{{W}}}sdtContent")
    first = content.find(f".//{{{W}}}p")
    assert first is not None
    if where.startswith("instead"):
        content.clear()
    kind, inside = ("r", "<w:t>回答</w:t>") if where == "first" else ("p", run("回答"))
    typed = ET.fromstring(word_raw.part(kind, inside).encode())
    (first if where == "first" else content).append(typed)
    word_raw.pack(path, parts | {"word/document.xml": ET.tostring(root)})
    assert in_box(read(path), "v:1") == "回答"


@given(text=TYPED)
@example(text=LONG)
def test_without_controls_the_lines_still_come_in_order(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = sheet(
        tmp_path_factory.mktemp("stripped") / "a.docx",
        Heading(1, "題"), Heading(3, "問1"), Box("回答", 4, "v:1"), Heading(3, "問2"),
        Box("回答", 4, "v:2"),
    )  # fmt: skip
    fill(path, {"v:1": text, "v:2": "二"})
    strip_controls(path)
    pieces = read(path)
    kept = [piece.text for piece in pieces if piece.text]
    answer = [paragraph for paragraph in text.split("\n\n") if paragraph]
    assert kept == ["題", "問1", "回答", *answer, "問2", "回答", "二", "調査　A大学"]
    assert {piece.slot for piece in pieces} == {""}
    assert [piece.text for piece in pieces if piece.look == OWN] == [
        "題", "問1", "回答", "問2", "回答", "調査　A大学",
    ]  # fmt: skip


def test_the_tag_survives_the_loss_of_either_carrier(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.docx", *BLOCKS)
    parts = word_raw.unpack(path)
    inspected = {name: data for name, data in parts.items() if name != "docProps/custom.xml"}
    inspected["_rels/.rels"] = word_raw.links({"officeDocument": "word/document.xml"}).encode()
    check(read_file(word_raw.pack(path, inspected)))
    untagged = parts["word/document.xml"].replace(b"<w:tag ", b"<w:other ")
    check(read_file(word_raw.pack(path, parts | {"word/document.xml": untagged})))


def test_a_frame_moved_away_from_its_label_loses_a_lost_tag(tmp_path: Path) -> None:
    """A bookmark speaks for the frame right below it alone: no answer is put where it was not."""
    path = sheet(tmp_path / "a.docx", Box("回答", 2, "v:1", "一"), Paragraph("後"))
    parts = word_raw.unpack(path)
    document = parts["word/document.xml"].decode().replace("<w:tag ", "<w:other ")
    between = document.replace("<w:tbl>", f"{plain('挟まれた文')}<w:tbl>", 1)
    page = read(word_raw.pack(path, parts | {"word/document.xml": between.encode()}))
    assert [piece for piece in page if piece.slot] == []
    assert "一" in texts(page)


@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
@examples(30)
def test_nothing_written_is_lost_whatever_it_is(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.docx"
    path.write_bytes(write(Page((Paragraph(text), Box("x", 1, "v:1", text)), head=text)))
    page = read(path)
    assert page[0].text == visible(text)
    assert in_box(page, "v:1") == bare(visible(text))


def test_styles_strike_and_hide(tmp_path: Path) -> None:
    inside = "".join(
        (
            styled("字の様式", run_style="C"),
            styled("段落の様式", "P"),
            styled("受け継いだ様式", "P2"),
            styled("打ち消し合う", "P", "C"),
            styled("じかに外した", "P", look='<w:strike w:val="0"/>'),
            styled("隠した", run_style="H"),
            styled("知らない様式", "X", "Y"),
            styled("輪になった様式", "A"),
            styled("表の様式", "Tbl"),
        )
    )
    page = body(tmp_path, inside, styles=STYLES)
    assert apart(page) == [
        ("字の様式", "struck"), ("段落の様式", "struck"), ("受け継いだ様式", "struck"),
        ("隠した", "hidden"),
    ]  # fmt: skip
    assert texts(page) == [
        "打ち消し合う", "じかに外した", "知らない様式", "輪になった様式", "表の様式",
    ]  # fmt: skip


def test_the_usual_style_and_the_defaults_count(tmp_path: Path) -> None:
    usual = STYLES.replace('w:styleId="P"', 'w:default="1" w:styleId="P"')
    assert apart(body(tmp_path, plain("本文"), styles=usual)) == [("本文", "struck")]
    everywhere = STYLES.replace("<w:rPr/>", "<w:rPr><w:vanish/></w:rPr>")
    assert apart(body(tmp_path, plain("本文"), styles=everywhere)) == [("本文", "hidden")]


def test_a_comment_about_several_boxes_stands_in_each(tmp_path: Path) -> None:
    begun, ended = '<w:commentRangeStart w:id="5"/>', '<w:commentRangeEnd w:id="5"/>'
    about = f'{ended}<w:r><w:commentReference w:id="5"/></w:r>'
    first = word_raw.paragraph(begun + word_raw.run("一")) + plain("二")
    last = plain("四") + word_raw.paragraph(word_raw.run("五") + about)
    boxes = {"a:1": first, "b:1": plain("三"), "c:1": last, "d:1": plain("六")}
    body = "".join(word_raw.control(tag, inside) for tag, inside in boxes.items())
    said = f'<w:comment w:id="5">{plain("出さないこと")}</w:comment>'
    found = read_file(word_raw.write(tmp_path / "a.docx", body, comments=said)).pieces
    assert [(one.slot, one.text) for one in found] == [
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


def test_foreign_heads_and_feet_are_apart_but_for_numbers_of_pages(tmp_path: Path) -> None:
    page = body(tmp_path, plain("本文"), header=plain("千葉市"), footer=plain("- 3 / 12 -"))
    assert found(page) == [("本文", "", ""), ("千葉市", "", "margin")]


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = word_raw.write(tmp_path / "a.docx", plain("x"))
    parts = word_raw.unpack(path)
    for changed in (
        parts | {"word/document.xml": b"<workbook/>"},
        parts | {"_rels/.rels": word_raw.links({}).encode()},
    ):
        with pytest.raises(HostileFile, match="no Word file"):
            read(word_raw.pack(path, changed))


def test_broken_xml_in_any_part_is_refused(tmp_path: Path) -> None:
    path = word_raw.write(tmp_path / "a.docx", plain("x"), comments="", header="")
    ours = word_raw.unpack(sheet(tmp_path / "b.docx", *BLOCKS))
    for parts, names in (
        (word_raw.unpack(path), ("word/document", "word/comments", "word/header")),
        (ours, ("word/styles", "docProps/custom")),
    ):
        for name in names:
            assert f"{name}.xml" in parts
            with pytest.raises(HostileFile, match=r"a\.docx.*damaged"):
                read(word_raw.pack(path, parts | {f"{name}.xml": b"<w:a"}))


def test_endless_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_paragraphs, "MOST_PARAGRAPHS", 5)
    monkeypatch.setattr(word_paragraphs, "LONGEST", 20)
    monkeypatch.setattr(word_tree, "MOST_PIECES", 50)
    assert len(body(tmp_path, plain(*"12345"))) == 5
    for inside, reason in (
        (plain(*"123456"), "more than 5 paragraphs"),
        (paragraph(run("12345678901"), run("12345678901")), "longer than 20"),
        ("<w:i/>" * 60, "too many pieces"),
    ):
        with pytest.raises(HostileFile, match=reason):
            body(tmp_path, inside)


@pytest.mark.parametrize("wrap", ["ins", "sdt", "tc", "p", "new"])
def test_depth_is_read_as_far_as_anybody_writes_and_refused_beyond(
    wrap: str, tmp_path: Path
) -> None:
    def nested(depth: int) -> list[Piece]:
        return body(tmp_path, f"<w:{wrap}>" * depth + run("底") + f"</w:{wrap}>" * depth)

    assert [text for text in texts(nested(250)) if text] == ["底"]
    with pytest.raises(HostileFile, match="too deep"):
        nested(30_000)
