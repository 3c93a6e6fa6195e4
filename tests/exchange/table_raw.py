"""Excel files written by hand: XML strings in a zip, by nobody's library."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from exchange.word_raw import OFFICE, TYPES, links, pack, unpack
from fieldvisit.exchange.heads import column_letters
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.pieces import OWN, ReturnedFile

IN_CELLS = ("", OWN, "merged", "error")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:xdr="{_DRAWN}/spreadsheetDrawing" '
    f'xmlns:a="{_DRAWN}/main" xmlns:dgm="{_DRAWN}/diagram"'
)
HEADS = ("整理用", "番号", "質問", "回答")


def text(value: str, more: str = "") -> str:
    return f'<c t="inlineStr" {more}><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def shared(number: int, more: str = "") -> str:
    return f'<c t="s" {more}><v>{number}</v></c>'


def value(said: str, more: str = "") -> str:
    """Return a cell with a number; ``more`` are attributes."""
    return f"<c {more}><v>{said}</v></c>"


def formula(said: str, result: str = "", more: str = "") -> str:
    """Return a cell with a formula; ``result`` is the element with its value, if any."""
    return f"<c {more}><f>{escape(said)}</f>{result}</c>"


def row(*cells: str, number: int = 0, more: str = "") -> str:
    said = f'r="{number}"' if number else ""
    return f"<row {said} {more}>{''.join(cells)}</row>"


def texts(*values: str) -> str:
    """Return a row of texts; an empty one is an empty cell."""
    return row(*(text(one) if one else "<c/>" for one in values))


def sheet(*rows: str, after: str = "", before: str = "") -> str:
    return f"<worksheet {SPACES}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def answers(*rows: str, **around: str) -> str:
    return sheet(texts(*HEADS), *rows, **around)


def write(
    path: Path,
    sheets: Mapping[str, str],
    *,
    hidden: str = "",
    **parts: str,
) -> Path:
    """Write a workbook of ``sheets``; ``parts`` are the insides of styles and sharedStrings."""
    named = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{number}' r:id='r{number}' "
        f"state='{'hidden' if name == hidden else 'visible'}'/>"
        for number, name in enumerate(sheets, start=1)
    )
    kept = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    kept += [(kind, f"{kind}.xml") for kind in parts]
    roots = {"styles": "styleSheet", "sharedStrings": "sst"}
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {SPACES}><sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(*kept),
    }
    for number, one in enumerate(sheets.values(), start=1):
        files[f"xl/worksheets/sheet{number}.xml"] = one
    for kind, inside in parts.items():
        files[f"xl/{kind}.xml"] = f'<{roots[kind]} xmlns="{MAIN}">{inside}</{roots[kind]}>'
    return pack(path, files)


def with_remarks(path: Path, one: str, **parts: str) -> Path:
    """Write a workbook of one sheet and the parts that belong to it, whole, by their kinds."""
    write(path, {"回答": one})
    files: dict[str, str | bytes] = dict(unpack(path))
    linked = links(*((kind, f"../{kind}1.xml") for kind in parts))
    files["xl/worksheets/_rels/sheet1.xml.rels"] = linked
    files["xl/_rels/drawing1.xml.rels"] = links(("diagramData", "diagramData1.xml"))
    files.update({f"xl/{kind}1.xml": data for kind, data in parts.items()})
    return pack(path, files)


def comments(*said: tuple[str, str, str]) -> str:
    """Return comments: cell, author, text, as Excel writes them."""
    names = list(dict.fromkeys(author for _cell, author, _text in said))
    listed = "".join(
        f'<comment ref="{cell}" authorId="{names.index(author)}"><text>'
        f"<r><rPr><b/></rPr><t>{escape(author)}:</t></r>"
        f'<r><t xml:space="preserve">\n{escape(words)}</t></r></text></comment>'
        for cell, author, words in said
    )
    authors = "".join(f"<author>{escape(name)}</author>" for name in names)
    return (
        f'<comments xmlns="{MAIN}"><authors>{authors}</authors>'
        f"<commentList>{listed}</commentList></comments>"
    )


def drawing(column: int, row: int, *insides: str) -> str:
    """Return what is drawn, each with its upper left corner behind so many columns and rows."""
    corner = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
    corner += "<xdr:to><xdr:col>99</xdr:col><xdr:row>99</xdr:row></xdr:to>"
    drawn = (f"<xdr:twoCellAnchor>{corner}{inside}</xdr:twoCellAnchor>" for inside in insides)
    return f"<xdr:wsDr {SPACES}>{''.join(drawn)}</xdr:wsDr>"


def rows(file: ReturnedFile) -> list[dict[str, str]]:
    """Return the texts of each row by column, its tag among them."""
    cells = [piece for piece in file.pieces if piece.column and piece.look in IN_CELLS]
    found = []
    for _where, group in groupby(cells, key=lambda piece: (str(piece.where), piece.slot)):
        pieces = list(group)
        tag = {"tag": pieces[0].slot} if pieces[0].slot else {}
        found.append(tag | {piece.column: piece.text for piece in pieces})
    return found


def cells(file: ReturnedFile, key: str) -> list[str]:
    return [row.get(key, "") for row in rows(file)]


def apart(file: ReturnedFile) -> list[tuple[str, str]]:
    """Return what is no text of a cell and not our own: its look, and the text."""
    return [
        (piece.look, piece.text)
        for piece in file.pieces
        if piece.look != OWN and not (piece.column and piece.look in IN_CELLS)
    ]


def read_sheet(path: Path, *rows: str, **around: str) -> ReturnedFile:
    return read_file(write(path / "回答.xlsx", {"回答": answers(*rows, **around)}))


def at(column: int, number: int) -> str:
    return f'r="{column_letters(column)}{number}"'
