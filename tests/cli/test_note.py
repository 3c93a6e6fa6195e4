"""`note add`, `edit`, `list`, `show`, `history`, `delete`, `restore`."""

from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree
from cli.noted import added, shown


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


def test_a_note_is_deleted_once(run: Run, noted: Path) -> None:
    handle = run("note", "list", "--json").json["notes"][0]["handle"]
    assert run("note", "delete", handle).code == 0
    before = tree(noted)
    assert_refused(run("note", "delete", handle), 1, handle, "is deleted already")
    assert tree(noted) == before
