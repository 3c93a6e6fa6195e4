"""Workbooks that are refused: not ours, damaged, too large, hostile."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchange import table_raw as raw
from exchange import word_raw
from exchange.excel.test_sheet import TAG
from exchange.table_raw import read_sheet, row, rows, text, texts
from exchange.word_raw import read_in_little_memory, unpack
from fieldvisit.errors import Refused
from fieldvisit.exchange import tables
from fieldvisit.exchange.excel import parts, sheet
from fieldvisit.exchange.refusals import HostileFile, UnreadableSheet
from fieldvisit.exchange.returned_files import read_file as read


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    path = raw.write(tmp_path / "別.xlsx", {"S": raw.sheet(texts("氏名", "回答"))})
    with pytest.raises(UnreadableSheet, match="別"):
        read(path)
    with pytest.raises(HostileFile, match="has no sheet"):
        read(word_raw.write(tmp_path / "x.xlsx", word_raw.plain("話")))


@pytest.mark.parametrize(
    "broken",
    [
        "<c><v>1</v>", raw.row(raw.shared(7)), raw.row('<c r="1A"><v>1</v></c>'),
        raw.row(f'<c r="{"A" * 300_000}1"><v>1</v></c>'),
        raw.row('<c s="x"><v>1</v></c>'), '<row r="x"/>',
        raw.row(raw.text("a", 'r="B2"'), raw.text("b", 'r="B2"')),
        "<row r='2'><c r='A2'><v>1</v></c></row><row r='2'><c r='A2'><v>2</v></c></row>",
    ],
)  # fmt: skip
def test_a_damaged_sheet_is_refused(broken: str, tmp_path: Path) -> None:
    with pytest.raises(HostileFile):
        read_sheet(tmp_path, broken)


def test_a_sheet_that_lies_about_its_size_loses_no_row(tmp_path: Path) -> None:
    given = [texts(TAG, "", "", f"{n}名") for n in range(50)]
    for said in ("A1", "A1:XFD1048576", "x"):
        found = read_sheet(tmp_path, *given, before=f'<dimension ref="{said}"/>')
        assert len(rows(found)) == 50


@pytest.mark.parametrize(
    ("module", "limit", "most", "given", "named"),
    [
        (tables, "MOST_ROWS", 3, [texts("a")] * 3, "rows"),
        (tables, "MOST_COLUMNS", 4, [texts("a", "b", "c", "d", "e")], "columns"),
        (tables, "MOST_CHARACTERS", 8, [texts("字" * 9)], "A2"),
        (tables, "MOST_TEXT", 12, [texts("字" * 9)], "characters"),
        (tables, "MOST_CELLS", 8, [raw.row(*[raw.value("1")] * 5)], "cells"),
        (parts, "_MOST_ELEMENTS", 40, [raw.row("<c/>") * 40], "elements"),
        (parts, "_MOST_TOGETHER", 40, [raw.row(*["<c/>"] * 40)], "elements"),
        (sheet, "_MOST_VISITED", 10, [texts("a"), '<mergeCell ref="B1:C9"/>' * 6], "merged"),
    ],
)
def test_beyond_a_limit_the_file_is_refused_and_the_limit_named(
    module: Any, limit: str, most: int, given: list[str], named: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    read_sheet(tmp_path, *given)
    monkeypatch.setattr(module, limit, most)
    with pytest.raises(HostileFile, match=named):
        read_sheet(tmp_path, *given)


HOSTILE: dict[str, Callable[[], tuple[str, str]]] = {
    "empty cells": lambda: (raw.answers(raw.row("<c/>" * 9_000_000)), ""),
    "rows": lambda: (raw.answers("<row/>" * 6_500_000), ""),
    "one long cell": lambda: (raw.answers(raw.row(raw.text("字" * 1_000_001))), ""),
    "shared": lambda: (
        raw.answers(raw.row(*[raw.shared(0)] * 400) * 200), f"<si><t>{'_x' * 490_000}</t></si>"
    ),
    "runs": lambda: (raw.answers(), f"<si>{'<r><t>a</t></r>' * 3_000_000}</si>"),
    "parts of one": lambda: (raw.answers(texts("x|1/2", "", "", "a") * 99_000), ""),
    "depth": lambda: (raw.answers("<x>" * 2_000_000 + "</x>" * 2_000_000), ""),
    "merged": lambda: (
        raw.answers(texts("a") * 999, after='<mergeCell ref="A1:XFD1048576"/>' * 999_000), ""
    ),
}  # fmt: skip


def _stored(path: Path, one: str, shared: str) -> Path:
    """Write the workbook without packing it: a trap that is packed is found by that alone."""
    files = unpack(raw.write(path, {"S": one}, sharedStrings=shared))
    with zipfile.ZipFile(path, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


@pytest.mark.programs
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_costs_neither_time_nor_memory(kind: str, tmp_path: Path) -> None:
    path = _stored(tmp_path / "x.xlsx", *HOSTILE[kind]())
    found = read_in_little_memory(path)
    assert found in {"198000", "0"} or "not read" in found


def test_a_workbook_names_the_cell(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="XFD2") as refusal:
        read_sheet(tmp_path, row(text("12名", 'r="D2"'), text(".", 'r="XFD2"'), number=2))
    assert "Delete" in refusal.value.hint
