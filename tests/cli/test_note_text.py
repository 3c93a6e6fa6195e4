"""The text of a note: from an argument, a pipe, a file or an editor, and never lost."""

from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, meanwhile
from cli.recorded import added, shown


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
    assert_refused(result, 1, str(three / "drafts" / "note-add-chiba-1.txt"))
    assert (three / "drafts" / "note-add-chiba-1.txt").read_text("utf-8") == "大事な話"
    assert run("draft", "list", "--json").json["drafts"][0]["draft"] == "note-add-chiba-1.txt"


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


def test_text_that_is_refused_after_the_editor_is_kept(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = '大事な【発言】話'")
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert_refused(result, 2, "drafts/note-add-chiba-1.txt")
    assert (three / "drafts" / "note-add-chiba-1.txt").read_text("utf-8") == "大事な【発言】話"


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
    draft = three / "drafts" / f"note-edit-{handle}.txt"
    assert_refused(result, 1, "changed meanwhile", str(draft))
    assert shown(run, handle)["body"] == "別の人"
    assert draft.read_text("utf-8") == "私の文"


@pytest.mark.parametrize(("typed", "code"), [("手で【発言】打った話\n", 2), (b"\xff\n", 1)])
def test_text_typed_by_hand_into_standard_input_is_kept_if_it_is_refused(
    run: Run, three: Path, typed: str | bytes, code: int
) -> None:
    result = run("note", "add", "chiba-1", "hiring", "-", stdin=typed, tty="keyboard")
    assert_refused(result, code, "drafts/note-add-chiba-1.txt")
    kept = (three / "drafts" / "note-add-chiba-1.txt").read_bytes()
    assert kept == (typed if isinstance(typed, bytes) else typed.encode())


def test_text_from_a_pipe_is_kept_where_it_came_from_alone(run: Run, three: Path) -> None:
    assert_refused(run("note", "add", "chiba-1", "nowhere", "-", stdin="話"), 1, "nowhere")
    assert list((three / "drafts").iterdir()) == []
