"""Texts in Word files: none acts, every one is kept, and LibreOffice shows it."""

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import docx
import pytest
from hypothesis import example, given

from documents.word_parts import BLOCKS, PAGE, SHEET, paragraphs, parts, q, text_of, tree
from exchange.word_raw import through_libreoffice
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Box, Bullets, Cell, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible
from strategies import storable

TRICKS = (
    "=1+1", "{ PAGE }", 'HYPERLINK "http://x.invalid"', "http://x.invalid", "<w:p/>", "&amp;",
    "]]>", "<!-- x -->", "\\* MERGEFORMAT", "%s {x}",
)  # fmt: skip


def test_a_sheet_carries_tags_alone_besides_its_text() -> None:
    properties = ET.fromstring(parts(PAGE)["docProps/custom.xml"])
    said = {item.attrib["name"]: "".join(item.itertext()) for item in properties}
    assert re.fullmatch("[0-9a-f]{16}", said.pop("fieldvisit-head"))
    assert said == {"fieldvisit-sheet": SHEET, "fieldvisit-box-1": "v:1/1"}
    assert "docProps/custom.xml" not in parts(Page(BLOCKS[:4]))


ACTING = {"hyperlink", "instrText", "fldChar", "altChunk", "object", "drawing", "pict", "subDoc"}


@pytest.mark.parametrize("text", TRICKS)
def test_no_text_acts(text: str) -> None:
    blocks = (
        Heading(1, text), Paragraph(text), Bullets((text,)), Facts(((text, text),)),
        Table.of([text], [[text]]), Box(text, 1, text, text),
    )  # fmt: skip
    page = Page(blocks, head=text, sheet=text)
    plain = {
        name: {element.tag for element in ET.fromstring(data).iter()}
        for name, data in parts(Page(BLOCKS, head="x", sheet="x")).items()
    }
    for name, data in parts(page).items():
        tags = {element.tag for element in ET.fromstring(data).iter()}
        assert tags <= plain[name]
        assert not {tag.rpartition("}")[2] for tag in tags} & ACTING
        assert b'TargetMode="External"' not in data
    assert text_of(tree(page)).count(text) == 9


@given(text=storable)
@example(text="\0\x1b[2J\ud800\ufffe\x0b")
@example(text="あ" * 40_000)
@example(text="\n\n")
@example(text="  前後 \t ")
def test_any_text_is_kept_in_any_block(text: str) -> None:
    shown = visible(text)
    blocks = (
        Heading(2, text), Paragraph(text), Bullets((text,)), Facts(((text, text),)),
        Table.of([text], [[Cell((text, text))]]), Box(text, 1, "t", text),
    )  # fmt: skip
    found = [
        text for style, text in paragraphs(Page(blocks)) if style not in ("SheetGap", "SheetAnchor")
    ]
    label = [shown] if text else []
    answer = shown.split("\n")
    table = [shown] * 3 if text else [""] * 3
    assert found == [one_line(text), shown, shown, shown, shown, *table, *label, *answer]


@given(text=storable.filter(bool))
def test_the_library_opens_what_was_written(text: str) -> None:
    page = Page((Heading(1, text), Table.of([text], [[text]]), Box(text, 1, text[:64])), text, text)
    opened = docx.Document(io.BytesIO(write(page)))
    assert opened.sections[0].header.paragraphs[0].text == visible(text)
    assert opened.tables[0].rows[1].cells[0].text == visible(text)


def test_empty_blocks_leave_no_trace() -> None:
    page = Page((Paragraph(""), Bullets(()), Facts(()), Table((), ()), Heading(1, "題")))
    assert [text for style, text in paragraphs(page) if style != "SheetGap"] == ["", "題"]
    assert not [*tree(page).iter(q("tbl"))]


@pytest.mark.programs
def test_libreoffice_shows_every_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    long = "\n".join(f"{n}段落目" + "本文" * 40 for n in range(120))
    path.write_bytes(write(Page((*BLOCKS, Box("長い回答", 4, "v:9", long)), "頭", SHEET)))
    saved = through_libreoffice(path, "txt:Text (encoded):UTF8")
    shown = re.sub(r"[\s•]", "", saved.read_text(encoding="utf-8-sig"))
    expected = "".join(text for _style, text in paragraphs(PAGE)) + f"長い回答{long}"
    assert shown == re.sub(r"\s", "", expected)
