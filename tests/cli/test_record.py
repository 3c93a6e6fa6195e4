"""`record` on a real terminal: the whole sheet in an editor, and whatever editors do."""

import re
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, meanwhile, run_here, tree
from cli.pty_run import Screen, on_terminal
from fieldvisit.actions.drafts import Draft, held

AGAIN = "Open it again?"
GO_ON = "Go on with it?"
DELETE = "no longer on the sheet?"
WITHHELD = "show the group"


def under(address: str, text: str) -> str:
    """Code of an editor that writes a paragraph under the heading of an address."""
    return (
        f"heading = next(l for l in text.splitlines() if l.endswith('{{{address}}}'))\n"
        f"text = text.replace(heading, heading + '\\n\\n' + {text!r} + '\\n')\n"
    )


def notes(visit: str = "chiba-1") -> list[dict[str, Any]]:
    words = ("note", "list", "--visit", visit, "--audience", "all", "--json")
    found: list[dict[str, Any]] = run_here(*words).json["notes"]
    return found


def bodies() -> list[str]:
    return [note["body"] for note in notes()]


def drafts(study: Path) -> list[str]:
    return sorted(path.name for path in (study / "drafts").glob("*"))


def assert_ended(screen: Screen, code: int, *pieces: str) -> None:
    assert screen.code == code, screen.text
    assert "Traceback" not in screen.text
    flat = re.sub(r"\s", "", screen.text)
    for piece in pieces:
        assert re.sub(r"\s", "", piece) in flat, screen.text


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


@pytest.mark.parametrize(
    "end",
    ["sys.exit(1)", "os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGTERM)"],
)
def test_an_editor_that_fails_keeps_the_text_which_is_offered_again_and_stored(
    noted: Path, editor: Editor, end: str
) -> None:
    editor(under("security", "大事な話") + f"path.write_text(text, encoding='utf-8')\n{end}")
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(on_terminal("record", "chiba-1"), 1, "drafts/record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert "大事な話" in (noted / "drafts" / "record-chiba-1.md").read_text("utf-8")
    editor("")
    screen = on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")])
    assert_ended(screen, 0, "added 1", "Stored.")
    assert "大事な話" in bodies()
    assert drafts(noted) == []


def test_an_editor_that_deletes_the_sheet_stores_nothing(noted: Path, editor: Editor) -> None:
    editor("path.unlink()")
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(on_terminal("record", "chiba-1"), 1, "left no file", "record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert drafts(noted) == []
    editor(under("security", "次の話"))
    assert_ended(on_terminal("record", "chiba-1"), 0, "Stored.")


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00\x01", b"\xe5\x8d", bytes(range(256))])
def test_an_editor_that_leaves_junk_stores_nothing_and_keeps_the_file(
    noted: Path, editor: Editor, junk: bytes
) -> None:
    editor(f"path.write_bytes({junk!r})")
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(on_terminal("record", "chiba-1"), 1, "UTF-8", "drafts/record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert (noted / "drafts" / "record-chiba-1.md").read_bytes() == junk


@pytest.mark.parametrize("left", ["", "x", "<!-- fieldvisit record 1 somebody -->\n", "a\0b"])
def test_a_sheet_that_is_none_any_more_is_refused_and_kept(
    noted: Path, editor: Editor, left: str
) -> None:
    editor(f"text = {left!r}")
    before = (noted / "fieldvisit.db").read_bytes()
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "n\n")])
    assert_ended(screen, 1, "Nothing was stored", "drafts/record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert (noted / "drafts" / "record-chiba-1.md").read_text("utf-8") == left


def test_a_note_with_nul_is_refused_and_kept(noted: Path, editor: Editor) -> None:
    editor(under("security", "a\0b"))
    screen = on_terminal("record", "chiba-1")
    assert_ended(screen, 1, "NUL", "drafts/record-chiba-1.md")
    assert "a\0b" in (noted / "drafts" / "record-chiba-1.md").read_text("utf-8")


def test_a_sheet_that_cannot_be_read_is_opened_again_at_once(noted: Path, editor: Editor) -> None:
    editor(
        "if '{security}' in text:\n    text = text.replace('{security}', '{secrity}')\n"
        "else:\n    text = text.replace('{secrity}', '{security}')\n"
        "    " + under("security", "直した話").rstrip().replace("\n", "\n    ")
    )
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "\n")])
    assert_ended(screen, 0, "Line", "added 1", "Stored.")
    assert "直した話" in bodies()


