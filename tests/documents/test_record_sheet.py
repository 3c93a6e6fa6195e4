from collections.abc import Iterator

import pytest
from hypothesis import given
from msgspec.structs import replace

from exchange.record_sheets import SHEET, sheets
from fieldvisit import language
from fieldvisit.documents.record_sheet import how_to_write, with_guidance, write
from fieldvisit.fieldwork.record.sheet import RecordSheet


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use("en")


def test_the_sheet_as_a_researcher_sees_it() -> None:
    language.use("ja")
    assert (
        write(SHEET)
        == """\
<!-- fieldvisit record 1 01890f5e-7b1c-7cc0-98c4-dc0c0c07398f -->
# 記録：千葉市（chiba-1）2019年10月21日（月）
<!-- · 書き方 -->

## 出席者 {people}
| 側 | 所属 | 役職 | 氏名 |
| --- | --- | --- | --- |
| 先方 | 情報経営部 | 課長 | 山田 |
| 当方 |  |  | 鈴木 |
|  |  |  |  |

## 1 採用・処遇・育成 {hiring}


### 1/1 情報化を担当する部署の職員数を教えてください {hiring/staff-mix}
<!-- · 専門職の人数は -->
<!-- · 状態：未記録 -->

<!-- note k3f9x2m4qa -->
【発言】【要確認】職員は12名

うち専門職2名
<!-- end -->

<!-- · 発言者：課長 -->
<!-- note aaaabbbbcc -->
【発言要旨】【オフレコ】窓口の話
<!-- end -->


## 6 セキュリティ {security}


## 未整理 {unsorted}


"""
    )


@given(sheets())
def test_the_sheet_ends_with_one_line_break_and_has_no_carriage_return(sheet: RecordSheet) -> None:
    text = write(sheet)
    assert text.endswith("\n")
    assert "\r" not in text


def test_the_sheet_says_how_to_write_and_what_is_usual_where() -> None:
    text = write(with_guidance(SHEET))
    assert "<!-- · Write under the question." in text
    assert text.count("Without a mark a paragraph here is 【off the record】.") == 1
    assert all("【オフレコ】" not in line for line in how_to_write())


def test_signs_in_a_body_get_a_backslash_and_other_text_none() -> None:
    section = SHEET.sections[1]
    note = replace(section.notes[0], body="【発言】の欄\n# 見出し\nC:\\x\n| 表 |")
    shown = replace(SHEET, sections=(replace(section, notes=(note,)),))
    assert "】\\【発言】の欄\n\\# 見出し\nC:\\x\n| 表 |\n<!-- end -->" in write(shown)
