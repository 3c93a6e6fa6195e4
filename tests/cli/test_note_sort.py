"""`note sort`, key by key, with keys that a test types."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.harness import HOSTILE, Result, Run, assert_harmless
from cli.note_sorting import SORT, TEXTS, filed, notes, on, stored
from fieldvisit.cli import sorting
from fieldvisit.cli.keys import Keys

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
