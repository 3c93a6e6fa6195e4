"""Notes to be sorted, and the places they are filed under."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from cli.harness import HOSTILE, Result, Run, assert_harmless, assert_refused
from cli.pty_run import Screen, on_terminal
from fieldvisit.actions.recording.memos import store_memo
from fieldvisit.cli import sorting
from fieldvisit.cli.keys import END, ENTER, Keys
from fieldvisit.fieldwork.memo.paragraphs import MemoParagraph
from fieldvisit.fieldwork.sheets.returned_file import Where
from fieldvisit.settings import Settings

SORT = ("note", "sort", "chiba-1")
TEXTS = (
    "情報化を担当する部署の職員数は12名である。", "RPAを税務で使う。議事録にはAIを使う。",
    "監査は外部に頼んでいる。", "xyzzy", "オープンデータの庁内での活用はこれから。",
)  # fmt: skip


def stored(folder: Path, texts: Sequence[str], **said: Any) -> None:
    given = Settings(folder, str(folder), "佐藤")
    paragraphs = [
        MemoParagraph(text, Where("m", "line", n), **said) for n, text in enumerate(texts)
    ]
    assert len(store_memo(given, "chiba-1", paragraphs).stored) == len(texts)


def notes(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("note", "list", "--audience", "all", "--json").json["notes"]
    return found


def filed(run: Run) -> dict[str, list[str]]:
    return {
        note["body"]: [
            "/".join(filter(None, (place["topic"], place["question"])))
            for place in ([note] if note["topic"] else []) + note["also"]
        ]
        for note in notes(run)
    }


def on(columns: int, *typed: tuple[str, str], words: Sequence[str] = SORT) -> Screen:
    return on_terminal(*words, typed=typed, columns=columns)


Typed = str | Callable[[], object]


class Scripted(Keys):
    """A keyboard at which a test types; what can be called is done before the next key."""

    def __init__(self, keys: Sequence[Typed], lines: Sequence[str]) -> None:
        super().__init__()
        self._script, self._lines = list(keys), list(lines)

    def _read(self) -> str:
        if not self._script:
            raise KeyboardInterrupt
        key = self._script.pop(0)
        if isinstance(key, str):
            return key
        key()
        return ""

    def line(self, ask: Callable[[], None]) -> str:
        ask()
        return self._lines.pop(0)


Sort = Callable[..., Result]


@pytest.fixture
def sort(run: Run, three: Path, monkeypatch: pytest.MonkeyPatch) -> Sort:
    def sorted_with(*keys: Typed, lines: Sequence[str] = (), words: Sequence[str] = SORT) -> Result:
        typed = [key if isinstance(key, str) and key[0] != "\x1b" else [key] for key in keys]
        flat = [one for key in typed for one in key]

        @contextmanager
        def keyboard() -> Iterator[Keys]:
            yield Scripted(flat, lines)

        monkeypatch.setattr(sorting, "keyboard", keyboard)
        return run(*words, tty="all")

    return sorted_with


def test_enter_takes_the_suggestion_and_numbers_another_place(
    run: Run, memo: Path, sort: Sort
) -> None:
    result = sort("\n", "4\n", "６３", "7", "q")
    assert (result.code, result.out) == (0, "")
    assert list(filed(run).values()) == [
        ["hiring/staff-mix"], ["ai-rpa"], ["security/audit"], ["other"], []
    ]  # fmt: skip
    assert "Filed: 4. Without a topic: 1. Dropped: 0." in result.err
    assert "fieldvisit note sort chiba-1" in result.err


def test_what_is_no_choice_files_nothing(run: Run, memo: Path, sort: Sort) -> None:
    result = sort("9", "0", "49", "4x", "あ", "\x1b[A", "q")
    assert result.err.count("Nothing was filed") == 5
    assert set(map(len, filed(run).values())) == {0}
    assert "Enter = 7" not in sort("   ", "\n", "q").err
    assert set(map(len, filed(run).values())) == {0}


def test_plus_files_a_note_under_several_places(run: Run, memo: Path, sort: Sort) -> None:
    result = sort("+\n", "+4\n", "62", "+7", "\n", "q")
    assert list(filed(run).values())[:2] == [
        ["hiring/staff-mix", "ai-rpa", "security/roles"], ["other"]
    ]  # fmt: skip
    assert "filed under 1/1 Hiring and training, 4 AI and RPA" in " ".join(result.err.split())
    assert "Filed: 2." in result.err


def test_space_leaves_a_note_for_the_next_run(run: Run, memo: Path, sort: Sort) -> None:
    result = sort(" ", "7", " ", " ", " ")
    assert (result.code, "Filed: 1. Without a topic: 4." in result.err) == (0, True)
    assert [text for text, places in filed(run).items() if places] == [TEXTS[1]]
    assert f"{TEXTS[0]}" in sort("q").err


def test_a_note_is_split_joined_and_dropped(run: Run, memo: Path, sort: Sort) -> None:
    first, second = "RPAを税務で使う。", "議事録にはAIを使う。"
    result = sort("7", "s1", "7", "7", "x", "j", "q", lines=["他の市の話"])
    assert result.code == 0, result.err
    assert filed(run) == {
        TEXTS[0]: ["other"], first: ["other"], second: ["other"], f"{TEXTS[3]}\n{TEXTS[4]}": [],
    }  # fmt: skip
    assert "Filed: 3. Without a topic: 1. Dropped: 1." in result.err
    assert "note delete: 他の市の話" in run("log").out


def test_steps_are_taken_back_one_by_one(run: Run, memo: Path, sort: Sort) -> None:
    before = [(note["handle"], note["body"]) for note in notes(run)]
    result = sort("u", "7", " ", "x", "s", "j", "s1", "uuuuu", "u", "q", lines=["誤り"])
    assert result.err.count("Nothing was done in this run yet.") == 2
    assert result.err.count("Taken back.") == 5
    assert [(note["handle"], note["body"]) for note in notes(run)] == before
    assert set(map(len, filed(run).values())) == {0}
    assert "Filed: 0. Without a topic: 5. Dropped: 0." in result.err


def test_a_join_that_closed_a_note_is_taken_back_but_leaves_it_closed(
    run: Run, memo: Path, sort: Sort
) -> None:
    stored(memo, ["内緒の話。"], disclosure="off-record")
    result = sort("7", "7", "7", "7", "j", "u", "u", "q")
    first = notes(run)[4]["handle"]
    assert f"{first} stays off the record" in result.err
    assert "was changed meanwhile" not in result.err
    assert [note["body"] for note in notes(run)] == [*TEXTS, "内緒の話。"]
    assert filed(run)[TEXTS[3]] == []


def test_what_was_taken_back_is_shown_again_at_once(run: Run, memo: Path, sort: Sort) -> None:
    result = sort("7", " ", "7", "u", "43", "q")
    assert filed(run)[TEXTS[2]] == ["ai-rpa/effect"]
    assert result.err.count(TEXTS[2]) == 2
    sort("7", "uu", "q")


def test_without_a_reason_nothing_is_dropped(run: Run, memo: Path, sort: Sort) -> None:
    result = sort("x", "q", lines=[" "])
    assert "for a reason" in result.err
    assert len(notes(run)) == len(TEXTS)


def test_what_cannot_be_split_or_joined_is_said(run: Run, three: Path, sort: Sort) -> None:
    stored(three, ["一つ"])
    result = sort("s", "j", "q")
    assert "No sentence ends inside" in result.err
    assert "No other note" in result.err


def test_what_somebody_else_changes_meanwhile_is_said_and_the_run_goes_on(
    run: Run, memo: Path, sort: Sort
) -> None:
    handles = [note["handle"] for note in notes(run)]
    result = sort(
        lambda: run("note", "edit", handles[0], "改めた。"), "7", "7",
        lambda: run("note", "edit", handles[1], "--topic", "hiring"), "7",
        lambda: run("note", "delete", handles[2]), "7", "7", "q",
    )  # fmt: skip
    assert result.err.count("was changed meanwhile") == 3
    assert filed(run) == {
        "改めた。": ["other"], TEXTS[1]: ["hiring"], TEXTS[3]: ["other"], TEXTS[4]: []
    }  # fmt: skip


def test_a_step_that_somebody_built_on_is_not_taken_back(run: Run, memo: Path, sort: Sort) -> None:
    handle = notes(run)[0]["handle"]
    result = sort("7", lambda: run("note", "edit", handle, "-t", "x"), "u", "q")
    assert "A later change" in result.err
    assert filed(run)[TEXTS[0]] == ["other"]


def test_off_record_notes_are_shown_to_those_in_charge_only(
    run: Run, memo: Path, sort: Sort
) -> None:
    stored(memo, ["内緒の話。"], disclosure="off-record")
    result = sort("     ")
    assert "内緒の話" in result.err
    assert "off the record" in result.err
    result = sort("     ", words=[*SORT, "--audience", "group"])
    assert "内緒の話" not in result.err
    assert "1 note is not for this audience" in result.err
    assert "Without a topic: 5." in result.err


def test_filing_under_a_sensitive_question_closes_a_note_and_says_so(
    run: Run, memo: Path, sort: Sort
) -> None:
    result = sort("63", "q")
    assert "as closed now as the guide says there: group only" in result.err
    assert notes(run)[0]["disclosure"] == "group"


def test_guides_whose_numbers_meet_are_counted_through(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    run("visit", "edit", "chiba-1", "--guide", "it-workforce", "--guide", "exchange-of-views")
    stored(three, TEXTS)
    titles = [
        topic["topic"]
        for topic in run("guide", "show", "exchange-of-views", "--json").json["topics"]
    ]
    result = sort("8\n", "q")
    assert filed(run)[TEXTS[0]] == [titles[0]], result.err


def test_nothing_that_was_typed_acts_on_the_terminal(hostile: Path) -> None:
    screen = on(80, (">", "q"))
    assert screen.code == 0
    assert_harmless(screen.text)
    shown = re.sub(r"\s", "", screen.text)
    assert all(re.sub(r"\s", "", text.replace("\x1b", "<U+001B>")) in shown
               for text in HOSTILE if text.isprintable())  # fmt: skip


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
        (["4", "2"], "42"), (["42x\r"], f"42x{ENTER}"), (["４２　ｓ＋？"], "42 s+?"),
        (["\x1b[A", "4", "\x1bOP", "\x1b[15~2"], "42"), (["", "4"], "4"), (["あ"], "あ"),
    ],
)  # fmt: skip
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
