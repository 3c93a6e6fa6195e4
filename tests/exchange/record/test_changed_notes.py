"""Notes that stood on a record sheet: changed, moved, taken out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.record_read import (
    PARAGRAPHS,
    SECURITY,
    UNSORTED,
    block_of,
    found,
    nothing_but_unchanged,
    under,
)
from exchange.record_sheets import MIX, SHEET, sheets
from fieldvisit.documents.record_sheet import write
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.changes import SheetChanges
from fieldvisit.fieldwork.record.sheet import RecordSheet, SheetNote, SheetSection, settled


@given(sheets().filter(lambda s: any(s.placed_notes())), PARAGRAPHS, st.data())
def test_a_new_text_in_one_note_changes_that_note_alone(
    sheet: RecordSheet, body: str, data: st.DataObject
) -> None:
    _at, note = data.draw(st.sampled_from(list(sheet.placed_notes())))
    pattern = rf"(?<=^<!-- note {note.handle} -->\n).*?(?=\n<!-- end -->$)"
    text = re.sub(pattern, lambda _m: body, write(sheet), flags=re.DOTALL | re.MULTILINE)
    result = found(text, sheet)
    if body == settled(note.body):
        assert nothing_but_unchanged(sheet, result)
        return
    (change,) = result.changed
    assert (change.note, change.body, change.kind) == (note, body, note.kind)
    assert change.disclosure == note.disclosure
    assert len(result.unchanged) == len(list(sheet.placed_notes())) - 1
    assert result == SheetChanges(changed=result.changed, unchanged=result.unchanged)


def test_another_mark_alone_leaves_the_stored_body_as_it_is() -> None:
    raw = "  # 一行目 \r\n\r\n二行目\t\n"
    sections = (SheetSection(MIX, "q", (), (SheetNote("k3f9x2m4qa", "r", raw, "quote", "group"),)),)
    shown = replace(SHEET, sections=sections)
    text = write(shown).replace("【group only】", "【オフレコ】")
    (change,) = found(text, shown).changed
    assert (change.body, change.kind, change.disclosure) == (raw, "quote", "off-record")


def test_a_mark_that_was_taken_out_changes_nothing() -> None:
    text = write(SHEET).replace("【statement】【off the record】", "")
    assert nothing_but_unchanged(SHEET, found(text))


def test_a_note_under_another_heading_is_moved() -> None:
    text = write(SHEET)
    block = block_of(text, "k3f9x2m4qa")
    result = found(under(SECURITY, block, text.replace(block, "")))
    (move,) = result.moved
    assert (move.note.handle, move.was_at, move.address) == (
        "k3f9x2m4qa", MIX, Address("security")
    )  # fmt: skip
    assert result == SheetChanges(moved=result.moved, unchanged=result.unchanged)


def test_a_note_moved_and_rewritten_is_one_change() -> None:
    text = write(SHEET)
    block = block_of(text, "k3f9x2m4qa")
    text = under(UNSORTED, block.replace("12名", "13名"), text.replace(block, ""))
    result = found(text)
    (change,) = result.changed
    assert change.moved
    assert change.body == "職員は13名\n\nうち専門職2名"
    assert result.moved == ()


@pytest.mark.parametrize("left", ["", "<!-- note k3f9x2m4qa -->\n【発言】\n<!-- end -->\n"])
def test_a_note_taken_out_or_emptied_is_removed(left: str) -> None:
    text = write(SHEET)
    result = found(text.replace(block_of(text, "k3f9x2m4qa"), left))
    assert [note.handle for note in result.removed] == ["k3f9x2m4qa"]
    assert [note.handle for note in result.unchanged] == ["aaaabbbbcc"]
