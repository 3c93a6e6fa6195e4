"""Notes off the record: held back and counted, and `withheld` offered for what they leave open."""

import re
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused


def test_an_off_record_note_reaches_no_pipe_and_its_number_is_told_on_stderr(
    run: Run, noted: Path
) -> None:
    result = run("note", "list")
    assert OFF_RECORD not in result.out
    assert "1 note is not for this audience" in result.err
    assert OFF_RECORD in run("note", "list", "--audience", "all").out
    handle = next(
        note["handle"]
        for note in run("note", "list", "--audience", "all", "--json").json["notes"]
        if note["body"] == OFF_RECORD
    )
    assert_refused(run("note", "show", handle), 1, handle)
    assert_refused(run("note", "history", handle), 1, handle)


@pytest.mark.parametrize(("answer", "marks"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_the_mark_withheld_is_offered_on_a_terminal_after_an_off_record_note(
    run: Run, three: Path, answer: str, marks: int
) -> None:
    words = ("note", "add", "chiba-1", "ai-rpa/effect", "内緒", "-d", "off-record")
    result = run(*words, stdin=answer, tty="keyboard")
    assert result.code == 0
    assert "show the group" in result.err
    states = run("visit", "show", "chiba-1", "--json").json["visit"]["states"]
    assert states.get("withheld", 0) == marks


def test_a_prompt_leaves_no_trace_on_stdout(run: Run, three: Path) -> None:
    words = ("note", "add", "chiba-1", "ai-rpa/effect", "内緒", "-d", "off-record")
    assert re.fullmatch(r"[a-z2-7]{10}\n", run(*words, stdin="n\n", tty="keyboard").out)


def test_nothing_is_asked_off_a_terminal(run: Run, three: Path) -> None:
    result = run("note", "add", "chiba-1", "ai-rpa/effect", "内緒", "-d", "off-record")
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), True), (("--visit", "chiba-1"), True), (("--topic", "4/7"), False),
        (("--topic", "ai-rpa/effect"), True), (("--visit", "himeji-1"), False),
        (("--city", "大津市"), False), (("-t", "計画"), False), (("-k", "quote"), False),
    ],
)  # fmt: skip
def test_only_notes_that_were_asked_for_are_said_to_be_held_back(
    run: Run, noted: Path, words: tuple[str, ...], said: bool
) -> None:
    assert ("1 note is not for this audience" in run("note", "list", *words).err) is said


def test_a_list_without_notes_says_nothing_of_those_held_back(run: Run, noted: Path) -> None:
    assert run("visit", "list").err == run("visit", "show", "himeji-1").err == ""
    assert "1 note is not" in run("visit", "show", "chiba-1").err


def test_the_history_shows_the_reason_but_not_to_the_public(run: Run, noted: Path) -> None:
    handle = run("note", "list", "--topic", "4/1", "--json").json["notes"][0]["handle"]
    run("note", "edit", handle, "新しい文。", "--reason", "先方の訂正")
    reasons = {}
    for audience in ("public", "group", "all"):
        words = ("note", "history", handle, "--audience", audience)
        reasons[audience] = [found["reason"] for found in run(*words, "--json").json["revisions"]]
        assert ("先方の訂正" in run(*words).out) is (audience != "public")
    assert reasons == {
        "public": [None, None],
        "group": [None, "先方の訂正"],
        "all": [None, "先方の訂正"],
    }


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("chiba-1", "4/4"), True), (("chiba-1", "ai-rpa/effect"), False),
        (("chiba-1", "ai-rpa/status"), False), (("himeji-1", "4/2", "-k", "remark"), False),
        (("himeji-1", "unsorted"), False), (("姫路市", "hiring", "-k", "desk"), False),
    ],
)  # fmt: skip
def test_withheld_is_offered_only_where_nothing_quotable_answers(
    run: Run, noted: Path, words: tuple[str, ...], offered: bool
) -> None:
    where, place, *kind = words
    words = ("note", "add", where, place, "内緒", *kind, "-d", "off-record")
    assert ("show the group" in run(*words, stdin="n\n", tty="keyboard").err) is offered


def test_what_is_marked_as_withheld_is_not_offered_again(run: Run, noted: Path) -> None:
    words = ("note", "add", "chiba-1", "4/4", "内緒", "-d", "off-record")
    assert "show the group" in run(*words, stdin="y\n", tty="keyboard").err
    assert run(*words, tty="keyboard").err == ""
