"""Texts that are longer than a cell can be."""

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.review.carriers import parts, spelled


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
