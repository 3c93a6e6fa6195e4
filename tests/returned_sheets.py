"""Sheets of a study as they come back: filled in by a person's program, read, proposed, stored."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import openpyxl

from cli.harness import run_here
from exchange.word_raw import fill_with, plain
from fieldvisit.actions.read_files import PROPOSERS, ReadFile, Reading, store_reading
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.harmless import guarded
from fieldvisit.review.carriers import spelled
from fieldvisit.review.columns import SHEET_COLUMNS
from fieldvisit.review.item import Arrival, Item, Proposed
from fieldvisit.review.pieces import ReturnedFile
from fieldvisit.review.tags import box_tag
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing

PAGES, TABLES = ("docx", "md"), ("xlsx", "csv")
Cells = Mapping[str, str]  # by column; a page has `answer` alone


def sent(study: Settings, reader: str, ending: str) -> Path:
    """Write the sheet of chiba-1 for one side."""
    path = study.study().folder / f"{uuid4()}.{ending}"
    here = ("--study", str(study.study().folder), "prepare", "chiba-1", "--for", reader)
    result = run_here(*here, "-o", str(path))
    assert result.code == 0, result.err
    return path


def tag(study: Settings, address: str, reader: str) -> str:
    """The tag of the box at an address like `ai-rpa/status`."""
    with viewing(study, "all") as view:
        return box_tag(find_visit(view, "chiba-1").id, Address.read(address), reader)


def filled(path: Path, boxes: Mapping[str, Cells]) -> Path:
    """Type into the boxes or rows of these tags."""
    {".docx": _word, ".md": _markdown, ".xlsx": _excel, ".csv": _csv}[path.suffix](path, boxes)
    return path


def _word(path: Path, boxes: Mapping[str, Cells]) -> None:
    texts = {piece.slot: piece.text for piece in read_file(path).pieces if piece.slot}
    texts |= {slot: cells["answer"] for slot, cells in boxes.items()}
    empty: defaultdict[str, str] = defaultdict(lambda: plain(""))
    fill_with(path, empty | {slot: plain(*text.split("\n")) for slot, text in texts.items()})


def _markdown(path: Path, boxes: Mapping[str, Cells]) -> None:
    text = path.read_text(encoding="utf-8")
    for slot, cells in boxes.items():
        form = re.compile(rf"(`+) \{{{re.escape(slot)}\}}\n.*?\n\1(?=\n)", re.DOTALL)
        box = form.search(text)
        assert box, slot
        typed = f"``````` {{{slot}}}\n{cells['answer']}\n```````"
        text = text[: box.start()] + typed + text[box.end() :]
    path.write_text(text, encoding="utf-8")


def _excel(path: Path, boxes: Mapping[str, Cells]) -> None:
    book = openpyxl.load_workbook(path)
    left = dict(boxes)
    for sheet in book.worksheets:
        heads: dict[str, int] = {}
        for row in sheet.iter_rows():
            words = {str(cell.value): cell.column for cell in row if cell.value}
            if not heads and SHEET_COLUMNS["tag"].en in words:
                heads = {key: words[t.en] for key, t in SHEET_COLUMNS.items() if t.en in words}
            for column, text in left.pop(_bare(str(row[0].value)), {}).items():
                cell = sheet.cell(row[0].row or 0, heads[column])
                cell.value, cell.data_type = spelled(text), "s"
    assert not left
    book.save(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV sheet by column."""
    text = path.read_text(encoding="utf-8-sig")
    names = {term.en: key for key, term in SHEET_COLUMNS.items()}
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{names.get(head, head): cell for head, cell in row.items()} for row in rows]


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write them back, with whatever columns they have by now."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(SHEET_COLUMNS.word(head) for head in heads)
    writer.writerows([row.get(head, "") for head in heads] for row in rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")


def _csv(path: Path, boxes: Mapping[str, Cells]) -> None:
    rows = rows_of(path)
    assert boxes.keys() <= {_bare(row["tag"]) for row in rows}
    typed = {tag: {c: guarded(text) for c, text in row.items()} for tag, row in boxes.items()}
    write_rows(path, [{**row, **typed.get(_bare(row["tag"]), {})} for row in rows])


def _bare(tag: str) -> str:
    """A tag without the checks that a file may carry behind it."""
    return tag.partition("~")[0]


def came_back(
    study: Settings, reader: str, ending: str, boxes: Mapping[str, Cells]
) -> ReturnedFile:
    """Send a sheet, fill in its boxes by address, and read it."""
    path = sent(study, reader, ending)
    slots = {where if ":" in where else tag(study, where, reader): c for where, c in boxes.items()}
    return read_file(filled(path, slots))


def proposed(study: Settings, file: ReturnedFile, **said: str) -> Proposed:
    with viewing(study, "all") as view:
        return PROPOSERS["sheet"](view, file, Arrival(**said))


def stored(study: Settings, file: ReturnedFile, **said: str) -> ReadFile:
    """Read a sheet and take all that is plain."""
    found = proposed(study, file, **said)
    taken = {item.id for item in found.items if item.is_plain}
    return store_reading(study, Reading(file, found), Arrival(**said), taken, "s1")


def notes(study: Settings, audience: str = "all") -> list[Note]:
    with viewing(study, audience) as view:
        return list(view.notes)


def marks(study: Settings) -> tuple[Mark, ...]:
    """The marks that stand."""
    with viewing(study, "all") as view:
        return view.marks


def waiting(study: Settings, audience: str = "all") -> list[Item]:
    with viewing(study, audience) as view:
        return list(view.items)
