"""Letters to be confirmed, made without a study: as pages, as files, filled in as people do."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from documents.values import CHIBA, V1, VISIT
from exchange import word_raw
from fieldvisit.actions import confirm_letter
from fieldvisit.actions.read_files import ReadFile, Reading, store_reading
from fieldvisit.actions.returned.letters import propose
from fieldvisit.documents import confirmation_letter
from fieldvisit.documents.formats import markdown, render, word
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.letter import Letter, Passage
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.review.columns import PASSAGE_COLUMNS
from fieldvisit.review.item import Arrival
from fieldvisit.review.letters import Answer, read_answer
from fieldvisit.review.pieces import Piece
from fieldvisit.review.tags import passage_tag
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

ARRIVAL = Arrival()
STUDY = Study("情報化の調査", "架空大学", "報告書の作成", "架空大学 佐藤")
_ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>(?:(?!</w:tc>).)*</w:tc>", re.DOTALL)


def letter(bodies: Sequence[str], topic: str = "採用：職員数") -> Letter:
    notes = [
        Note(f"01890f5e-7b1c-7cc0-98c4-dc0c0c08{n:04d}", "a" * 10, "121002", V1, "statement",
             body, "confirm", "佐藤", revision=f"{n:064x}"[::-1])
        for n, body in enumerate(bodies, 1)
    ]  # fmt: skip
    passages = tuple(Passage(n, topic, note) for n, note in enumerate(notes, 1))
    return Letter(STUDY, VISIT, CHIBA, date(2019, 11, 1), "情報部", "2019-11-30", passages, {})


def in_markdown(sent: Letter, path: Path) -> Path:
    path.write_text(markdown.write(confirmation_letter.page(sent)), "utf-8")
    return path


def in_word(sent: Letter, path: Path) -> Path:
    path.write_bytes(word.write(confirmation_letter.page(sent)))
    return path


def write_cell(path: Path, number: int, column: int, inside: str) -> Path:
    """Put XML into a cell of the passage ``number``, columns counted from 1."""
    parts = word_raw.unpack(path)
    xml = parts["word/document.xml"].decode()
    rows = [row for row in _ROW.finditer(xml) if len(_CELL.findall(row[0])) == len(PASSAGE_COLUMNS)]
    cell = list(_CELL.finditer(xml, *rows[number].span()))[column - 1]
    properties = re.match(r"<w:tc>(<w:tcPr>.*?</w:tcPr>)?", cell[0], re.DOTALL)
    assert properties
    changed = f"{xml[: cell.start()]}{properties[0]}{inside}</w:tc>{xml[cell.end() :]}"
    return word_raw.pack(path, parts | {"word/document.xml": changed.encode()})


def answers(sent: Letter, path: Path) -> dict[int, Answer]:
    """What stands in the row of each passage that is still there."""
    rows: dict[str, list[Piece]] = {}
    for piece in read_file(path).pieces:
        rows.setdefault(piece.slot, []).append(piece)
    tags = {passage_tag(one.note.id, one.note.revision): one for one in sent.passages}
    return {
        tags[slot].number: read_answer(row, tags[slot].note.body)
        for slot, row in rows.items()
        if slot in tags
    }


def filled(path: Path, number: int, change: str = "", correction: str = "") -> Path:
    """Fill in a passage of a letter in Markdown: its choices, unless empty, and its correction."""
    lines = path.read_text("utf-8").split("\n")
    rows = [at for at, line in enumerate(lines) if "fieldvisit-note" in line and "<br>" in line]
    head, choices, _typed, end = lines[rows[number - 1]].rsplit("|", 3)
    lines[rows[number - 1]] = f"{head}| {change or choices} | {correction} |{end}"
    path.write_text("\n".join(lines), "utf-8")
    return path


def sent(given: Settings, name: str = "letter.md", **wish: str) -> tuple[Letter, Path]:
    path = given.study().folder / name
    wanted = confirm_letter.letter(given, "chiba-1", **wish)  # type: ignore[arg-type] # by name
    data = render(confirmation_letter.document(wanted), path.suffix[1:])
    confirm_letter.send(given, wanted, path, data)
    return wanted, path


def proposed(given: Settings, sent: Letter, path: Path, arrival: Arrival = ARRIVAL) -> Reading:
    file = read_file(path)
    with viewing(given, "all") as view:
        return Reading(file, propose(view, file, arrival))


def stored(given: Settings, sent: Letter, path: Path, arrival: Arrival = ARRIVAL) -> ReadFile:
    """Read a file as `--yes` does: what is plain is stored, the rest waits."""
    reading = proposed(given, sent, path, arrival)
    plain = [item.id for item in reading.proposed.items if item.is_plain]
    return store_reading(given, reading, arrival, plain, "")
