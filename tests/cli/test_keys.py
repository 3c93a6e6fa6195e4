"""Keys one by one, and numbers made of them."""

from collections.abc import Sequence

import pytest

from fieldvisit.cli.keys import END, ENTER, Keys


class Chunks(Keys):
    """A keyboard that hands over what a test typed, in pieces as a terminal would."""

    def __init__(self, *chunks: str) -> None:
        super().__init__()
        self._chunks = list(chunks)

    def _read(self) -> str:
        return self._chunks.pop(0) if self._chunks else END


def all_of(*chunks: str) -> str:
    keys = Chunks(*chunks)
    typed = ""
    while (key := keys.next()) != END:
        typed += key
    return typed


@pytest.mark.parametrize(
    ("chunks", "typed"),
    [
        (["4", "2"], "42"),
        (["42x\r"], f"42x{ENTER}"),
        (["４２　ｓ＋？"], "42 s+?"),
        (["\x1b[A", "4", "\x1bOP", "\x1b[15~2"], "42"),
        (["", "4"], "4"),
        (["あ"], "あ"),
    ],
)
def test_keys_come_one_by_one_whatever_their_width(chunks: Sequence[str], typed: str) -> None:
    assert all_of(*chunks) == typed


@pytest.mark.parametrize(
    ("typed", "allowed", "number", "read"),
    [
        ("4", 7, 4, ""), ("1", 7, 1, ""), ("9", 7, None, ""), ("0", 7, None, ""),
        ("4", 12, 4, ""), ("12", 12, 12, ""), ("1\n", 12, 1, ""), ("13", 12, None, ""),
        ("1x", 12, None, ""), ("10", 120, None, ""), ("10\n", 120, 10, ""), ("105", 120, 105, ""),
        ("1", 12, None, END), ("42", 7, 4, "2"), ("²", 7, 2, ""),
    ],
)  # fmt: skip
def test_a_number_is_read_no_further_than_needed(
    typed: str, allowed: int, number: int | None, read: str
) -> None:
    keys = Chunks(*typed)
    assert keys.number(keys.next(), range(1, allowed + 1)) == number
    if read:
        assert keys.next() == read


def test_a_line_that_was_typed_ahead_is_taken_as_a_line() -> None:
    keys = Chunks("x他の市の話\r4")
    assert keys.next() == "x"
    asked: list[str] = []
    assert keys.line(lambda: asked.append("Why?")) == "他の市の話"
    assert asked == ["Why?"]
    assert keys.next() == "4"
