import pytest

from fieldvisit.actions.combine_notes import combine_notes, notes_together
from fieldvisit.actions.show import changes, history
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields
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


def test_notes_that_took_in_each_other_have_a_history_that_ends(field: Settings, two: Two) -> None:
    found = made(field, *two)
    other = restore_note(field, two[1].handle)
    whole = made(field, other, found)
    assert len(told(field, whole, "all")) == 5


def test_undo_takes_back_all_of_it(field: Settings, two: Two) -> None:
    made(field, *two)
    assert undo(field).change.command == "note combine"
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


def test_it_is_one_change(field: Settings, two: Two) -> None:
    made(field, *two)
    change = changes(field)[0][0]
    assert (change.command, len(change.objects)) == ("note combine", 2)


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
