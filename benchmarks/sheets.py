"""Sheets of 60 questions and 2,000 notes, written and read, as ratios to the libraries alone.

The same content goes through python-docx and openpyxl without any care for looks. Each round runs
both in turn; shown is the median of the rounds' ratios of CPU time. Nothing is asserted.
Run it with the project's Python: `.venv/bin/python benchmarks/sheets.py [ROUNDS]`.
"""

import io
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from fieldvisit.documents.formats import excel, word
from fieldvisit.documents.page import Box, Heading, Page
from fieldvisit.documents.sheets import answer_table
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.tags import Tag

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
QUESTIONS, NOTES = 60, 2000
VISIT = str(uuid.UUID(int=7))
TEXT = "職員の研修を年二回行い、うち一回は情報部門の職員を対象としている。"
SHEET = str(Tag("sheet", VISIT))


def content() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return for each question its tag, its text, and the notes with their tags."""
    share = NOTES // QUESTIONS + 1
    return [
        (
            str(Tag("box", VISIT, f"topic/question-{n}")),
            f"1/{n} 質問{n}についてお聞かせください。",
            [
                (str(Tag("note", f"{n:016}{m:016}", revision="0" * 12)), f"{TEXT}（{m}）")
                for m in range(share)
            ],
        )
        for n in range(QUESTIONS)
    ]


def our_page() -> bytes:
    """Write the field sheet in Word."""
    blocks: list[Heading | Box] = []
    for tag, question, notes in content():
        blocks.append(Heading(3, question))
        blocks += [Box("", 1, note, text) for note, text in notes]
        blocks.append(Box("", 4, tag))
    return word.write(Page(tuple(blocks), "調査", SHEET))


def bare_page() -> bytes:
    """Write the same with python-docx: a heading, and a table of one cell for each box."""
    document = docx.Document()
    for _tag, question, notes in content():
        document.add_heading(question, 3)
        for text in (*(text for _note, text in notes), ""):
            table = document.add_table(1, 1)
            table.rows[0].cells[0].text = text
            document.add_paragraph()  # without it two tables become one
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def our_grid() -> bytes:
    """Write the field sheet in Excel."""
    rows = []
    for tag, question, notes in content():
        asked = {"number": "1", "topic": "項目", "question": question}
        rows += [{**asked, "tag": note, "answer": text} for note, text in notes]
        rows.append({**asked, "tag": tag})
    return excel.write(answer_table("interviewer", rows, title="表", instructions=(), sheet=SHEET))


def bare_grid() -> bytes:
    """Write the same rows with openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for tag, question, notes in content():
        for key, text in (*notes, (tag, None)):
            sheet.append([key, "1", "項目", question, None, text, None, None, None, None])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bare_word_reading(path: Path) -> list[str]:
    """Read every paragraph with python-docx, those in boxes too, which its own lists pass over."""
    document = docx.Document(str(path))
    found = document.element.body.iter(qn("w:p"))
    return [Paragraph(element, document).text for element in found]


def bare_excel_reading(path: Path) -> list[object]:
    """Read every cell with openpyxl."""
    book = openpyxl.load_workbook(path)
    return [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]


def ratio(ours: Callable[[], object], bare: Callable[[], object]) -> float:
    """Return the median ratio of the CPU times of two ways."""
    found = []
    for _round in range(ROUNDS):
        times = []
        for way in (ours, bare):
            begun = time.process_time()
            way()
            times.append(time.process_time() - begun)
        found.append(times[0] / times[1])
    return statistics.median(found)


def main() -> None:
    """Print the four ratios."""
    with tempfile.TemporaryDirectory() as folder:
        page, grid = Path(folder) / "sheet.docx", Path(folder) / "sheet.xlsx"
        page.write_bytes(our_page())
        grid.write_bytes(our_grid())
        for name, ours, bare in (
            ("Word, written", our_page, bare_page),
            ("Word, read", lambda: read_file(page), lambda: bare_word_reading(page)),
            ("Excel, written", our_grid, bare_grid),
            ("Excel, read", lambda: read_file(grid), lambda: bare_excel_reading(grid)),
        ):
            print(f"{name:16} {ratio(ours, bare):5.2f}")


if __name__ == "__main__":
    main()
