"""A comparison with summaries that comes back, whatever a spreadsheet or a person did to it."""

import csv
from pathlib import Path

import pytest

from fieldvisit import language
from fieldvisit.errors import Refused
from fieldvisit.settings import Settings
from matrix_files import came_back, exported, ready_to_export
from summarised import listed, why_stale


@pytest.fixture
def ready(field: Settings) -> Settings:
    return ready_to_export(field)


def told(given: Settings) -> dict[str, str]:
    return {f"{one.summary.city_code}:{one.address}": one.summary.body for one in listed(given)}


def test_an_untouched_file_changes_nothing(ready: Settings, tmp_path: Path) -> None:
    before = ready.study().database.read_bytes()
    found = came_back(ready, exported(ready).saved(tmp_path / "a.csv"))
    assert (found.stored, found.unchanged, found.strays) == ((), 1, ())
    assert ready.study().database.read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_file_that_was_only_saved_again_changes_nothing(
    ready: Settings, tmp_path: Path, encoding: str, line: str, sign: str
) -> None:
    sheet = exported(ready)
    before = told(ready)
    path = sheet.saved(tmp_path / "a.csv", encoding, line, sign, csv.QUOTE_ALL)
    found = came_back(ready, path)
    assert (found.stored, found.unchanged, found.strays) == ((), 1, ())
    assert told(ready) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
@pytest.mark.parametrize("langs", [("en", "en"), ("ja", "ja"), ("ja", "en"), ("en", "ja")])
def test_what_was_written_is_stored_where_it_stands(
    ready: Settings, tmp_path: Path, encoding: str, langs: tuple[str, str]
) -> None:
    sheet = exported(ready, lang=langs[0])
    sheet.row("千葉市", "status")["summary"] = "千葉は税務で使う。"
    sheet.row("姫路市")["summary"] = "-使わない。\n理由は費用。"
    sheet.row("")["summary"] = "分かれる。"
    path = sheet.saved(tmp_path / "a.csv", encoding)
    language.use(langs[1])
    found = came_back(ready, path)
    assert found.strays == ()
    assert told(ready) == {
        "121002:ai-rpa/status": "千葉は税務で使う。",
        "282014:ai-rpa": "-使わない。\n理由は費用。",
        "None:ai-rpa": "分かれる。",
    }
    assert {len(why) for why in why_stale(ready).values()} == {0}
    again = came_back(ready, path)
    assert (again.stored, again.unchanged, again.strays) == ((), 3, ())


def test_columns_and_rows_may_stand_otherwise(ready: Settings, tmp_path: Path) -> None:
    sheet = exported(ready)
    sheet.row("姫路市")["summary"] = "新しい。"
    sheet.rows = [row for row in sheet.rows if row["notes"] or row["summary"]][::-1]
    sheet.heads = sorted(sheet.heads, reverse=True)
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert (len(found.stored), found.unchanged, found.strays) == (1, 1, ())
    sheet.heads = ["for sorting", "summary"]
    again = came_back(ready, sheet.saved(tmp_path / "b.csv"))
    assert (again.stored, again.unchanged, again.strays) == ((), 2, ())


def test_words_beside_the_summaries_are_named_and_nothing_of_ours_is(
    ready: Settings, tmp_path: Path
) -> None:
    sheet = exported(ready)
    sheet.heads.append("メモ")
    row = sheet.row("千葉市", "status")
    row["メモ"] = "あとで聞く"
    own = [key for key in row if key not in {"tag", "summary", "メモ"}]
    for key in own:
        row[key] = f"書いた {key}"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert {stray.text for stray in found.strays} == {
        "メモ: あとで聞く", *(f"書いた {key}" for key in own)
    }  # fmt: skip
    assert {str(stray.where) for stray in found.strays} == {
        f"a.csv, row {sheet.rows.index(row) + 2}"
    }
    assert found.stored == ()


def test_codes_and_handles_that_became_numbers_are_nobody_s_words(
    ready: Settings, tmp_path: Path
) -> None:
    sheet = exported(ready)
    for row in sheet.rows:
        row["city_code"], row["handles"] = row["city_code"].lstrip("0"), "2.34567E+09"
    assert came_back(ready, sheet.saved(tmp_path / "a.csv")).strays == ()


@pytest.mark.parametrize("broken", ["", "x", "fieldvisit-cell-1:zz", "fieldvisit-cell-9:a:b:c:d"])
def test_a_row_that_lost_its_sign_is_named_whole(
    ready: Settings, tmp_path: Path, broken: str
) -> None:
    sheet = exported(ready)
    row = sheet.row("姫路市")
    row["tag"], row["summary"] = broken, "大事な要約"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert found.stored == ()
    assert "大事な要約" in found.strays[0].text


def test_a_cell_that_the_study_has_not_is_named(ready: Settings, tmp_path: Path) -> None:
    sheet = exported(ready)
    row = sheet.row("姫路市")
    parts = row["tag"].split(":")
    row["tag"], row["summary"] = ":".join([parts[0], "0" * 16, *parts[2:]]), "大事な要約"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert [(stray.text, "no such cell" in stray.why) for stray in found.strays] == [
        ("大事な要約", True)
    ]


@pytest.mark.parametrize("text", ["大事な要約", "????"])
def test_a_text_that_cannot_be_stored_is_named_and_the_others_are_stored(
    ready: Settings, tmp_path: Path, text: str
) -> None:
    sheet = exported(ready)
    empty = sheet.row("千葉市", "effect")
    empty["summary"] = text
    sheet.row("姫路市")["summary"] = "新しい。" if text != "????" else "????"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert text in {stray.text for stray in found.strays}
    assert len(found.stored) == (text != "????")


def test_a_row_that_was_copied_counts_once(ready: Settings, tmp_path: Path) -> None:
    sheet = exported(ready)
    untouched, first = dict(sheet.row("姫路市")), sheet.row("姫路市")
    first["summary"] = "一つ目"
    sheet.rows += [dict(first), untouched]
    copy = dict(sheet.row("千葉市", "status"))
    sheet.rows.append({**copy, "summary": "写しで直した"})
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert told(ready)["282014:ai-rpa"] == "一つ目"
    assert told(ready)["121002:ai-rpa/status"] == "写しで直した"
    assert found.strays == ()


@pytest.mark.parametrize("name", ["a.xlsx", "a.md", "a.docx", "a", "nothing.csv"])
def test_no_other_file_is_read(ready: Settings, tmp_path: Path, name: str) -> None:
    if name != "nothing.csv":
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        came_back(ready, tmp_path / name)
    assert name in caught.value.sentence
    assert caught.value.hint
