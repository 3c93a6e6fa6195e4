"""Whatever editors do to a note, or a sheet of `record` or `summary edit`: its text is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from cli.harness import OFF_RECORD, Editor, at_terminal, tree
from cli.pty_run import on_terminal
from cli.recorded import GO_ON, assert_ended, bodies, drafts, under, waiting
from cli.test_summary_editors import bodies as summaries
from cli.test_summary_editors import in_box

WRITES = "path.write_text(text, encoding='utf-8')\n"


class Sheet(Struct, frozen=True):
    """A command, code that writes into its sheet, the draft of it, and what is stored by then."""

    words: tuple[str, ...]
    writes: Callable[[str], str]
    draft: str
    stored: Callable[[], list[str]]


RECORD = Sheet(("record", "chiba-1"), lambda t: under("security", t), "record-chiba-1.md", bodies)
SUMMARY = Sheet(
    ("summary", "edit", "ai-rpa"), lambda text: in_box(0, text), "summary-edit-ai-rpa.md",
    lambda: list(summaries().values()),
)  # fmt: skip


NOTE = Sheet(
    ("note", "add", "chiba-1", "hiring"), lambda text: f"text = {text!r}\n",
    "note-add-chiba-1.txt", bodies,
)  # fmt: skip
and_of_a_note = pytest.mark.parametrize(
    "sheet", [RECORD, SUMMARY, NOTE], ids=["record", "summary", "note"], indirect=True
)


@pytest.fixture(params=[RECORD, SUMMARY], ids=["record", "summary"])
def sheet(request: pytest.FixtureRequest, noted: Path) -> Sheet:
    found: Sheet = request.param
    return found


@and_of_a_note
@pytest.mark.parametrize(
    "end",
    ["sys.exit(1)", "os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGTERM)"],
)
def test_an_editor_that_fails_keeps_the_text_which_is_offered_again_and_stored(
    noted: Path, editor: Editor, sheet: Sheet, end: str
) -> None:
    editor(sheet.writes("大事な話") + WRITES + end)
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(at_terminal(*sheet.words), 1, f"drafts/{sheet.draft}")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert "大事な話" in (noted / "drafts" / sheet.draft).read_text("utf-8")
    editor("")
    assert at_terminal(*sheet.words, typed=[(GO_ON, "\n")]).code == 0
    assert "大事な話" in sheet.stored()
    assert drafts(noted) == []


@and_of_a_note
def test_an_editor_that_deletes_the_sheet_stores_nothing(
    noted: Path, editor: Editor, sheet: Sheet
) -> None:
    editor("path.unlink()")
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(at_terminal(*sheet.words), 1, "left no file", sheet.draft)
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert drafts(noted) == []
    editor(sheet.writes("次の話"))
    assert at_terminal(*sheet.words).code == 0


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00\x01", b"\xe5\x8d", bytes(range(256))])
def test_an_editor_that_leaves_junk_stores_nothing_and_keeps_the_file(
    noted: Path, editor: Editor, sheet: Sheet, junk: bytes
) -> None:
    editor(f"path.write_bytes({junk!r})")
    before = (noted / "fieldvisit.db").read_bytes()
    assert_ended(at_terminal(*sheet.words), 1, "UTF-8", f"drafts/{sheet.draft}")
    assert (noted / "fieldvisit.db").read_bytes() == before
    assert (noted / "drafts" / sheet.draft).read_bytes() == junk


@pytest.mark.parametrize(
    "change",
    [
        "text", "text.replace('\\n', '\\r\\n')", "'\\ufeff' + text", "text.rstrip('\\n')",
        "text + '\\n\\n\\n'",
    ],
)  # fmt: skip
def test_what_editors_do_to_a_file_changes_nothing(
    noted: Path, editor: Editor, sheet: Sheet, change: str
) -> None:
    editor(f"path.write_bytes(({change}).encode()); before = text")
    before = tree(noted)
    assert_ended(at_terminal(*sheet.words), 0, "Nothing was changed.")
    assert tree(noted) == before


@and_of_a_note
@pytest.mark.parametrize("named", ["no-such-editor", "'unclosed", ""])
def test_an_editor_that_cannot_be_found_is_refused(
    noted: Path, sheet: Sheet, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("EDITOR", named)
    monkeypatch.setenv("PATH", "/nowhere")
    screen = at_terminal(*sheet.words)
    assert_ended(screen, 1, "editor", "Nothing was stored.")
    assert "kept" not in screen.text
    assert drafts(noted) == []


def test_a_draft_that_shows_more_is_not_offered_to_the_group(
    noted: Path, editor: Editor, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(sheet.writes("書きかけ") + WRITES + "sys.exit(1)")
    assert_ended(at_terminal(*sheet.words), 1, f"drafts/{sheet.draft}")
    assert OFF_RECORD in (noted / "drafts" / sheet.draft).read_text("utf-8")
    editor(f"assert '書きかけ' not in text\nassert {OFF_RECORD!r} not in text")
    with monkeypatch.context() as tighter:
        tighter.setenv("FIELDVISIT_AUDIENCE", "group")
        assert_ended(at_terminal(*sheet.words), 0, "Nothing was changed.")
    assert_ended(at_terminal(*sheet.words, "--audience", "group"), 0, "Nothing was changed.")
    editor("")
    screen = at_terminal(*sheet.words, typed=[(GO_ON, "\n")])
    assert_ended(screen, 0, "書きかけ", "Stored.")


@pytest.mark.parametrize("left", ["", "x"])
def test_a_sheet_that_is_none_any_more_deletes_nothing(
    noted: Path, editor: Editor, left: str
) -> None:
    before = bodies()
    editor(f"text = {left!r}")
    assert_ended(at_terminal("record", "chiba-1", "--yes"), 0, "")
    assert bodies() == before
    assert [text for _type, text, _why in waiting(noted)] == ([left] if left else [])


@pytest.mark.parametrize("inside", [True, False])
def test_what_no_note_can_hold_waits(noted: Path, editor: Editor, inside: bool) -> None:
    editor(under("security", "a\0b") if inside else "text += 'a\\0b'")
    assert_ended(at_terminal("record", "chiba-1"), 0, "1 item waits")
    [(_type, text, reasons)] = waiting(noted)
    assert (text, "lost" in reasons) == ("a\0b", True)


def test_ctrl_c_in_the_editor_keeps_the_text_and_names_the_draft(
    noted: Path, editor: Editor
) -> None:
    editor(
        under("security", "大事な話")
        + "signal.signal(signal.SIGINT, signal.SIG_DFL)\n" + WRITES
        + "print('now', flush=True)\ntime.sleep(20)"
    )  # fmt: skip
    before = (noted / "fieldvisit.db").read_bytes()
    screen = on_terminal("record", "chiba-1", typed=[("now", "\x03")])
    assert_ended(screen, 130, "drafts/record-chiba-1.md")
    assert (noted / "fieldvisit.db").read_bytes() == before
    editor("")
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert "大事な話" in bodies()


def test_a_blank_name_of_an_editor_is_none(
    noted: Path, monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    editor(under("security", "話"))
    monkeypatch.setenv("VISUAL", " ")
    assert_ended(at_terminal("record", "chiba-1"), 0, "Stored.")
