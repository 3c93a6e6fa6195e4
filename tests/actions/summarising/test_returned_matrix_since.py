"""What happened to notes and summaries while a comparison was out: nobody's text is lost."""

from pathlib import Path

import pytest

from fieldvisit.actions.summarising.write_summary import delete_summary
from fieldvisit.actions.write_note import delete_note, edit_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from matrix_files import came_back, exported, ready_to_export
from summarised import PLACE, listed, noted, past, summed, texts, why_stale

P = NoteFields


@pytest.fixture
def ready(field: Settings) -> Settings:
    return ready_to_export(field)


def test_what_was_changed_meanwhile_is_no_conflict_where_nobody_touched_it(
    ready: Settings, tmp_path: Path
) -> None:
    path = exported(ready).saved(tmp_path / "a.csv")
    summed(ready, "別の人が直した")
    found = came_back(ready, path)
    assert (found.stored, found.unchanged, found.strays) == ((), 1, ())
    delete_summary(ready, PLACE, city="千葉市")
    found = came_back(ready, path)
    assert (found.stored, found.strays) == ((), ())
    assert texts(ready) == []


@pytest.mark.parametrize("level", ["", "off-record"])
def test_a_text_for_a_summary_that_was_changed_meanwhile_is_kept_apart(
    ready: Settings, tmp_path: Path, level: str
) -> None:
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "私の文"
    sheet.row("姫路市")["summary"] = "姫路の文"
    path = sheet.saved(tmp_path / "a.csv")
    summed(ready, "別の人の文", level=level)
    summed(ready, "先に書いた", "ai-rpa", city="姫路市")
    found = came_back(ready, path)
    assert {stray.text for stray in found.strays} == {"私の文", "姫路の文"}
    assert all("meanwhile" in stray.why for stray in found.strays)
    assert not any("別の人の文" in stray.why for stray in found.strays)
    assert sorted(texts(ready)) == ["先に書いた", "別の人の文"]
    delete_summary(ready, PLACE, city="千葉市")
    assert "deleted meanwhile" in came_back(ready, path).strays[0].why


def test_what_came_or_changed_since_makes_it_stale_at_once(ready: Settings, tmp_path: Path) -> None:
    kept, gone, moved, closed = (noted(ready, f"話{n}", "public") for n in range(4))
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "新しい文"
    path = sheet.saved(tmp_path / "a.csv")
    new = noted(ready, "あとから")
    noted(ready, "あとからの所見", kind="remark")
    edit_note(ready, kept.handle, "直した", P())
    edit_note(ready, moved.handle, None, P(place="hiring"))
    edit_note(ready, closed.handle, None, P(disclosure="group"))
    delete_note(ready, gone.handle)
    assert len(came_back(ready, path).stored) == 1
    assert why_stale(ready)["新しい文"] == {
        ("changed", kept.handle), ("gone", gone.handle), ("moved", moved.handle),
        ("level", closed.handle), ("new", new.handle),
    }  # fmt: skip
    assert [one.summary.disclosure for one in listed(ready)] == ["group"]


def test_a_file_for_the_public_rests_on_what_it_showed(ready: Settings, tmp_path: Path) -> None:
    hidden = noted(ready, "関係者だけの話", "group")
    sheet = exported(ready, audience="public")
    sheet.row("千葉市", "status")["summary"] = "公表の文"
    summary = sheet.row("千葉市", "status")
    assert hidden.handle not in summary["tag"]
    came_back(ready, sheet.saved(tmp_path / "a.csv"))
    assert why_stale(ready)["公表の文"] == {("new", hidden.handle)}
    assert why_stale(ready, "public")["公表の文"] == set()


def test_a_note_that_went_off_the_record_since_closes_the_summary(
    ready: Settings, tmp_path: Path
) -> None:
    note = noted(ready, "名前を挙げた話", "public")
    sheet = exported(ready)
    sheet.row("千葉市", "status")["summary"] = "名前を挙げた文"
    path = sheet.saved(tmp_path / "a.csv")
    edit_note(ready, note.handle, None, P(disclosure="off-record"))
    came_back(ready, path)
    assert "名前を挙げた文" in texts(ready)
    assert "名前を挙げた文" not in texts(ready, "group")
    edit_note(ready, note.handle, "差し支えない話", P(disclosure="public"), "許可")
    assert "名前を挙げた文" not in (*texts(ready, "group"), *past(ready, "group"))
