"""Printed pages as people see them: words where they stand, fonts, pictures, ink."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from fieldvisit.harmless import visible
from programs import fonts as need_fonts
from programs import program, run, run_raw

_MUCH = 0.7  # of a sign's height


class Word(Struct, frozen=True):
    """A word where it stands on paper, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return how far its middle is from the upper edge."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Return about how high its signs are: a kanji is a square, a letter half of one."""
        wide = any(unicodedata.east_asian_width(sign) in "FW" for sign in self.text)
        return (self.right - self.left) / len(self.text) * (1 if wide else 2)


class Sheet(Struct, frozen=True):
    """One printed page: its size in points, its words, its text in the order of the file."""

    width: float
    height: float
    words: tuple[Word, ...]
    text: str


def sheets(pdf: Path) -> tuple[Sheet, ...]:
    boxes = _Boxes()
    boxes.feed(run(program("pdftotext"), "-bbox-layout", str(pdf), "-"))
    texts = run(program("pdftotext"), "-raw", str(pdf), "-").split("\f")
    return tuple(
        Sheet(width, height, tuple(words), text)
        for (width, height, words), text in zip(boxes.pages, texts, strict=False)
    )


def fonts(pdf: Path) -> list[str]:
    """Return the names of the fonts that are embedded with their signs' code points.

    The browser draws some fonts sign by sign, and then names none.
    """
    lines = run(program("pdffonts"), str(pdf)).splitlines()[2:]
    return [line.split()[0].partition("+")[2] for line in lines if " yes yes yes " in line]


def japanese_fonts() -> set[str]:
    """Return the names of the installed fonts that can write Japanese."""
    listed = run(program("fc-list"), ":lang=ja", "postscriptname")
    return set(re.findall(r"postscriptname=(.*)", listed.replace("\\", "")))


def boxed(text: str) -> set[str]:
    """Return the signs of ``text`` that no installed font has."""
    listed = run(program("fc-list"), "--format", "%{charset} ")
    ranges = [range_.partition("-") for range_ in set(listed.split())]
    known = {
        code
        for first, _hyphen, last in ranges
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }
    return {sign for sign in text if ord(sign) not in known}


def ink(pdf: Path) -> list[float | None]:
    """Return how near to an edge each page is drawn upon, in points, None for an empty one."""
    data = run_raw(program("pdftoppm"), "-r", "36", "-gray", str(pdf))
    return [_ink(*page) for page in _grey_pages(data)]


def squeezed(text: str) -> str:
    """Return ``text`` without blanks, in the form in which a PDF's text can be compared.

    A PDF tells which glyphs it shows: of 一 and ⼀, か+゛ and が, or a variation selector it
    knows no more than the font does.
    """
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", folded)


def overlaps(sheet: Sheet) -> list[str]:
    """Return the pairs of words that stand on each other."""
    return [
        f"{one.text} × {other.text}"
        for one, other in combinations(sheet.words, 2)
        if _stand_on_each_other(one, other)
    ]


def _stand_on_each_other(one: Word, other: Word) -> bool:
    """Tell whether more of two words overlaps than brackets that a browser draws together.

    How high a word's box is depends on the font, so that the distance of the middles counts.
    """
    size = min(one.size, other.size)
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > _MUCH * size and abs(one.middle - other.middle) < _MUCH * size


def outside(sheet: Sheet, margin: float) -> list[str]:
    """Return the words that come nearer than ``margin`` points to an edge of the paper."""
    return [
        word.text
        for word in sheet.words
        if min(word.left, word.top, sheet.width - word.right, sheet.height - word.bottom) < margin
    ]


class _Boxes(HTMLParser):
    """Reads what `pdftotext -bbox-layout` writes."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[tuple[float, float, list[Word]]] = []
        self.at: list[float] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: float(value or 0) for name, value in attrs if tag in {"page", "word"}}
        if tag == "page":
            self.pages.append((given["width"], given["height"], []))
        elif tag == "word":
            self.at = [given[name] for name in ("xmin", "ymin", "xmax", "ymax")]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser hands it over
        self.at = None

    def handle_data(self, data: str) -> None:
        if self.at and data.strip():
            self.pages[-1][2].append(Word(data, *self.at))


def _grey_pages(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield width, height and grey values of each picture in a row of PGM files."""
    at = 0
    while at < len(data):
        head = re.compile(rb"P5\s(\d+)\s(\d+)\s255\s").match(data, at)
        assert head, data[at : at + 20]
        width, height = int(head[1]), int(head[2])
        at = head.end() + width * height
        yield width, height, data[head.end() : at]


