"""Letters to be confirmed, made without a study: as pages, as files, filled in as people do."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from documents.values import CHIBA, V1, VISIT
from exchange import word_raw
from fieldvisit.documents import confirmation_letter
from fieldvisit.documents.formats import markdown, word
from fieldvisit.documents.page_texts import texts_of_page
from fieldvisit.exchange.returned_letters import read_letter
from fieldvisit.fieldwork.confirming.agreeing import agreeing
from fieldvisit.fieldwork.confirming.letter import Letter, Passage
from fieldvisit.fieldwork.confirming.replies import Replies, read_replies
from fieldvisit.fieldwork.confirming.returned_letter import ReturnedLetter
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.harmless import visible
from fieldvisit.text import key

STUDY = Study("情報化の調査", "架空大学", "報告書の作成", "架空大学 佐藤")
_ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>(?:(?!</w:tc>).)*</w:tc>", re.DOTALL)


def note_id(number: int) -> str:
    return f"01890f5e-7b1c-7cc0-98c4-dc0c0c08{number:04d}"


def letter(bodies: Sequence[str], topic: str = "採用：職員数") -> Letter:
    """A letter of notes with these texts."""
    notes = [
        Note(note_id(n), "a" * 10, "121002", V1, "statement", body, "confirm", "佐藤",
             revision=f"{n:064x}"[::-1])
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
    rows = [row for row in _ROW.findall(xml) if len(_CELL.findall(row)) == len(WIDE)]
    row = rows[number]
    cell = _CELL.findall(row)[column - 1]
    properties = re.match(r"<w:tc>(<w:tcPr>.*?</w:tcPr>)?", cell, re.DOTALL)
    assert properties
    changed = row.replace(cell, f"{properties[0]}{inside}</w:tc>", 1)
    if column > 1:
        before = "".join(_CELL.findall(row)[: column - 1])
        assert row.count(before + cell) == 1
        changed = row.replace(before + cell, f"{before}{properties[0]}{inside}</w:tc>")
    assert xml.count(row) == 1
    return word_raw.pack(path, parts | {"word/document.xml": xml.replace(row, changed).encode()})


WIDE = ("number", "topic", "passage", "change", "correction")


def replies(sent: Letter, path: Path) -> Replies:
    """What the file says, everything of our own page being known as ours."""
    return understood(sent, read_letter(path))


def understood(sent: Letter, found: ReturnedLetter) -> Replies:
    ours = {key(visible(text)) for text in texts_of_page(confirmation_letter.page(sent))}
    notes = {one.note.id: one.note for one in sent.passages}
    read = read_replies(
        found,
        lambda id_, revision: (
            note if (note := notes.get(id_)) and note.revision.startswith(revision) else None
        ),
        lambda text: key(text) in ours,
    )
    return agreeing([read], lambda _note: False)
