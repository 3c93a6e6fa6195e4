"""Workbooks that another program has saved or written."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from exchange import table_raw as raw
from exchange.excel.test_sheet import HARD, NOTE, TAG, filled
from exchange.table_raw import apart, cells, rows
from exchange.word_raw import through_libreoffice
from fieldvisit.exchange.returned_files import read_file as read
from fieldvisit.harmless import visible
from fieldvisit.review.pieces import bare

pytestmark = pytest.mark.programs

# Other programs take a sign off such a text when they write it.
NOT_KEPT = "_x005F_x0041_"
ROWS = (
    filled("12名。\n\nうち専門職2名", kind="発言要旨"),
    *(filled(text, NOTE) for text in HARD if text.strip() and text != NOT_KEPT),
    filled("長い答え。" * 8000),
)


def test_what_libreoffice_makes_of_struck_text_dates_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path)
    one = book.add_worksheet("回答")
    struck, day = book.add_format({"font_strikeout": True}), book.add_format({"num_format": 14})
    _fill(one, [raw.HEADS, (TAG, "1/1", "人数は")])
    one.write_rich_string("D2", "12名", struck, "約20名", "です")
    one.write_datetime("B3", datetime(2019, 11, 8), day)  # noqa: DTZ001 - the format has no zones
    one.write_number("C3", 12)
    one.write_formula("D3", "=6*7", None, 42)
    one.write_string("D4", "消した", struck)
    one.write_comment("D3", "要確認")
    one.set_row(2, None, None, {"hidden": True})
    book.close()
    for file in (path, through_libreoffice(path, "xlsx:Calc MS Excel 2007 XML")):
        found = read(file)
        assert cells(found, "answer")[0] == "12名です"
        assert rows(found)[1]["number"] == "2019-11-08"
        assert rows(found)[1]["question"] == "12"
        assert ("struck", "約20名") in apart(found)
        assert ("struck", "消した") in apart(found)
        assert ("comment", "要確認") in apart(found)
        assert ("hidden", "42") in apart(found)


def test_what_another_library_writes_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path)
    one = book.add_worksheet("回答")
    answers = [bare(visible(text)) for text in HARD if text.strip() and text != NOT_KEPT]
    _fill(one, [raw.HEADS, *((TAG, "1/1", "人数は", text) for text in answers)])
    book.close()
    assert cells(read(path), "answer") == answers


def _fill(one: Any, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            one.write_string(number, column, text)
