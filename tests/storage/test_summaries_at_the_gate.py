"""Summaries pass the gate only to who may see, and might have seen, all on which they rest."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from msgspec.structs import replace

from fieldvisit.actions.make_study import add_study_group
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.summaries import delete_summary
from fieldvisit.actions.write_note import delete_note, edit_note, restore_note
from fieldvisit.fieldwork.disclosure import may_see, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import reading
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from summarised import noted, past, summed, texts

LEVELS = list(DISCLOSURES)
P = NoteFields


def gated(given: Settings, audience: str, **how: Any) -> list[Summary]:
    with reading(given.study().database) as connection:
        return list(gate.summaries(connection, audience, gate.NotesAsked(**how)))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("under", LEVELS)
@pytest.mark.parametrize("own", LEVELS)
def test_a_summary_is_as_closed_as_the_most_closed_under_it(
    field: Settings, audience: str, under: str, own: str
) -> None:
    note = noted(field, level=under)
    closest = max(under, own, key=LEVELS.index)
    summed(field, "要約", notes=[note.handle], level=closest)
    found = gated(field, audience)
    assert [one.disclosure for one in found] == [closest] * may_see(closest, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("since", LEVELS)
@pytest.mark.parametrize("first", LEVELS)
def test_a_summary_closes_with_a_note_under_it_and_does_not_open_with_it(
    field: Settings, audience: str, first: str, since: str
) -> None:
    note = noted(field, level=first)
    summed(field, "要約", notes=[note.handle])
    edit_note(field, note.handle, None, P(disclosure=since), "許可を得た")
    closest = max(first, since, key=LEVELS.index)
    found = gated(field, audience)
    assert [one.disclosure for one in found] == [closest] * may_see(closest, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("level", ["", "Public", "公表可", "nonsense"])
@pytest.mark.parametrize("table", ["note", "summary"])
def test_a_level_that_nobody_knows_is_off_the_record(
    field: Settings, audience: str, level: str, table: str
) -> None:
    noted(field, level="public")
    summed(field, "要約")
    with closing(sqlite3.connect(field.study().database)) as connection:
        connection.execute(f"UPDATE {table} SET disclosure = ?", (level,))
        connection.commit()
    assert [one.disclosure for one in gated(field, audience)] == ["off-record"] * (
        audience == "all"
    )


def test_an_unknown_audience_reads_nothing(field: Settings) -> None:
    noted(field, level="public")
    summed(field, "要約")
    assert gated(field, "everybody") == []
    with reading(field.study().database) as connection:
        assert gate.summary_revisions(connection, "everybody", "121002:ai-rpa/status") == ()


def test_the_public_learns_no_author_and_of_no_note_that_is_not_theirs(field: Settings) -> None:
    first, _second = noted(field, level="public"), noted(field, level="group")
    summed(field, "要約", notes=[first.handle])
    public, group = gated(field, "public")[0], gated(field, "group")[0]
    assert (public.by, group.by) == ("", "t")
    assert [one.note_id for one in public.seen] == [first.id]
    assert len(group.seen) == 2


def test_what_a_deleted_note_held_still_closes(field: Settings) -> None:
    closed, open_ = noted(field, level="off-record"), noted(field, level="public")
    summed(field, "要約", notes=[closed.handle, open_.handle])
    delete_note(field, closed.handle)
    assert gated(field, "group") == []
    restore_note(field, closed.handle)
    assert gated(field, "group") == []
    assert len(gated(field, "all")) == 1


def test_a_deleted_summary_is_read_when_asked_for(field: Settings) -> None:
    noted(field)
    summed(field, "要約")
    delete_summary(field, "ai-rpa/status", city="千葉市")
    assert gated(field, "all") == []
    assert [one.deleted for one in gated(field, "all", deleted=True)] == [True]
    assert gated(field, "public", deleted=True) == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("under", "own", "opened"),
    [("anonymous", None, True), ("public", "anonymous", False), ("public", "confirm", False)],
)
def test_an_anonymised_output_holds_what_may_be_published_without_names(
    field: Settings, audience: str, under: str, own: str | None, opened: bool
) -> None:
    """No city can agree to a summary, and a level that no note under it has is the author's."""
    noted(field, level=under)
    summed(field, "要約", level=own)
    assert len(gated(field, audience)) == (audience != "public")
    assert len(gated(field, audience, anonymised=True)) == (opened or audience != "public")


