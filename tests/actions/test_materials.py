"""Materials of a visit: numbered, copied or named, and closed where they are off the record."""

import hashlib
from pathlib import Path

import pytest

from fieldvisit.actions.materials import add_material, materials
from fieldvisit.actions.show import note as read_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.documents import wordings
from fieldvisit.errors import BadText, NotFound, Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing

P = NoteFields


def material(title: str = "組織図", **more: str) -> Material:
    return Material("", 0, title, **more)  # type: ignore[arg-type] # text alone


def labels(given: Settings, audience: str = "all", visit: str = "chiba-1") -> list[int]:
    return [found.label for found in materials(given, visit, audience)[0]]


def test_materials_are_numbered_by_visit_and_no_number_is_given_again(field: Settings) -> None:
    assert add_material(field, "chiba-1", material(), None).label == 1
    assert add_material(field, "chiba-1", material("要綱"), None).label == 2
    assert add_material(field, "himeji-1", material("要綱"), None).label == 1
    undo(field)
    undo(field)
    assert labels(field) == [1]
    assert add_material(field, "chiba-1", material("規程"), None).label == 3


def test_a_file_is_copied_whole_and_privately_with_its_hash(
    field: Settings, tmp_path: Path
) -> None:
    source = tmp_path / "../資料 １:?.pdf".replace("../", "")
    source.write_bytes(b"%PDF \x00 data")
    found = add_material(field, "chiba-1", material(), source)
    copy = field.study().folder / found.file
    assert copy.read_bytes() == source.read_bytes()
    assert found.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert found.named == source.name
    assert copy.parent == field.study().materials
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_that_is_not_there_is_refused_and_nothing_is_entered(
    field: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"none\.pdf"):
        add_material(field, "chiba-1", material(), tmp_path / "none.pdf")
    with pytest.raises(BadText):
        add_material(field, "chiba-1", material(" "), None)
    assert labels(field) == []


def test_a_file_too_large_to_keep_is_only_named(
    field: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "録画.mp4"
    source.write_bytes(b"x" * 11)
    named = material(named="書庫の棚2")
    assert add_material(field, "chiba-1", named, source).named == "書庫の棚2"
    monkeypatch.setattr("fieldvisit.actions.materials.LARGEST_FILE", 10)
    with pytest.raises(Refused, match=r"録画\.mp4 cannot be read: it is larger") as refused:
        add_material(field, "chiba-1", named, source)
    assert "--named" in refused.value.hint
    assert labels(field) == [1]


def test_a_note_names_material_and_page(field: Settings) -> None:
    add_material(field, "chiba-1", material(), None)
    found = add_note(field, "chiba-1", "三課ある。", P(place="3/1", material=1, page="7"))
    assert (found.material, found.page) == (1, "7")
    assert "material 1 p.7" in wordings.statement(found)
    with pytest.raises(NotFound, match="2"):
        add_note(field, "chiba-1", "x", P(material=2))
    with pytest.raises(NotFound):
        add_note(field, "千葉市", "x", P(kind="desk", material=1))
    assert edit_note(field, found.handle, None, P(material=0, page="")).material == 0


def test_an_off_record_material_leaves_no_trace_on_notes_and_lists(field: Settings) -> None:
    add_material(field, "chiba-1", material("内部資料", disclosure="off-record"), None)
    add_material(field, "chiba-1", material("公開資料", disclosure="public"), None)
    found = add_note(field, "chiba-1", "話", P(place="3/1", material=1, page="7"))
    assert labels(field, "group") == labels(field, "public") == [2]
    for audience in ("group", "public"):
        seen = [n for n in notes_for(field, audience) if n.handle == found.handle]
        assert all((note.material, note.page) == (0, "") for note in seen)
    assert read_note(field, found.handle, "all")[0].material == 1


def notes_for(given: Settings, audience: str) -> list[Note]:
    with viewing(given, audience) as view:
        return list(view.notes)
