"""What the gate lets pass of the past of a summary."""

import pytest
from msgspec.structs import replace

from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import reading
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields

P = NoteFields
BLANK = Summary(None, Address("hiring"), "", "public", "書き手")


def written(given: Settings, before: Summary, body: str, *notes: Note) -> Summary:
    """The summary with another text that rests on those notes, stored as a command stores it."""
    seen = tuple(SeenNote(note.id, note.revision, note.disclosure) for note in notes)
    held = strictest(["public", *(note.disclosure for note in notes)])
    with changing(given, "summary set") as (_look, change):
        return records.save(change, replace(before, body=body, disclosure=held, seen=seen))


def history(given: Settings, audience: str) -> list[tuple[int, int, str]]:
    with reading(given.study().database) as connection:
        found = gate.summary_revisions(connection, audience, BLANK.id)
        return [(revision.number, then.number, then.body) for revision, then in found]


@pytest.mark.parametrize("level", ["public", "off-record"])
def test_a_revision_that_rested_on_what_is_off_the_record_leaves_no_gap(
    field: Settings, level: str
) -> None:
    """Neither its number tells that it was, nor that what stood before is missing."""
    open_note = add_note(field, "chiba-1", "話", P(place="hiring", disclosure="public"))
    other = add_note(field, "chiba-1", "別の話", P(place="hiring", disclosure=level))
    first = written(field, BLANK, "一", open_note)
    second = written(field, first, "二", open_note, other)
    written(field, second, "三", open_note)
    if level == "public":
        edit_note(field, other.handle, None, P(disclosure="off-record"))
    for audience in ("group", "public"):
        assert history(field, audience) == [(1, 1, "一"), (2, 2, "三")]
    assert history(field, "all") == [(1, 1, "一"), (2, 2, "二"), (3, 3, "三")]


def test_what_a_summary_held_until_it_was_opened_stays_closed(field: Settings) -> None:
    note = add_note(field, "chiba-1", "話", P(place="hiring", disclosure="public"))
    first = written(field, BLANK, "一", note)
    note = edit_note(field, note.handle, None, P(disclosure="off-record"))
    second = written(field, first, "二", note)
    note = edit_note(field, note.handle, None, P(disclosure="public"), "許可を得た")
    written(field, second, "三", note)
    assert history(field, "group") == history(field, "public") == [(1, 1, "三")]
    assert [number for number, _then, _body in history(field, "all")] == [1, 2, 3]
