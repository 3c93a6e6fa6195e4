"""`note add`, `edit`, `list`, `show`, `history`, `delete`, `restore`."""

import re
from pathlib import Path
from typing import Any

import pytest

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, meanwhile, tree


def added(run: Run, *words: str, stdin: str = "") -> dict[str, Any]:
    result = run("note", "add", *words, stdin=stdin)
    assert result.code == 0, result.err
    assert re.fullmatch(r"[a-z2-7]{10}\n", result.out)
    return shown(run, result.out.strip())


def shown(run: Run, handle: str) -> dict[str, Any]:
    found: dict[str, Any] = run("note", "show", handle, "--audience", "all", "--json").json["note"]
    return found


def test_text_comes_from_the_argument_standard_input_or_a_file(
    run: Run, three: Path, tmp_path: Path
) -> None:
    place = ("chiba-1", "ai-rpa/effect")
    assert added(run, *place, "一つ目")["body"] == "一つ目"
    assert added(run, *place, "-", stdin="二つ目\r\n二行目\r\n")["body"] == "二つ目\r\n二行目"
    path = tmp_path / "三つ目.txt"
    path.write_bytes("\ufeff三つ目\n\n".encode())
    assert added(run, *place, f"@{path}")["body"] == "三つ目\n"


def test_text_that_begins_with_a_dash_goes_behind_two_dashes_or_by_standard_input(
    run: Run, three: Path
) -> None:
    place = ("chiba-1", "ai-rpa/effect")
    assert added(run, *place, "--", "-3名")["body"] == "-3名"
    assert added(run, *place, "-", stdin="--dry-run")["body"] == "--dry-run"


def test_everything_that_is_said_of_a_note_is_kept(run: Run, three: Path) -> None:
    note = added(
        run,
        *("大津市", "4/1", "公開された。", "-k", "公表資料", "--as-of", "2019年度", "-t", "予算"),
        *("--source-title", "総務省", "--source-url", "https://example.org/", "--also", "security"),
        *("--source-date", "2019-03", "--only-for", "wg", "--by", "Smith", "-t", "国"),
    )
    assert note["visit"] is None
    assert note["city"] == {"code": "252018", "name": "大津市"}
    assert (note["topic"], note["question"]) == ("ai-rpa", "status")
    assert note["also"] == [{"topic": "security", "question": None}]
    assert note["source"] == {
        "title": "総務省", "url": "https://example.org/", "date": "2019-03"
    }  # fmt: skip
    assert (note["kind"], note["disclosure"], note["by"]) == ("desk", "public", "Smith")
    assert (note["tags"], note["only_for"], note["as_of"]) == (["予算", "国"], ["wg"], "2019年度")


@pytest.mark.parametrize("place", ["ai-rpa/effect", "4/3", "４／３", "4 / 3"])
def test_a_question_goes_by_key_or_number(run: Run, three: Path, place: str) -> None:
    note = added(run, "chiba-1", place, "x")
    assert (note["topic"], note["question"]) == ("ai-rpa", "effect")


@pytest.mark.parametrize(
    "where", ["chiba-1", "千葉市", "ちばし", "チバシ", "121002", "12100", "CHIBA"]
)
def test_a_visit_goes_by_its_handle_or_its_city(run: Run, three: Path, where: str) -> None:
    assert added(run, where, "other", "x")["visit"] == "chiba-1"


