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
    W,
    body,
    cell,
    control,
    fill_with,
    found,
    paragraph,
    plain,
    read,
    row,
    run,
    table,
    texts,
)
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.exchange.word import paragraphs as word_paragraphs
from fieldvisit.exchange.word import tree as word_tree
from fieldvisit.harmless import visible
from fieldvisit.review.pieces import OWN, Piece, ReturnedFile, bare


def sheet(path: Path, *blocks: Block) -> Path:
    path.write_bytes(write(Page(blocks, head="調査　A大学", sheet=SHEET)))
    return path


BLOCKS = (
    Heading(1, "事前質問票：千葉市"), Facts((("調査", "情報化"), ("連絡先", "x@example.ac.jp"))),
    Paragraph("番号が飛んでいるのは\n意図したものです。"), Heading(3, "1/1 職員数"),
    Bullets(("専門職は", "任期付は")), Box("回答（課：　　）", 4, "v:1/1"),
    Table.of(["項目", "値"], [["一", "1\n2"]]), Heading(3, "1/2 採用 Recruitment"),
    Box("回答", 2, "v:1/2", "一行目と Latin 混在\n\n三行目 𠮷野家👩‍👩‍👧"), Box("", 2, "v:1/3"),
    Box("札なし", 2, "", "覚え書き"), Paragraph("終わり", quiet=True),
)  # fmt: skip
OWN_TEXTS = [
    ("事前質問票：千葉市", "heading"), ("調査", ""), ("情報化", ""), ("連絡先", ""),
    ("x@example.ac.jp", ""), ("番号が飛んでいるのは\n意図したものです。", ""),
    ("1/1 職員数", "heading"), ("専門職は", "item"), ("任期付は", "item"),
    ("回答（課：　　）", ""), ("項目", ""), ("値", ""), ("一", ""), ("1\n2", ""),
    ("1/2 採用 Recruitment", "heading"), ("回答", ""), ("札なし", ""), ("終わり", ""),
    ("調査　A大学", ""),
]  # fmt: skip
BOXED = [
    ("", "v:1/1"), ("一行目と Latin 混在\n\n三行目 𠮷野家👩‍👩‍👧", "v:1/2"), ("", "v:1/3"),
    ("覚え書き", ""),
]  # fmt: skip


def check(file: ReturnedFile) -> None:
    """All that we printed is ours, and nothing else."""
    assert file.sheet == SHEET
    own = [(piece.text, piece.style) for piece in file.pieces if piece.look == OWN]
    others = [piece for piece in file.pieces if piece.look != OWN and (piece.text or piece.slot)]
    assert own == OWN_TEXTS
    assert [(piece.text, piece.slot, piece.look) for piece in others] == [
        (text, slot, "") for text, slot in BOXED
    ]


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


KINDS = (
    "p r rPr pPr t delText ins del moveFrom moveTo hyperlink smartTag sdt sdtContent tbl tr tc "
    "tcPr trPr drawing pict object txbxContent ruby rt rubyBase fldSimple customXml unknown"
)


@st.composite
def anything(draw: st.DrawFn) -> str:
    """Elements inside each other as no schema allows, with numbered texts between."""
    numbers = iter(range(1000))
    leaf = st.sampled_from(["text", "gone", "bare", "tab", "strike", "vanish", "fldChar", "pStyle"])

    shapes = {
        "text": "<w:t>«{}»</w:t>", "gone": "<w:delText>«{}»</w:delText>", "bare": "<w:r>«{}»</w:r>"
    }  # fmt: skip

    def made(node: object) -> str:
        if isinstance(node, list):
            kind, *inside = node
            return f"<w:{kind}>{''.join(map(made, inside))}</w:{kind}>"
        shape = shapes.get(str(node), f'<w:{node} w:fldCharType="begin"/>')
        return shape.format(next(numbers))

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
    parts["_rels/.rels"] = word_raw.DOCUMENT.encode()
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
    fill_with(path, {"v:1": plain(*text.split("\n\n")), "v:2": plain("二")})
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
    inspected["_rels/.rels"] = word_raw.DOCUMENT.encode()
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


def test_foreign_heads_and_feet_are_apart_but_for_numbers_of_pages(tmp_path: Path) -> None:
    page = body(tmp_path, plain("本文"), header=plain("千葉市"), footer=plain("- 3 / 12 -"))
    assert found(page) == [("本文", "", ""), ("千葉市", "", "margin")]


def test_another_kind_of_file_and_broken_xml_in_any_part_are_refused(tmp_path: Path) -> None:
    path = word_raw.write(tmp_path / "a.docx", plain("x"), comments="", header="")
    parts, broken = word_raw.unpack(path), b"<w:a"
    ours = word_raw.unpack(sheet(tmp_path / "b.docx", *BLOCKS))
    for of, part, data, reason in (
        (parts, "word/document.xml", b"<workbook/>", "no Word file"),
        (parts, "_rels/.rels", word_raw.links().encode(), "no Word file"),
        (parts, "word/document.xml", broken, "damaged"),
        (parts, "word/comments.xml", broken, "damaged"),
        (parts, "word/header.xml", broken, "damaged"),
        (ours, "word/styles.xml", broken, "damaged"),
        (ours, "docProps/custom.xml", broken, "damaged"),
    ):
        assert part in of
        with pytest.raises(HostileFile, match=rf"a\.docx.*{reason}"):
            read(word_raw.pack(path, of | {part: data}))


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


@pytest.mark.programs
def test_libreoffice_may_save_our_sheet(tmp_path: Path) -> None:
    check(read_file(word_raw.through_libreoffice(sheet(tmp_path / "a.docx", *BLOCKS))))


@pytest.mark.programs
def test_libreoffice_may_save_changes_and_looks(tmp_path: Path) -> None:
    typed = paragraph(
        run("前"), run("取り消し", "<w:strike/>"), run("隠し", "<w:vanish/>"),
        f'<w:del w:id="91" w:author="a">{run("旧").replace("w:t", "w:delText")}</w:del>',
        f'<w:ins w:id="92" w:author="a">{run("新")}</w:ins>', run("\n太字\t後", "<w:b/>"),
    )  # fmt: skip
    path = sheet(tmp_path / "a.docx", Heading(1, "題"), Box("回答", 4, "v:1"))
    fill_with(path, {"v:1": typed + plain("", "二つ目 second")})
    page = read(word_raw.through_libreoffice(path))
    assert [(piece.text, piece.look) for piece in page if piece.slot == "v:1"] == [
        ("前新\n太字\t後\n\n二つ目 second", ""), ("取り消し", "struck"), ("隠し", "hidden"),
        ("旧", "deleted"),
    ]  # fmt: skip


@pytest.mark.programs
@pytest.mark.parametrize("kind", ["comment", "footnote"])
def test_libreoffice_may_save_notes_in_the_margin(kind: str, tmp_path: Path) -> None:
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    notes = {f"{kind}s": f'<w:{kind} w:id="2" w:author="山田">{plain("確認中")}</w:{kind}>'}
    path = word_raw.write(tmp_path / "a.docx", paragraph(run("回答"), reference), **notes)
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    listed = f'<Override PartName="/word/{kind}s.xml" ContentType="{office}.{kind}s+xml"/>'
    types = word_raw.TYPES.replace("</Types>", f"{listed}</Types>")
    word_raw.pack(path, word_raw.unpack(path) | {"[Content_Types].xml": types.encode()})
    page = read(word_raw.through_libreoffice(path))
    assert [(text.strip(), box, why) for text, box, why in found(page)] == [
        ("回答", "", ""), ("確認中", "", "comment"),
    ]  # fmt: skip
