"""Notes that contradict each other: said, revised, taken back; and who may know of it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from conftest import Fresh
from examples import examples
from fieldvisit.actions.combine_notes import combine_notes, notes_together
from fieldvisit.actions.note_conflicts import clear_conflict, set_conflict
from fieldvisit.actions.show import changes, history, note, notes
from fieldvisit.actions.sort_notes import (
    Step,
    drop_note,
    file_note,
    join_notes,
    note_now,
    open_desk,
    split_note,
    unsorted,
)
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import BadText, Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.splitting import cuts
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, NoteFilter
from fieldvisit.study.view import viewing

P = NoteFields
Two = tuple[Note, Note]


@pytest.fixture
def two(field: Settings) -> Two:
    first = add_note(field, "chiba-1", "職員は12名。", P(place="hiring", tags=("人数",)))
    second = add_note(
        field, "chiba-1", "12名の職員がいる。", P(place="hiring/staff-mix", disclosure="group")
    )
    return first, second


def standing(given: Settings) -> list[Note]:
    with viewing(given, "all") as view:
        return list(view.notes)


def made(given: Settings, *notes: Note, text: str = "") -> Note:
    together = notes_together(given, [note.handle for note in notes])
    return combine_notes(given, together.notes, text or together.text)


def told(given: Settings, note: Note, audience: str) -> list[tuple[str, str]]:
    return [
        (then.handle, then.body) for _revision, then in history(given, note.handle, audience)[0]
    ]


def test_the_first_note_stays_with_all_the_places_and_the_others_go(
    field: Settings, two: Two
) -> None:
    found = made(field, *two, text="職員は12名である。")
    assert standing(field) == [found]
    assert (found.handle, found.body) == (two[0].handle, "職員は12名である。")
    assert [str(place) for place in found.places] == ["hiring", "hiring/staff-mix"]
    assert (found.disclosure, found.tags, found.number) == ("group", ("人数",), 2)


def test_without_a_text_the_texts_stand_one_under_the_other(field: Settings, two: Two) -> None:
    again = add_note(field, "chiba-1", "職員は12名。", P())
    assert made(field, *two, again).body == "職員は12名。\n12名の職員がいる。"


def test_the_others_stand_in_the_history_of_what_they_became(field: Settings, two: Two) -> None:
    first, second = two
    second = edit_note(field, second.handle, "12人いる。", P())
    found = made(field, first, second, text="一つ。")
    assert told(field, found, "all") == [
        (first.handle, "職員は12名。"), (second.handle, "12人いる。"), (first.handle, "一つ。"),
    ]  # fmt: skip
    with reading(field.study().database) as connection:
        last = gate.revisions(connection, "all", found.id)[-1][0]
    assert last.parents == (first.revision, second.revision)
    assert last.number == 2


def test_a_source_is_shown_only_to_those_who_may_see_it_now(field: Settings, two: Two) -> None:
    first, second = two
    found = made(field, first, second)
    assert (second.handle, second.body) in told(field, found, "group")
    restore_note(field, second.handle)
    edit_note(field, second.handle, None, P(disclosure="off-record"))
    assert (second.handle, second.body) not in told(field, found, "group")
    edit_note(field, second.handle, None, P(disclosure="group"), "課長の了承")
    assert (second.handle, second.body) not in told(field, found, "group")
    assert (second.handle, second.body) in told(field, found, "all")


def test_what_became_of_an_off_record_note_is_off_the_record(field: Settings, two: Two) -> None:
    secret = add_note(field, "chiba-1", "内緒の話", P(disclosure="off-record"))
    found = made(field, two[0], secret)
    assert found.disclosure == "off-record"
    edit_note(field, found.handle, "表の話", P(disclosure="group"), "課長の了承")
    assert told(field, found, "group") == [(found.handle, "表の話")]


def test_undo_takes_back_all_of_it(field: Settings, two: Two) -> None:
    made(field, *two)
    assert undo(field).changes[0].command == "note combine"
    assert [(note.handle, note.body, note.places, note.disclosure) for note in standing(field)] == [
        (note.handle, note.body, note.places, note.disclosure) for note in two
    ]


def test_undo_opens_no_note_that_became_off_the_record(field: Settings, two: Two) -> None:
    secret = add_note(field, "chiba-1", "内緒の話", P(disclosure="off-record"))
    made(field, two[0], secret)
    assert undo(field).still_closed == (two[0].handle,)
    assert {note.handle: (note.body, note.disclosure) for note in standing(field)} == {
        two[0].handle: (two[0].body, "off-record"),
        two[1].handle: (two[1].body, two[1].disclosure),
        secret.handle: ("内緒の話", "off-record"),
    }


def test_a_note_that_was_changed_meanwhile_is_a_conflict(field: Settings, two: Two) -> None:
    together = notes_together(field, [note.handle for note in two])
    edit_note(field, two[1].handle, "13名いる。", P())
    with pytest.raises(Conflict, match=two[1].handle):
        combine_notes(field, together.notes, "一つ。")
    assert [note.body for note in standing(field)] == ["職員は12名。", "13名いる。"]
    delete_note(field, two[0].handle)
    with pytest.raises(Conflict, match=two[0].handle):
        combine_notes(field, together.notes, "一つ。")


def test_what_cannot_be_one_is_refused_before_anything_is_typed(field: Settings, two: Two) -> None:
    there = add_note(field, "himeji-1", "職員は20名。", P())
    remark = add_note(field, "chiba-1", "熱意がある。", P(kind="remark"))
    for other in (there, remark):
        with pytest.raises(Refused):
            notes_together(field, [two[0].handle, other.handle])
    delete_note(field, two[1].handle)
    with pytest.raises(NotFound):
        notes_together(field, [note.handle for note in two])


def test_one_note_by_two_names_is_only_one(field: Settings, two: Two) -> None:
    with pytest.raises(WrongUsage):
        notes_together(field, [two[0].handle, two[0].id, two[0].handle[:5]])
    together = notes_together(field, [two[0].handle, two[1].handle, two[0].id])
    assert [note.handle for note in together.notes] == [note.handle for note in two]


def test_differing_as_of_and_source_stay_the_firsts(field: Settings, two: Two) -> None:
    dated = add_note(field, "chiba-1", "x", P(as_of="2019年度", source_title="計画"))
    together = notes_together(field, [two[0].handle, dated.handle])
    assert together.differ
    found = combine_notes(field, together.notes, together.text)
    assert (found.as_of, found.source.title) == ("", "")
    assert not notes_together(field, [found.handle, two[1].handle]).differ


EFFECT, AUDIT = Address("ai-rpa", "effect"), Address("security", "audit")


def queue(given: Settings, audience: str = "all") -> tuple[list[str], int]:
    notes, held_back = unsorted(given, open_desk(given, "chiba-1", audience), audience)
    return [note.body for note in notes], held_back


def test_the_queue_holds_what_has_no_topic_oldest_first(field: Settings) -> None:
    add_note(field, "chiba-1", "一", P())
    add_note(field, "chiba-1", "二", P(place="hiring"))
    add_note(field, "himeji-1", "三", P())
    add_note(field, "chiba-1", "四", P(disclosure="off-record"))
    delete_note(field, add_note(field, "chiba-1", "五", P()).handle)
    add_note(field, "chiba-1", "六", P())
    assert queue(field) == (["一", "四", "六"], 0)
    assert queue(field, "group") == (["一", "六"], 1)


def test_the_desk_suggests_from_questions_and_from_notes_that_were_filed(field: Settings) -> None:
    add_note(field, "himeji-1", "庁舎の移転で席を減らす。", P(place="other"))
    suggester = open_desk(field, "chiba-1", "all").suggester
    assert suggester.suggest("RPAの効果を測定した結果がある。") == EFFECT
    assert suggester.suggest("庁舎は移転する。") == Address("other")


def test_the_desk_learns_nothing_from_what_the_audience_may_not_see(field: Settings) -> None:
    add_note(field, "chiba-1", "庁舎の移転。", P(place="other", disclosure="off-record"))
    assert open_desk(field, "chiba-1", "group").suggester.suggest("庁舎は移転する。") is None
    assert open_desk(field, "chiba-1", "all").suggester.suggest("庁舎は移転する。")


def test_each_step_is_a_change_that_can_be_taken_back_alone(field: Settings) -> None:
    note = add_note(field, "chiba-1", "一。二。", P(said_by="課長", tags=("x",)))
    step = file_note(field, note, EFFECT)
    assert changes(field)[0][0].id == step.change_id
    second = file_note(field, step.notes[0], AUDIT)
    assert [str(place) for place in standing(field)[0].places] == [
        "ai-rpa/effect",
        "security/audit",
    ]
    undo(field, second.change_id)
    undo(field, step.change_id)
    assert standing(field)[0].places == ()


def test_filing_where_it_stands_already_changes_nothing(field: Settings) -> None:
    note = add_note(field, "chiba-1", "一", P(place="ai-rpa/effect"))
    before = changes(field)[0]
    step = file_note(field, note, EFFECT)
    assert (step.change_id, step.notes) == ("", (standing(field)[0],))
    assert changes(field)[0] == before


@pytest.mark.parametrize(
    ("given_level", "place", "level"),
    [
        (None, AUDIT, "group"),
        (None, EFFECT, "confirm"),
        ("public", AUDIT, "public"),
        ("off-record", EFFECT, "off-record"),
    ],
)
def test_a_level_that_nobody_chose_becomes_that_of_the_guide_if_it_is_stricter(
    field: Settings, given_level: str | None, place: Address, level: str
) -> None:
    note = add_note(field, "chiba-1", "監査の話", P(disclosure=given_level))
    assert file_note(field, note, place).notes[0].disclosure == level


def test_a_split_makes_two_notes_with_all_that_the_first_had(field: Settings) -> None:
    note = add_note(
        field, "chiba-1", "職員は12名。専門職はいない。",
        P(kind="quote", disclosure="group", said_by="課長", as_of="2019", tags=("x",),
          source_title="計画", place="hiring"),
    )  # fmt: skip
    step = split_note(field, note, cuts(note.body)[0])
    first, second = standing(field)
    assert [found.handle for found in step.notes] == [first.handle, second.handle]
    assert (first.id, first.body, second.body) == (note.id, "職員は12名。", "専門職はいない。")
    for name in ("kind", "disclosure", "speaker", "as_of", "tags", "source", "places", "by",
                 "city_code", "visit_id"):  # fmt: skip
        assert getattr(second, name) == getattr(first, name) == getattr(note, name)
    assert second.handle != first.handle
    undo(field, step.change_id)
    assert [found.body for found in standing(field)] == [note.body]


def test_joining_gives_the_text_back_and_the_strictest_level(field: Settings) -> None:
    note = add_note(field, "chiba-1", "一。\n二。", P(disclosure="public", said_by="課長"))
    first, second = split_note(field, note, cuts(note.body)[0]).notes
    second = edit_note(field, second.handle, None, P(disclosure="group"))
    step = join_notes(field, first, second)
    [found] = standing(field)
    assert (found.id, found.body, found.disclosure) == (note.id, note.body, "group")
    assert found.speaker
    undo(field, step.change_id)
    assert [other.body for other in standing(field)] == ["一。", "二。"]


def test_a_note_is_dropped_for_a_reason_that_the_log_tells(field: Settings) -> None:
    note = add_note(field, "chiba-1", "一", P())
    with pytest.raises(WrongUsage):
        drop_note(field, note, "  ")
    drop_note(field, note, "雑談\nなので")
    assert standing(field) == []
    assert changes(field)[0][0].command == "note delete: 雑談 なので"


def test_what_somebody_else_changed_meanwhile_is_a_conflict(field: Settings) -> None:
    note, other = (add_note(field, "chiba-1", text, P()) for text in ("一。二。", "三"))
    edit_note(field, note.handle, None, P(tags=("x",)))
    steps: tuple[Callable[[], Step], ...] = (
        lambda: file_note(field, note, EFFECT),
        lambda: split_note(field, note, cuts(note.body)[0]),
        lambda: join_notes(field, note, other),
        lambda: join_notes(field, other, note),
        lambda: drop_note(field, note, "x"),
    )
    before = changes(field)[0]
    for step in steps:
        with pytest.raises(Conflict, match=note.handle):
            step()
    assert changes(field)[0] == before
    now = note_now(field, note, "all")
    assert now
    assert now.tags == ("x",)
    delete_note(field, note.handle)
    assert note_now(field, note, "all") is None


def test_a_note_is_not_joined_with_itself_nor_with_one_of_another_kind(field: Settings) -> None:
    note = add_note(field, "chiba-1", "一", P())
    remark = add_note(field, "chiba-1", "二", P(kind="remark"))
    for other in (note, remark):
        with pytest.raises(Refused):
            join_notes(field, note, other)


def said(given_study: Settings, text: str, visit: str = "chiba-1", level: str = "group") -> str:
    particulars = NoteFields(place="ai-rpa/effect", disclosure=level)
    return add_note(given_study, visit, text, particulars).handle


def against(given_study: Settings, handle: str, audience: str = "all") -> list[tuple[str, str]]:
    found, register, _asked = note(given_study, handle, audience)
    return [(one.handle, one.why) for one in register.against(found)]


def test_said_again_the_reason_is_revised_and_nothing_else(field: Settings) -> None:
    a, b = said(field, "1"), said(field, "2")
    set_conflict(field, a, b, "理由")
    before = len(changes(field)[0])
    set_conflict(field, b, a, "理由")
    assert len(changes(field)[0]) == before
    set_conflict(field, a, b, "別の理由")
    assert against(field, a) == [(b, "別の理由")]
    undo(field)
    assert against(field, a) == [(b, "理由")]


def test_it_is_taken_back_and_said_anew(field: Settings) -> None:
    a, b = said(field, "1"), said(field, "2")
    set_conflict(field, a, b, "理由")
    clear_conflict(field, b, a)
    assert against(field, a) == []
    with pytest.raises(NotFound):
        clear_conflict(field, a, b)
    undo(field)
    assert against(field, a) == [(b, "理由")]
    clear_conflict(field, a, b)
    set_conflict(field, a, b, "やはり")
    assert against(field, b) == [(a, "やはり")]
    undo(field)
    assert against(field, b) == []


def test_what_cannot_be_a_conflict_is_refused(field: Settings) -> None:
    a, b = said(field, "1"), said(field, "2")
    count = len(changes(field)[0])
    with pytest.raises(WrongUsage, match=a):
        set_conflict(field, a, a[:5], "理由")
    with pytest.raises(NotFound):
        set_conflict(field, a, "zzzzzzzzzz", "理由")
    with pytest.raises(BadText):
        set_conflict(field, a, b, " ")
    delete_note(field, b)
    with pytest.raises(Refused, match="deleted"):
        set_conflict(field, a, b, "理由")
    assert len(changes(field)[0]) == count + 1


def test_an_off_record_note_leaves_no_trace_at_the_other(field: Settings) -> None:
    a, b = said(field, "1", level="public"), said(field, "2", level="public")
    set_conflict(field, a, b, "理由")
    assert against(field, a, "public") == [(b, "")]
    assert against(field, a, "group") == [(b, "理由")]
    edit_note(field, b, None, NoteFields(disclosure="off-record"))
    assert against(field, a, "public") == against(field, a, "group") == []
    assert against(field, a, "all") == [(b, "理由")]


def test_what_becomes_one_note_contradicts_what_its_parts_did(field: Settings) -> None:
    a, b, c = said(field, "1"), said(field, "2"), said(field, "3", "himeji-1")
    set_conflict(field, a, b, "どちらか")
    set_conflict(field, b, c, "合わない")
    combine_notes(field, notes_together(field, [a, b]).notes, "1か2")
    assert against(field, a) == [(c, "合わない")]
    assert against(field, c) == [(a, "合わない")]
    undo(field)
    assert against(field, b) == [(a, "どちらか"), (c, "合わない")]


pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), strategies.bodies), max_size=8)


@examples(12)
@given(levels=st.lists(st.sampled_from(list(DISCLOSURES)), min_size=5, max_size=5), said_=pairs)
def test_whoever_sees_both_notes_sees_the_conflict_and_nobody_else(
    fresh_field: Fresh, levels: list[str], said_: list[tuple[int, int, str]]
) -> None:
    field = fresh_field()
    handles = [said(field, f"話{n}", level=level) for n, level in enumerate(levels)]
    wanted: dict[frozenset[str], str] = {}
    for one, other, why in said_:
        if one != other:
            set_conflict(field, handles[one], handles[other], why)
            wanted[frozenset((handles[one], handles[other]))] = why.strip()
    for audience in ("public", "group", "all"):
        found, register, _held_back = notes(field, NoteFilter(), audience)
        seen = {one.handle for one in found}
        shown = {
            frozenset((one.handle, other.handle)): other.why
            for one in found
            for other in register.against(one)
        }
        reasons = {pair: why for pair, why in wanted.items() if pair <= seen}
        assert shown.keys() == reasons.keys()
        assert shown == (dict.fromkeys(reasons, "") if audience == "public" else reasons)
