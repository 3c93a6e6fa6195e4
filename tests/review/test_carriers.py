"""What our files carry: own lines are known again, long texts are parted, tags are short."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.carriers import (
    CheckedTag,
    OwnLines,
    checked_tag,
    is_number,
    listed,
    own_list,
    own_properties,
    parts,
    spelled,
)
from fieldvisit.review.tags import LONGEST, Tag, box_tag, read_tag, tags_of

LINES = st.lists(st.text(max_size=9), max_size=40, unique_by=lambda line: " ".join(line.split()))


@given(lines=LINES, times=st.integers(1, 3))
def test_each_line_is_known_as_often_as_it_was_printed(lines: list[str], times: int) -> None:
    ours = [line for line in lines[::2] if line.strip()]
    said = dict(own_properties(listed([(line, "") for line in ours] * times)))
    assert all(len(value) <= 255 for value in said.values())
    own = OwnLines(own_list({"fieldvisit-sheet": "x", **said}))
    assert not any(own.take(line) for line in lines[1::2])
    assert all(own.take(f" {line}\n") for line in ours * times)
    assert not any(own.take(line) for line in ours)


def test_a_line_of_a_row_is_ours_in_that_row_alone() -> None:
    own = OwnLines(listed([("12名", "row")]))
    assert [own.take("12名", slot) for slot in ("", "other", "row", "row")] == [
        False, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("1/2", True), ("１-2", True), ("1月2日", True), ("2-Jan", True), ("2026-01-02", True),
        ("2026/1/2", True), ("2026-01-02T00:00:00", True), ("Feb-1", True), ("46024", True),
        ("三月", False), ("12名", False), ("", False),
    ],
)  # fmt: skip
def test_a_number_that_a_spreadsheet_made_a_date_is_ours(text: str, known: bool) -> None:
    assert is_number(text) == known


def test_a_cell_is_ours_as_a_file_in_cp932_has_it() -> None:
    tag = CheckedTag(checked_tag("T", {"number": "1/2", "question": "１𠮷?"}))
    assert tag.is_own("question", "１?")
    assert not tag.is_own("question", "1/2")


@given(typed=st.text(min_size=1).filter(str.strip))
def test_what_is_typed_behind_a_tag_is_no_check(typed: str) -> None:
    whole = checked_tag("T", {"number": "1", "topic": "x", "question": "y"})
    found = CheckedTag(f"{whole} {typed}")
    assert (found.tag, found.rest.strip()) == ("T", typed.strip())
    assert CheckedTag(whole).rest == ""


@given(
    text=st.text("字𠮷_x0041\n　か\u3099\U000e0100👩\u200d", max_size=40),
    times=st.integers(1, 3000),
)
def test_parts_are_the_text_and_no_longer_than_a_cell(text: str, times: int) -> None:
    whole = text * times
    found = parts(whole)
    assert "".join(found) == whole
    assert all(len(spelled(part).encode("utf-16-le")) // 2 <= 32_767 for part in found)
    units = len(spelled(whole).encode("utf-16-le")) // 2
    assert (len(found) == 1) == (units <= 32_767)


@given(st.uuids(), st.from_regex(r"[a-z0-9-]{1,40}(/[a-z0-9-]{1,40})?", fullmatch=True))
def test_a_tag_of_a_box_is_short_enough_for_word_and_names_its_place(
    owner: UUID, place: str
) -> None:
    address = Address.read(place)
    tag = box_tag(str(owner), address, "city")
    read = read_tag(f" {tag} ")
    assert tags_of(str(owner), [address])[tag] == address
    assert len(tag) <= LONGEST
    assert (read.what, read.owner, read.reader) == ("box", str(owner), "city")
    assert str(read) == tag


@pytest.mark.parametrize(
    "text", ["", "x", "fv1", "fv2b" + 32 * "0" + ":a", "fv1x" + 32 * "0" + ":"]
)
def test_what_is_no_tag_of_ours_says_nothing(text: str) -> None:
    assert read_tag(text) == Tag("", "")
