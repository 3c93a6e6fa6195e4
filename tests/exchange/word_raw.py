"""Word files written by hand: XML strings in a zip, by nobody's library."""

import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import fieldvisit
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.pieces import OWN, Piece
from fieldvisit.review.tags import sheet_tag
from programs import program, run_raw

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
)
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def words(text: str) -> str:
    """Return the inside of a run: text, tabs and breaks as Word writes them."""
    parts = []
    for number, line in enumerate(text.split("\n")):
        parts.append("<w:br/>" if number else "")
        for place, cell in enumerate(line.split("\t")):
            parts.append("<w:tab/>" if place else "")
            parts.append(f'<w:t xml:space="preserve">{escape(cell)}</w:t>' if cell else "")
    return "".join(parts)


def run(text: str, look: str = "") -> str:
    """Return a run; ``look`` is the inside of its properties."""
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{words(text)}</w:r>"


def paragraph(*inside: str, look: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{''.join(inside)}</w:p>"


def plain(*texts: str) -> str:
    return "".join(paragraph(run(text)) if text else paragraph() for text in texts)


def control(tag: str, inside: str, more: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="回答"/><w:tag w:val="{escape(tag)}"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(inside: str) -> str:
    return f"<w:tc><w:tcPr/>{inside}</w:tc>"


def part(root: str, inside: str) -> str:
    """Return a whole part with the root ``w:ROOT``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inside}</w:{root}>'


def links(*targets: tuple[str, str], more: str = "") -> str:
    """Return relationships: pairs of kind and target, called r1, r2 and so on."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}" {more}/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


DOCUMENT = links(("officeDocument", "word/document.xml"))


def write(path: Path, body: str, **others: str) -> Path:
    """Write a file with ``body``; ``others`` are the insides of styles, comments etc."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": DOCUMENT,
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": links(*((kind, f"{kind}.xml") for kind in others)),
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, inside in others.items():
        parts[f"word/{kind}.xml"] = part(roots.get(kind, kind), inside)
    return pack(path, parts)


def pack(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return path


def unpack(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def fill_with(path: Path, answers: dict[str, str]) -> None:
    """Put XML into the frames of a sheet's boxes."""
    parts = unpack(path)
    root = ET.fromstring(parts["word/document.xml"])
    for box in root.iter(f"{{{W}}}sdt"):
        tag = box.find(f"{{{W}}}sdtPr/{{{W}}}tag")
        place = next(box.iter(f"{{{W}}}tc"), None)
        if tag is None or place is None:
            continue
        for old in place.findall(f"{{{W}}}p"):
            place.remove(old)
        typed = part("p", answers[tag.attrib[f"{{{W}}}val"]])
        place.extend(ET.fromstring(typed.encode()))
    pack(path, parts | {"word/document.xml": ET.tostring(root)})


def read_in_little_memory(path: Path) -> str:
    """Return what a process with half a gigabyte finds: the number of pieces, or a refusal."""
    script = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))\n"
        "from fieldvisit.exchange.returned_files import read_file\n"
        "from fieldvisit.errors import Refused\n"
        "try: print(len(read_file(Path(sys.argv[1])).pieces))\n"
        "except Refused as refused: print(refused.sentence)\n"
    )
    source = str(Path(fieldvisit.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True,
        timeout=60, env={"PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.stdout.strip()


def through_libreoffice(path: Path, kind: str = "docx:MS Word 2007 XML") -> Path:
    out = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [
        program("soffice"), "--headless", profile,
        "--convert-to", kind, "--outdir", str(out), str(path),
    ]  # fmt: skip
    run_raw(*command)
    (saved,) = out.glob(f"{path.stem}.{kind.partition(':')[0]}")
    return saved


VISIT = "01890f5e-7b1c-7cc0-98c4-dc0c0c07398f"
SHEET = sheet_tag(VISIT, "city")

Found = tuple[str, str, str]


def read(path: Path) -> list[Piece]:
    return list(read_file(path).pieces)


def body(path: Path, inside: str, **others: str) -> list[Piece]:
    return read(write(path / "回答.docx", inside, **others))


def found(pieces: list[Piece]) -> list[Found]:
    return [(piece.text, piece.slot, piece.look) for piece in pieces]


def texts(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if not piece.look]


def apart(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.text, piece.look) for piece in pieces if piece.look not in ("", OWN)]


STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="見出し"/><w:basedOn w:val="1"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:strike/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="P2"><w:basedOn w:val="P"/></w:style>'
    '<w:style w:type="character" w:styleId="C"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="table" w:styleId="Tbl"><w:tblStylePr><w:rPr><w:strike/></w:rPr>'
    "</w:tblStylePr></w:style>"
    '<w:style w:type="character" w:styleId="Plc"><w:name w:val="Placeholder Text"/></w:style>'
)


def styled(text: str, paragraph_style: str = "", run_style: str = "", look: str = "") -> str:
    style = f'<w:pStyle w:val="{paragraph_style}"/>' if paragraph_style else ""
    character = f'<w:rStyle w:val="{run_style}"/>' if run_style else ""
    return paragraph(run(text, character + look), look=style)