def test_a_sheet_that_cannot_be_read_is_kept_offered_again_and_then_stored(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "長い話") + "text = text.replace('{hiring}', '{hirring}')")
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "n\n")])
    assert_ended(screen, 1, "Line", "drafts/record-chiba-1.md")
    assert "長い話" not in bodies()
    assert "record-chiba-1.md" in run_here("status").out
    editor("text = text.replace('{hirring}', '{hiring}')")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "y\n")]), 0, "Stored.")
    assert "長い話" in bodies()
    assert drafts(noted) == []


def test_a_kept_draft_that_is_declined_stays_beside_the_new_sheet(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "前の話") + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
    on_terminal("record", "chiba-1")
    editor(under("security", "今の話"))
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "n\n")]), 0, "Stored.")
    assert "今の話" in bodies()
    assert "前の話" not in bodies()
    assert "前の話" in (noted / "drafts" / "record-chiba-1.md").read_text("utf-8")
    editor("")
    assert_ended(on_terminal("record", "chiba-1", "--yes"), 0, "Stored.")
    assert {"前の話", "今の話"} <= set(bodies())


def test_a_draft_is_offered_to_its_own_visit_only(noted: Path, editor: Editor) -> None:
    run_here("visit", "add", "千葉市")
    editor(under("security", "話") + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
    on_terminal("record", "chiba-2")
    editor("")
    assert_ended(on_terminal("record", "chiba-1"), 0, "Nothing was changed.")


def test_an_edit_of_somebody_else_meanwhile_stores_nothing_and_keeps_both_texts(
    noted: Path, editor: Editor
) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    editor(
        meanwhile("note", "edit", note["handle"], "別の人の文。")
        + "text = text.replace('効果を測っている。', '私の文。')\n"
        + under("security", "ほかの話")
    )
    screen = on_terminal("record", "chiba-1")
    assert_ended(screen, 1, "changed meanwhile", "drafts/record-chiba-1.2.md")
    assert "別の人の文。" in bodies()
    assert not {"私の文。", "ほかの話"} & set(bodies())
    kept = (noted / "drafts" / "record-chiba-1.2.md").read_text("utf-8")
    assert all(text in kept for text in ("別の人の文。", "私の文。", "ほかの話"))
    editor("text = text.replace('私の文。', '二人の文。')")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert {"二人の文。", "ほかの話"} <= set(bodies())
    assert "別の人の文。" not in bodies()
    assert drafts(noted) == []


def test_a_note_deleted_meanwhile_is_a_conflict_too(noted: Path, editor: Editor) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    editor(
        meanwhile("note", "delete", note["handle"])
        + "text = text.replace('効果を測っている。', '私の文。')\n"
    )
    assert_ended(on_terminal("record", "chiba-1"), 1, "drafts/record-chiba-1.2.md")
    editor("")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert "私の文。" in bodies()


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


def test_a_draft_that_somebody_is_working_on_is_offered_to_nobody_else(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "一人目の話") + "path.write_text(text, encoding='utf-8')\nsys.exit(1)")
    assert_ended(on_terminal("record", "chiba-1"), 1, "drafts/record-chiba-1.md")
    first = Draft(noted / "drafts" / "record-chiba-1.md")
    before = first.path.read_bytes()
    with held(first):
        editor(under("security", "二人目の話"))
        assert_ended(on_terminal("record", "chiba-1"), 0, "added 1", "Stored.")
        assert first.path.read_bytes() == before
    assert "二人目の話" in bodies()
    editor("")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert {"一人目の話", "二人目の話"} < set(bodies())
    assert list((noted / "drafts").iterdir()) == []


