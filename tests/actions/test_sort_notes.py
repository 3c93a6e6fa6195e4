from collections.abc import Callable

import pytest

from fieldvisit.actions.show import changes
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
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.errors import Conflict, Refused, WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.splitting import cuts
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing

P = NoteFields
EFFECT, AUDIT = Address("ai-rpa", "effect"), Address("security", "audit")


def standing(given: Settings) -> list[Note]:
    with viewing(given, "all") as view:
        return list(view.notes)


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
