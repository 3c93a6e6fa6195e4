"""Memos as colleagues write them: every form of a heading, and the three kinds of files."""

from pathlib import Path

from docx import Document
from docx.text.paragraph import Paragraph

# Enumerators of official documents: a first one and the next of the same kind.
ENUMERATORS = {
    "第１": ("第１　", "第２　"), "章": ("第１章 ", "第２章 "), "１": ("１　", "２　"),
    "1.": ("1. ", "2. "), "１．": ("１．", "２．"), "1)": ("1) ", "2) "), "(1)": ("(1) ", "(2) "),
    "（１）": ("（１）", "（２）"), "ア": ("ア　", "イ　"), "（ア）": ("（ア）", "（イ）"),
    "①": ("①", "②"), "一": ("一　", "二　"), "Ⅰ": ("Ⅰ　", "Ⅱ　"), "A": ("A. ", "B. "),
    "a": ("(a) ", "(b) "), "1-1": ("1-1 ", "1-2 "), "■": ("■", "■"), "◆": ("◆ ", "◆ "),
    "・": ("・", "・"), "○": ("○　", "○　"), "-": ("- ", "- "), "": ("", ""),
}  # fmt: skip
OFF = ("【オフレコ】", "（オフレコ）", "【オフレコ・発言】", "（ここだけの話）", "（非公開）")
UNKNOWN = ("【取扱注意】", "【関係者外秘】")
TITLE = "委託業者について"
WAYS = ("start", "end", "middle")


def marked(mark: str, way: str) -> str:
    return {
        "start": f"{mark}{TITLE}", "end": f"{TITLE}{mark}", "middle": f"委託{mark}業者について",
    }[way]  # fmt: skip


def written(path: Path, lines: list[tuple[str, str]]) -> Path:
    """Write lines with their looks: `` (plain), `heading`, `bold` or `number` (Word's own)."""
    if path.suffix == ".docx":
        document = Document()
        for text, look in lines:
            _look(document.add_paragraph(), text, look)
        document.save(str(path))
        return path
    signs = {"": "", "heading": "## ", "bold": "**", "number": "1. "}
    texts = [f"{signs[look]}{text}{'**' if look == 'bold' else ''}" for text, look in lines]
    path.write_text("\n\n".join(texts), "utf-8")
    return path


def _look(paragraph: Paragraph, text: str, look: str) -> None:
    run = paragraph.add_run(text)
    run.bold = look == "bold"
    if look == "heading":
        paragraph.style = "Heading 2"
    if look == "number":
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val = 0
        numbers.get_or_add_numId().val = 1
