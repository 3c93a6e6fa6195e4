"""CSV files that came back: ours, Excel's, those of LibreOffice and of people."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.table_raw import apart, cells, rows
from exchange.word_raw import VISIT, through_libreoffice
from fieldvisit.documents.formats import excel
from fieldvisit.documents.sheets import answer_table
from fieldvisit.errors import BadText, Refused
from fieldvisit.exchange import encodings
from fieldvisit.exchange.encodings import decoded, text_of
from fieldvisit.exchange.heads import column_key, find_heads
from fieldvisit.exchange.refusals import UnreadableSheet
from fieldvisit.exchange.returned_files import read_file as read
from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.columns import SHEET_COLUMNS
from fieldvisit.review.pieces import ReturnedFile, bare
from fieldvisit.review.tags import box_tag
from strategies import storable

TAG = box_tag(VISIT, Address("hiring"), "city")
TRICKY = st.text(st.sampled_from("'\"=+-@＝ \u3000\t\n\r,;字\ufeff"), max_size=9)


def back(path: Path, data: bytes | str) -> ReturnedFile:
    file = path / "回答.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(file)


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
        bare(answer.replace("\r\n", "\n").replace("\r", "\n")) for answer in kept
    ]


def test_records_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = '質問,回答\r\n\r\n"一\r\n二",甲\r\n,\r\n三,乙\r\n'
    found = back(tmp_path, text)
    assert [(p.where.at, p.text) for p in found.pieces if p.column == "answer"] == [
        (3, "甲"), (5, "乙"),
    ]  # fmt: skip
    assert str(found.pieces[0].where) == "回答.csv, row 3"
    assert found.pieces[0].text == "一\n二"


def test_what_stands_above_the_heads_and_in_other_columns_is_kept(tmp_path: Path) -> None:
    heads, row = "備考,回答,No.,質問,担当,整理用", f"確認中,12名,1/1,人数は,山田,{TAG},外"
    found = back(tmp_path, f"千葉市 御中\n回答をお願いします\n\n{heads}\n{row}\n")
    assert apart(found) == [("aside", "千葉市 御中"), ("aside", "回答をお願いします")]
    assert rows(found) == [{
        "備考": "確認中", "answer": "12名", "number": "1/1", "question": "人数は", "担当": "山田",
        "tag": TAG, "G": "外",
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "kept"),
    [
        ("質問,回答,全体として公表不可", ["全体として公表不可"]),
        ("質問,回答【オフレコ】,備考", ["備考", "回答【オフレコ】"]),
        ("質問,回答欄（200字以内）", ["回答欄（200字以内）"]),
        ("質問,【回答】", []),
        ("質問,ご回答", []),
        ("質問,回答,回答", []),
    ],
)
def test_what_was_written_into_the_row_of_heads_is_kept(
    heads: str, kept: list[str], tmp_path: Path
) -> None:
    found = apart(back(tmp_path, f"{heads}\n人数は,12名\n"))
    assert sorted(found) == sorted(("aside", text) for text in kept)


@pytest.mark.programs
def test_libreoffice_saves_our_workbook_as_csv_in_cp932(tmp_path: Path) -> None:
    answers = ("12名。\n\nうち2名", "=1+1", "①髙﨑㈱", "'=1", "012025")
    path = tmp_path / "x.xlsx"
    row = {"tag": TAG, "number": "1/1", "topic": "採用", "question": "人数は"}
    given = [{**row, "answer": answer} for answer in answers]
    grid = answer_table("city", given, title="題", instructions=(), sheet="")
    path.write_bytes(excel.write(grid))
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
    ("limit", "named"), [("tables.MOST_ROWS", "rows"), ("csv_files.MOST_CHARACTERS", "too long")]
)
def test_beyond_a_limit_it_is_refused(
    limit: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "質問,回答,備考\n人数は,12名,長い備考\n二,三,四\n"
    back(tmp_path, text)
    monkeypatch.setattr(f"fieldvisit.exchange.{limit}", 2)
    with pytest.raises(UnreadableSheet, match=named):
        back(tmp_path, text)
    assert csv.field_size_limit() > 1000


def test_a_cell_of_a_million_characters_is_read(tmp_path: Path) -> None:
    found = back(tmp_path, f"質問,回答\n人数は,{'字' * 1_000_000}\n")
    assert cells(found, "answer") == ["字" * 1_000_000]


def keys(*heads: str) -> list[str]:
    found = find_heads({1: dict(enumerate(heads, start=1))})
    assert found
    return [column_key(found[1], column) for column in range(1, len(heads) + 1)]


@pytest.mark.parametrize("language", ["ja", "en", "key"])
def test_our_heads_are_known_in_both_languages(language: str) -> None:
    heads = [getattr(term, language, key) for key, term in SHEET_COLUMNS.items()]
    assert keys(*heads) == list(SHEET_COLUMNS)
    assert keys(*reversed(heads)) == list(reversed(SHEET_COLUMNS))


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("回答欄", "answer"), ("ご回答", "answer"), ("【回答】", "answer"), ("回 答", "answer"),
        ("回答（200字以内）", "answer"), ("回答\n(記入欄)", "answer"), ("Answers", "answer"),
        ("Your answer:", "answer"), ("ＡＮＳＷＥＲ", "answer"), ("質問事項", "question"),
        ("質問内容", "question"), ("No.", "number"), ("Ｎｏ．", "number"), ("№", "number"),
        ("番号", "number"), ("回答課名", "department"), ("section that answers", "department"),
        ("回答状況（選択）", "state"), ("取扱区分", "disclosure"), ("整理用", "tag"),
    ],
)  # fmt: skip
def test_a_head_may_be_renamed_slightly(head: str, key: str) -> None:
    other = "番号" if key != "number" else "質問"
    third = "項目"
    assert keys(other, head, third)[1] == key


def test_of_two_heads_for_one_column_the_exact_one_counts() -> None:
    assert keys("質問", "回答欄", "回答") == ["question", "回答欄", "answer"]
    assert keys("質問", "回答", "回答") == ["question", "answer", "回答"]
    assert keys("質問", "備考", "備考", "answer", "回答") == [
        "question", "備考", "備考 (C)", "answer", "回答",
    ]  # fmt: skip
    assert keys("質問", "回答", "answer") == ["question", "answer", "answer (C)"]


def test_the_row_with_most_heads_is_taken_among_the_first_twenty() -> None:
    table = {2: {1: "質問", 2: "回答"}, 3: {1: "番号", 2: "質問", 3: "回答"}}
    found = find_heads(table)
    assert found
    assert found[0] == 3
    assert find_heads({20: table[2]})
    assert find_heads({21: table[2]}) is None


@example(heads=["", "C"])  # C is what the column without a head is called by
@example(heads=["x", "x (D)", "x", "x (E)"])
@given(heads=st.lists(storable, max_size=6))
def test_no_two_columns_share_a_key(heads: list[str]) -> None:
    found = keys("質問", "回答", *heads)
    assert len(set(found)) == len(found)


@given(text=storable)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_text_comes_back_in_any_encoding(encoding: str, text: str) -> None:
    if encoding == "utf-8" and text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
    assert decoded(text.encode(encoding), "x") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("一行目\n二".encode() + b"\xff\n", ("0xFF", "13", "2")),
        ("一行目\n二\n".encode("cp932") + b"\x81", ("0x81", "10", "3")),
        ("一行目\n".encode("cp932") + b"a\x80", ("0x80", "8", "2")),
        ("市\n".encode("cp932") + b"\xa0", ("0xA0", "3", "2")),
        (b"\xef\xbb\xbfa\xff", ("0xFF", "4", "1")),
        (b"\xff\xfe\n\x00a", ("0x61", "4", "2")),
    ],
)
def test_the_byte_that_cannot_be_read_is_named(data: bytes, said: tuple[str, str, str]) -> None:
    with pytest.raises(BadText) as refused:
        decoded(data, "回答.csv")
    byte, at, line = said
    assert "回答.csv" in refused.value.sentence
    assert f"byte {byte} at {at} (line {line})" in refused.value.sentence
    assert "UTF-8" in refused.value.hint


@pytest.mark.parametrize("data", [b"a\n\0b", "回\0".encode(), b"\xff\xfe\0\0", b"a\0b\0"])
def test_a_nul_is_refused(data: bytes) -> None:
    with pytest.raises(BadText, match="NUL"):
        decoded(data, "x")


@pytest.mark.parametrize(("encoding", "name"), [("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022")])
def test_another_encoding_of_japanese_is_named_and_never_misread(encoding: str, name: str) -> None:
    with pytest.raises(BadText, match=name):
        decoded("職員は12名です。".encode(encoding), "x")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 11)
    assert text_of(path) == "a" * 11
    monkeypatch.setattr(encodings, "LARGEST_TABLE", 10)
    with pytest.raises(Refused, match=r"x\.csv cannot be read: it is larger"):
        text_of(path)