def test_an_edit_keeps_what_was_in_the_history(run: Run, noted: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    run("note", "edit", handle[:4], "つぎ", "--by", "Smith")
    run("note", "edit", handle, "-d", "public", "--topic", "unsorted")
    note = shown(run, handle)
    assert (note["body"], note["disclosure"], note["topic"]) == ("つぎ", "public", None)
    assert note["revision"] == 3
    revisions = run("note", "history", handle, "--json").json["revisions"]
    assert [(r["number"], r["body"], r["by"]) for r in revisions] == [
        (1, "はじめ", "佐藤"), (2, "つぎ", "Smith"), (3, "つぎ", "佐藤")
    ]  # fmt: skip


def test_an_edit_that_changes_nothing_is_no_revision(run: Run, noted: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    assert run("note", "edit", handle, "はじめ").code == 0
    assert shown(run, handle)["revision"] == 1


def test_a_note_off_the_record_is_opened_with_a_reason_only(run: Run, noted: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "内緒", "-d", "オフレコ")["handle"]
    before = tree(noted)
    assert_refused(run("note", "edit", handle, "-d", "public"), 1, "--reason")
    assert tree(noted) == before
    assert run("note", "edit", handle, "-d", "public", "--reason", "先方了承").code == 0
    assert "note edit: 先方了承" in run("log").out
    old = run("note", "history", handle, "--audience", "group", "--json").json["revisions"]
    assert [revision["number"] for revision in old] == [2]


def test_a_deleted_note_is_gone_until_it_is_restored(run: Run, noted: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "消す")["handle"]
    assert f"note restore {handle}" in run("note", "delete", handle).err
    assert handle not in run("note", "list").out
    assert handle not in run("compare").out
    assert_refused(run("note", "delete", handle), 1, handle)
    assert run("note", "restore", handle).code == 0
    assert handle in run("note", "list").out
    assert_refused(run("note", "restore", handle), 1, "was not deleted")


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        (("--visit", "himeji-1"), ["導入はこれから。", "あとで分ける。"]),
        (("--city", "大津市"), ["公開している。"]),
        (("--topic", "6/1"), ["RPAを税務で使う。"]),
        (("--topic", "ai-rpa", "-k", "quote"), ["導入はこれから。"]),
        (("-t", "計画"), ["導入はこれから。"]),
        (("--unsorted",), ["あとで分ける。"]),
        (("--written-by", "Smith"), []),
    ],
)
def test_the_list_is_narrowed(
    run: Run, noted: Path, words: tuple[str, ...], bodies: list[str]
) -> None:
    notes = run("note", "list", *words, "--json").json["notes"]
    assert [note["body"] for note in notes] == bodies


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


