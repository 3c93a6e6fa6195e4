"""A cell far to the right, mostly typed by mistake, is named and can be deleted."""

from pathlib import Path

import pytest

from exchange.table_raw import answers, row, text, write
from fieldvisit.errors import Refused
from fieldvisit.exchange import csv_sheet
from fieldvisit.exchange.excel import sheet


def test_a_workbook_names_the_cell(tmp_path: Path) -> None:
    far = row(text("12名", 'r="D2"'), text(".", 'r="XFD2"'), number=2)
    path = write(tmp_path / "a.xlsx", {"1": answers(far)})
    with pytest.raises(Refused) as refusal:
        sheet.read(path)
    assert "XFD2" in refusal.value.sentence
    assert "Delete" in refusal.value.hint


def test_a_csv_file_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("番号,回答\n1/1," + "," * 600 + "x\n", "utf-8")
    with pytest.raises(Refused) as refusal:
        csv_sheet.read(path)
    assert "WD2" in refusal.value.sentence
    assert "Delete" in refusal.value.hint
