"""Drafts of `record`: kept, private, offered again, and set against what others changed."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from cli.harness import Editor, at_terminal, meanwhile
from cli.recorded import GO_ON, assert_ended, bodies, drafts, notes, under, waiting
from fieldvisit.settings import Study
from fieldvisit.study.drafts import drafts as all_drafts
from fieldvisit.study.drafts import offered


def test_a_kept_draft_that_is_declined_stays_beside_the_new_sheet(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "前の話") + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
    at_terminal("record", "chiba-1")
    editor(under("security", "今の話"))
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "n\n")]), 0, "Stored.")
    assert "今の話" in bodies()
    assert "前の話" not in bodies()
    assert "前の話" in (noted / "drafts" / "record-chiba-1.md").read_text("utf-8")
    editor("")
    assert_ended(at_terminal("record", "chiba-1", "--yes"), 0, "Stored.")
    assert {"前の話", "今の話"} <= set(bodies())


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_a_note_that_somebody_else_changed_meanwhile_waits_with_my_text(
    noted: Path, editor: Editor, what: str
) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    words = [note["handle"], *(["別の人の文。"] if what == "edit" else [])]
    editor(
        meanwhile("note", what, *words)
        + "text = text.replace('効果を測っている。', '私の文。')\n"
        + under("security", "ほかの話")
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "added 1", "waiting 1", "1 item waits")
    assert ("別の人の文。" in bodies()) is (what == "edit")
    assert "ほかの話" in bodies()
    assert waiting(noted) == [("change", "私の文。", ("changed",))]
    assert drafts(noted) == []


def test_what_both_changed_alike_and_what_was_left_alone_does_not_wait(
    noted: Path, editor: Editor
) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    editor(
        meanwhile("note", "edit", note["handle"], "同じ文。")
        + "text = text.replace('効果を測っている。', '同じ文。')\n"
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    editor(meanwhile("note", "edit", note["handle"], "次の文。"))
    assert_ended(at_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert waiting(noted) == []


def test_a_draft_that_somebody_is_working_on_is_offered_to_nobody_else(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "一人目の話") + "path.write_text(text, encoding='utf-8')\nsys.exit(1)")
    assert_ended(at_terminal("record", "chiba-1"), 1, "drafts/record-chiba-1.md")
    [first] = all_drafts(Study(noted))
    before = first.path.read_bytes()
    with closing(offered(Study(noted), first.purpose)) as held:
        assert next(held) == first
        editor(under("security", "二人目の話"))
        assert_ended(at_terminal("record", "chiba-1"), 0, "added 1", "Stored.")
        assert first.path.read_bytes() == before
    assert "二人目の話" in bodies()
    editor("")
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert {"一人目の話", "二人目の話"} < set(bodies())
    assert list((noted / "drafts").iterdir()) == []


def test_a_crash_after_storing_leaves_no_second_offer_unless_somebody_wrote_on(
    noted: Path, editor: Editor, tmp_path: Path
) -> None:
    copy = f"import shutil; shutil.copytree(path.parent, {str(tmp_path / 'kept')!r})"
    editor(under("security", "一つ目") + f"path.write_text(text, encoding='utf-8')\n{copy}")
    assert_ended(at_terminal("record", "chiba-1"), 0, "Stored.")
    shutil.copytree(tmp_path / "kept", noted / "drafts", dirs_exist_ok=True)
    editor("")
    assert_ended(at_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert bodies().count("一つ目") == 1
    shutil.copytree(tmp_path / "kept", noted / "drafts", dirs_exist_ok=True)
    draft = noted / "drafts" / "record-chiba-1.md"
    draft.write_text(draft.read_text("utf-8").replace("一つ目", "一つ目\n\n二つ目"), "utf-8")
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "二つ目", "Stored.")


def test_a_draft_in_one_language_is_stored_in_the_other(noted: Path, editor: Editor) -> None:
    editor(under("security", "話") + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
    at_terminal("--lang", "ja", "record", "chiba-1")
    editor("")
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")


def test_each_draft_is_offered_in_turn_the_newest_first(noted: Path, editor: Editor) -> None:
    for text, answers in (("古い話", []), ("新しい話", [(GO_ON, "n\n")])):
        editor(under("security", text) + "path.write_text(text, encoding='utf-8'); sys.exit(1)")
        at_terminal("record", "chiba-1", typed=answers)
    editor("")
    screen = at_terminal("record", "chiba-1", typed=[(GO_ON, "n\n"), (GO_ON, "y\n")])
    assert_ended(screen, 0, "Stored.")
    assert "古い話" in bodies()
    assert "record-chiba-1.2.md" in drafts(noted)
    assert "record-chiba-1.md" not in drafts(noted)
