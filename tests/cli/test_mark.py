"""`mark`: why a question has no (whole) answer."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import Run, assert_refused, tree


def states(run: Run, visit: str) -> dict[str, Any]:
    covered = run("coverage", visit, "--json").json["visits"][0]["questions"]
    return {f"{found['topic']}/{found['question']}": found for found in covered}


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("no-answer", "no-answer"), ("質問せず", "not-asked"), ("dec", "declined"),
        ("not-appl", "not-applicable"), ("withheld", "withheld"), ("該当なし", "not-applicable"),
    ],
)  # fmt: skip
def test_a_mark_is_the_state_of_its_question(run: Run, three: Path, typed: str, state: str) -> None:
    result = run("mark", "chiba-1", "4/3", typed, "--reason", "担当外")
    assert (result.code, result.out) == (0, "")
    assert "ai-rpa/effect" in result.err
    found = states(run, "chiba-1")["ai-rpa/effect"]
    assert (found["state"], found["reason"]) == (state, "担当外")


def test_a_mark_on_a_topic_covers_its_questions_without_notes(run: Run, noted: Path) -> None:
    run("mark", "chiba-1", "ai-rpa", "declined")
    found = states(run, "chiba-1")
    assert found["ai-rpa/upkeep"]["state"] == "declined"
    assert found["ai-rpa/effect"]["state"] == "answered"


def test_what_is_to_follow_has_a_due_date_and_stands_beside_notes(run: Run, noted: Path) -> None:
    result = run("mark", "chiba-1", "4/3", "4/4", "後日回答", "--due", "R12.10.31")
    assert result.err.splitlines() == [
        "ai-rpa/effect: to follow (Thu 31 October 2030)",
        "ai-rpa/upkeep: to follow (Thu 31 October 2030)",
    ]
    found = states(run, "chiba-1")["ai-rpa/effect"]
    assert (found["state"], found["due"]) == ("to-follow", "2030-10-31")
    assert run("mark", "chiba-1", "4/3", "clear").code == 0
    assert states(run, "chiba-1")["ai-rpa/effect"]["state"] == "answered"


def test_a_due_date_without_a_year_is_echoed_with_year_and_weekday(run: Run, three: Path) -> None:
    err = run("mark", "chiba-1", "4/3", "to-follow", "--due", "10/31").err
    assert "31 October 20" in err


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("4/3", "to-follow"), 2, "--due"),
        (("4/3", "declined", "--due", "10/31"), 2, "due"),
        (("4/3", "clear"), 1, "ai-rpa/effect"),
        (("4/3", "not"), 2, "not-asked"),
        (("declined",), 2, "at least one topic"),
        (("4/99", "declined"), 1, "4/99"),
        (("4/3", "4/99", "declined"), 1, "4/99"),
        (("4/3", "to-follow", "--due", "2019-02-29"), 1, "2019-02-29"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_and_nothing_changed(
    run: Run, three: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before = tree(three)
    assert_refused(run("mark", "chiba-1", *words), code, piece)
    assert tree(three) == before


@pytest.mark.parametrize("typed", ["回答あり", "answered", "open", "未記録"])
def test_a_state_that_follows_from_the_notes_is_not_set(run: Run, three: Path, typed: str) -> None:
    assert_refused(run("mark", "chiba-1", "1/1", typed), 2, typed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("4/3", "declined"), "It stays “answered” because of 2 notes."),
        (("4/1", "declined"), "It stays “answered” because of 1 note."),
        (("4/1", "to-follow", "--due", "10/31"), ""),
        (("4/2", "declined"), ""), (("ai-rpa", "declined"), ""),
    ],
)  # fmt: skip
def test_a_mark_that_yields_to_notes_says_so(
    run: Run, noted: Path, words: tuple[str, ...], said: str
) -> None:
    assert "\n".join(run("mark", "chiba-1", *words).err.splitlines()[1:]) == said
    if not said:
        assert "answered" not in run("mark", "chiba-1", words[0], "clear").err
