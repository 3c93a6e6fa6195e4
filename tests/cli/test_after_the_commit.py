"""What is stored is stored: no trouble after the commit is told as if nothing had been changed."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import Editor, Run, assert_refused, in_shell, tree
from cli.recorded import bodies
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.study import drafts

NOTE = ("note", "add", "chiba-1", "hiring", "話")
TROUBLE = DatabaseTrouble("The disk is gone.", "Nothing was changed.")


def in_trouble(*_words: Any, **_more: Any) -> None:
    raise TROUBLE


def told_truly(err: str) -> bool:
    return "stored" in err and "Nothing was" not in err and "was not stored" not in err


@pytest.mark.parametrize(
    ("where", "error", "code", "told"),
    [
        ("offer_withheld", TROUBLE, 0, "disk is gone"), ("tell_voided", TROUBLE, 0, "is stored"),
        ("offer_withheld", ValueError(), 0, ""), ("offer_withheld", KeyboardInterrupt(), 130, ""),
    ],
)  # fmt: skip
def test_trouble_a_bug_or_an_interrupt_after_storing_is_no_refusal(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch,
    where: str, error: BaseException, code: int, told: str,
) -> None:  # fmt: skip
    def fails(*_words: object) -> None:
        raise error

    handle = run(*NOTE).out.strip()
    monkeypatch.setattr(f"fieldvisit.cli.note.{where}", fails)
    adds = where == "offer_withheld"
    result = run(*(NOTE if adds else ("note", "edit", handle, "新しい話")))
    assert (result.code, bool(result.out.strip())) == (code, True)
    assert told in result.err
    assert told_truly(result.err)
    assert bodies() == (["話", "話"] if adds else ["新しい話"])


def test_the_same_trouble_before_anything_is_stored_is_a_refusal(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldvisit.actions.write_note.add_note", in_trouble)
    assert_refused(run(*NOTE), 1, "The disk is gone.", "Nothing was changed.")


def test_each_run_begins_with_nothing_stored(run: Run, three: Path) -> None:
    assert run(*NOTE).code == 0
    assert_refused(run("note", "add", "nowhere", "hiring", "話"), 1, "nowhere")


# A reader that is gone: its process has ended before anything is written.
@pytest.mark.parametrize("output", [">/dev/full", "> >(true); wait $!", ">&-"])
def test_a_standard_output_that_takes_nothing_does_not_undo_what_was_stored(
    three: Path, output: str
) -> None:
    done = in_shell(f"exec {output}\nfieldvisit {' '.join(NOTE)}")
    assert done.returncode == 0, done.stderr
    assert b"Nothing was" not in done.stderr
    assert b"It was stored" in done.stderr
    assert bodies() == ["話"]
    before = tree(three)
    for words in ("note list", "compare --format table"):
        shown = in_shell(f"exec {output}\nfieldvisit {words}")
        assert shown.returncode == 1
        assert (b"could not be" in shown.stderr) is ("wait" not in output)
        for piece in (b"Traceback", b"bug", b"Exception", b"roken pipe"):
            assert piece not in shown.stderr
    assert tree(three) == before


def test_a_draft_that_cannot_be_deleted_is_named_and_its_text_is_stored(
    run: Run, three: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_path: Path) -> None:
        raise PermissionError

    editor("text = '話'")
    monkeypatch.setattr(drafts, "delete", cannot)
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert result.code == 0
    assert "draft drop note-add-chiba-1.txt" in " ".join(result.err.split())
    assert told_truly(result.err)
    assert bodies() == ["話"]


def test_a_sample_study_that_could_not_be_finished_is_no_success(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldvisit.actions.demo.add_visits", in_trouble)
    assert run("demo", str(tmp_path / "demo")).code == 1


def test_letters_that_were_drawn_for_an_output_do_not_make_its_refusal_a_success(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    (tmp_path / "out.md").write_text("mine", "utf-8")
    result = run("compare", "--anonymise", "-o", str(tmp_path / "out.md"))
    assert_refused(result, 1, "is there already")
    assert (tmp_path / "out.md").read_text("utf-8") == "mine"