def test_a_study_group_gets_what_rests_on_its_notes_alone(field: Settings) -> None:
    for short in ("a", "b"):
        add_study_group(field, short, short)
    edit_visit(field, "chiba-1", VisitFields(study_groups=("a", "b")))
    noted(field, "皆", place="ai-rpa/status")
    noted(field, "aだけ", place="ai-rpa/effect", only_for=("a",))
    noted(field, "ほかのヒアリング", place="hiring", where="himeji-1")
    summed(field, "皆の要約")
    summed(field, "aの要約", "ai-rpa/effect")
    summed(field, "姫路の要約", "hiring", city="姫路市")
    summed(field, "全体", "ai-rpa", across=True)
    found = {short: [one.body for one in gated(field, "all", study_group=short)] for short in "ab"}
    assert found == {"a": ["皆の要約", "aの要約", "全体"], "b": ["皆の要約"]}


def test_the_group_never_reads_what_a_summary_held_while_it_was_closed(field: Settings) -> None:
    note = noted(field)
    summed(field, "開いた文", level="group")
    summed(field, "閉じた文", level="off-record")
    assert texts(field, "group") == past(field, "group") == []
    summed(field, "また開いた文", level="group")
    assert past(field, "group") == ["また開いた文"]
    assert past(field, "all") == ["開いた文", "閉じた文", "また開いた文"]
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    assert past(field, "group") == []


def test_a_summary_of_what_a_note_said_before_it_went_off_the_record_stays_closed(
    field: Settings,
) -> None:
    """The earlier revisions of a note that was opened again are for `all` alone; so is this."""
    note = noted(field, "名前を挙げた話", level="public")
    summed(field, "名前を挙げた要約")
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    edit_note(field, note.handle, "差し支えない話", P(disclosure="public"), "許可を得た")
    assert texts(field, "group") == texts(field, "public") == past(field, "group") == []
    assert texts(field, "all") == ["名前を挙げた要約"]
    summed(field, "差し支えない要約", level="public")
    assert texts(field, "public") == ["差し支えない要約"]
    assert past(field, "group") == ["差し支えない要約"]


def test_a_summary_written_since_the_note_was_opened_stays_open_when_the_note_changes(
    field: Settings,
) -> None:
    note = noted(field, level="off-record")
    edit_note(field, note.handle, "差し支えない話", P(disclosure="group"), "許可を得た")
    summed(field, "要約")
    edit_note(field, note.handle, "なお差し支えない話", P())
    assert texts(field, "group") == past(field, "group") == ["要約"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_note_that_was_only_seen_closes_nothing(field: Settings, audience: str) -> None:
    first, second = noted(field, level="public"), noted(field, level="public")
    summed(field, "要約", notes=[first.handle])
    edit_note(field, second.handle, None, P(disclosure="off-record"))
    assert texts(field, audience) == ["要約"]


BLANK = Summary(None, Address("hiring"), "", "public", "書き手")


def written(given: Settings, before: Summary, body: str, *notes: Note) -> Summary:
    """The summary with another text that rests on those notes, stored as a command stores it."""
    seen = tuple(SeenNote(note.id, note.revision, note.disclosure) for note in notes)
    held = strictest(["public", *(note.disclosure for note in notes)])
    with changing(given, "summary set") as (_look, change):
        return records.save(change, replace(before, body=body, disclosure=held, seen=seen))


def revised(given: Settings, audience: str) -> list[tuple[int, int, str]]:
    with reading(given.study().database) as connection:
        found = gate.summary_revisions(connection, audience, BLANK.id)
        return [(revision.number, then.number, then.body) for revision, then in found]


@pytest.mark.parametrize("level", ["public", "off-record"])
def test_a_revision_that_rested_on_what_is_off_the_record_leaves_no_gap(
    field: Settings, level: str
) -> None:
    """Neither its number tells that it was, nor that what stood before is missing."""
    open_note = noted(field, "話", "public", "hiring")
    other = noted(field, "別の話", level, "hiring")
    first = written(field, BLANK, "一", open_note)
    second = written(field, first, "二", open_note, other)
    written(field, second, "三", open_note)
    if level == "public":
        edit_note(field, other.handle, None, P(disclosure="off-record"))
    for audience in ("group", "public"):
        assert revised(field, audience) == [(1, 1, "一"), (2, 2, "三")]
    assert revised(field, "all") == [(1, 1, "一"), (2, 2, "二"), (3, 3, "三")]


def test_what_a_summary_held_until_it_was_opened_stays_closed(field: Settings) -> None:
    note = noted(field, "話", "public", "hiring")
    first = written(field, BLANK, "一", note)
    note = edit_note(field, note.handle, None, P(disclosure="off-record"))
    second = written(field, first, "二", note)
    note = edit_note(field, note.handle, None, P(disclosure="public"), "許可を得た")
    written(field, second, "三", note)
    assert revised(field, "group") == revised(field, "public") == [(1, 1, "三")]
    assert [number for number, _then, _body in revised(field, "all")] == [1, 2, 3]
