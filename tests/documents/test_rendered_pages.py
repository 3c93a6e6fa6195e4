"""The sheets of a visit as a browser and an office print them: nothing cut, overlapping or lost."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from documents import pdf_pages
from documents.pdf_pages import MARGIN, Shown, faults, foreign
from documents.strict_html import every_block, expected, parsed, texts, texts_of
from documents.test_sheets import STUDY, prepared
from documents.values import VISIT, mark, note
from fieldvisit import language
from fieldvisit.documents import city_sheet, field_sheet
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.formats import html, render
from fieldvisit.documents.page import Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.doors.inputs import shipped_folder
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.guide_files.reading import read
from hostile_text.texts import BODIES

pytestmark = pytest.mark.programs

TEXTS = (
    "情報政策課は9人、情報システム課は14人。\n\n14人のうち2人は再任用で、ほかに委託事業者の常駐者が5人いる。",
    "髙﨑㈱①〜～−ー…、ハンカク ﾊﾝｶｸ か\u3099き\u3099。",
    "𠮷野家の𠮷",
    "葛\U000e0100城市、辻\U000e0100",
    "病院🏥",
    "長い段落です。" * 60,
    "https://www.example.invalid/" + "kikaku/joho/" * 12 + "?a=1&b=2#c",
    "<script>alert(1)</script> =1+1 &P [red]x[/red] \x1b[2J \u202e",
    "Staff are chosen from the general track by wish and aptitude; “quotes” — and a dash.",
)
DOCUMENTS = {"field": field_sheet.document, "question": city_sheet.questions}


def preparation() -> Preparation:
    """A visit with the shipped guide, notes of every kind of text, and some marks."""
    guide = read(shipped_folder() / "it-workforce.yaml")
    first = guide.topics[0]
    places = [f"{first.key}/{question.key}" for question in first.questions]
    visit = replace(VISIT, id="00000000-0000-4000-8000-000000000001")
    notes = [
        note(f"note{n}", places[n % 3], body=text, revision="0" * 64, visit_id=visit.id)
        for n, text in enumerate(TEXTS)
    ]
    marks = [mark(places[4], "to-follow", "確認中", "2019-11-15"), mark(places[5], "declined")]
    study = replace(STUDY, title="情報人材の確保と連携に関する調査", institute="架空研究所")
    return replace(prepared(notes, marks, visit=visit, guide=guide), study=study)


def _leading(document: Document) -> Iterator[str]:
    """Yield the headings and labels behind which, on the same page, another text must begin."""
    for block, behind in pairwise(document.page().blocks):
        match block:
            case Heading(text=text) | Paragraph(text=text, quiet=True):
                if any(after for _, after in texts_of(behind)):
                    yield text


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_printed_sheet_is_whole_and_readable(
    name: str, spoken: str, ending: str, tmp_path: Path
) -> None:
    language.use(spoken)
    document = DOCUMENTS[name](preparation())
    file, room = tmp_path / f"sheet.{ending}", tmp_path / "room"
    file.write_bytes(render(document, ending))
    room.mkdir()
    if ending == "html":
        pdf = pdf_pages.printed(file.read_text(encoding="utf-8"), room)
    else:
        pdf = pdf_pages.converted(file, room)
    if ending == "xlsx" and document.grid:
        texts, head = _of_grid(document.grid()), document.grid().title
    else:
        blocks, head = document.page().blocks, document.page().head
        texts = (text for block in blocks for _, text in texts_of(block))
    leading = tuple(_leading(document))
    assert list(faults(Shown(pdf_pages.sheets(pdf), pdf, tuple(texts), head, leading))) == []


def test_each_fault_of_a_printed_page_is_noticed(tmp_path: Path) -> None:
    """Else the test above could not fail."""
    pdf = pdf_pages.printed(
        "<style>@page { size: A5; margin: 0 } p { position: fixed; margin: 0 }</style>"
        "<p style='left: 9em; top: 9em'>上の文字<p style='left: 9.5em; top: 9.3em'>下の文字"
        "<p style='left: 1px; top: 30em'>端の文字<p style='top: 40em; left: 9em'>\U0010fffd",
        tmp_path / "room",
    )
    texts = ("上の文字", "ない文字", "\U0010fffd")
    shown = Shown(pdf_pages.sheets(pdf) * 9, pdf, texts, "頭", ("端の文字",))
    found = "\n".join(faults(shown))
    for fault in ("missing: ない文字", "no font has \U0010fffd", "9 pages", "page 1: not A4: ",
                  "page 1: overlap: 上の文字 × 下の文字", "page 1: outside: 端の文字",
                  "page 1: parted from what follows: ",
                  "page 9: without its number", "page 1: without 頭",
                  "page 1: empty, or drawn upon up to the edge: 0.0"):  # fmt: skip
        assert fault in found
    assert "missing: 上の文字" not in found
    assert list(foreign(["DejaVuSans"])) == ["no Japanese font among ['DejaVuSans']"]


@pytest.mark.parametrize("columns", [6, 30])
def test_a_table_stays_on_the_paper(columns: int, tmp_path: Path) -> None:
    language.use("ja")
    row = ["1/1", *["回答あり", "https://www.example.invalid/長い記録" * 4] * (columns // 2)]
    page = Page((Table.of(["列の名前"] * columns, [row[:columns]] * 9),), "頭")
    pdf = pdf_pages.printed(html.write(page), tmp_path / "room")
    written = pdf_pages.sheets(pdf)
    assert [fault for sheet in written for fault in pdf_pages.overlaps(sheet)] == []
    assert [fault for sheet in written for fault in pdf_pages.outside(sheet, MARGIN)] == []
    assert all("列の名前" in pdf_pages.squeezed(sheet.text) for sheet in written)
    # The browser makes a page small on which something is too wide.
    kanji = [word for sheet in written for word in sheet.words if word.text in "列の名前"]
    assert min(word.size for word in kanji) > 9


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_telephone_shows_a_sheet_without_scrolling_sideways(name: str, tmp_path: Path) -> None:
    language.use("ja")
    long = Page((Heading(1, "長" * 99), Paragraph("x" * 999), Facts((("y" * 99, "z" * 99),)),
                 Bullets(("w" * 99,)), Box("v" * 99, 2, "", "u" * 99),
                 Table.of(["列の名前"] * 12, [["t" * 99] * 12])))  # fmt: skip
    sheet = DOCUMENTS[name](preparation()).page()
    page = Page((*sheet.blocks, *long.blocks), sheet.head * 9)
    written = html.write(page)
    assert pdf_pages.width_needed(written, tmp_path / "narrow") == 360
    wide = written.replace("overflow-wrap: anywhere", "")
    assert pdf_pages.width_needed(wide, tmp_path / "wide") > 360


def test_a_browser_finds_no_more_elements_than_a_page_has(tmp_path: Path) -> None:
    """The browser is another reader than the tests' own, and the one that counts."""
    blocks = tuple(block for text in BODIES for block in every_block(text))
    page = Page(blocks, " ".join(BODIES[:99]), "tag")
    written = html.write(page)
    read = pdf_pages.elements(written, tmp_path / "room")
    root = parsed(read)
    assert texts(root) == expected(page)
    assert [e.tag for e in root.iter()] == [e.tag for e in parsed(written).iter()]


def _of_grid(grid: Grid) -> Iterator[str]:
    seen = [place for place, column in enumerate(grid.columns) if column.use != "tag"]
    yield from (grid.title, *grid.instructions, *(grid.columns[place].title for place in seen))
    yield from (str(row[place]) for row in grid.rows for place in seen if row[place] is not None)
