"""HTML: one file that a telephone shows and A4 paper takes, in which no text of a page can act.

Nothing is loaded, linked or run. The same page gives the same bytes. Line breaks are `<br>`, so
that they outlive copying; a box is a frame to write in with a pen.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from string import Template

from fieldvisit import language
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_QUESTION = 3  # the level of the headings that questions are
_UPRIGHT_UP_TO = 5  # columns of a table; more of them have the paper turned
_ROOMY_UP_TO = 14  # columns of a table that leave each of them some signs a line
_WHOLE_UP_TO = 1500  # characters across the paper that stay on one sheet of it
_NAME_UP_TO = 8  # characters of a row's name that stay on one line
_CSS_ACTS = re.compile(r"[^\w \u0080-\U0010ffff]")

_JAPANESE = (
    '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic Medium", "Yu Gothic", Meiryo, '
    '"Noto Sans CJK JP", "Noto Sans JP", IPAexGothic, sans-serif'
)
# Quotation marks of Japanese fonts are as wide as a kanji.
_FONTS = {"ja": _JAPANESE, "en": f'"Helvetica Neue", "Segoe UI", Arial, {_JAPANESE}'}
_STYLE = Template("""
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 50rem; margin: 0 auto; padding: 1rem; background: #fff; color: #111;
  font: 1rem/1.7 $font; line-break: strict; overflow-wrap: anywhere;
}
body.wide { max-width: 90rem; }
h1, h2, h3, h4, p, li, dt, dd { white-space: pre-wrap; }
header, .quiet, .label { color: #555; font-size: .875rem; line-height: 1.5; }
h1, h2, h3, h4 { line-height: 1.4; break-after: avoid; break-inside: avoid; }
h1 { font-size: 1.5rem; margin: .6rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .8rem; padding: 0 0 .2rem; border-bottom: 2px solid #444; }
h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
h4 { font-size: .95rem; margin: 1.2rem 0 .4rem; }
h1, h2, h3 { word-break: auto-phrase; }
p { margin: 0 0 .6rem; orphans: 2; widows: 2; }
ul { margin: 0 0 .6rem; padding: 0 0 0 1.4em; }
dl { margin: 0 0 1rem; border-top: 1px solid #bbb; }
dl > div {
  display: grid; grid-template-columns: 9em 1fr; gap: 0 1em; padding: .3rem 0;
  border-bottom: 1px solid #bbb; break-inside: avoid;
}
dt { font-weight: bold; }
dd { margin: 0; }
.table { overflow-x: auto; margin: 0 0 1rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.5; }
th, td {
  min-width: 8em; padding: .35rem .5rem; border: 1px solid #888;
  text-align: start; vertical-align: top;
}
th { font-weight: bold; }
tbody th { font-weight: normal; }
thead th { background: #eee; }
th.short { min-width: 0; }
.short p { white-space: nowrap; }
td p, th p { margin: 0; }
.box { margin: 0 0 1rem; border: 1px solid #444; padding: .4rem .6rem; break-inside: avoid; }
.box p { margin: 0; }
.room { min-height: calc(var(--lines) * 1.7rem); }
@media (max-width: 30rem) {
  dl > div { display: block; }
  h1 { font-size: 1.3rem; }
  h2 { font-size: 1.1rem; }
}
@page {
  size: A4 $turned; margin: 18mm; font: 8.5pt/1.4 $font; color: #555;
  @top-left { content: $head; vertical-align: bottom; padding-bottom: 4mm; }
  @bottom-center { content: counter(page) " / " counter(pages); }
}
@page :first { @top-left { content: none; } }
@media print {
  html { font-size: 10.5pt; }
  body, body.wide { max-width: none; padding: 0 1px; line-height: 1.5; }
  h1 { margin-top: .2rem; }
  h2 { margin-top: 1.6rem; }
  h3 { margin-top: 1.1rem; }
  p, ul, .box { margin-bottom: .4rem; }
  ul, li, tr { break-inside: avoid; }
  .long { break-inside: auto; }
  section > :not(.box) { break-after: avoid; }
  p + ul, .box + .box:last-child { break-before: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  th, td { min-width: 5.2em; }
  .many th, .many td { min-width: 0; }
  .room { min-height: calc(var(--lines) * 7mm); }
}
""")


def write(page: Page) -> str:
    """Return the page as one HTML5 file; its text is that of the blocks."""
    tables = (block for block in page.blocks if isinstance(block, Table))
    turned = any(len(table.head) > _UPRIGHT_UP_TO for table in tables)
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{language.current()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">',
        f"<title>{escape(_title(page))}</title>",
        f"<style>{_style(page.head, turned=turned)}</style>",
        "</head>",
        '<body class="wide">' if turned else "<body>",
        f"<header>{_element('p', page.head)}</header>" if page.head else "",
        f'<main data-sheet="{escape(visible(page.sheet))}">' if page.sheet else "<main>",
        *_sections(page.blocks),
        "</main>",
        "</body>",
        "</html>",
    )
    return "\n".join(part for part in parts if part) + "\n"


def _style(head: str, *, turned: bool) -> str:
    return _STYLE.substitute(
        font=_FONTS[language.current()],
        head=_css_string(head),
        turned="landscape" if turned else "portrait",
    )


def _title(page: Page) -> str:
    headings = (one_line(block.text) for block in page.blocks if isinstance(block, Heading))
    return next(headings, one_line(page.head)) or "fieldvisit"


def _sections(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the blocks as elements, a question with what belongs to it as one section."""
    inside = False
    for block in blocks:
        if isinstance(block, Heading):
            yield "</section>" if inside else ""
            inside = block.level >= _QUESTION
            yield "<section>" if inside else ""
        yield _block(block)
    yield "</section>" if inside else ""


def _block(block: Block) -> str:
    made = ""
    match block:
        case Heading(level, text):
            made = _element(f"h{level}", one_line(text))
        case Paragraph(text, quiet):
            made = _element("p", text, "quiet" if quiet else "")
        case Bullets(items) if items:
            made = f"<ul{_long(sum(map(len, items)))}>{_elements('li', items)}</ul>"
        case Facts(items) if items:
            fact = "<div><dt>{}</dt><dd>{}</dd></div>".format
            made = f"<dl>{''.join(fact(_text(name), _text(value)) for name, value in items)}</dl>"
        case Table(head) if head:
            made = _table(block)
        case Box():
            made = _box(block)
    return made


def _table(table: Table) -> str:
    first, *others = [_element("p", text) for text in table.head]
    head = f'<th scope="col"{_short(table.head[0])}>{first}</th>' + "".join(
        f'<th scope="col">{text}</th>' for text in others
    )
    rows = "\n".join(map(_row, table.rows))
    look = "table many" if len(table.head) > _ROOMY_UP_TO else "table"
    return (
        f'<div class="{look}"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(row: tuple[tuple[str, ...], ...]) -> str:
    name, *others = row
    cells = "".join(f"<td>{_elements('p', cell)}</td>" for cell in others)
    named = _elements("p", name)
    length = len(row) * max(sum(map(len, cell)) for cell in row)
    short = _short("\n".join(name))
    return f'<tr{_long(length)}><th scope="row"{short}>{named}</th>{cells}</tr>'


def _long(characters: int) -> str:
    return ' class="long"' if characters > _WHOLE_UP_TO else ""


def _short(name: str) -> str:
    return ' class="short"' if len(name) <= _NAME_UP_TO else ""


def _box(box: Box) -> str:
    tag = f' data-tag="{escape(visible(box.tag))}"' if box.tag else ""
    label = _element("p", box.label, "label")
    room = f'<div class="room" style="--lines: {box.lines}">{_element("p", box.text)}</div>'
    return f'<div class="box"{tag}>{label}{room}</div>'


def _elements(name: str, texts: Iterable[str]) -> str:
    return "".join(_element(name, text) for text in texts)


def _element(name: str, text: str, look: str = "") -> str:
    """Return ``text`` as an element, nothing for an empty one."""
    if not text:
        return ""
    attribute = f' class="{look}"' if look else ""
    return f"<{name}{attribute}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


def _css_string(text: str) -> str:
    """Return ``text`` as a string of CSS that ends neither itself nor the style element."""
    if not text:
        return "none"
    # The blank behind an escape is part of it.
    escaped = _CSS_ACTS.sub(lambda found: f"\\{ord(found[0]):x} ", one_line(text))
    return f'"{escaped}"'