def test_the_editor_stores_what_it_leaves_without_the_last_line_end(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = '一行目\\n二行目\\n'")
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert result.code == 0
    assert shown(run, result.out.strip())["body"] == "一行目\n二行目"
    assert not list((three / "drafts").iterdir())


@pytest.mark.parametrize("left", ["", "\n  \n"])
def test_an_editor_that_leaves_nothing_stores_nothing(
    run: Run, three: Path, editor: Editor, left: str
) -> None:
    editor(f"text = {left!r}")
    assert run("note", "add", "chiba-1", "hiring", tty="all").code == 1
    assert run("note", "list", "--json").json["notes"] == []


@pytest.mark.parametrize(
    "code",
    [
        "path.write_text('大事な話'); sys.exit(1)",
        "path.write_text('大事な話'); os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_an_editor_that_fails_leaves_the_text_in_a_draft_that_is_named(
    run: Run, three: Path, editor: Editor, code: str
) -> None:
    editor(code)
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert_refused(result, 1, str(three / "drafts" / "note.txt"))
    assert (three / "drafts" / "note.txt").read_text("utf-8") == "大事な話"
    assert run("draft", "list", "--json").json["drafts"][0]["draft"] == "note.txt"


def test_text_that_is_refused_after_the_editor_is_kept(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = '大事な話'")
    result = run("note", "add", "chiba-1", "hirring", tty="all")
    assert_refused(result, 1, "hirring", "drafts/note.txt")
    assert (three / "drafts" / "note.txt").read_text("utf-8") == "大事な話"


def test_an_editor_opens_with_the_note_that_is_changed(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    editor("text = text.replace('はじめ', 'はじめとおわり')")
    assert run("note", "edit", handle, tty="all").code == 0
    assert shown(run, handle)["body"] == "はじめとおわり"


def test_a_note_changed_by_others_meanwhile_is_a_conflict_and_the_text_kept(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    editor(meanwhile("note", "edit", handle, "別の人") + "text = '私の文'")
    result = run("note", "edit", handle, tty="all")
    draft = three / "drafts" / f"note-{handle}.txt"
    assert_refused(result, 1, "changed meanwhile", str(draft))
    assert shown(run, handle)["body"] == "別の人"
    assert draft.read_text("utf-8") == "私の文"


def test_text_of_the_editor_that_was_refused_is_offered_again(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = '長い話'")
    assert_refused(run("note", "add", "chiba-1", "nowhere", tty="all"), 1, "drafts/note.txt")
    editor("")
    result = run("note", "add", "chiba-1", "hiring", tty="all", stdin="\n")
    assert result.code == 0, result.err
    assert "Go on with it?" in result.err
    assert shown(run, result.out.strip())["body"] == "長い話"
    assert list((three / "drafts").iterdir()) == []


@pytest.mark.parametrize(("typed", "code"), [("手で打った話\n", 1), (b"\xff\n", 1)])
def test_text_typed_by_hand_into_standard_input_is_kept_if_it_is_refused(
    run: Run, three: Path, typed: str | bytes, code: int
) -> None:
    result = run("note", "add", "chiba-1", "nowhere", "-", stdin=typed, tty="keyboard")
    assert_refused(result, code, "drafts/note.txt")
    kept = (three / "drafts" / "note.txt").read_bytes()
    assert kept == (typed if isinstance(typed, bytes) else typed.encode())


def test_text_from_a_pipe_is_kept_where_it_came_from_alone(run: Run, three: Path) -> None:
    assert_refused(run("note", "add", "chiba-1", "nowhere", "-", stdin="話"), 1, "nowhere")
    assert list((three / "drafts").iterdir()) == []


@pytest.mark.parametrize("text", ["【オフレコ】内緒", "（オフレコ）内緒", "【発言】話"])
def test_a_mark_of_the_sheet_is_never_taken_for_text(run: Run, three: Path, text: str) -> None:
    assert_refused(run("note", "add", "chiba-1", "hiring", text), 2, "-d off-record")
    assert run("note", "list", "--json").json["notes"] == []


def test_words_for_off_the_record_are_text_once_the_level_is_said(run: Run, three: Path) -> None:
    text = "人が足りないという話（オフレコ）"
    assert_refused(run("note", "add", "chiba-1", "hiring", text), 2, "-d off-record")
    assert added(run, "chiba-1", "hiring", text, "-d", "off-record")["body"] == text


def test_a_deleted_note_says_so_in_json(run: Run, three: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "話")["handle"]
    assert shown(run, handle)["deleted"] is False
    run("note", "delete", handle)
    assert shown(run, handle)["deleted"] is True


def test_a_file_of_somebody_beside_the_output_is_left_alone(run: Run, three: Path) -> None:
    beside = three / ".notes.md.new"
    beside.write_text("大事な物", encoding="utf-8")
    assert run("note", "list", "-o", str(three / "notes.md")).code == 0
    assert beside.read_text("utf-8") == "大事な物"


@pytest.mark.parametrize("text", ["-technical staff", "-dg", "-dash"])
def test_text_that_begins_with_a_dash_is_never_taken_for_options(
    run: Run, three: Path, text: str
) -> None:
    handle = added(run, "chiba-1", "hiring", "話")["handle"]
    for words in (("edit", handle, text), ("add", "chiba-1", "hiring", text)):
        assert_refused(run("note", *words), 2, text, "“--”", "“-”")
    found = shown(run, handle)
    assert (found["body"], found["tags"], found["disclosure"]) == ("話", [], "confirm")
    assert run("note", "edit", handle, "--", text).code == 0
    assert shown(run, handle)["body"] == text


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


def test_a_note_is_deleted_once(run: Run, noted: Path) -> None:
    handle = run("note", "list", "--json").json["notes"][0]["handle"]
    assert run("note", "delete", handle).code == 0
    before = tree(noted)
    assert_refused(run("note", "delete", handle), 1, handle, "is deleted already")
    assert tree(noted) == before
