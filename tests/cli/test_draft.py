"""`draft list`, `show`, `drop`."""

import re
import stat
from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, tree


@pytest.fixture
def draft(run: Run, three: Path, editor: Editor) -> Path:
    """A draft with a text that was not stored."""
    editor("path.write_text('大事な話\\n\\x1b[2J\\n'); sys.exit(1)")
    run("note", "add", "chiba-1", "hiring", tty="all")
    return three / "drafts" / "note.txt"


def test_drafts_are_their_owner_s_alone(draft: Path) -> None:
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700


def test_drafts_are_listed_without_their_text(run: Run, draft: Path) -> None:
    assert [found["draft"] for found in run("draft", "list", "--json").json["drafts"]] == [
        "note.txt"
    ]
    assert "大事な話" not in run("draft", "list").out
    assert "note.txt" in run("status").out


def test_a_draft_is_shown_as_it_was_typed(run: Run, draft: Path) -> None:
    shown = run("draft", "show", "note", "--audience", "all")
    assert shown.out_bytes == draft.read_bytes()
    assert run("draft", "show", "note.txt", tty="out").out == "大事な話\n<U+001B>[2J\n"


def test_a_draft_reaches_no_pipe_unasked(run: Run, draft: Path) -> None:
    assert_refused(run("draft", "show", "note.txt"), 1, str(draft), "--audience all")


@pytest.mark.parametrize(("answer", "kept"), [("n\n", True), ("\n", True), ("y\n", False)])
def test_a_draft_is_dropped_once_agreed(run: Run, draft: Path, answer: str, kept: bool) -> None:
    result = run("draft", "drop", "note.txt", stdin=answer, tty="keyboard")
    assert result.code == (1 if kept else 0)
    assert draft.exists() == kept


def test_a_draft_is_dropped_off_a_terminal_with_yes_only(run: Run, draft: Path) -> None:
    before = tree(draft.parent)
    assert_refused(run("draft", "drop", "note.txt"), 1, "--yes")
    assert tree(draft.parent) == before
    assert run("draft", "drop", "note.txt", "--yes").code == 0
    assert not draft.exists()


@pytest.mark.parametrize("name", ["none", "", "../fieldvisit.db", "."])
def test_only_drafts_are_named(run: Run, draft: Path, name: str) -> None:
    before = tree(draft.parents[1])
    assert_refused(run("draft", "show", name, "--audience", "all"), 1, "note.txt")
    assert_refused(run("draft", "drop", name, "--yes"), 1, "note.txt")
    assert tree(draft.parents[1]) == before


def test_a_study_without_drafts_says_so(run: Run, three: Path) -> None:
    assert "everything typed was stored" in run("draft", "list").out


def test_a_time_is_short_on_the_page_and_utc_in_data(run: Run, draft: Path) -> None:
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d \|", run("draft", "list").out)
    saved = run("draft", "list", "--json").json["drafts"][0]["saved_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", saved)


def test_a_draft_goes_by_its_name_without_the_ending(run: Run, draft: Path) -> None:
    other = draft.with_name("note-abcd.txt")
    other.write_text("ほか", "utf-8")
    assert_refused(run("draft", "drop", "not", "--yes"), 1, "note-abcd.txt")
    assert run("draft", "drop", "note", "--yes").code == 0
    assert (draft.exists(), other.exists()) == (False, True)
