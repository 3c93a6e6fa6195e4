"""`note add`, `edit`, `list`, `show`, `history`, `delete`, `restore`, `combine`; `mark`."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.recorded import added, handle_of, notes, shown


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


def test_a_note_off_the_record_is_opened_with_a_reason_only(run: Run, noted: Path) -> None:
    handle = added(run, "chiba-1", "hiring", "内緒", "-d", "オフレコ")["handle"]
    before = tree(noted)
    assert_refused(run("note", "edit", handle, "-d", "public"), 1, "--reason")
    assert tree(noted) == before
    assert run("note", "edit", handle, "-d", "public", "--reason", "先方了承").code == 0
    assert "note edit: 先方了承" in run("log").out
    old = run("note", "history", handle, "--audience", "group", "--json").json["revisions"]
    assert [revision["number"] for revision in old] == [1]


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
        (("--city", "大津市"), ["公開している。"]), (("--topic", "6/1"), ["RPAを税務で使う。"]),
        (("--topic", "ai-rpa", "-k", "quote"), ["導入はこれから。"]),
        (("-t", "計画"), ["導入はこれから。"]), (("--unsorted",), ["あとで分ける。"]),
        (("--written-by", "Smith"), []),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(
    run: Run, noted: Path, words: tuple[str, ...], bodies: list[str]
) -> None:
    notes = run("note", "list", *words, "--json").json["notes"]
    assert [note["body"] for note in notes] == bodies


def test_a_file_of_somebody_beside_the_output_is_left_alone(run: Run, three: Path) -> None:
    beside = three / ".notes.md.new"
    beside.write_text("大事な物", encoding="utf-8")
    assert run("note", "list", "-o", str(three / "notes.md")).code == 0
    assert beside.read_text("utf-8") == "大事な物"


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


def test_all_texts_stand_in_one_note_once(run: Run, handles: list[str]) -> None:
    result = run("note", "combine", *handles)
    assert (result.code, result.out) == (0, f"{handles[0]}\n")
    note = shown(run, handles[0])
    assert note["body"] == "職員は12名。\n12名の職員がいる。"
    assert (note["topic"], note["question"], note["disclosure"]) == ("hiring", None, "group")
    assert note["also"] == [{"topic": "hiring", "question": "staff-mix"}]
    assert [note["handle"] for note in notes("--visit", "chiba-1")] == [handles[0]]
    for piece in (*handles[1:], "group only", "fieldvisit undo"):
        assert piece in result.err
    revisions = run("note", "history", handles[0], "--json").json["revisions"]
    assert {one["handle"] for one in revisions} == set(handles)


@pytest.mark.usefixtures("three")
def test_combining_keeps_the_words_of_others_unless_a_reason_is_given(run: Run) -> None:
    add = ("note", "add", "chiba-1", "hiring")
    one, two = (run(*add, text, "-k", "quote").out.strip() for text in ("「三名」", "「12名」"))
    assert_refused(run("note", "combine", one, two), 1, "--reason")
    assert run("note", "combine", one, two, "--reason", "続けて話された").code == 0
    assert shown(run, one)["body"] == "「三名」\n「12名」"


@pytest.mark.parametrize(
    ("changes", "piece"),
    [
        ("-k remark", "kind"), ("--said-by 山田太郎", "said by"), ("--as-of 2019年度", "as of"),
        ("--attribution name", "attribution"), ("--only-for wg", "study groups"),
    ],
)  # fmt: skip
def test_notes_that_differ_are_made_alike_before_they_are_combined(
    run: Run, three: Path, handles: list[str], changes: str, piece: str
) -> None:
    assert run("note", "edit", handles[1], *changes.split()).code == 0
    before = tree(three)
    assert_refused(run("note", "combine", *handles), 1, f"differ in: {piece}")
    assert tree(three) == before
    for other in (handles[0], handles[2]):
        assert run("note", "edit", other, *changes.split()).code == 0
    assert run("note", "combine", *handles).code == 0


def test_notes_of_another_visit_are_not_combined(run: Run, handles: list[str]) -> None:
    there = run("note", "add", "himeji-1", "hiring", "20名。").out.strip()
    assert_refused(run("note", "combine", handles[0], there), 1, "different cities or visits")


def test_combining_takes_the_strictest_level_and_words_that_stood_in_a_note_as_text(
    run: Run, handles: list[str]
) -> None:
    words = ("人が足りないという話（オフレコ）", "-d", "group", "--as-written")
    known = run("note", "add", "chiba-1", "hiring", *words).out.strip()
    secret = run("note", "add", "chiba-1", "hiring", "内緒", "-d", "off-record").out.strip()
    assert run("note", "combine", handles[0], known, secret).code == 0
    assert shown(run, handles[0])["disclosure"] == "off-record"


@pytest.fixture
def pair(run: Run, noted: Path) -> tuple[str, str]:
    """Two notes that the group may see, of two cities."""
    return handle_of("効果を測っている。"), handle_of("導入はこれから。")


def test_both_notes_name_each_other_in_every_format(run: Run, pair: tuple[str, str]) -> None:
    one, other = pair
    entered = run("note", "conflicts", one, other, "--why", "時期が合わない")
    assert (entered.code, entered.out) == (0, "")
    assert f"{one} ⇔ {other}" in entered.err
    assert f"- contradicted by: {other}: 時期が合わない" in run("note", "show", one).out
    assert f"- 食い違う記録事項: {one}：時期が合わない" in run("note", "show", other, lang="ja").out
    shown = run("note", "show", one, "--json").json
    assert shown["note"]["conflicts"] == [other]
    assert shown["contradicted_by"] == [{"note": other, "why": "時期が合わない"}]
    rows = run("note", "list", "--format", "csv").out.splitlines()
    assert next(row for row in rows if one in row.split(",")[0]).endswith(f",{other}")
    listed = run("note", "list", "--json").json["notes"]
    assert {n["handle"]: n["conflicts"] for n in listed if n["conflicts"]} == {
        one: [other], other: [one]
    }  # fmt: skip
    assert f"conflict of notes {one} {other}" in run("log").out.replace(
        f"{other} {one}", f"{one} {other}"
    )


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("note list", True), ("note list --visit chiba-1", True), ("note list --topic 4/7", False),
        ("note list --topic ai-rpa/effect", True), ("note list --visit himeji-1", False),
        ("note list --city 大津市", False), ("note list -t 計画", False), ("search 公開", False),
        ("note list -k quote", False), ("search 記録 --city 大津市", False),
        ("search 記録 --topic hiring", False), ("search 記録 --topic ai-rpa --city 千葉市", True),
    ],
)  # fmt: skip
def test_only_notes_that_were_asked_for_are_said_to_be_held_back(
    run: Run, noted: Path, line: str, said: bool
) -> None:
    assert ("1 note is not for this audience" in run(*line.split()).err) is said


def test_the_history_shows_the_reason_but_not_to_the_public(run: Run, noted: Path) -> None:
    handle = run("note", "list", "--topic", "4/1", "--json").json["notes"][0]["handle"]
    run("note", "edit", handle, "新しい文。", "--reason", "先方の訂正")
    reasons = {}
    for audience in ("public", "group", "all"):
        words = ("note", "history", handle, "--audience", audience)
        reasons[audience] = [found["reason"] for found in run(*words, "--json").json["revisions"]]
        assert ("先方の訂正" in run(*words).out) is (audience != "public")
    told = [None, "先方の訂正"]
    assert reasons == {"public": [None, None], "group": told, "all": told}


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


def test_an_editor_that_fails_before_anybody_wrote_leaves_no_draft(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("sys.exit(1)")
    assert_refused(run("note", "add", "chiba-1", "hiring", tty="all"), 1, "Nothing was stored.")
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    assert run("note", "edit", handle, tty="all").code == 1
    assert run("draft", "list", "--json").json["drafts"] == []


def test_a_place_that_is_none_is_refused_before_anybody_types(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("sys.exit('opened')")
    for where, named in (("chiba-1 hirring", "hirring"), ("chiba-9 hiring", "chiba-9")):
        assert_refused(run("note", "add", *where.split(), tty="all"), 1, named)
    assert not list((three / "drafts").iterdir())


def test_an_editor_opens_with_the_note_that_is_changed(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "はじめ")["handle"]
    editor("text = text.replace('はじめ', 'はじめとおわり')")
    assert run("note", "edit", handle, tty="all").code == 0
    assert shown(run, handle)["body"] == "はじめとおわり"


@pytest.mark.parametrize("typed_into", [(), ("-",)], ids=["editor", "standard input"])
@pytest.mark.parametrize(("typed", "code"), [("打った【発言】話\n".encode(), 2), (b"\xff\n", 1)])
def test_text_typed_by_hand_is_kept_if_it_is_refused(
    run: Run, three: Path, editor: Editor, typed: bytes, code: int, typed_into: tuple[str, ...]
) -> None:
    editor(f"path.write_bytes({typed!r}); before = text")
    result = run("note", "add", "chiba-1", "hiring", *typed_into, stdin=typed, tty="keyboard")
    assert_refused(result, code, "drafts/note-add-chiba-1.txt")
    assert (three / "drafts" / "note-add-chiba-1.txt").read_bytes() == typed


def test_text_from_a_pipe_is_kept_where_it_came_from_alone(run: Run, three: Path) -> None:
    assert_refused(run("note", "add", "chiba-1", "nowhere", "-", stdin="話"), 1, "nowhere")
    assert list((three / "drafts").iterdir()) == []
