"""Sheets in Word as we write them, and their boxes filled in."""

import xml.etree.ElementTree as ET
from pathlib import Path

from exchange import word_raw
from exchange.word_raw import SHEET, W, plain
from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.review.pieces import OWN, ReturnedFile


def fill(path: Path, answers: dict[str, str]) -> None:
    """Type answers into the boxes of a sheet, as its XML and by nobody's library."""
    typed = {tag: plain(*text.split("\n\n")) for tag, text in answers.items()}
    fill_with(path, typed)


def fill_with(path: Path, answers: dict[str, str]) -> None:
    """Put XML into the frames of a sheet's boxes."""
    parts = word_raw.unpack(path)
    root = ET.fromstring(parts["word/document.xml"])
    for box in root.iter(f"{{{W}}}sdt"):
        tag = box.find(f"{{{W}}}sdtPr/{{{W}}}tag")
        place = next(box.iter(f"{{{W}}}tc"), None)
        if tag is None or place is None:
            continue
        for old in place.findall(f"{{{W}}}p"):
            place.remove(old)
        typed = word_raw.part("p", answers[tag.attrib[f"{{{W}}}val"]])
        place.extend(ET.fromstring(typed.encode()))
    word_raw.pack(path, parts | {"word/document.xml": ET.tostring(root)})


def sheet(path: Path, *blocks: Block) -> Path:
    path.write_bytes(write(Page(blocks, head="調査　A大学", sheet=SHEET)))
    return path


BLOCKS = (
    Heading(1, "事前質問票：千葉市"), Facts((("調査", "情報化"), ("連絡先", "x@example.ac.jp"))),
    Paragraph("番号が飛んでいるのは\n意図したものです。"), Heading(3, "1/1 職員数"),
    Bullets(("専門職は", "任期付は")), Box("回答（課：　　）", 4, "v:1/1"),
    Table.of(["項目", "値"], [["一", "1\n2"]]), Heading(3, "1/2 採用 Recruitment"),
    Box("回答", 2, "v:1/2", "一行目と Latin 混在\n\n三行目 𠮷野家👩‍👩‍👧"), Box("", 2, "v:1/3"),
    Box("札なし", 2, "", "覚え書き"), Paragraph("終わり", quiet=True),
)  # fmt: skip
OWN_TEXTS = [
    ("事前質問票：千葉市", "heading"), ("調査", ""), ("情報化", ""), ("連絡先", ""),
    ("x@example.ac.jp", ""), ("番号が飛んでいるのは\n意図したものです。", ""),
    ("1/1 職員数", "heading"), ("専門職は", "item"), ("任期付は", "item"),
    ("回答（課：　　）", ""), ("項目", ""), ("値", ""), ("一", ""), ("1\n2", ""),
    ("1/2 採用 Recruitment", "heading"), ("回答", ""), ("札なし", ""), ("終わり", ""),
    ("調査　A大学", ""),
]  # fmt: skip
BOXED = [
    ("", "v:1/1"), ("一行目と Latin 混在\n\n三行目 𠮷野家👩‍👩‍👧", "v:1/2"), ("", "v:1/3"),
    ("覚え書き", ""),
]  # fmt: skip


def check(file: ReturnedFile) -> None:
    """All that we printed is ours, and nothing else."""
    assert file.sheet == SHEET
    own = [(piece.text, piece.style) for piece in file.pieces if piece.look == OWN]
    others = [piece for piece in file.pieces if piece.look != OWN and (piece.text or piece.slot)]
    assert own == OWN_TEXTS
    assert [(piece.text, piece.slot, piece.look) for piece in others] == [
        (text, slot, "") for text, slot in BOXED
    ]
