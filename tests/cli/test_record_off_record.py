"""What is off the record on the sheet of `record`: marked, kept closed, not shown to the group."""

from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Editor, run_here
from cli.pty_run import on_terminal
from cli.recorded import AGAIN, assert_ended, bodies, notes, under

WITHHELD = "show the group"


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
