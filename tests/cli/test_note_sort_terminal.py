"""`note sort` on a real terminal: few keys, any width, and whatever ends it."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.harness import Run, assert_refused
from cli.note_sorting import SORT, TEXTS, filed, on, stored

STOP, KILL = "\x03", "\x1c"  # Ctrl-C, and Ctrl-\ which ends a process at once


def test_sixty_paragraphs_are_filed_with_at_most_two_keys_each(run: Run, three: Path) -> None:
    texts = [f"{TEXTS[n % 4]}その{n}。" for n in range(60)]
    stored(three, texts)
    keys = "".join(("\n", "43", "6\n", "7")[n % 4] for n in range(60))
    assert len(keys) <= 2 * 60
    screen = on(80, ("1/60", keys))
    assert screen.code == 0, screen.text
    assert "Filed: 60. Without a topic: 0. Dropped: 0." in screen.text
    places = [places[0] for places in filed(run).values()]
    assert places == ["hiring/staff-mix", "ai-rpa/effect", "security", "other"] * 15


def test_a_run_that_ends_at_any_step_loses_nothing_and_the_next_goes_on(
    run: Run, memo: Path
) -> None:
    expected: dict[str, list[str]] = {text: [] for text in TEXTS}
    places = ("hiring/staff-mix", "ai-rpa/effect", "security", "other", "open-data")
    for step, (keys, place) in enumerate(zip(("\n", "43", "6\n", "7", "5\n"), places, strict=True)):
        end, code = ((STOP, 130), (KILL, -3))[step % 2]
        left = len(TEXTS) - step
        for part in range(len(keys)):
            within = f"{keys[0]}/ " if part else ">"
            screen = on(80, *([(f"1/{left}", keys[:part])] if part else []), (within, end))
            assert screen.code == code, screen.text
            assert filed(run) == expected
        screen = on(80, (f"1/{left}", keys), ("Filed under", end))
        assert screen.code == code or left == 1, screen.text
        expected[TEXTS[step]] = [place]
        assert filed(run) == expected
    assert on(80).text.startswith("Filed: 0. Without a topic: 0.")


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_nothing_is_cut_at_any_width(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, columns: int, spoken: str
) -> None:
    monkeypatch.setenv("FIELDVISIT_LANG", spoken)
    long = "窓口の混雑を減らすためにAIとRPAを順に入れ、" * 8 + "終わり。次の文。"
    stored(three, [long, *TEXTS], speaker="課長")
    screen = on(columns, (">", "?"), (">", "4"), ("4/", "x"), (">", "s"), (">", STOP))
    lines = screen.text.splitlines()
    assert max(map(cell_len, lines)) <= columns
    shown = "".join(screen.text.split())
    for piece in (long, "情報経営部課長山田太郎", "1/6"):
        assert "".join(piece.split()) in shown
    assert "終わり。(1)次の文。" in shown
    for number, topic in enumerate(
        run("guide", "show", "it-workforce", "--json").json["topics"], 1
    ):
        assert f"{number}{''.join(topic['short'][spoken].split())}" in shown
    for question in run("guide", "show", "it-workforce", "--json").json["topics"][3]["questions"]:
        assert "".join(question["ask"][spoken].split()) in shown


def test_a_reason_is_typed_as_a_line_that_can_be_seen(run: Run, memo: Path) -> None:
    screen = on(80, ("1/5", "x"), ("Why?", "重なる\n"), ("2/5", "x4\n7"), (">", "q"))
    assert screen.code == 0, screen.text
    assert "Why? 重なる" in screen.text
    assert list(filed(run).values()) == [["other"], [], []]
    assert "note delete: 4" in run("log").out


def test_it_needs_a_terminal_and_says_what_does_not(run: Run, memo: Path) -> None:
    assert_refused(run(*SORT, stdin="\n\n"), 1, "note edit NOTE --topic")
    assert set(map(len, filed(run).values())) == {0}
