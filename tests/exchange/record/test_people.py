import pytest
from hypothesis import given
from msgspec.structs import replace

from exchange.record_sheets import PEOPLE, SHEET
from fieldvisit.documents.record_sheet import write
from fieldvisit.exchange.record.sheet import UnreadableSheet, read
from fieldvisit.fieldwork.record.changes import changes
from fieldvisit.fieldwork.record.sheet import Person
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant

LAST = "|  |  |  |  |\n"


def people(row: str) -> tuple[Person, ...]:
    shown = replace(SHEET, people=())
    return read(write(shown).replace(LAST, f"{row}\n"), shown).people


@given(PEOPLE)
def test_people_left_alone_are_not_changed(present: tuple[Participant, ...]) -> None:
    shown = replace(SHEET, people=present)
    assert changes(shown, read(write(shown), shown)).people is None


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ("| 当方 | 研究所 | 主任 | 鈴木 |", Person("研究所", "主任", "鈴木", OURS)),
        ("|先方|市|課長|山田", Person("市", "課長", "山田", THEIRS)),
        ("|  | 市 | 課長 | 山田 |", Person("市", "課長", "山田", THEIRS)),
        ("| Interviewer | | | A \\| B |  ", Person("", "", "A | B", OURS)),
        ("| respondent | a\\b | - | |", Person("a\\b", "-", "", THEIRS)),
        ("| 調査者 | | | 佐藤 |", Person("", "", "佐藤", OURS)),
    ],
)
def test_a_row_is_read(row: str, person: Person) -> None:
    assert people(row) == (person,)


@pytest.mark.parametrize("row", ["", "| | | | |", "| 先方 | | | |", "|:--|---|--:|-|"])
def test_rows_that_say_nothing_are_passed_over(row: str) -> None:
    assert people(row) == ()


def test_the_head_may_be_in_either_language() -> None:
    shown = replace(SHEET, people=())
    text = write(shown).replace(
        "| side | department | position | name |", "| 側 | 所属 | 役職 | 氏名 |"
    )
    assert read(text, shown).people == ()


@pytest.mark.parametrize(
    "row", ["| 隣 | 市 | 課長 | 山田 |", "| 先方 | 市 | 課長 | 山田 | 五 |", "山田", "｜先方｜"]
)
def test_a_row_in_doubt_is_refused_with_its_line(row: str) -> None:
    shown = replace(SHEET, people=())
    text = write(shown).replace(LAST, f"{row}\n")
    with pytest.raises(UnreadableSheet) as caught:
        read(text, shown)
    assert caught.value.line == text.split("\n").index(row) + 1
    assert str(caught.value.line) in caught.value.sentence


def test_a_table_that_is_gone_is_refused() -> None:
    lines = [line for line in write(SHEET).split("\n") if not line.startswith("|")]
    with pytest.raises(UnreadableSheet, match="head"):
        read("\n".join(lines), SHEET)
