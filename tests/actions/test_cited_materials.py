"""Memos that name materials which the visit does not have."""

from fieldvisit.actions.materials import add_material
from fieldvisit.actions.recording.memos import StoredMemo, store_memo
from fieldvisit.fieldwork.memo.paragraphs import read_memo
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings

TEXT = "効果は300時間。（資料1 p.7）"


def stored(given: Settings, *texts: str) -> StoredMemo:
    lines = [Line(text, Where("memo.md", "line", n)) for n, text in enumerate(texts, 1)]
    return store_memo(given, "chiba-1", read_memo(styled(lines)).paragraphs)


def said(note: Note) -> tuple[str, str, int, str]:
    return note.body, note.kind, note.material, note.page


def test_a_paragraph_that_names_a_missing_material_is_stored_as_it_is(field: Settings) -> None:
    found = stored(field, TEXT, "", f"【発言】足りない。{TEXT}", "", "【資料3】話。")
    assert not found.refused
    assert [said(note) for note in found.stored] == [
        (TEXT, "statement", 0, ""),
        (f"足りない。{TEXT}", "quote", 0, ""),
        ("【資料3】話。", "statement", 0, ""),
    ]
    assert [why.sentence for why in found.missing] == [
        "There is no material 1 of chiba-1.",
        "There is no material 3 of chiba-1.",
    ]
    assert "fieldvisit material add chiba-1" in found.missing[0].hint


def test_the_same_memo_changes_nothing_before_and_after_the_material_is_entered(
    field: Settings,
) -> None:
    assert len(stored(field, TEXT).stored) == 1
    assert len(stored(field, TEXT).unchanged) == 1
    add_material(field, "chiba-1", Material("", 0, "計画"), None)
    found = stored(field, TEXT, "", TEXT)
    assert [said(note) for note in found.stored] == [("効果は300時間。", "statement", 1, "7")]
    assert len(found.unchanged) == 1
    assert found.missing == ()


def test_the_missing_material_of_a_heading_is_kept_as_a_tag(field: Settings) -> None:
    [note] = stored(field, "題", "", "## 効果【資料1 p.7】", "300時間。").stored[1:]
    assert (note.body, note.material, note.tags) == ("300時間。", 0, ("効果", "material 1 p.7"))
    assert len(stored(field, "## 効果【資料1 p.7】", "300時間。").unchanged) == 1
