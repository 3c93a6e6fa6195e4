"""Lines that fit a terminal."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from fieldvisit.cli import wrapping
from fieldvisit.cli.wrapping import cells, units, wrap

FAMILY = "👨‍👩‍👧"
FLAG = "🇯🇵"


def without_blanks(text: str) -> str:
    return "".join(c for c in text if c not in " \t\u3000\n")


PIECES = [
    *"あ漢字、。「」（）ーっAaz09 \t　-々ｶﾞ！",
    "か\u3099",
    "辻\U000e0100",
    "❤\ufe0f",
    FAMILY,
    FLAG,
    "👋🏽",
    "\u0301",
    "\u200d",
    "hello ",
    "採用を",
]
MIXED = st.lists(st.sampled_from(PIECES)).map("".join)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))


@given(text=MIXED | LINE, width=st.integers(1, 40))
def test_wrapping_loses_and_reorders_nothing_but_blanks(text: str, width: int) -> None:
    assert without_blanks("".join(wrap(text, width))) == without_blanks(text)


@given(text=MIXED | LINE, width=st.integers(1, 40))
@example(text="hello \u0301、", width=2)
def test_no_line_is_wider_than_the_column_or_its_widest_sign(text: str, width: int) -> None:
    limit = max([width, *map(cell_len, units(text))])
    assert all(cell_len(line) <= limit for line in wrap(text, width))


@given(text=MIXED.map(without_blanks), width=st.integers(1, 12))
def test_no_sign_is_torn_apart(text: str, width: int) -> None:
    assert [unit for line in wrap(text, width) for unit in units(line)] == units(text)


@given(text=MIXED | LINE)
def test_text_that_fits_is_not_touched(text: str) -> None:
    assert wrap(text, cells(text) or 1) == text.split("\n")


@given(text=st.text(alphabet="あい漢字、。「」ー（）っ・", min_size=1), width=st.integers(8, 30))
def test_where_there_is_room_no_line_begins_with_a_stop(text: str, width: int) -> None:
    sticking = max((len(run) for run in runs_that_stick(text)), default=0) * 2
    lines = wrap(text, max(width, sticking))
    assert not any(line[0] in "、。」）ーっ・" for line in lines[1:])
    assert not any(line[-1] in "「（" for line in lines[:-1])


def runs_that_stick(text: str) -> list[str]:
    runs = [text[:1]]
    for before, character in pairwise(text):
        if character in "、。」）ーっ・" or before in "「（":
            runs[-1] += character
        else:
            runs.append(character)
    return runs


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        # Japanese is broken between phrases, and line breaks and empty lines are kept.
        ("千葉市は令和元年度から研修を始めた。", 18, "千葉市は|令和元年度から|研修を始めた。"),
        ("a\n\n  b", 5, "a||  b"),
        # What is wider than the column is cut between signs, what sticks only where it cannot fit.
        ("https://example.jp", 8, "https://|example.|jp"), (FAMILY * 2, 2, f"{FAMILY}|{FAMILY}"),
        (FLAG * 2, 1, f"{FLAG}|{FLAG}"), ("あ 、", 1, "あ|、"), ("aあ、", 3, "aあ|、"),
        ("漢字漢字、字", 8, "漢字漢|字、字"), ("漢、字", 0, "漢|、|字"), ("漢、字", 1, "漢|、|字"),
        # A number is not parted from its name.
        ("There are: 3\u00a0hires, 4\u00a0pay", 13, "There are:|3\u00a0hires,|4\u00a0pay"),
    ],
)  # fmt: skip
def test_where_a_line_is_broken(text: str, width: int, lines: str) -> None:
    assert wrap(text, width) == lines.split("|")


@pytest.mark.parametrize("hung", ["\u0301", "\ufe0f", "\u200d"])
@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_blank_that_carries_a_mark_is_no_blank_to_drop(blank: str, hung: str) -> None:
    limit = cells(f"{blank}{hung}、")
    for text in (f"hello {hung}、", f"a{blank}{hung}、", f"あ{blank}{hung}{blank}、"):
        for width in range(1, limit):
            lines = wrap(text, width)
            assert max(map(cells, lines)) <= max(width, 2)
            assert without_blanks("".join(lines)) == without_blanks(text)


def test_the_japanese_parser_is_not_loaded_for_other_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(wrapping, "_parser", refuse)
    assert wrap("plain words only", 6) == ["plain", "words", "only"]
    assert wrap("短い", 4) == ["短い"]


def test_plain_messages_need_neither_rich_nor_budoux() -> None:
    script = (
        "import io, sys; from fieldvisit.cli.terminal import say; say('done', '', io.StringIO());"
        "sys.exit('budoux' in sys.modules or 'rich.cells' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("width", range(14, 40))
def test_a_bullet_never_ends_a_line_and_a_mark_stays_whole(width: int) -> None:
    text = "• 【要確認】担当者の採用は中途を含めて年に数名で、【関係者限り】の扱いです。"
    lines = wrap(text, width)
    assert not any(line.rstrip().endswith("•") for line in lines)
    assert sum("【要確認】" in line for line in lines) == 1
    assert sum("【関係者限り】" in line for line in lines) == 1
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