def _ink(width: int, height: int, grey: Sequence[int]) -> float | None:
    dark = [place for place, value in enumerate(grey) if value < 200]
    if not dark:
        return None
    across = [place % width for place in dark]
    right, bottom = width - 1 - max(across), height - 1 - dark[-1] // width
    return 72 / 36 * min(*across, dark[0] // width, right, bottom)


A4 = {(595, 842), (842, 595)}
MARGIN = 14  # points: what is nearer to the edge, many printers do not print


class Shown(Struct, frozen=True):
    """A file as it was printed, and what it should show."""

    sheets: tuple[Sheet, ...]
    pdf: Path
    texts: tuple[str, ...]
    head: str
    leading: tuple[str, ...] = ()  # texts that may not be the last of a page


def faults(shown: Shown) -> Iterator[str]:
    """Say what is wrong with a printed sheet."""
    yield from _of_texts(shown)
    yield from (f"no font has {sign}" for sign in boxed(folded("".join(shown.texts))))
    yield from foreign(fonts(shown.pdf))
    if not 1 <= len(shown.sheets) <= 2 + sum(map(len, shown.texts)) // 150:
        yield f"{len(shown.sheets)} pages"
    for number, sheet in enumerate(shown.sheets, start=1):
        yield from (f"page {number}: {fault}" for fault in _of_one_page(shown, sheet, number))
    for number, found in enumerate(ink(shown.pdf), start=1):
        if found is None or found < MARGIN:
            yield f"page {number}: empty, or drawn upon up to the edge: {found}"


def foreign(fonts: Sequence[str]) -> Iterator[str]:
    """Yield the fonts of a page, where it names any, if none of them can write Japanese."""
    japanese = tuple(japanese_fonts())
    if fonts and not any(font.startswith(japanese) for font in fonts):
        yield f"no Japanese font among {fonts}"


def _of_one_page(shown: Shown, sheet: Sheet, number: int) -> Iterator[str]:
    if (round(sheet.width), round(sheet.height)) not in A4:
        yield f"not A4: {sheet.width} × {sheet.height}"
    yield from (f"overlap: {pair}" for pair in overlaps(sheet))
    yield from (f"outside: {word}" for word in outside(sheet, MARGIN))
    text = squeezed(sheet.text)
    if f"{number}/{len(shown.sheets)}" not in text:
        yield "without its number"
    if folded(shown.head) not in text:
        yield f"without {shown.head}"
    if "\ufffd" in text:
        yield "with a character that could not be written"


def _of_texts(shown: Shown) -> Iterator[str]:
    """Yield the texts that cannot be read, and what is parted from the text that it leads to.

    What is repeated on each page may stand anywhere in a text, where the page ends.
    """
    repeated = re.compile(rf"{re.escape(folded(shown.head))}|\d+/{len(shown.sheets)}(?!\d)")
    pages = [repeated.sub("", squeezed(sheet.text)) for sheet in shown.sheets]
    for text in shown.texts:
        if repeated.sub("", folded(text)) not in "".join(pages):
            yield f"missing: {text}"
    for number, page in enumerate(pages, start=1):
        if page.endswith(tuple(map(folded, shown.leading))):
            yield f"page {number}: parted from what follows: {page[-20:]}"


def folded(text: str) -> str:
    return squeezed(visible(text))


_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


def printed(html: str, room: Path) -> Path:
    """Return the PDF that the browser prints of a page; files go into the new folder ``room``."""
    need_fonts()
    pdf = room / "printed.pdf"
    _browse(html, room, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return pdf


def elements(html: str, room: Path) -> str:
    """Return what the browser made of a page, written as HTML again."""
    return _browse(html, room, "--dump-dom")


def width_needed(html: str, room: Path, width: int = 360) -> int:
    """Return how wide a page is, in pixels, where its window is ``width`` pixels wide."""
    frame = f'<iframe style="width: {width}px; border: 0" srcdoc="{escape(html)}"></iframe>'
    measure = (
        "<script>onload = () => document.title ="
        " document.querySelector('iframe').contentDocument.documentElement.scrollWidth</script>"
    )
    found = re.search(r"<title>(\d+)</title>", elements(frame + measure, room))
    assert found
    return int(found[1])


def converted(file: Path, room: Path) -> Path:
    """Return the PDF that LibreOffice makes of a file of Word or Excel."""
    need_fonts()
    profile = (room / "profile").absolute().as_uri()
    run(
        program("soffice"), "--headless", "--norestore", f"-env:UserInstallation={profile}",
        "--convert-to", "pdf", "--outdir", str(room), str(file),
    )  # fmt: skip
    return room / f"{file.stem}.pdf"


def _browse(html: str, room: Path, *wish: str) -> str:
    room.mkdir(exist_ok=True)
    page = room / "page.html"
    page.write_text(html, encoding="utf-8")
    profile = f"--user-data-dir={room / 'browser'}"
    return run(program("chromium"), *_CHROMIUM, profile, *wish, page.absolute().as_uri())
