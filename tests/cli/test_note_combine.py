"""`note combine`: one note of several, its text, and what is said of the others."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import Editor, Run, assert_refused, meanwhile, tree


@pytest.fixture
def handles(run: Run, three: Path) -> list[str]:
    added = (
        ("職員は12名。", "hiring", "-d", "confirm"),
        ("12名の職員がいる。", "hiring/staff-mix", "-d", "group"),
        ("職員は12名。", "unsorted", "-d", "confirm"),
    )
    return [
        run("note", "add", "chiba-1", place, text, *more).out.strip()
        for text, place, *more in added
    ]


def shown(run: Run, handle: str) -> dict[str, Any]:
    found: dict[str, Any] = run("note", "show", handle, "--audience", "all", "--json").json["note"]
    return found


def standing(run: Run) -> list[str]:
    notes = run("note", "list", "--audience", "all", "--json").json["notes"]
    return [note["handle"] for note in notes]


def test_off_a_terminal_all_texts_stand_in_one_note_once(run: Run, handles: list[str]) -> None:
    result = run("note", "combine", *handles)
    assert (result.code, result.out) == (0, f"{handles[0]}\n")
    note = shown(run, handles[0])
    assert note["body"] == "職員は12名。\n12名の職員がいる。"
    assert (note["topic"], note["question"], note["disclosure"]) == ("hiring", None, "group")
    assert note["also"] == [{"topic": "hiring", "question": "staff-mix"}]
    assert standing(run) == [handles[0]]
    for other in handles[1:]:
        assert other in result.err
    assert "group only" in result.err
    assert "fieldvisit undo" in result.err


def test_the_text_may_be_given_in_every_way(run: Run, handles: list[str], tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("ファイルの文。\n", encoding="utf-8")
    for text, stdin, body in (
        ("一つの文。", "", "一つの文。"),
        ("-", "入力の文。\n", "入力の文。"),
        (f"@{path}", "", "ファイルの文。"),
    ):
        assert run("note", "combine", *handles, "--text", text, stdin=stdin).code == 0
        assert shown(run, handles[0])["body"] == body
        assert run("undo").code == 0
        assert standing(run) == handles


def test_on_a_terminal_the_editor_opens_with_the_texts_one_under_the_other(
    run: Run, handles: list[str], editor: Editor, tmp_path: Path
) -> None:
    editor(
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(text, encoding='utf-8')\n"
        "text = '12名である。\\n'"
    )
    assert run("note", "combine", *handles, tty="all").code == 0
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert seen == "職員は12名。\n12名の職員がいる。\n"
    assert shown(run, handles[0])["body"] == "12名である。"


def test_a_text_that_is_left_as_it_is_is_taken(
    run: Run, three: Path, handles: list[str], editor: Editor
) -> None:
    editor("")
    assert run("note", "combine", *handles, tty="all").code == 0
    assert shown(run, handles[0])["body"] == "職員は12名。\n12名の職員がいる。"
    assert list((three / "drafts").iterdir()) == []


def test_an_editor_that_leaves_nothing_changes_nothing(
    run: Run, handles: list[str], editor: Editor
) -> None:
    editor("text = ''")
    assert run("note", "combine", *handles, tty="all").code == 1
    assert standing(run) == handles


def test_a_note_changed_by_others_meanwhile_is_a_conflict_and_the_text_kept(
    run: Run, three: Path, handles: list[str], editor: Editor
) -> None:
    editor(meanwhile("note", "edit", handles[1], "13名いる。") + "text = '12名である。'")
    result = run("note", "combine", *handles, tty="all")
    draft = three / "drafts" / f"note-combine-{'-'.join(handles)}.txt"
    assert_refused(result, 1, handles[1], "changed meanwhile", str(draft))
    assert draft.read_text(encoding="utf-8") == "12名である。"
    assert standing(run) == handles


@pytest.mark.parametrize("more", [(), ("{0}",), ("nowhere000",)])
def test_fewer_than_two_notes_are_refused(
    run: Run, three: Path, handles: list[str], more: tuple[str, ...]
) -> None:
    before = tree(three)
    result = run("note", "combine", handles[0], *(word.format(*handles) for word in more))
    assert_refused(result, 1 if more == ("nowhere000",) else 2)
    assert tree(three) == before


def test_notes_of_another_visit_are_refused_before_the_editor_opens(
    run: Run, handles: list[str], editor: Editor
) -> None:
    there = run("note", "add", "himeji-1", "hiring", "20名。").out.strip()
    editor("sys.exit('opened')")
    result = run("note", "combine", handles[0], there, tty="all")
    assert_refused(result, 1, "different cities or visits")


@pytest.mark.parametrize("text", ["【オフレコ】内緒", "【発言】話", "一つの文。\n（オフレコ）内緒"])
def test_marks_and_words_for_off_the_record_never_silently_become_text(
    run: Run, handles: list[str], text: str
) -> None:
    assert_refused(run("note", "combine", *handles, "--text", text), 2, "note edit NOTE -d LEVEL")
    assert standing(run) == handles


def test_words_that_stood_in_a_note_are_text(run: Run, handles: list[str]) -> None:
    words = ("人が足りないという話（オフレコ）", "-d", "group")
    known = run("note", "add", "chiba-1", "hiring", *words).out.strip()
    assert run("note", "combine", handles[0], known).code == 0
    secret = run("note", "add", "chiba-1", "hiring", "内緒", "-d", "off-record").out.strip()
    result = run("note", "combine", handles[1], secret, "--text", "（オフレコ）内緒の話")
    assert result.code == 0
    assert shown(run, handles[1])["disclosure"] == "off-record"


def test_what_the_first_note_alone_keeps_is_told(run: Run, handles: list[str]) -> None:
    run("note", "edit", handles[0], "--said-by", "山田太郎")
    run("note", "edit", handles[1], "--as-of", "2019年度")
    result = run("note", "combine", *handles[:2])
    assert "none" in result.err
    assert f"note history {handles[0]}" in result.err
    assert shown(run, handles[0])["said_by"] is None
    revisions = run("note", "history", handles[0], "--json").json["revisions"]
    assert [(r["handle"], r["as_of"]) for r in revisions if r["handle"] == handles[1]] == [
        (handles[1], "2019年度")
    ]


def test_quiet_says_nothing_but_the_handle(run: Run, handles: list[str]) -> None:
    result = run("--quiet", "note", "combine", *handles)
    assert (result.out, result.err) == (f"{handles[0]}\n", "")


def test_a_history_says_which_note_each_line_was_of(run: Run, handles: list[str]) -> None:
    before = run("note", "history", handles[0], "--format", "md").out
    assert f"| {handles[0]} " in before
    assert handles[1] not in before
    assert run("note", "combine", *handles).code == 0
    lines = run("note", "history", handles[0], "--format", "md").out.splitlines()
    for handle in handles:
        assert any(line.startswith(f"| {handle} ") for line in lines), handle
