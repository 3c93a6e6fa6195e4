"""What is not clear on a record sheet is refused with its line, and nothing is dropped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.record_read import HIRING, QUESTION, SECURITY, UNSORTED, added, block_of, under
from exchange.record_sheets import SHEET, SIGNS, WILD
from fieldvisit.documents.record_sheet import write
from fieldvisit.exchange.record.sheet import UnreadableSheet, read


def refusal(text: str) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read(text, SHEET)
    return caught.value


def line_of(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


@pytest.mark.parametrize(
    ("typed", "bad_line"),
    [
        ("## 見出し", "## 見出し"),
        ("a\n  # b", "  # b"),
        ("<!-- 自分のメモ -->", "<!-- 自分のメモ -->"),
        ("<!-- · 専門職の人数は 2名 -->", "<!-- · 専門職の人数は 2名 -->"),
        ("<!-- · 専門職の人数は --> 2名", "<!-- · 専門職の人数は --> 2名"),
        ("<!-- end -->", "<!-- end -->"),
        ("<!-- note zzzzzzzzzz -->\nx\n<!-- end -->", "<!-- note zzzzzzzzzz -->"),
        ("<!-- note new -->\nx", "<!-- note new -->"),
        ("<!-- note new -->\n<!-- note new -->\n<!-- end -->", "<!-- note new -->"),
        ("【オフレコ】\n\n実は", "【オフレコ】"),
        ("【オフレコ】【匿名】話", "【オフレコ】【匿名】話"),
        ("【発言】【所見】話", "【発言】【所見】話"),
        ("【オフレコでお願いします】話", "【オフレコでお願いします】話"),
        ("【オフレコ 話", "【オフレコ 話"),
        ("（オフレコ）話", "（オフレコ）話"),
        ("[off the record] it", "[off the record] it"),
        ("- 【オフレコ】話", "- 【オフレコ】話"),
        ("【引用不可】話", "【引用不可】話"),
        ("オフレコ：話", "オフレコ：話"),
        ("【発言】ここだけの話、足りない", "【発言】ここだけの話、足りない"),
        ("【公表可】話\nという話（オフレコ）", "という話（オフレコ）"),
        ("表の話\n【オフレコ】裏の話", "【オフレコ】裏の話"),
        ("<!-- note new -->\n表\n\n 【オフレコ】裏\n\n<!-- end -->", " 【オフレコ】裏"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_line(typed: str, bad_line: str) -> None:
    text = under(HIRING, typed)
    refused = refusal(text)
    assert refused.line == line_of(text, bad_line)
    assert str(refused.line) in refused.sentence
    assert refused.hint


def test_words_for_off_the_record_are_text_once_the_mark_says_so_or_a_backslash() -> None:
    closed = "【オフレコ】ここだけの話、足りない\nという話（オフレコ）"
    typed = f"{closed}\n\n\\オフレコの扱いは別に定める。"
    assert [block[2:] for block in added(under(HIRING, typed))] == [
        ("off-record", "ここだけの話、足りない\nという話（オフレコ）"),
        ("confirm", "オフレコの扱いは別に定める。"),
    ]


def test_the_same_note_twice_is_refused() -> None:
    text = write(SHEET)
    text += block_of(text, "k3f9x2m4qa")
    assert refusal(text).line == text.split("\n").index("<!-- note k3f9x2m4qa -->", 30) + 1


@pytest.mark.parametrize("marker", [HIRING, QUESTION, SECURITY, UNSORTED, "{people}"])
def test_a_missing_heading_is_named(marker: str) -> None:
    heading = next(line for line in write(SHEET).split("\n") if line.endswith(marker))
    text = write(SHEET)
    if marker == "{people}":
        text = re.sub(r"^\|.*\n", "", text, flags=re.MULTILINE)
    assert heading in refusal(text.replace(f"{heading}\n", "")).sentence


def test_a_heading_twice_or_with_text_added_is_refused() -> None:
    text = write(SHEET)
    heading = next(line for line in text.split("\n") if line.endswith(SECURITY))
    assert "repeats" in refusal(f"{text}{heading}\n").sentence
    changed = heading.replace(SECURITY, f"鍵 {SECURITY}")
    assert refusal(text.replace(heading, changed)).line == line_of(text, heading)
    assert refusal(f"{text}# {SHEET.title}\n").line == len(text.split("\n"))


def test_text_before_the_first_heading_and_beside_the_table_is_refused() -> None:
    text = write(SHEET)
    title = f"# {SHEET.title}"
    assert refusal(text.replace(title, f"{title}\n早い")).line == 3
    refused = refusal(under("{people}", "山田さんも"))
    assert refused.line == line_of(under("{people}", "山田さんも"), "山田さんも")


@pytest.mark.parametrize("first", ["", "x\n", "<!-- fieldvisit record 1 other -->\n"])
def test_another_sheet_is_refused(first: str) -> None:
    _first, _newline, rest = write(SHEET).partition("\n")
    assert "sheet" in refusal(first + rest).sentence


def test_another_version_is_refused_as_such() -> None:
    assert "version" in refusal(write(SHEET).replace("record 1", "record 2")).sentence


GARBAGE = st.lists(
    SIGNS | WILD | st.sampled_from([f"{line}\n" for line in write(SHEET).split("\n")]), max_size=12
).map("".join)


@given(GARBAGE, st.integers(0, 400))
def test_garbage_is_read_or_refused_and_nothing_in_it_is_dropped(typed: str, where: int) -> None:
    text = write(SHEET)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    at = starts[where % len(starts)]
    text = text[:at] + typed + text[at:]
    try:
        sheet = read(text, SHEET)
    except UnreadableSheet:
        return
    kept = [" ".join(block.body.split()) for block in sheet.blocks]
    kept += [
        " ".join(cell.split()) for p in sheet.people for cell in (p.name, p.department, p.position)
    ]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.removeprefix("\ufeff").strip().startswith(("#", "<!--", "|")):
            continue
        words = re.sub(r"^(\s*【[^】]*】)+", "", line).strip()
        words = " ".join(words.lstrip("\\").split())
        assert not words or any(words in body for body in kept)
