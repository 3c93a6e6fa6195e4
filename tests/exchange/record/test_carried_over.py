"""A draft of a record sheet, carried over to what others have stored meanwhile."""

import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.record_read import HIRING, SECURITY, block_of, nothing_but_unchanged, under
from exchange.record_sheets import BODIES, DISCLOSURE, KIND, MIX, PLACES, SHEET, sheets
from fieldvisit.documents.record_sheet import write, write_filled
from fieldvisit.exchange.record.sheet import read, rebased
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.changes import SheetChanges, changes
from fieldvisit.fieldwork.record.sheet import (
    ReadBlock,
    RecordSheet,
    SheetNote,
    SheetSection,
    settled,
)


def with_note(body: str, **other: str) -> RecordSheet:
    """Return the sheet as somebody else left it: the first note changed."""
    sections = list(SHEET.sections)
    first, second = sections[1].notes
    note = replace(first, revision="r9", body=body, **other)
    sections[1] = replace(sections[1], notes=(note, second))
    return replace(SHEET, sections=tuple(sections))


def carried(text: str, now: RecordSheet) -> tuple[str, SheetChanges]:
    draft = rebased(text, SHEET, now)
    again = write_filled(draft)
    return again, changes(draft.shown, read(again, draft.shown))


def test_a_conflict_keeps_the_persons_text_and_shows_the_other_above_it() -> None:
    text = under(HIRING, "新しい", write(SHEET).replace("12名", "13名"))
    again, result = carried(text, with_note("職員は20名\n\n増えた"))
    assert "now: 【quote】【to be confirmed】職員は20名" in again
    assert "now: 増えた" in again
    assert again.index("職員は20名") < again.index("<!-- note k3f9x2m4qa -->")
    (change,) = result.changed
    assert (change.note.body, change.body) == (
        "職員は20名\n\n増えた",
        "職員は13名\n\nうち専門職2名",
    )
    assert change.note.revision == "r9"
    assert [block.body for block in result.added] == ["新しい"]
    assert result.removed == ()


def test_what_only_one_side_changed_is_taken_from_that_side() -> None:
    text = write(SHEET).replace("【quote】【to be", "【オフレコ】【quote】【to be").replace(
        "【オフレコ】【quote】【to be confirmed】", "【オフレコ】【quote】"
    )  # fmt: skip
    again, result = carried(text, with_note("職員は20名"))
    assert "now:" not in again
    (change,) = result.changed
    assert (change.body, change.disclosure) == ("職員は20名", "off-record")


def test_a_note_left_alone_follows_and_a_new_one_appears() -> None:
    now = with_note("職員は20名")
    new = SheetNote("newnewnewn", "r", "後から", "statement", "confirm")
    now = replace(now, sections=(replace(now.sections[0], notes=(new,)), *now.sections[1:]))
    again, result = carried(write(SHEET), now)
    assert "<!-- note newnewnewn -->" in again
    assert nothing_but_unchanged(now, result)


def test_the_text_of_a_note_deleted_meanwhile_stands_as_a_new_one() -> None:
    now = replace(SHEET, sections=tuple(replace(s, notes=()) for s in SHEET.sections))
    again, result = carried(write(SHEET).replace("12名", "13名"), now)
    assert "k3f9x2m4qa was deleted meanwhile" in again
    (block,) = result.added
    assert (block.address, block.kind, block.body) == (MIX, "quote", "職員は13名\n\nうち専門職2名")


def test_a_removal_stays_unless_the_note_was_changed_meanwhile() -> None:
    text = write(SHEET)
    text = text.replace(block_of(text, "k3f9x2m4qa"), "")
    _again, result = carried(text, SHEET)
    assert [note.handle for note in result.removed] == ["k3f9x2m4qa"]
    again, result = carried(text, with_note("職員は20名"))
    assert "taken this note out" in again
    assert result.removed == ()


def test_text_under_a_heading_that_is_gone_stands_unsorted() -> None:
    now = replace(SHEET, sections=(SHEET.sections[1],))
    again, result = carried(under(SECURITY, "鍵の話"), now)
    assert "security is no longer on this sheet" in again
    (block,) = result.added
    assert (block.address, block.body, block.disclosure) == (None, "鍵の話", "off-record")


def test_a_changed_table_stays_and_the_others_is_told() -> None:
    now = replace(SHEET, people=SHEET.people[:1])
    again, result = carried(write(SHEET).replace("部 | 課長", "部 | 部長"), now)
    assert "now: 情報経営部 課長 山田" in again
    assert result.people is not None
    assert [person.position for person in result.people] == ["部長", ""]


@st.composite
def changed_by_others(draw: st.DrawFn, sheet: RecordSheet) -> RecordSheet:
    sections = []
    for section in sheet.sections:
        notes = [
            replace(note, revision="r2", body=draw(BODIES), kind=draw(KIND))
            if draw(st.booleans())
            else note
            for note in section.notes
            if draw(st.integers(0, 3))
        ]
        sections.append(replace(section, notes=tuple(notes), usual=draw(DISCLOSURE)))
    kept = [s for s in sections if s.address is None or draw(st.integers(0, 4))]
    return replace(sheet, sections=tuple(kept))


@given(sheets(), st.data())
def test_nothing_typed_is_lost_and_no_disclosure_changes_when_a_draft_is_carried_over(
    before: RecordSheet, data: st.DataObject
) -> None:
    text = write(before)
    typed = set()
    for number, (_at, note) in enumerate(before.placed_notes()):
        if data.draw(st.booleans()):
            pattern = rf"(?<=^<!-- note {note.handle} -->\n).*?(?=\n<!-- end -->$)"
            text = re.sub(pattern, f"mine {number}", text, flags=re.DOTALL | re.MULTILINE)
            typed.add(f"mine {number}")
    for number, section in enumerate(before.sections):
        heading = re.search(
            rf"^##.*{{{re.escape(str(section.address or 'unsorted'))}}}$", text, re.MULTILINE
        )
        assert heading
        text = f"{text[: heading.end()]}\nnew {number}\n{text[heading.end() :]}"
    wanted = changes(before, read(text, before))
    draft = rebased(text, before, data.draw(changed_by_others(before)))
    result = changes(draft.shown, read(write_filled(draft), draft.shown))
    bodies = {change.body for change in result.changed} | {b.body for b in result.added}
    assert typed <= bodies
    levels = {block.body: block.disclosure for block in result.added}
    assert {b.body: b.disclosure for b in wanted.added}.items() <= levels.items()
    assert result.removed == ()


@given(BODIES, st.sampled_from(PLACES))
def test_any_new_note_survives_writing_a_draft_again(body: str, place: Address | None) -> None:
    shown = replace(SHEET, sections=tuple(SheetSection(p, "x") for p in PLACES))
    draft = rebased(write(shown), shown, shown)
    block = ReadBlock(place, "", "quote", "", settled(body))
    again = read(write_filled(replace(draft, blocks=(block,))), shown)
    (got,) = again.blocks
    assert (got.address, got.kind, got.disclosure) == (place, "quote", "")
    assert settled(got.body) == settled(body)
