"""The text of a note: from an argument, a pipe, a file or an editor, and never lost."""

from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused
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