def test_a_crash_after_storing_leaves_no_second_offer_unless_somebody_wrote_on(
    noted: Path, editor: Editor, tmp_path: Path
) -> None:
    copy = f"import shutil; shutil.copytree(path.parent, {str(tmp_path / 'kept')!r})"
    editor(under("security", "一つ目") + f"path.write_text(text, encoding='utf-8')\n{copy}")
    assert_ended(on_terminal("record", "chiba-1"), 0, "Stored.")
    shutil.copytree(tmp_path / "kept", noted / "drafts", dirs_exist_ok=True)
    editor("")
    assert_ended(on_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert bodies().count("一つ目") == 1
    shutil.copytree(tmp_path / "kept", noted / "drafts", dirs_exist_ok=True)
    draft = noted / "drafts" / "record-chiba-1.md"
    draft.write_text(draft.read_text("utf-8").replace("一つ目", "一つ目\n\n二つ目"), "utf-8")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "二つ目", "Stored.")


def test_a_draft_that_shows_more_is_not_offered_to_the_group(noted: Path, editor: Editor) -> None:
    editor(under("security", "書きかけ") + "path.write_text(text, encoding='utf-8')\nsys.exit(1)")
    assert_ended(on_terminal("record", "chiba-1"), 1, "drafts/record-chiba-1.md")
    assert OFF_RECORD in (noted / "drafts" / "record-chiba-1.md").read_text("utf-8")
    editor("assert '書きかけ' not in text")
    screen = on_terminal("record", "chiba-1", "--audience", "group")
    assert_ended(screen, 0, "Nothing was changed.")
    editor("")
    screen = on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")])
    assert_ended(screen, 0, "書きかけ", "Stored.")


def test_drafts_are_private_also_if_their_folder_was_gone(noted: Path, editor: Editor) -> None:
    (noted / "drafts").rmdir()
    editor("sys.exit(1)")
    assert_ended(on_terminal("note", "add", "chiba-1", "hiring"), 1, "drafts/note.txt")
    assert stat.S_IMODE((noted / "drafts").stat().st_mode) == 0o700


@pytest.mark.parametrize("mark", ["【オフレコ】", "【off the record】", "【発言・オフレコ】"])
def test_what_is_marked_off_the_record_is_stored_so(noted: Path, editor: Editor, mark: str) -> None:
    editor(under("hiring/training", f"{mark}内緒の話"))
    screen = on_terminal("record", "chiba-1", typed=[(WITHHELD, "y\n")])
    assert_ended(screen, 0, "Stored.")
    note = next(note for note in notes() if note["body"] == "内緒の話")
    assert note["disclosure"] == "off-record"
    covered = run_here("coverage", "chiba-1", "--json").json["visits"][0]["questions"]
    assert {"withheld"} == {q["state"] for q in covered if q["question"] == "training"}
    assert "内緒の話" not in run_here("note", "list").out


@pytest.mark.parametrize("mark", ["（オフレコ）", "[off-record]", "【オフレコです】"])
def test_what_may_mean_off_the_record_never_becomes_a_usual_note(
    noted: Path, editor: Editor, mark: str
) -> None:
    editor(under("hiring/training", f"{mark}内緒の話"))
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "n\n")])
    assert_ended(screen, 1, "Line", "drafts/record-chiba-1.md")
    assert not [body for body in bodies() if "内緒の話" in body]


def test_an_off_record_note_is_on_the_sheet_and_not_opened_by_it(
    noted: Path, editor: Editor
) -> None:
    editor(
        f"assert {OFF_RECORD!r} in text\n"
        f"at = text.index({OFF_RECORD!r})\n"
        "start = text.rindex('\\n', 0, at) + 1\n"
        "text = text[:start] + '【公表可】' + text[at:]\n"
    )
    screen = on_terminal("record", "chiba-1")
    assert_ended(screen, 1, "off the record", "--reason", "drafts/record-chiba-1.md")
    assert [n["disclosure"] for n in notes() if n["body"] == OFF_RECORD] == ["off-record"]


