"""The usual page in Word, looked at as XML."""

import io
import xml.etree.ElementTree as ET
import zipfile

from exchange.word_raw import W
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import (
    Block,
    Box,
    Bullets,
    Cell,
    Facts,
    Heading,
    Page,
    Paragraph,
    Table,
)
from fieldvisit.fieldwork.sheets.tags import sheet_tag

SHEET = sheet_tag("01890f5e-7b1c-7cc0-98c4-dc0c0c07398f", "city")
BLOCKS: tuple[Block, ...] = (
    Heading(1, "事前質問票：千葉市"),
    Facts((("調査", "情報化"), ("連絡先", "x@example.ac.jp"))),
    Facts((("次の", "表"),)),
    Heading(2, "1 採用"),
    Paragraph("本文\n改行\tタブ"),
    Paragraph("注", quiet=True),
    Bullets(("一つ", "二つ")),
    Heading(3, "1/1 職員数"),
    Box("回答", 4, "v:1/1"),
    Heading(4, "細目"),
    Box("覚え", 2, "", "一\n\n二"),
    Table.of(["項目", "内容"], [["一", Cell(("甲", "乙"))], ["二", ""]]),
)
PAGE = Page(BLOCKS, head="情報化調査　A大学　2019年10月21日", sheet=SHEET)


def parts(page: Page) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write(page))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def tree(page: Page, part: str = "word/document.xml") -> ET.Element:
    return ET.fromstring(parts(page)[part])


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def val(element: ET.Element | None, name: str = "val") -> str:
    assert element is not None
    return element.attrib[q(name)]


def text_of(element: ET.Element) -> str:
    signs = {q("br"): "\n", q("tab"): "\t"}
    return "".join(
        signs.get(found.tag, found.text or "")
        for run in element.iter(q("r"))
        for found in run
        if found.tag in (q("t"), *signs)
    )


def paragraphs(page: Page) -> list[tuple[str, str]]:
    """Return style and text of the paragraphs of the body, in tables too."""
    return [
        (
            val(found.find(f"{q('pPr')}/{q('pStyle')}")) if found.find(q("pPr")) else "",
            text_of(found),
        )
        for found in tree(page).iter(q("p"))
    ]
