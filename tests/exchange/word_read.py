"""What is read of a Word file that came back."""

from pathlib import Path

from exchange import word_raw
from exchange.word_raw import paragraph, run
from fieldvisit.exchange.word.sheet import read
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.sheets.tags import sheet_tag

SHEET = sheet_tag("01890f5e-7b1c-7cc0-98c4-dc0c0c07398f", "city")

Found = tuple[str, str, str]


def body(path: Path, inside: str, **others: str) -> ReturnedPage:
    return read(word_raw.write(path / "回答.docx", inside, **others))


def found(page: ReturnedPage) -> list[Found]:
    return [(line.text, line.box, line.apart) for line in page.lines]


def texts(page: ReturnedPage) -> list[str]:
    return [line.text for line in page.lines if not line.apart]


def apart(page: ReturnedPage) -> list[tuple[str, str]]:
    return [(line.text, line.apart) for line in page.lines if line.apart]


def strike(text: str) -> str:
    return run(text, "<w:strike/>")


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
