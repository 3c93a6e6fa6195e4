"""What is not clear on a sheet: off the record if in doubt, and named if out of place."""

import pytest
from msgspec.structs import replace

from actions.recording.stored_sheets import stored
from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.actions.recording.store_sheets import store_sheets
from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Row, Where
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from returned import filled_page, filled_table, page_for, prepared, reading_of, tag_at

P = NoteFields


@pytest.mark.parametrize(
    ("text", "kind", "level", "body"),
    [
        ("【オフレコ】実は", "statement", "off-record", "実は"),
        ("【発言】【匿名】足りない", "quote", "anonymous", "足りない"),
        ("・オフレコ：実は", "statement", "off-record", "・オフレコ：実は"),
        ("実は足りない（オフレコ）", "statement", "off-record", "実は足りない（オフレコ）"),
        ("ふつうの話", "statement", "confirm", "ふつうの話"),
    ],
)
def test_marks_are_understood_and_doubt_is_off_the_record(
    field: Settings, text: str, kind: str, level: str, body: str
) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {tag_at(found, "ai-rpa/status"): text})
    (note,) = stored(field, found, page).added
    assert (note.kind, note.disclosure, note.body) == (kind, level, body)


def test_text_in_the_wrong_place_is_named_and_never_dropped(field: Settings) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {tag_at(found, "ai-rpa/status"): "箱の中"})
    at = next(i for i, line in enumerate(page.lines) if line.text == "箱の中")
    lines = (
        Line("表紙の話", Where("sheet.docx", "paragraph", 1)),
        *page.lines[: at + 1],
        Line("箱の外の話", Where("sheet.docx", "paragraph", 99)),
        Line("消した話", Where("sheet.docx", "paragraph", 100), apart="struck"),
        *page.lines[at + 1 :],
    )
    result = stored(field, found, ReturnedPage(lines, page.sheet))
    assert {stray.text for stray in result.strays} == {"表紙の話", "箱の外の話", "消した話"}
    assert [note.body for note in result.added] == ["箱の中"]


def test_a_sheet_cannot_open_what_was_off_the_record(field: Settings) -> None:
    from fieldvisit.documents import field_grid

    note = add_note(field, "chiba-1", "内緒", P(place="ai-rpa/effect", disclosure="off-record"))
    found = prepared(field, audience="all")
    tag = note_tag(found.visit.id, note.handle, note.revision)
    table = filled_table(field_grid.grid(found), {tag: {"disclosure": "公表可"}})
    result = store_sheets(field, reading_of(found, table), Arrival())
    assert (len(result.strays), result.changed) == (1, ())


def test_a_row_added_below_a_question_belongs_to_it_and_a_lost_one_is_named(
    field: Settings,
) -> None:
    from fieldvisit.documents import field_grid

    found = prepared(field)
    table = filled_table(field_grid.grid(found), {})
    tag = tag_at(found, "ai-rpa/status")
    at = next(i for i, row in enumerate(table.rows) if row.cells["tag"] == tag)
    added = Row(Where("sheet.xlsx", "row", 90), {"answer": "足した話"})
    lost = Row(Where("sheet.xlsx", "row", 91), {"number": "9/9", "state": "回答差控え"})
    rows = (*table.rows[: at + 1], added, lost, *table.rows[at + 1 :])
    result = store_sheets(field, reading_of(found, replace(table, rows=rows)), AT_THE_VISIT)
    assert [(str(n.places[0]), n.body) for n in result.added] == [("ai-rpa/status", "足した話")]
    assert [stray.text for stray in result.strays] == ["9/9 回答差控え"]
