from msgspec.structs import replace

from exchange.record_sheets import MIX, SHEET
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.rebase import filled, in_place, rebase
from fieldvisit.fieldwork.record.sheet import Person, ReadBlock, ReadSheet, RecordSheet
from fieldvisit.fieldwork.visit import OURS

ROWS = (Person("情報経営部", "課長", "山田"), Person("", "", "鈴木", OURS))
FIRST = filled(SHEET).blocks[0]


def read_as(*blocks: ReadBlock) -> ReadSheet:
    return ReadSheet(SHEET.visit_id, ROWS, (*blocks, filled(SHEET).blocks[1]))


def with_first(**other: str) -> RecordSheet:
    section = SHEET.sections[1]
    first = replace(section.notes[0], revision="r9", **other)
    section = replace(section, notes=(first, *section.notes[1:]))
    return replace(SHEET, sections=(SHEET.sections[0], section, *SHEET.sections[2:]))


def test_a_sheet_that_nobody_touched_is_carried_over_as_it_is() -> None:
    assert rebase(SHEET, read_as(FIRST), SHEET) == filled(SHEET)


def test_both_sides_agreeing_is_no_conflict() -> None:
    draft = rebase(SHEET, read_as(replace(FIRST, body="同じ")), with_first(body="同じ"))
    assert draft.blocks[0].body == "同じ"
    assert draft.shown == with_first(body="同じ")


def test_a_conflict_of_disclosure_keeps_the_persons_and_tells_the_other() -> None:
    mine = replace(FIRST, disclosure="group")
    draft = rebase(SHEET, read_as(mine), with_first(disclosure="off-record"))
    assert draft.blocks[0].disclosure == "group"
    assert "【off the record】" in draft.shown.sections[1].notes[0].remarks


def test_a_note_that_was_moved_here_and_rewritten_there_is_both() -> None:
    mine = replace(FIRST, address=Address("security"))
    draft = rebase(SHEET, read_as(mine), with_first(body="別の人"))
    (block,) = in_place(draft.blocks, Address("security"))
    assert block.body == "別の人"
    assert [b.handle for b in in_place(draft.blocks, MIX)] == ["aaaabbbbcc"]


def test_a_paragraph_keeps_the_disclosure_that_its_writer_saw() -> None:
    typed = ReadBlock(Address("security"), "", "", "", "鍵")
    sections = tuple(replace(s, usual="public") for s in SHEET.sections)
    draft = rebase(SHEET, read_as(FIRST, typed), replace(SHEET, sections=sections))
    (block,) = in_place(draft.blocks, Address("security"))
    assert block.disclosure == "off-record"
