"""`record VISIT FILE… --as memo`: what is told of a memo, and what of it is kept."""

from pathlib import Path

import pytest
from docx import Document as WordDocument

from cli.harness import Run, assert_refused


def written(folder: Path, text: str, name: str = "memo.md") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def draft(folder: Path) -> str:
    (found,) = (folder / "drafts").iterdir()
    return found.read_text("utf-8")


@pytest.mark.parametrize(("lang", "mark"), [("en", "【off the record】"), ("ja", "【オフレコ】")])
def test_a_refused_paragraph_is_kept_as_typed_and_closed(
    run: Run, three: Path, lang: str, mark: str
) -> None:
    text = "【発言・所見】効果は300時間。（資料1 p.7）\n\n"
    text += "# 人事（オフレコ）\n\n【発言・所見】市長は反対。\n"
    result = run("record", "chiba-1", written(three, text), "--as", "memo", lang=lang)
    assert result.code == 0
    kept = draft(three).splitlines()
    assert "  【発言・所見】効果は300時間。（資料1 p.7）" in kept
    assert f"  {mark}【発言・所見】市長は反対。" in kept
    assert "-d off-record" in result.err
    assert mark in result.err
    assert "note add" in result.err


def test_where_nothing_is_off_the_record_the_hint_does_not_say_so(run: Run, three: Path) -> None:
    memo = written(three, "【発言・所見】人が足りない。\n\n~~消した。~~\n")
    result = run("record", "chiba-1", memo, "--as", "memo")
    assert "Leave one of them in the memo." in result.err
    assert "note add" in result.err
    assert "-d off-record" not in result.err


def test_a_mark_that_is_typed_is_not_put_in_front_again(run: Run, three: Path) -> None:
    memo = written(three, "【オフレコ】市長は反対している。\n")
    run("note", "add", "chiba-1", "ai-rpa", "市長は反対している。")
    result = run("record", "chiba-1", memo, "--as", "memo")
    assert "\n  【オフレコ】市長は反対している。\n" in draft(three)
    assert "note edit" in result.err
    assert "-d off-record" in result.err


def test_a_missing_material_is_named_with_what_to_do(run: Run, three: Path) -> None:
    memo = written(three, "効果は300時間。（資料1 p.7）\n")
    result = run("record", "chiba-1", memo, "--as", "memo")
    assert "stored 1 + unchanged 0 + refused 0" in result.err
    assert "There is no material 1 of chiba-1." in result.err
    assert "fieldvisit material add chiba-1" in result.err
    assert not list((three / "drafts").iterdir())


def test_the_counts_hold_all_that_is_listed(run: Run, three: Path) -> None:
    text = (
        "人が足りない。\n\n【発言・所見】矛盾。\n\n~~消した。~~\n\n<!-- 覚え -->\n<!-- 二つ目 -->\n"
    )
    result = run("record", "chiba-1", written(three, text), "--as", "memo")
    listed = [line for line in result.err.splitlines() if line.startswith("! ")]
    assert len(listed) == 4
    assert "read 5 = stored 1 + unchanged 0 + refused 4" in result.err


def test_a_folder_is_no_memo_and_is_named_as_it_was_typed(run: Run, three: Path) -> None:
    assert_refused(run("record", "chiba-1", ".", "--as", "memo"), 1, ". is no memo that can be")


@pytest.mark.parametrize(
    ("lang", "why"),
    [("en", "It stands above or below every page."), ("ja", "ページの上下（ヘッダー・フッター）")],
)
def test_what_stands_above_the_pages_is_not_called_a_comment(
    run: Run, three: Path, lang: str, why: str
) -> None:
    document = WordDocument()
    document.add_paragraph("職員は12名。")
    document.sections[0].header.paragraphs[0].text = "取扱注意"
    document.save(str(three / "memo.docx"))
    result = run("record", "chiba-1", str(three / "memo.docx"), "--as", "memo", lang=lang)
    assert why in result.err
    assert "取扱注意" in result.err
    assert "comment" not in result.err
    assert "コメント" not in result.err


def test_a_memo_that_is_taken_for_a_sheet_is_told_how_to_be_read(run: Run, three: Path) -> None:
    path = three / "memo.md"
    path.write_text("職員は12名。\n\n研修は年2回。\n", "utf-8")
    assert "--as memo" in run("record", "chiba-1", str(path)).err
    assert "--as memo" not in run("record", "chiba-1", str(path), "--as", "memo", "--yes").err
