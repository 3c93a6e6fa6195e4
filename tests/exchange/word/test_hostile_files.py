"""Word files that are refused: of another kind, broken, endless."""

from pathlib import Path

import pytest

from exchange import word_raw
from exchange.word_raw import paragraph, plain, run
from exchange.word_read import STYLES, body, texts
from fieldvisit.exchange.office.hostile import HostileFile
from fieldvisit.exchange.word import paragraphs as word_paragraphs
from fieldvisit.exchange.word import walk as word_walk
from fieldvisit.exchange.word.sheet import read


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = word_raw.write(tmp_path / "a.docx", plain("x"))
    parts = word_raw.unpack(path)
    for changed in (
        parts | {"word/document.xml": b"<workbook/>"},
        parts | {"_rels/.rels": word_raw.links({}).encode()},
    ):
        with pytest.raises(HostileFile, match="no Word file"):
            read(word_raw.pack(path, changed))


def test_broken_xml_in_any_part_is_refused(tmp_path: Path) -> None:
    path = word_raw.write(tmp_path / "a.docx", plain("x"), styles=STYLES, comments="", header="")
    parts = word_raw.unpack(path)
    for name in ("document", "styles", "comments", "header"):
        with pytest.raises(HostileFile, match=r"a\.docx.*damaged"):
            read(word_raw.pack(path, parts | {f"word/{name}.xml": b"<w:a"}))


def test_endless_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_paragraphs, "MOST_PARAGRAPHS", 5)
    monkeypatch.setattr(word_paragraphs, "LONGEST", 20)
    monkeypatch.setattr(word_walk, "MOST_ELEMENTS", 50)
    assert len(body(tmp_path, plain(*"12345")).lines) == 5
    for inside, reason in (
        (plain(*"123456"), "more than 5 paragraphs"),
        (paragraph(run("12345678901"), run("12345678901")), "longer than 20"),
        ("<w:i/>" * 60, "too many pieces"),
    ):
        with pytest.raises(HostileFile, match=reason):
            body(tmp_path, inside)


def test_depth_costs_nothing(tmp_path: Path) -> None:
    deep = "<w:ins>" * 30_000 + run("底") + "</w:ins>" * 30_000
    assert texts(body(tmp_path, paragraph(deep))) == ["底"]