def test_for_the_group_the_sheet_holds_nothing_off_the_record_and_leaves_it_alone(
    noted: Path, editor: Editor
) -> None:
    editor(f"assert {OFF_RECORD!r} not in text\n" + under("other", "話"))
    assert_ended(on_terminal("record", "chiba-1", "--audience", "group"), 0, "Stored.")
    assert OFF_RECORD in bodies()


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


def test_a_draft_in_one_language_is_stored_in_the_other(noted: Path, editor: Editor) -> None:
    editor(under("security", "話") + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
    on_terminal("--lang", "ja", "record", "chiba-1")
    editor("")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")


@pytest.mark.parametrize(
    "change",
    [
        "text.replace('\\n', '\\r\\n')",
        "'\\ufeff' + text",
        "text.rstrip('\\n')",
        "text + '\\n\\n\\n'",
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(
    noted: Path, editor: Editor, change: str
) -> None:
    editor(f"path.write_bytes(({change}).encode()); before = text")
    before = tree(noted)
    assert_ended(on_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert tree(noted) == before


def test_an_editor_that_cannot_be_found_is_refused(
    noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    screen = on_terminal("record", "chiba-1")
    assert_ended(screen, 1, "editor", "Nothing was stored.")
    assert "kept" not in screen.text


@pytest.mark.parametrize("broken", ["'unclosed", ""])
def test_a_broken_editor_variable_is_no_bug(
    noted: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setenv("EDITOR", broken)
    monkeypatch.setenv("PATH", "/nowhere")
    assert on_terminal("record", "chiba-1").code == 1


def test_ctrl_c_in_the_editor_keeps_the_text_and_names_the_draft(
    noted: Path, editor: Editor
) -> None:
    editor(
        under("security", "大事な話")
        + "signal.signal(signal.SIGINT, signal.SIG_DFL)\npath.write_text(text, encoding='utf-8')\n"
        "print('now', flush=True)\ntime.sleep(20)"
    )
    before = (noted / "fieldvisit.db").read_bytes()
    screen = on_terminal("record", "chiba-1", typed=[("now", "\x03")])
    assert_ended(screen, 130, "drafts/record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    editor("")
    assert_ended(on_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert "大事な話" in bodies()


def test_the_draft_is_private(noted: Path, editor: Editor) -> None:
    editor("path.with_name('modes').write_text(oct(path.stat().st_mode))")
    on_terminal("record", "chiba-1")
    assert (noted / "drafts" / "modes").read_text().endswith("600")


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


def test_a_blank_name_of_an_editor_is_none(
    noted: Path, monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    editor(under("security", "話"))
    monkeypatch.setenv("VISUAL", " ")
    assert_ended(on_terminal("record", "chiba-1"), 0, "Stored.")


def test_text_in_a_row_of_those_present_is_never_passed_over(noted: Path, editor: Editor) -> None:
    editor("text = text.replace('|  |  |  |  |', '| 山田さんの長い話 |\\n|  |  |  |  |', 1)")
    screen = on_terminal("record", "chiba-1", typed=[(AGAIN, "n\n")])
    assert_ended(screen, 1, "山田さんの長い話", "drafts/record-chiba-1.md")


def test_each_draft_is_offered_in_turn_the_newest_first(noted: Path, editor: Editor) -> None:
    for text, answers in (("古い話", []), ("新しい話", [(GO_ON, "n\n")])):
        editor(under("security", text) + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
        on_terminal("record", "chiba-1", typed=answers)
    editor("")
    screen = on_terminal("record", "chiba-1", typed=[(GO_ON, "n\n"), (GO_ON, "y\n")])
    assert_ended(screen, 0, "Stored.")
    assert "古い話" in bodies()
    assert "record-chiba-1.2.md" in drafts(noted)
    assert "record-chiba-1.md" not in drafts(noted)
