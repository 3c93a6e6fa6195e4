"""A comparison with summaries that comes back, whatever a spreadsheet or a person did to it."""

import csv
from itertools import product
from pathlib import Path

import pytest

from fieldvisit import language
from fieldvisit.actions.review import Decision, decide
from fieldvisit.actions.summaries import delete_summary
from fieldvisit.actions.write_note import delete_note, edit_note
from fieldvisit.errors import Refused
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from summarised import (
    PLACE,
    Sheet,
    came_back,
    exported,
    listed,
    noted,
    past,
    summed,
    texts,
    why_stale,
)

HARD = "𠮷野家—葛\U000e0100城 é 👩‍👩‍👧 〜"


@pytest.fixture
def ready(field: Settings) -> Settings:
    """Two cities that have notes, one a summary that CP932 cannot hold."""
    noted(field, f"RPAを使う。{HARD}", "public")
    noted(field, "=1+1", "group", "ai-rpa")
    noted(field, "使わない。", "confirm", where="himeji-1")
    summed(field, f"千葉は使う。{HARD}\n\n=効果あり", "ai-rpa/status")
    return field


def told(given: Settings) -> dict[str, str]:
    return {f"{one.summary.city_code}:{one.address}": one.summary.body for one in listed(given)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_file_that_was_only_saved_again_changes_nothing(
    ready: Settings, tmp_path: Path, encoding: str
) -> None:
    sheet = exported(ready)
    before = ready.study().database.read_bytes()
    for line, sign in product(("\n", "\r\n", "\r"), ",\t;"):
        path = sheet.saved(tmp_path / "a.csv", encoding, line, sign, csv.QUOTE_ALL)
        assert came_back(ready, path) == ([], 1, [])
    assert ready.study().database.read_bytes() == before


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
    assert found.waiting == []
    assert told(ready) == {
        "121002:ai-rpa/status": "千葉は税務で使う。",
        "282014:ai-rpa": "-使わない。\n理由は費用。",
        "None:ai-rpa": "分かれる。",
    }
    assert {len(why) for why in why_stale(ready).values()} == {0}
    assert came_back(ready, path) == ([], 3, [])


def test_columns_and_rows_may_stand_otherwise(ready: Settings, tmp_path: Path) -> None:
    sheet = exported(ready)
    sheet.row("姫路市")["summary"] = "新しい。"
    sheet.rows = [row for row in sheet.rows if row["notes"] or row["summary"]][::-1]
    sheet.heads = sorted(sheet.heads, reverse=True)
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert (len(found.stored), found.unchanged, found.waiting) == (1, 1, [])
    sheet.heads = ["for sorting", "summary"]
    assert came_back(ready, sheet.saved(tmp_path / "b.csv")) == ([], 2, [])


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
    row["tag"] += " 札の後"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert {item.text for item in found.waiting} == {
        "メモ: あとで聞く", "札の後", *(f"書いた {key}" for key in own)
    }  # fmt: skip
    where = f"a.csv, row {sheet.rows.index(row) + 2}"
    assert {str(item.where) for item in found.waiting} == {where}
    assert found.stored == []


@pytest.mark.parametrize("broken", ["", "x", "fv1c:zz", f"fv2c{32 * '0'}:"])
def test_a_row_that_lost_its_sign_is_named_whole(
    ready: Settings, tmp_path: Path, broken: str
) -> None:
    sheet = exported(ready)
    row = sheet.row("姫路市")
    row["tag"], row["summary"] = broken, "大事な要約"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert found.stored == []
    assert "大事な要約" in found.waiting[0].text


@pytest.mark.parametrize("text", ["大事な要約", "????"])
def test_a_text_that_cannot_be_stored_is_named_and_the_others_are_stored(
    ready: Settings, tmp_path: Path, text: str
) -> None:
    sheet = exported(ready)
    empty = sheet.row("千葉市", "effect")
    empty["summary"] = text
    sheet.row("姫路市")["summary"] = "新しい。" if text != "????" else "????"
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert text in {item.text for item in found.waiting}
    assert len(found.stored) == (text != "????")


def test_a_row_that_was_copied_counts_once(ready: Settings, tmp_path: Path) -> None:
    sheet = exported(ready)
    untouched, first = dict(sheet.row("姫路市")), sheet.row("姫路市")
    first["summary"] = "一つ目"
    copy = {**sheet.row("千葉市", "status"), "summary": "写しで直した"}
    sheet.rows += [dict(first), untouched, copy]
    found = came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert told(ready)["282014:ai-rpa"] == "一つ目"
    assert told(ready)["121002:ai-rpa/status"] == "写しで直した"
    assert found.waiting == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.md", "a.docx", "a", "nothing.csv"])
def test_no_other_file_is_read(ready: Settings, tmp_path: Path, name: str) -> None:
    if name != "nothing.csv":
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        came_back(ready, tmp_path / name)
    assert name in caught.value.sentence
    assert caught.value.hint


@pytest.fixture
def two(field: Settings) -> Settings:
    """One summary that is public, and one for the group."""
    noted(field, "公の話", "public")
    noted(field, "内輪の話", where="himeji-1")
    summed(field, "千葉の文")
    summed(field, "姫路の文", city="姫路市")
    return field


def set_texts(sheet: Sheet, chiba: str, himeji: str) -> Sheet:
    for city, text in (("千葉市", chiba), ("姫路市", himeji)):
        sheet.row(city, "status")["summary"] = text
    return sheet


@pytest.mark.parametrize(
    ("text", "reasons", "level"),
    [
        ("オフレコ：市長は反対", ("hint",), ""),
        ("市長は反対。\n（ここだけの話）", ("hint",), ""),
        ("市長は【オフレコ】反対", ("mark-inside",), "off-record"),
        ("【背景】市長は反対", ("unknown-mark",), ""),
        ("【発言】市長は反対", ("unknown-mark",), ""),
    ],
)
def test_a_text_that_may_say_how_it_may_be_used_waits(
    two: Settings, tmp_path: Path, text: str, reasons: tuple[str, ...], level: str
) -> None:
    path = set_texts(exported(two), text, "姫路の新しい文").saved(tmp_path / "a.csv")
    [item] = came_back(two, path).waiting
    assert (item.reasons, item.disclosure, item.type) == (reasons, level, "summary")
    assert item.text == text or reasons == ("unknown-mark",)
    assert sorted(texts(two)) == ["千葉の文", "姫路の新しい文"]


def test_a_mark_at_its_beginning_is_its_level(two: Settings, tmp_path: Path) -> None:
    sheet = set_texts(exported(two), "【オフレコ】市長は反対", "【公表可】姫路")
    found = came_back(two, sheet.saved(tmp_path / "a.csv"))
    stored = [(one.summary.body, one.summary.disclosure) for one in found.stored]
    assert stored == [("市長は反対", "off-record")]
    assert [(item.text, item.reasons) for item in found.waiting] == [("姫路", ("opens",))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
@pytest.mark.parametrize(("chiba", "himeji"), [("姫路の文", "千葉の文"), ("姫路の文", "")])
def test_a_column_that_was_sorted_alone_takes_no_text_to_another_cell(
    two: Settings, tmp_path: Path, chiba: str, himeji: str, encoding: str
) -> None:
    path = set_texts(exported(two), chiba, himeji).saved(tmp_path / "a.csv", encoding)
    found = came_back(two, path)
    assert {item.text for item in found.waiting} == {chiba, himeji} - {""}
    assert {item.reasons for item in found.waiting} == {("other-cell",)}
    assert found.stored == []
    assert texts(two, "public") == ["千葉の文"]


def test_two_texts_for_one_cell_are_both_kept_apart_and_none_leaves_it_as_it_is(
    two: Settings, tmp_path: Path
) -> None:
    sheet = exported(two)
    emptied = set_texts(exported(two), "", "姫路の文").saved(tmp_path / "b.csv")
    assert came_back(two, emptied) == ([], 1, [])
    assert sorted(texts(two)) == ["千葉の文", "姫路の文"]
    copy = dict(sheet.row("千葉市", "status"))
    set_texts(sheet, "一つ目", "姫路の新しい文")
    sheet.rows += [{**copy, "summary": "二つ目"}, {**copy, "summary": "一つ目 "}, copy]
    found = came_back(two, sheet.saved(tmp_path / "a.csv"))
    assert [item.text for item in found.waiting] == ["一つ目", "二つ目"]
    assert {item.reasons for item in found.waiting} == {("second",)}
    assert sorted(texts(two)) == ["千葉の文", "姫路の新しい文"]


@pytest.mark.parametrize("kind", ["of notes alone", "anonymised", "without any sign"])
def test_a_comparison_of_another_kind_is_refused_in_one_line(
    two: Settings, tmp_path: Path, kind: str
) -> None:
    sheet = exported(two)
    if kind == "without any sign":
        for row in sheet.rows:
            row["tag"] = "1" if row["summary"] else ""
    else:
        gone = {"for sorting", "summary"} if kind == "of notes alone" else {"for sorting"}
        sheet.heads = [head for head in sheet.heads if head not in gone]
    before = two.study().database.read_bytes()
    with pytest.raises(Refused) as caught:
        came_back(two, sheet.saved(tmp_path / "a.csv"))
    assert "a.csv" in caught.value.sentence
    assert "compare --cells both -o FILE.csv" in caught.value.hint
    assert two.study().database.read_bytes() == before


P = NoteFields


def test_what_was_changed_meanwhile_is_no_conflict_where_nobody_touched_it(
    ready: Settings, tmp_path: Path
) -> None:
    path = exported(ready).saved(tmp_path / "a.csv")
    summed(ready, "別の人が直した")
    assert came_back(ready, path) == ([], 1, [])
    delete_summary(ready, PLACE, city="千葉市")
    found = came_back(ready, path)
    assert (found.stored, found.waiting, texts(ready)) == ([], [], [])


@pytest.mark.parametrize("level", ["", "off-record"])
def test_a_text_for_a_summary_that_was_changed_meanwhile_is_kept_apart(
    ready: Settings, tmp_path: Path, level: str
) -> None:
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "私の文"
    sheet.row("姫路市")["summary"] = "姫路の文"
    path = sheet.saved(tmp_path / "a.csv")
    summed(ready, "別の人の文", level=level)
    summed(ready, "先に書いた", "ai-rpa", city="姫路市")
    found = came_back(ready, path)
    assert {item.text for item in found.waiting} == {"私の文", "姫路の文"}
    assert {item.reasons for item in found.waiting} == {("changed",)}
    assert sorted(texts(ready)) == ["先に書いた", "別の人の文"]
    delete_summary(ready, PLACE, city="千葉市")
    assert {item.text for item in came_back(ready, path).waiting} == {"私の文", "姫路の文"}


def test_what_came_or_changed_since_makes_it_stale_at_once(ready: Settings, tmp_path: Path) -> None:
    kept, gone, moved, closed = (noted(ready, f"話{n}", "public") for n in range(4))
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "新しい文"
    path = sheet.saved(tmp_path / "a.csv")
    new = noted(ready, "あとから")
    noted(ready, "あとからの所見", kind="remark")
    edit_note(ready, kept.handle, "直した", P())
    edit_note(ready, moved.handle, None, P(place="hiring"))
    edit_note(ready, closed.handle, None, P(disclosure="group"))
    delete_note(ready, gone.handle)
    [item] = came_back(ready, path).waiting
    assert item.reasons == ("changed",)
    decide(ready, item, Decision("take"))
    assert why_stale(ready)["新しい文"] == {
        ("changed", kept.handle), ("gone", gone.handle), ("moved", moved.handle),
        ("level", closed.handle), ("new", new.handle),
    }  # fmt: skip
    assert [one.summary.disclosure for one in listed(ready)] == ["group"]


def test_a_file_for_the_public_rests_on_what_it_showed(ready: Settings, tmp_path: Path) -> None:
    hidden = noted(ready, "関係者だけの話", "group")
    sheet = exported(ready, audience="public")
    summary = sheet.row("千葉市", "status")
    summary["summary"] = "公表の文"
    assert hidden.handle not in summary["tag"]
    came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert why_stale(ready)["公表の文"] == {("new", hidden.handle)}
    assert why_stale(ready, "public")["公表の文"] == set()


def test_a_note_that_went_off_the_record_since_closes_the_summary(
    ready: Settings, tmp_path: Path
) -> None:
    note = noted(ready, "名前を挙げた話", "public")
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "名前を挙げた文"
    path = sheet.saved(tmp_path / "a.csv")
    edit_note(ready, note.handle, None, P(disclosure="off-record"))
    [item] = came_back(ready, path).waiting
    decide(ready, item, Decision("take"))
    assert "名前を挙げた文" in texts(ready)
    assert "名前を挙げた文" not in texts(ready, "group")
    edit_note(ready, note.handle, "差し支えない話", P(disclosure="public"), "許可")
    assert "名前を挙げた文" not in (*texts(ready, "group"), *past(ready, "group"))
