"""What is typed into the boxes of a Word file comes back with its box."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from exchange import word_raw
from exchange.word_raw import W, plain, run
from exchange.word_read import SHEET, apart, texts
from exchange.word_sheets import BLOCKS, EXPECTED, fill, seen, sheet
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Box, Heading, Page, Paragraph
from fieldvisit.exchange.word.sheet import read
from fieldvisit.fieldwork.sheets.returned_file import Line
from fieldvisit.harmless import visible


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
    del parts["docProps/custom.xml"]
    parts["_rels/.rels"] = word_raw.links({"officeDocument": "word/document.xml"}).encode()
    word_raw.pack(path, parts)


def in_box(lines: Sequence[Line], tag: str) -> str:
    return "\n\n".join(line.text for line in lines if line.box == tag and not line.apart)


# What a person can type into Word: what XML can hold, CR aside.
TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n𠮷")
) | st.sampled_from(
    [
        "𠮷野家",
        "か\u3099",
        "葛\U000e0100城",
        "👩‍👩‍👧",
        "\u202e",
        "～〜",
        " 前後 ",
        "=1+1",
        "<b>&amp;",
    ]
)
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
    page = read(path)
    assert page.sheet == SHEET
    assert {tag: in_box(page.lines, tag) for tag in answers} == answers
    assert not [line for line in page.lines if line.apart]


def typed_first(content: ET.Element) -> None:
    first = content.find(f".//{{{W}}}p")
    assert first is not None
    first.append(ET.fromstring(word_raw.part("r", "<w:t>回答</w:t>").encode()))


def typed_instead_of_the_frame(content: ET.Element) -> None:
    content.clear()
    content.append(ET.fromstring(word_raw.part("p", run("回答")).encode()))


def typed_behind_the_frame(content: ET.Element) -> None:
    content.append(ET.fromstring(word_raw.part("p", run("回答")).encode()))


@pytest.mark.parametrize(
    "type_into", [typed_first, typed_instead_of_the_frame, typed_behind_the_frame]
)
def test_wherever_in_a_box_somebody_types_it_is_of_that_box(
    type_into: Callable[[ET.Element], None], tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.docx", Heading(1, "題"), Box("回答欄", 4, "v:1"), Paragraph("後"))
    parts = word_raw.unpack(path)
    root = ET.fromstring(parts["word/document.xml"])
    *_title, content = root.iter(f"{{{W}}}sdtContent")
    type_into(content)
    word_raw.pack(path, parts | {"word/document.xml": ET.tostring(root)})
    assert in_box(read(path).lines, "v:1").strip() == "回答"


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
    lines = [line for line in read(path).lines if not line.apart]
    kept = [line.text for line in lines if line.text]
    answer = [paragraph for paragraph in text.split("\n\n") if paragraph]
    assert kept == ["題", "問1", "回答", *answer, "問2", "回答", "二"]
    assert {line.box for line in lines} == {""}


def test_the_tag_survives_the_loss_of_either_carrier(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.docx", *BLOCKS)
    parts = word_raw.unpack(path)
    inspected = {name: data for name, data in parts.items() if name != "docProps/custom.xml"}
    inspected["_rels/.rels"] = word_raw.links({"officeDocument": "word/document.xml"}).encode()
    page = read(word_raw.pack(path, inspected))
    assert page.sheet == SHEET
    assert [(line.text, line.box, line.style) for line in page.lines if not line.apart] == EXPECTED
    assert apart(page) == [("調査　A大学", "margin")]
    untagged = parts["word/document.xml"].replace(b"<w:tag ", b"<w:other ")
    page = read(word_raw.pack(path, parts | {"word/document.xml": untagged}))
    assert (page.sheet, seen(page)) == (SHEET, EXPECTED)


def test_a_frame_moved_away_from_its_label_loses_a_lost_tag(tmp_path: Path) -> None:
    """A bookmark speaks for the frame right below it alone: no answer is put where it was not."""
    path = sheet(tmp_path / "a.docx", Box("回答", 2, "v:1", "一"), Paragraph("後"))
    parts = word_raw.unpack(path)
    document = parts["word/document.xml"].decode().replace("<w:tag ", "<w:other ")
    between = document.replace("<w:tbl>", f"{plain('挟まれた文')}<w:tbl>", 1)
    page = read(word_raw.pack(path, parts | {"word/document.xml": between.encode()}))
    assert [line for line in page.lines if line.box] == []
    assert "一" in texts(page)


@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
@examples(30)
def test_nothing_written_is_lost_whatever_it_is(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.docx"
    path.write_bytes(write(Page((Paragraph(text), Box("x", 1, "v:1", text)), head=text)))
    page = read(path)
    assert page.lines[0].text == visible(text)
    assert "\n".join(line.text for line in page.lines if line.box) == visible(text)
