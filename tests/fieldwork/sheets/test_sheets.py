"""Parts of long cells, and what a workbook holds of its own lines."""

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.sheets.excel_carriers import is_own, own_marks, own_properties, spelled
from fieldvisit.fieldwork.sheets.long_cells import joined, numbered, parts
from fieldvisit.fieldwork.sheets.returned_file import Row, Where


def row(at: int, **cells: str) -> Row:
    return Row(Where("x", "row", at), cells)


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


def test_a_text_is_parted_where_neither_side_is_harmed() -> None:
    for unit in ("語\u3099", "👩\u200d", "葛\U000e0100", "語 ", "語\n"):
        for part in parts("a" * 31_990 + unit * 5_000 + "終"):
            assert part == part.strip()
            assert part[0] not in "\u3099\u200d\U000e0100"
    assert len(parts(" " * 70_000)) == 3  # there is no good place, and no endless search for one


def test_parts_are_joined_wherever_they_stand() -> None:
    rows = [
        row(2, tag=numbered("A", 2, 3), number="1 (2/3)", answer="い"),
        row(3, tag="B", answer="別"),
        row(4, tag=numbered("A", 3, 3), answer="う"),
        row(5, tag=f" {numbered('A', 1, 3)} ", number="1", answer="あ", kind="発言"),
    ]
    first, second = joined(rows)
    assert first.cells == {"tag": "A", "number": "1", "answer": "あいう", "kind": "発言"}
    assert first.where.number == 5
    assert second.cells == {"tag": "B", "answer": "別"}


def test_a_part_whose_others_are_gone_keeps_its_text() -> None:
    (only,) = joined([row(2, tag=numbered("A", 2, 2), answer="後")])
    assert only.cells == {"tag": "A", "answer": "後"}


@given(
    lines=st.lists(st.text(max_size=9), max_size=40, unique_by=lambda line: "".join(line.split()))
)
def test_our_own_lines_are_known_again_and_others_are_not(lines: list[str]) -> None:
    ours, others = lines[::2], lines[1::2]
    said = list(own_properties(ours))
    assert all(len(value) <= 255 for _name, value in said)
    marks = frozenset(mark for pair in said for mark in own_marks(*pair))
    assert all(is_own(f" {line}", marks) for line in ours)
    assert not any(is_own(line, marks) for line in others)
    assert own_marks("fieldvisit-sheet", "x") == frozenset()
