"""`record` on a real terminal: the whole sheet in an editor, stored as one change."""

import re
from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, run_here, tree
from cli.pty_run import on_terminal
from cli.recorded import AGAIN, GO_ON, assert_ended, bodies, drafts, notes, under

DELETE = "no longer on the sheet?"


def test_an_untouched_sheet_changes_nothing(noted: Path, editor: Editor) -> None:
    editor("")
    before = tree(noted)
    assert_ended(on_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert tree(noted) == before


def test_what_was_written_is_stored_as_one_change(noted: Path, editor: Editor) -> None:
    editor(
        under("hiring/training", "研修は年二回。\n続き。\n\n【発言】「足りない」")
        + under("unsorted", "あとで分ける。")
        + under("ai-rpa", "【所見】【関係者限り】進みは速い。")
    )
    screen = on_terminal("record", "千葉市", "--by", "Smith")
    assert_ended(screen, 0, "added 4", "Stored.")
    added = {note["body"]: note for note in notes() if note["by"] == "Smith"}
    assert set(added) == {
        "研修は年二回。\n続き。",
        "「足りない」",
        "あとで分ける。",
        "進みは速い。",
    }
    assert all(note["handle"] in screen.text for note in added.values())
    assert added["「足りない」"]["kind"] == "quote"
    remark = added["進みは速い。"]
    assert (remark["kind"], remark["disclosure"], remark["topic"]) == ("remark", "group", "ai-rpa")
    assert added["あとで分ける。"]["topic"] is None
    assert drafts(noted) == []
    assert run_here("undo").code == 0
    assert not [note for note in notes() if note["by"] == "Smith"]


def test_a_note_is_changed_and_moved_in_its_sheet(noted: Path, editor: Editor) -> None:
    handle = next(note["handle"] for note in notes() if note["body"] == "効果を測っている。")
    block = f"<!-- note {handle} -->.*?<!-- end -->\\n"
    editor(
        f"import re\nfound = re.search({block!r}, text, re.S)[0]\n"
        "text = text.replace(found, '')\n"
        "found = found.replace('測っている', '毎年測っている')\n"
        + under("ai-rpa/upkeep", "@@").replace("'@@'", "found")
    )
    assert_ended(on_terminal("record", "chiba-1"), 0, "changed 1", "Stored.")
    note = next(note for note in notes() if note["handle"] == handle)
    assert (note["body"], note["question"]) == ("効果を毎年測っている。", "upkeep")
    assert note["said_by"]
    assert note["revision"] == 2


@pytest.mark.parametrize(("answer", "kept"), [("n\n", True), ("\n", True), ("y\n", False)])
def test_a_removal_is_asked_for(noted: Path, editor: Editor, answer: str, kept: bool) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    block = f"<!-- note {note['handle']} -->.*?<!-- end -->\\n"
    editor(
        f"import re\ntext = re.sub({block!r}, '', text, flags=re.S)\n" + under("other", "新しい")
    )
    screen = on_terminal("record", "chiba-1", typed=[(DELETE, answer)])
    assert_ended(screen, 1 if kept else 0, "removed 1")
    assert ("効果を測っている。" in bodies()) is kept
    assert ("新しい" in bodies()) is not kept
    assert ("record-chiba-1.md" in drafts(noted)) is kept


def test_yes_answers_the_removal(noted: Path, editor: Editor) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    block = f"<!-- note {note['handle']} -->.*?<!-- end -->\\n"
    editor(f"import re\ntext = re.sub({block!r}, '', text, flags=re.S)\n")
    assert_ended(on_terminal("record", "chiba-1", "--yes"), 0, "removed 1", "Stored.")
    assert "効果を測っている。" not in bodies()


def test_a_dry_run_says_what_would_be_stored_and_keeps_the_draft(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "試しの話"))
    before = (noted / "fieldvisit.db").read_bytes()
    screen = on_terminal("record", "chiba-1", "--dry-run")
    told = "security: 【to be confirmed】試しの話"
    assert_ended(screen, 0, told, "added 1", "Nothing was stored.", "drafts/")
    assert (noted / "fieldvisit.db").read_bytes() == before
    editor("")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert "試しの話" in bodies()


def test_a_dry_run_refuses_what_storing_would_refuse(noted: Path, editor: Editor) -> None:
    editor(under("security", "【発言者：市長】試しの話"))
    screen = on_terminal("record", "chiba-1", "--dry-run")
    assert_ended(screen, 1, "市長", "was not at chiba-1", "drafts/record-chiba-1.md")


def test_those_present_are_read_back(noted: Path, editor: Editor) -> None:
    editor(
        "empty = '|  |  |  |  |'\n"
        "rows = ['| 先方 | 総務部 | 係長 | 鈴木\\\\|一郎 |', '|  | 企画課 |  |  |', empty]\n"
        "text = text.replace(empty, '\\n'.join(rows))\n"
        "text = text.replace('| 課長 |', '| 部長 |')\n"
    )
    assert_ended(on_terminal("record", "chiba-1"), 0, "Stored.")
    found = run_here("visit", "show", "chiba-1", "--json").json["visit"]
    assert found["respondents"] == [
        {"department": "情報経営部", "position": "部長", "name": "山田太郎"},
        {"department": "総務部", "position": "係長", "name": "鈴木|一郎"},
        {"department": "企画課", "position": None, "name": None},
    ]
    assert found["interviewers"] == ["佐藤"]


def test_somebody_who_said_something_is_not_taken_out(noted: Path, editor: Editor) -> None:
    editor("text = '\\n'.join(l for l in text.split('\\n') if '| 山田太郎 |' not in l)")
    assert_ended(on_terminal("record", "chiba-1"), 1, "山田太郎", "drafts/record-chiba-1.md")


def test_a_japanese_sheet_is_read_back(noted: Path, editor: Editor) -> None:
    editor(under("hiring/training", "【発言】【要確認】研修の話"))
    assert_ended(on_terminal("--lang", "ja", "record", "chiba-1"), 0, "研修の話")
    assert "研修の話" in bodies()


def test_the_sheet_needs_a_terminal_and_a_visit(run: Run, noted: Path, editor: Editor) -> None:
    editor("path.write_text('x')")
    before = tree(noted)
    assert_refused(run("record", "chiba-1"), 2, "terminal", "note add")
    assert_refused(run("record", "chiba-1", tty="out"), 2, "terminal")
    assert_refused(run("record", "nara-1", tty="keyboard"), 1, "nara-1")
    assert_refused(run("record", "つくば市", tty="keyboard"), 1, "つくば市")
    assert tree(noted) == before


def test_only_handles_reach_standard_output(run: Run, noted: Path, editor: Editor) -> None:
    editor(under("security", "一つ\n\n二つ"))
    result = run("record", "chiba-1", tty="keyboard")
    assert re.fullmatch(r"([a-z2-7]{10}\n){2}", result.out)
    assert "added 2" in result.err


def test_text_in_a_row_of_those_present_is_never_passed_over(noted: Path, editor: Editor) -> None:
    editor("text = text.replace('|  |  |  |  |', '| 山田さんの長い話 |\\n|  |  |  |  |', 1)")
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "n\n")])
    assert_ended(screen, 1, "山田さんの長い話", "drafts/record-chiba-1.md")
