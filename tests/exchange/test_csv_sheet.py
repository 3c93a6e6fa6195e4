"""CSV files that came back: ours, Excel's, those of LibreOffice and of people."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.table_raw import apart, cells
from exchange.word_raw import through_libreoffice
from fieldvisit.documents.answer_grid import AnswerRow, for_the_city
from fieldvisit.documents.formats import csv as csv_format
from fieldvisit.documents.formats import excel
from fieldvisit.documents.grid import Grid
from fieldvisit.errors import BadText
from fieldvisit.exchange import table_limits
from fieldvisit.exchange.csv_sheet import read
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.sheets.returned_file import ReturnedTable
from fieldvisit.harmless import visible
from strategies import storable

TRICKY = st.text(st.sampled_from("'\"=+-@＝ \u3000\t\n\r,;字\ufeff"), max_size=9)


def sheet(*answers: str) -> Grid:
    rows = [AnswerRow("T:a/b", "1/1", "採用", "人数は", answer) for answer in answers]
    return for_the_city(rows, title="題", instructions=(), sheet="")


def back(path: Path, data: bytes | str) -> ReturnedTable:
    file = path / "回答.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(file)


@given(answer=storable | TRICKY)
@example(answer="'=1")
@example(answer="'引用'")
@example(answer="𠮷" * 40_000)
def test_any_text_comes_back(answer: str, tmp_path_factory: Any) -> None:
    found = back(tmp_path_factory.mktemp("x"), csv_format.write(sheet(answer)))
    assert cells(found, "answer") == [visible(answer)]
    assert cells(found, "question") == ["人数は"]


@given(answers=st.lists(TRICKY, max_size=4), delimiter=st.sampled_from(",;\t"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_every_sign_and_encoding_is_found(
    encoding: str, answers: list[str], delimiter: str, tmp_path_factory: Any
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["番号", "質問", "回答"])
    kept = [f"答{answer}".replace("\ufeff", "") for answer in answers]
    writer.writerows([["1/1", "人数は", answer] for answer in kept])
    found = back(tmp_path_factory.mktemp("x"), out.getvalue().encode(encoding))
    assert cells(found, "answer") == [
        answer.replace("\r\n", "\n").replace("\r", "\n") for answer in kept
    ]


def test_records_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = '質問,回答\r\n\r\n"一\r\n二",甲\r\n,\r\n三,乙\r\n'
    found = back(tmp_path, text)
    assert [(row.where.number, row.cells["answer"]) for row in found.rows] == [(3, "甲"), (5, "乙")]
    assert str(found.rows[0].where) == "回答.csv, row 3"
    assert found.rows[0].cells["question"] == "一\n二"


def test_lines_may_end_in_any_way(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        found = back(tmp_path, end.join(["質問,回答", "人数は,12名", ""]))
        assert cells(found, "answer") == ["12名"]


def test_a_long_text_that_excel_parted_is_one_again(tmp_path: Path) -> None:
    text = 'タグ,整理用,回答\r\nx,T|2/2,"後"\r\nx,T|1/2,"前"\r\n'
    found = back(tmp_path, text)
    assert [(row.cells["tag"], row.cells["answer"]) for row in found.rows] == [("T", "前後")]


def test_what_stands_above_the_heads_and_in_other_columns_is_kept(tmp_path: Path) -> None:
    found = back(tmp_path, "千葉市 御中\n質問,回答,備考\n人数は,12名,確認中,外\n")
    assert apart(found) == [("above", "千葉市 御中")]
    assert found.rows[0].cells == {
        "question": "人数は", "answer": "12名", "備考": "確認中", "D": "外",
    }  # fmt: skip


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    found = back(tmp_path, "番号,質問,回答\n1,012025,１２.0\n")
    assert found.rows[0].cells == {"number": "1", "question": "012025", "answer": "１２.0"}


@pytest.mark.programs
def test_libreoffice_saves_our_workbook_as_csv_in_cp932(tmp_path: Path) -> None:
    answers = ("12名。\n\nうち2名", "=1+1", "①髙﨑㈱", "'=1", "012025")
    path = tmp_path / "x.xlsx"
    path.write_bytes(excel.write(sheet(*answers)))
    saved = through_libreoffice(path, "csv:Text - txt - csv (StarCalc):44,34,60,1,,1041,true")
    assert "職員" not in saved.read_bytes().decode("latin-1")
    with pytest.raises(UnicodeDecodeError):
        saved.read_bytes().decode("utf-8")
    assert cells(read(saved), "answer") == [*answers[:3], "=1", "012025"]


@pytest.mark.parametrize("text", ["", "質問\n", "a,b\nc,d\n", "質問|回答\n"])
def test_a_table_without_our_heads_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet, match="回答"):
        back(tmp_path, text)


@pytest.mark.parametrize("row", ['"開いたまま,12名\n次,13名\n', '"閉じた"後,12名\n'])
def test_quotation_marks_that_do_not_match_are_refused(row: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet, match="quotation marks") as refused:
        back(tmp_path, "質問,回答\n" + row)
    assert refused.value.line >= 2


@pytest.mark.parametrize(
    ("limit", "value", "named"),
    [("MOST_ROWS", 2, "rows"), ("MOST_COLUMNS", 2, "columns"), ("MOST_CHARACTERS", 4, "too long")],
)
def test_beyond_a_limit_it_is_refused(
    limit: str, value: int, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "質問,回答,備考\n人数は,12名,長い備考\n二,三,四\n"
    back(tmp_path, text)
    monkeypatch.setattr(table_limits, limit, value)
    monkeypatch.setattr("fieldvisit.exchange.csv_sheet.MOST_CHARACTERS", 3)
    if limit != "MOST_CHARACTERS":
        monkeypatch.setattr("fieldvisit.exchange.csv_sheet.MOST_CHARACTERS", 99)
    with pytest.raises(UnreadableSheet, match=named):
        back(tmp_path, text)
    assert csv.field_size_limit() > 1000


def test_a_cell_of_a_million_characters_is_read(tmp_path: Path) -> None:
    found = back(tmp_path, f"質問,回答\n人数は,{'字' * 1_000_000}\n")
    assert cells(found, "answer") == ["字" * 1_000_000]


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadText, match="0xFF"):
        back(tmp_path, b"a,b\n\xff")
