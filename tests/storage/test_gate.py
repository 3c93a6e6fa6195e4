"""What the gate lets pass: heads by audience, the history behind them, and what search finds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from fieldvisit.actions.combine_notes import set_conflict
from fieldvisit.actions.confirm_answers import Said, set_confirmations
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.fieldwork.disclosure import may_see
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.text import normal

LEVELS = list(DISCLOSURES)
P = NoteFields


def seen(given_study: Settings, audience: str) -> tuple[Note, ...]:
    with reading(given_study.study().database) as connection:
        return gate.notes(connection, audience)


def history(given_study: Settings, note: Note, audience: str) -> list[tuple[int, str]]:
    with reading(given_study.study().database) as connection:
        found = gate.revisions(connection, audience, note.id)
        return [(revision.number, then.body) for revision, then in found]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_audience_reads_its_levels(field: Settings, audience: str) -> None:
    for level in LEVELS:
        add_note(field, "chiba-1", level, P(disclosure=level, tags=("札",), said_by="山田太郎"))
    expected = [level for level in LEVELS if may_see(level, audience)]
    assert [note.body for note in seen(field, audience)] == expected
    with reading(field.study().database) as connection:
        assert gate.held_back(connection, audience) == len(LEVELS) - len(expected)
    public = seen(field, audience)[0]
    if audience == "public":
        assert (public.by, public.tags, public.speaker) == ("", (), None)
    else:
        name = "山田太郎" if audience == "all" else ""
        found = public.by, public.tags, public.speaker and public.speaker.name
        assert found == ("t", ("札",), name)


@pytest.mark.parametrize("level", ["", "Public", "公表可", "nonsense", "public "])
def test_an_unknown_level_in_the_database_is_off_the_record(field: Settings, level: str) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="public"))
    with closing(sqlite3.connect(field.study().database)) as connection:
        connection.execute("UPDATE note SET disclosure = ?", (level,))
        connection.commit()
    assert seen(field, "public") == seen(field, "group") == ()
    assert [n.disclosure for n in seen(field, "all")] == ["off-record"]
    assert history(field, note, "group") == []


def test_an_unknown_audience_reads_nothing(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="public"))
    assert seen(field, "everybody") == ()
    assert history(field, note, "everybody") == []


@settings(max_examples=20)
@given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=6))
def test_the_history_never_shows_more_than_its_audience_may_read(
    fresh_field: Callable[[], Settings], levels: list[str]
) -> None:
    field = fresh_field()
    note = add_note(field, "chiba-1", "0", P(disclosure=levels[0]))
    for number, level in enumerate(levels[1:], 1):
        edit_note(field, note.handle, str(number), P(disclosure=level), reason="x")
    closed = max((n for n, level in enumerate(levels) if level == "off-record"), default=-1)
    for audience in AUDIENCES:
        shown = [
            n
            for n, level in enumerate(levels)
            if audience == "all"
            or (may_see(levels[-1], audience) and may_see(level, audience) and n > closed)
        ]
        assert history(field, note, audience) == [(at, str(n)) for at, n in enumerate(shown, 1)]
        with reading(field.study().database) as connection:
            head = gate.note(connection, audience, note.id)
        assert [head.number] * bool(shown) == [len(shown)] if head else not shown


def test_the_history_for_the_public_names_nobody(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="public", said_by="山田太郎", tags=("札",)))
    edit_note(field, note.handle, "y", P())
    with reading(field.study().database) as connection:
        for revision, then in gate.revisions(connection, "public", note.id):
            assert (revision.by, revision.body, then.by, then.tags) == ("", "", "", ())
            assert then.speaker is None


def test_a_deleted_note_is_read_when_asked_for_and_keeps_its_level(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="off-record"))
    delete_note(field, note.handle)
    assert seen(field, "all") == ()
    with reading(field.study().database) as connection:
        (found,) = gate.notes(connection, "all", gate.NotesAsked(deleted=True))
        assert found.deleted
        assert gate.notes(connection, "group", gate.NotesAsked(deleted=True)) == ()
        assert gate.note(connection, "all", note.id) == found
        assert gate.note(connection, "group", note.id) is None
        assert gate.held_back(connection, "group") == 0


def test_notes_stand_by_day_of_the_visit_else_as_of_then_as_entered(field: Settings) -> None:
    add_visits(field, ["25201"], VisitFields())
    add_note(field, "himeji-1", "24日", P())
    add_note(field, "otsu-1", "日付なし", P())
    add_note(field, "千葉市", "資料なし", P(kind="desk"))
    add_note(field, "千葉市", "令和元年10月", P(kind="desk", as_of="令和元年10月"))
    add_note(field, "千葉市", "22日", P(kind="desk", as_of="2019-10-22"))
    add_note(field, "千葉市", "2018年度", P(kind="desk", as_of="2018年度"))
    add_note(field, "chiba-1", "21日", P())
    add_note(field, "chiba-1", "21日つぎ", P())
    assert [note.body for note in seen(field, "all")] == [
        "2018年度", "令和元年10月", "21日", "21日つぎ", "22日", "24日", "日付なし", "資料なし",
    ]  # fmt: skip


def test_what_one_note_holds_does_not_stand_in_another(field: Settings) -> None:
    one = add_note(field, "chiba-1", "a", P(place="hiring", tags=("x", "y")))
    two = add_note(field, "chiba-1", "b", P(place="security", also=("other",), tags=("z",)))
    together = {note.id: note for note in seen(field, "all")}
    with reading(field.study().database) as connection:
        for note in (one, two):
            alone = gate.note(connection, "all", note.id)
            known = together[note.id]
            assert alone == known == replace(note, seq=known.seq, city_name="千葉市")


def test_what_was_asked_or_said_of_a_note_before_it_was_opened_stays_closed(
    field: Settings,
) -> None:
    closed = add_note(field, "chiba-1", "ひみつ", P(disclosure="confirm"))
    other = add_note(field, "chiba-1", "ほかの話", P(disclosure="public"))
    asked = ([closed.handle], "ok", "", Said("山田", "2019-11-10"))
    set_confirmations(field, "chiba-1", *asked, as_it_stands=True)
    edit_note(field, closed.handle, None, P(disclosure="off-record"))
    set_conflict(field, closed.handle, other.handle, "ひみつと違う")
    edit_note(field, closed.handle, "ひらいた話", P(disclosure="public"), "許可を得た")
    with reading(field.study().database) as connection:
        for audience, many in (("all", 1), ("group", 0), ("public", 0)):
            assert len(gate.confirmations(connection, audience)) == many
            assert (gate.confirmation(connection, audience, closed.id) is not None) == bool(many)
            assert len(gate.conflicts(connection, audience)) == many
    set_confirmations(field, "chiba-1", *asked, as_it_stands=True)
    set_conflict(field, closed.handle, other.handle, "数が違う")
    with reading(field.study().database) as connection:
        assert len(gate.confirmations(connection, "group")) == 1
        assert [one.why for one in gate.conflicts(connection, "group")] == ["数が違う"]
        assert len(gate.conflicts(connection, "public")) == 1


def test_an_opened_note_counts_as_new_on_the_day_on_which_it_was_opened(field: Settings) -> None:
    closed = add_note(field, "chiba-1", "ひみつの話", P(disclosure="off-record"))
    add_note(field, "chiba-1", "ほかの話", P(disclosure="public"))
    edit_note(field, closed.handle, "ひらいた話", P(disclosure="public"), "許可を得た")
    with reading(field.study().database) as connection:
        for audience in ("group", "public"):
            found = gate.search(connection, audience, ["話"])
            assert [note.body for note in found] == ["ひらいた話", "ほかの話"]
            assert gate.search(connection, audience, ["話"], limit=1) == found[:1]
            assert gate.notes(connection, audience) == found[::-1]
            (opened,) = (
                revision for revision, _ in gate.revisions(connection, audience, closed.id)
            )
            assert (opened.number, opened.at, opened.reason) == (1, found[0].created_at, "")
        assert gate.search(connection, "all", ["話"])[0].body == "ほかの話"


def found(given_study: Settings, *phrases: str, audience: str = "all") -> list[str]:
    with reading(given_study.study().database) as connection:
        return [note.body for note in gate.search(connection, audience, phrases)]


@settings(max_examples=15)
@given(st.lists(strategies.bodies, min_size=1, max_size=4), st.data())
def test_it_finds_what_brute_force_finds(
    fresh_field: Callable[[], Settings], texts: list[str], data: st.DataObject
) -> None:
    field = fresh_field()
    for text in texts:
        add_note(field, "chiba-1", text, P())
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    cut = text[start : start + data.draw(st.integers(1, 4))]
    for phrases in ([cut], [cut, data.draw(strategies.bodies)]):
        expected = [t for t in texts if all(normal(p) in normal(t) for p in phrases)]
        assert found(field, *phrases) == expected[::-1]


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("防災の職員", "防災"),
        ("防災の職員", "災"),
        ("ＲＰＡを導入", "rpa"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("か\u3099く", "がく"),
        ("𠮷野家", "𠮷"),
        ("改行\r\nのあと", "改行 の"),
        ("50% OR _x*", "% or _x*"),
        ('"引用"', '"'),
    ],
)
def test_a_phrase_is_found_as_people_see_it(field: Settings, body: str, phrase: str) -> None:
    add_note(field, "chiba-1", body, P())
    add_note(field, "chiba-1", "無関係", P())
    assert found(field, phrase) == [body]


def test_what_an_audience_may_not_see_is_not_found(field: Settings) -> None:
    add_note(field, "chiba-1", "ひみつ", P(disclosure="off-record"))
    gone = add_note(field, "chiba-1", "ひみつ2", P())
    delete_note(field, gone.handle)
    assert found(field, "ひみつ", audience="group") == []
    assert found(field, "ひみつ") == ["ひみつ"]
