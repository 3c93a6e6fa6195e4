"""The usual page in Word, looked at as XML."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import example, given

from documents.strict_html import every_block
from exchange.word_raw import W
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible
from fieldvisit.review.tags import LONGEST, sheet_tag
from strategies import storable

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
    Table.of(["項目", "内容"], [["一", ("甲", "乙")], ["二", ""]]),
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
    found = [(one.find(f"{q('pPr')}/{q('pStyle')}"), one) for one in tree(page).iter(q("p"))]
    return [("" if style is None else val(style), text_of(one)) for style, one in found]


def test_the_same_page_gives_the_same_bytes_and_says_nothing_of_who_and_when() -> None:
    assert write(PAGE) == write(PAGE)
    with zipfile.ZipFile(io.BytesIO(write(PAGE))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    found = parts(PAGE)
    assert {name.partition("/")[0] for name in found} == {
        "[Content_Types].xml", "_rels", "docProps", "word",
    }  # fmt: skip
    assert not [name for name in found if not name.endswith((".xml", ".rels"))]
    properties = ET.fromstring(found["docProps/core.xml"])
    said = {child.tag.rpartition("}")[2]: child.text for child in properties if child.text}
    assert said == {
        "revision": "1", "created": "2000-01-01T00:00:00Z", "modified": "2000-01-01T00:00:00Z",
    }  # fmt: skip
    assert len(ET.fromstring(found["docProps/app.xml"])) == 0
    everything = b"".join(found.values())
    for word in (b"python", b"rsid ", b"rsidRoot", b"Macintosh"):
        assert word not in everything


def test_reading_names_an_absent_library(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(write(PAGE))
    script = (
        "import sys; sys.modules.update(docx=None, lxml=None, openpyxl=None, defusedxml=None)\n"
        "from pathlib import Path\n"
        "from fieldvisit.exchange.returned_files import read_file\n"
        "from fieldvisit.errors import MissingLibrary\n"
        "try: read_file(Path('a.docx'))\n"
        "except MissingLibrary as missing: sys.exit('python-docx' not in missing.sentence)\n"
        "sys.exit('read without its library')\n"
    )
    source = str(Path(sys.modules["fieldvisit"].__path__[0]).parent)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": source}, check=False
    )
    assert done.returncode == 0


def styles() -> dict[str, ET.Element]:
    found = tree(PAGE, "word/styles.xml").iter(q("style"))
    return {val(style, "styleId"): style for style in found}


def test_a_page_is_made_of_the_usual_styles_and_each_is_there() -> None:
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
    known = {name: style.find(q("name")) for name, style in styles().items()}
    used = {style for style, _text in paragraphs(PAGE) if style}
    assert used <= set(known)
    assert [val(known[f"Heading{level}"]) for level in (1, 2, 3, 4)] == [
        f"heading {level}" for level in (1, 2, 3, 4)
    ]
    assert styles()["ListBullet"].find(f"{q('pPr')}/{q('numPr')}/{q('numId')}") is not None


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
    tag = "t" * LONGEST
    (control,) = tree(Page((Box("とても長い札" * 40, 1, tag),))).iter(q("sdt"))
    assert len(val(control.find(f"{q('sdtPr')}/{q('alias')}"))) <= 64
    assert val(control.find(f"{q('sdtPr')}/{q('tag')}")) == tag


def test_what_leads_to_a_box_stays_with_it() -> None:
    page = Page((Heading(3, "質問"), Paragraph("説明"), Bullets(("一", "二")), Box("回答", 4)))
    kept = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        or (paragraph.style and paragraph.style.paragraph_format.keep_with_next)
        for paragraph in docx.Document(io.BytesIO(write(page))).paragraphs
        if paragraph.text
    }
    assert kept == dict.fromkeys(("質問", "説明", "一", "二", "回答"), True)


TRICKS = (
    "=1+1", "{ PAGE }", 'HYPERLINK "http://x.invalid"', "http://x.invalid", "<w:p/>", "&amp;",
    "]]>", "<!-- x -->", "\\* MERGEFORMAT", "%s {x}",
)  # fmt: skip


def test_a_sheet_carries_tags_alone_besides_its_text() -> None:
    properties = ET.fromstring(parts(PAGE)["docProps/custom.xml"])
    said = {item.attrib["name"]: "".join(item.itertext()) for item in properties}
    own = said.pop("fieldvisit-own-1")
    assert re.fullmatch("([A-Za-z0-9_.]{5})+", own)
    settings = parts(PAGE)["word/settings.xml"].decode()
    assert f'w:name="fieldvisit-own" w:val="{own}"' in settings
    assert said == {"fieldvisit-sheet": SHEET, "fieldvisit-box-1": "v:1/1"}
    assert "docProps/custom.xml" not in parts(Page(BLOCKS[:4]))


ACTING = {"hyperlink", "instrText", "fldChar", "altChunk", "object", "drawing", "pict", "subDoc"}


@pytest.mark.parametrize("text", TRICKS)
def test_no_text_acts(text: str) -> None:
    page = Page(every_block(text), head=text, sheet=text)
    plain = {
        name: {element.tag for element in ET.fromstring(data).iter()}
        for name, data in parts(Page(BLOCKS, head="x", sheet="x")).items()
    }
    for name, data in parts(page).items():
        tags = {element.tag for element in ET.fromstring(data).iter()}
        assert tags <= plain[name]
        assert not {tag.rpartition("}")[2] for tag in tags} & ACTING
        assert b'TargetMode="External"' not in data
    assert text_of(tree(page)).count(text) == 11


@given(text=storable)
@example(text="\0\x1b[2J\ud800\ufffe\x0b")
@example(text="あ" * 40_000)
@example(text="\n\n")
@example(text="  前後 \t ")
def test_any_text_is_kept_in_any_block(text: str) -> None:
    shown = visible(text)
    blocks = (
        Heading(2, text), Paragraph(text), Bullets((text,)), Facts(((text, text),)),
        Table.of([text], [[(text, text)]]), Box(text, 1, "t", text),
    )  # fmt: skip
    found = [
        text for style, text in paragraphs(Page(blocks)) if style not in ("SheetGap", "SheetAnchor")
    ]
    label = [shown] if text else []
    answer = shown.split("\n")
    table = [shown] * 3 if text else [""] * 3
    assert found == [one_line(text), shown, shown, shown, shown, *table, *label, *answer]


def test_empty_blocks_leave_no_trace() -> None:
    page = Page((Paragraph(""), Bullets(()), Facts(()), Table((), ()), Heading(1, "題")))
    assert [text for style, text in paragraphs(page) if style != "SheetGap"] == ["", "題"]
    assert not [*tree(page).iter(q("tbl"))]
