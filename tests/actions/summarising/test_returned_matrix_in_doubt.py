"""Summaries that came back and of which it is not certain where, or how, they are meant."""

from pathlib import Path

import pytest

from fieldvisit.errors import Refused
from fieldvisit.settings import Settings
from matrix_files import Sheet, came_back, exported
from summarised import noted, summed, texts


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
    ("text", "why"),
    [
        ("オフレコ：市長は反対", "off the record"),
        ("市長は反対。\n（ここだけの話）", "off the record"),
        ("【オフレコ】市長は反対", "mark"),
        ("【公表可】市長は反対", "mark"),
    ],
)
def test_a_text_that_says_how_it_may_be_used_is_kept_apart(
    two: Settings, tmp_path: Path, text: str, why: str
) -> None:
    path = set_texts(exported(two), text, "姫路の新しい文").saved(tmp_path / "a.csv")
    found = came_back(two, path)
    assert [(stray.text, why in stray.why) for stray in found.strays] == [(text, True)]
    assert all("fieldvisit summary set" in stray.why for stray in found.strays)
    assert sorted(texts(two)) == ["千葉の文", "姫路の新しい文"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
@pytest.mark.parametrize(("chiba", "himeji"), [("姫路の文", "千葉の文"), ("姫路の文", "")])
def test_a_column_that_was_sorted_alone_takes_no_text_to_another_cell(
    two: Settings, tmp_path: Path, chiba: str, himeji: str, encoding: str
) -> None:
    path = set_texts(exported(two), chiba, himeji).saved(tmp_path / "a.csv", encoding)
    found = came_back(two, path)
    assert {stray.text for stray in found.strays} == {chiba, himeji} - {""}
    assert all("another cell" in stray.why for stray in found.strays)
    assert (found.stored, found.emptied) == ((), int(not himeji))
    assert texts(two, "public") == ["千葉の文"]


def test_a_text_may_be_copied_to_a_cell_beside_the_one_that_keeps_it(
    two: Settings, tmp_path: Path
) -> None:
    path = set_texts(exported(two), "姫路の文", "姫路の文").saved(tmp_path / "a.csv")
    found = came_back(two, path)
    assert (len(found.stored), found.unchanged, found.strays) == (1, 1, ())


def test_the_same_new_text_may_stand_in_several_cells(two: Settings, tmp_path: Path) -> None:
    path = set_texts(exported(two), "なし。", "なし。").saved(tmp_path / "a.csv")
    assert len(came_back(two, path).stored) == 2


def test_two_texts_for_one_cell_are_both_kept_apart(two: Settings, tmp_path: Path) -> None:
    sheet = exported(two)
    copy = dict(sheet.row("千葉市", "status"))
    set_texts(sheet, "一つ目", "姫路の新しい文")
    sheet.rows += [{**copy, "summary": "二つ目"}, {**copy, "summary": "一つ目 "}, copy]
    found = came_back(two, sheet.saved(tmp_path / "a.csv"))
    assert [stray.text for stray in found.strays] == ["一つ目", "二つ目"]
    assert all("different texts" in stray.why for stray in found.strays)
    assert sorted(texts(two)) == ["千葉の文", "姫路の新しい文"]


def test_a_cell_that_was_emptied_is_counted_and_its_summary_stays(
    two: Settings, tmp_path: Path
) -> None:
    path = set_texts(exported(two), "", "姫路の文").saved(tmp_path / "a.csv")
    found = came_back(two, path)
    assert (found.emptied, found.unchanged, found.stored, found.strays) == (1, 1, (), ())
    assert sorted(texts(two)) == ["千葉の文", "姫路の文"]


def test_what_the_file_never_held_was_not_emptied(two: Settings, tmp_path: Path) -> None:
    summed(two, "千葉の文", level="off-record")
    assert came_back(two, exported(two).saved(tmp_path / "a.csv")).emptied == 0


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
