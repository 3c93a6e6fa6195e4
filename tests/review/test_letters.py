"""What a row of a letter says: ticks agree, everything else is for a person to look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from fieldvisit import language
from fieldvisit.documents.confirmation_letter import choices
from fieldvisit.review.columns import CHOICES, WHOLE
from fieldvisit.review.letters import agrees_to_all, outside, read_answer, read_ticks
from fieldvisit.review.pieces import OWN, Piece, Where

SHOWN = "専門職は12名で、\nうち委託が3名である。"
AT = Where("a.docx", "row", 1)


def row(change: str = "", correction: str = "", passage: str = SHOWN) -> list[Piece]:
    """The pieces of a row as its reader gives them: an empty cell gives none."""
    cells = {"number": "1", "passage": passage, "change": change, "correction": correction}
    return [
        Piece(text, AT, "t", column, OWN if column == "number" else "")
        for column, text in cells.items()
        if text
    ]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("sign", "☑✓✔☒■●○◎レ")
@pytest.mark.parametrize("choice", CHOICES)
def test_a_tick_is_told_from_an_empty_box(spoken: str, sign: str, choice: str) -> None:
    with language.speaking(spoken):
        lines = choices()
        printed = read_ticks("\n".join(lines), CHOICES)
        label = CHOICES.word(choice)
    assert printed == (frozenset(), ())
    for ticked in (f"{sign}{label}", f"{sign} □{label}", f"□{sign}{label}", f"□ {label} {sign}"):
        text = "\n".join(ticked if line.endswith(label) else line for line in lines)
        assert read_ticks(text, CHOICES) == read_ticks(f"{ticked}", CHOICES)
        assert read_ticks(text, CHOICES)[0] == {choice}


@pytest.mark.parametrize(
    "typed",
    ["修正なし", "なし", "OK", "☑", "☑ 修正なし ただし別紙", "□修正なし ☑修正あり", "異議なし"],
)  # fmt: skip
def test_words_are_no_tick(typed: str) -> None:
    assert read_ticks(typed, CHOICES) == (frozenset(), (typed,))
    assert not read_answer(row(typed), SHOWN).agrees


@pytest.mark.parametrize(
    ("change", "correction", "passage", "text", "reasons"),
    [
        ("☑修正なし", "－", SHOWN, "－", ("words",)),
        ("☑修正なし", "", "専門職は13名である。", "専門職は13名である。", ("words",)),
        ("☑修正なし\n☑修正あり", "", SHOWN, "", ("choice",)),
        ("☑掲載不可", "", SHOWN, "", ("choice",)),
        ("", "直した", "別の文", "別の文\n直した", ("words", "second")),
        ("", "", "", "", ("emptied",)),
        ("数字は丸めて", "", SHOWN, "数字は丸めて", ("words",)),
    ],
)
def test_whatever_else_is_said_is_a_reason_to_look(
    change: str, correction: str, passage: str, text: str, reasons: tuple[str, ...]
) -> None:
    found = read_answer(row(change, correction, passage), SHOWN)
    assert (found.text, found.reasons, found.agrees) == (text, reasons, False)


def test_an_untouched_row_says_nothing_however_it_was_wrapped_or_copied() -> None:
    printed = "\n".join(choices())
    lines = [Piece(line, AT, "t", "passage", OWN) for line in SHOWN.split("\n")]
    for found in (row(printed), row(printed) * 3, [*row(printed, "", ""), *lines]):
        assert read_answer(found, SHOWN).is_silent
    assert read_answer([*row(printed), *row("☑修正なし")], SHOWN).agrees
    torn = [*row("☑修正なし"), *row("☑掲載不可")]
    assert read_answer(torn, SHOWN).choices == {"ok", "withheld"}


def test_words_in_any_other_cell_and_looks_count() -> None:
    number = Piece("1-2に改める", AT, "t", "number")
    column = Piece("備考です", AT, "t", "備考")
    found = read_answer([*row("☑修正なし"), number, column], SHOWN)
    assert (found.text, found.reasons) == (
        "1-2に改める\n備考です", ("words", "second", "other-column"),
    )  # fmt: skip
    comment = Piece("課名を確認中", AT, "t", "passage", "comment")
    out = Piece("12名", AT, "t", "passage", "deleted")
    found = read_answer([*row("", "", SHOWN.replace("12名", "13名")), comment, out], SHOWN)
    assert found.beside == (comment,)
    assert found.reasons == ("words", "deleted")


@examples(100)
@given(st.text(max_size=40))
def test_no_text_agrees_and_none_is_lost(typed: str) -> None:
    words = "".join(typed.split())
    for cells in ((typed, ""), ("☑修正なし", typed)):
        found = read_answer(row(*cells), SHOWN)
        assert found.agrees == (cells[0] == "☑修正なし" and not words)
        assert words in "".join(found.text.split()) or not cells[1]
        assert not words or found.text


def test_the_one_box_and_what_stands_nowhere() -> None:
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            label = WHOLE.word("ok")
        assert not agrees_to_all([Piece(f"□{label}", AT, "w", "number", OWN)])
        assert agrees_to_all([Piece(f"☑{label}", AT, "w", "number")])
    words = Piece("☑全件修正なし\nただし別紙のとおり", AT, "w", "number")
    loose = Piece("別紙1", AT), Piece("図", AT, look="picture"), Piece("記", AT, look=OWN)
    assert list(outside(loose, [words])) == [loose[0], words]
    assert list(outside((), [Piece("☑全件修正なし", AT, "w", "number")])) == []
