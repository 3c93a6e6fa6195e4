"""`prepare`: the sheets."""

import errno
import os
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused, tree

EFFECT = "How did you measure the effect"
SENSITIVE = "Have you decided against a use of AI or RPA"


def test_the_field_sheet_holds_questions_probes_and_what_is_known(run: Run, noted: Path) -> None:
    sheet = run("prepare", "chiba-1").out
    assert "\n# Field sheet: 千葉市" in sheet
    for piece in (EFFECT, "4/3", "効果を測っている。", "山田太郎", "```"):
        assert piece in sheet
    assert OFF_RECORD not in sheet


def test_a_city_gets_questions_and_nothing_else(run: Run, noted: Path) -> None:
    sheet = run("prepare", "chiba-1", "--for", "city").out
    assert "How many people work in the sections in charge of IT" in sheet
    notes = [note["body"] for note in run("note", "list", "--json").json["notes"]]
    handles = [note["handle"] for note in run("note", "list", "--json").json["notes"]]
    for hidden in (*notes, *handles, OFF_RECORD, SENSITIVE, "佐藤", "山田太郎"):
        assert hidden not in sheet


def test_the_question_sheet_is_the_same_whatever_was_noted(run: Run, three: Path) -> None:
    before = run("prepare", "chiba-1", "--for", "city").out
    run("note", "add", "chiba-1", "hiring/training", "話")
    run("note", "add", "chiba-1", "hiring/training", "内緒", "-d", "off-record")
    run("mark", "chiba-1", "hiring", "declined")
    result = run("prepare", "chiba-1", "--for", "city")
    assert (result.out, result.err) == (before, "")


def test_only_what_is_open_keeps_its_number(run: Run, noted: Path) -> None:
    sheet = run("prepare", "chiba-1", "--only-open").out
    assert EFFECT not in sheet
    assert "4/2" in sheet
    assert "4/1 " not in sheet


def test_sheets_go_into_a_folder_one_file_a_visit(run: Run, three: Path, tmp_path: Path) -> None:
    result = run("prepare", "chiba-1", "otsu-1", "--for", "city", "-o", "out")
    assert (result.code, result.out) == (0, "")
    assert sorted(tree(tmp_path / "out")) == [
        "chiba-1-question-sheet.md",
        "otsu-1-question-sheet.md",
    ]
    assert (tmp_path / "out" / "otsu-1-question-sheet.md").stat().st_mode & 0o777 == 0o600
    one = run("prepare", "otsu-1", "--for", "city").out_bytes
    assert tree(tmp_path / "out")["otsu-1-question-sheet.md"] == one


def test_one_sheet_goes_into_a_folder_that_is_there(run: Run, three: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run("prepare", "chiba-1", "-o", "out").code == 0
    assert sorted(tree(tmp_path / "out")) == ["chiba-1-field-sheet.md"]


def test_sheets_are_overwritten_with_force_alone_and_all_or_none_are_written(
    run: Run, three: Path, tmp_path: Path
) -> None:
    run("prepare", "chiba-1", "himeji-1", "-o", "out")
    (tmp_path / "out" / "chiba-1-field-sheet.md").unlink()
    before = tree(tmp_path)
    assert_refused(run("prepare", "chiba-1", "himeji-1", "-o", "out"), 1, "himeji-1-field-sheet.md")
    assert tree(tmp_path) == before
    assert run("prepare", "chiba-1", "himeji-1", "-o", "out", "--force").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("-o", "a-file.md"), 2),
        (("-o", "no/such/folder"), 1),
        (("-o", "new", "--format", "json"), 2),
        (("--format", "csv"), 2),
        (("--format", "docx"), 2),
        (("-o", "new", "--format", "table"), 2),
        (("-o", "/proc/none"), 1),
    ],
)
def test_sheets_that_cannot_be_written_are_refused_and_leave_nothing(
    run: Run, three: Path, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    (tmp_path / "a-file.md").write_text("mine")
    before = tree(tmp_path)
    assert_refused(run("prepare", "chiba-1", "himeji-1", *words), code)
    assert tree(tmp_path) == before
    assert not (tmp_path / "new").exists()


def test_several_sheets_go_to_a_pipe_one_after_the_other(run: Run, three: Path) -> None:
    sheets = run("prepare", "chiba-1", "himeji-1").out
    assert sheets == run("prepare", "chiba-1").out + run("prepare", "himeji-1").out
    assert run("prepare", "chiba-1", "himeji-1", "-o", "-").out == sheets


def test_a_sheet_is_for_somebody_we_know(run: Run, three: Path) -> None:
    assert_refused(run("prepare", "chiba-1", "--for", "mayor"), 2, "interviewer, city")
    assert_refused(run("prepare"), 2, "VISIT")
    assert_refused(run("prepare", "nara-1"), 1, "nara-1")


def test_a_terminal_gets_a_drawn_page(run: Run, three: Path) -> None:
    assert "┌" in run("prepare", "chiba-1", tty="out").out


def test_what_the_city_is_asked_does_not_hang_on_what_is_off_the_record(
    run: Run, three: Path
) -> None:
    words = ("prepare", "chiba-1", "--for", "city", "--only-open", "--audience", "all")
    before = run(*words).out
    assert run("note", "add", "chiba-1", "hiring/staff-mix", "内緒", "-d", "off-record").code == 0
    assert run(*words).out == before


def test_several_sheets_are_written_all_or_none(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = three / "sheets"
    real = os.fsync
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    assert_refused(run("prepare", "chiba-1", "himeji-1", "-o", str(folder)), 1, "no room left")
    assert list(folder.iterdir()) == []
