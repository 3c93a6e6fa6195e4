"""Items: each is decided once, what it brings is stored with it, and until then it holds back."""

import pytest
from hypothesis import given
from msgspec.structs import replace

import strategies
from conftest import Fresh
from examples import examples
from fieldvisit.actions import read_files
from fieldvisit.actions.read_files import store_reading
from fieldvisit.actions.review import Decision, decide, decide_named, find_item, take_back
from fieldvisit.actions.show import changes, history
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.pieces import Piece, ReturnedFile, Where
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing
from returned_sheets import marks, notes, waiting
from waiting import EFFECT, item, propose, store


def memo(*texts: str) -> ReturnedFile:
    pieces = [Piece(text, Where("memo.txt", "line", at)) for at, text in enumerate(texts, 1)]
    return ReturnedFile("memo.txt", "0" * 64, "", tuple(pieces))


@pytest.fixture(autouse=True)
def _one_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_files, "PROPOSERS", {"memo": propose})


def came_back(field: Settings, *texts: str) -> tuple[Item, ...]:
    """Read a memo; what is plain is taken at once."""
    file, arrival = memo(*texts), Arrival("chiba-1", "memo")
    with viewing(field, "all") as view:
        found = read_files.Reading(file, propose(view, file, arrival))
    taken = {item.id for item in found.proposed.items}
    return store_reading(field, found, arrival, taken, "s1").items


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items]


def test_what_is_plain_is_stored_and_all_else_waits_for_the_keyboard_alone(field: Settings) -> None:
    items = came_back(field, "plain one", "課内の話")
    assert [item.state for item in items] == ["taken", "waiting"]
    assert [(note.body, note.places, note.item) for note in notes(field)] == [
        ("plain one", (EFFECT,), items[0].id)
    ]
    assert texts(waiting(field)) == ["課内の話"]
    assert waiting(field, "group") == waiting(field, "public") == []


@examples(20)
@given(text=strategies.bodies)
def test_taken_as_it_came_or_as_it_was_mended(fresh_field: Fresh, text: str) -> None:
    field = fresh_field()
    first, second = came_back(field, f"x{text}", "課内の話")
    decide(field, first, Decision("take", place=EFFECT, disclosure="group"))
    decide(field, second, Decision("take", text=text, place=EFFECT, disclosure="off-record"))
    found = {(note.body, note.disclosure, note.item) for note in notes(field)}
    assert found == {(f"x{text}", "group", first.id), (text, "off-record", second.id)}
    assert waiting(field) == []


def test_without_a_place_and_a_level_nothing_is_taken_but_a_state(field: Settings) -> None:
    (item,) = came_back(field, "同上")
    for lacking in (Decision("take", place=EFFECT), Decision("take", disclosure="group")):
        with pytest.raises(Refused, match="place or no level"):
            decide(field, item, lacking)
    with pytest.raises(Refused, match="no date"):
        decide(field, item, Decision("take", place=EFFECT, mark="to-follow"))
    assert (notes(field), texts(waiting(field))) == ([], ["同上"])
    decide(field, item, Decision("take", place=EFFECT, mark="no-answer"))
    assert [(mark.address, mark.state) for mark in marks(field)] == [(EFFECT, "no-answer")]
    assert (notes(field), waiting(field)) == ([], [])


def test_words_of_others_are_edited_for_a_reason_alone(field: Settings) -> None:
    said = add_note(field, "chiba-1", "「足りない」", NoteFields(place="ai-rpa", kind="quote"))
    piece = item(1, "「足りる」", type="change", target=said.id, shown=said.revision, place=None)
    (change,) = store(field, piece)
    with pytest.raises(Refused, match="words of others"):
        decide(field, change, Decision("take"))
    assert [note.body for note in notes(field)] == ["「足りない」"]
    decide(field, change, Decision("take", reason="聞き直した"))
    (note,) = notes(field)
    assert (note.body, bool(note.edited_on)) == ("「足りる」", True)
    with reading(field.study().database) as connection:
        assert queries.changes(connection)[0].command == "review take: 聞き直した"


def test_nothing_is_decided_twice(field: Settings) -> None:
    (item,) = came_back(field, "課内の話")
    decide(replace(field, by="先の人"), item, Decision("drop"))
    with pytest.raises(Conflict, match="先の人"):
        decide(field, item, Decision("take", place=EFFECT, disclosure="group"))
    assert notes(field) == []


def test_what_was_dropped_can_be_restored_and_undo_takes_a_decision_back(field: Settings) -> None:
    (item,) = came_back(field, "課内の話")
    dropped = decide(field, item, Decision("drop"))
    back = decide(field, dropped, Decision("restore"))
    taken = decide(field, back, Decision("take", place=EFFECT, disclosure="group"))
    assert (taken.state, taken.stored, taken.by) == ("taken", notes(field)[0].id, "t")
    undo(field)
    assert (notes(field), texts(waiting(field))) == ([], ["課内の話"])


def test_what_was_decided_together_is_not_taken_back_one_by_one(field: Settings) -> None:
    one, two = store(field, *(item(n, f"話{n}。") for n in range(2)))
    taken = decide_named(field, [one.id, two.id], Decision("take"))
    with pytest.raises(Refused, match="together"):
        take_back(field, taken[0])
    assert len(notes(field)) == 2
    undo(field)
    take_back(field, *decide_named(field, [one.id], Decision("take")))
    assert [found.id for found in waiting(field)] == [one.id, two.id]


def test_the_same_file_again_proposes_nothing_until_its_reading_is_undone(field: Settings) -> None:
    _taken, waits = came_back(field, "plain one", "課内の話")
    assert [item.id for item in came_back(field, "plain one", "課内の話")] == [waits.id]
    assert (len(notes(field)), [item.id for item in waiting(field)]) == (1, [waits.id])
    undo(field)
    assert (notes(field), waiting(field)) == ([], [])
    assert [item.state for item in came_back(field, "plain one", "課内の話")] == [
        "taken", "waiting"
    ]  # fmt: skip


def test_a_note_with_something_waiting_is_no_more_open_than_unconfirmed(field: Settings) -> None:
    public = NoteFields(disclosure="public", place="ai-rpa")
    note = add_note(field, "chiba-1", "公表できる話", public)
    (about,) = store(field, item(1, "直してください", target=note.id))
    assert [one.disclosure for one in notes(field)] == ["public"]
    assert [one.disclosure for one in notes(field, "group")] == ["confirm"]
    assert notes(field, "public") == []
    with viewing(field, "public") as view:
        assert (view.held_back(), view.occasions, view.places_seen) == (1, frozenset(), frozenset())
    decide(field, about, Decision("drop"))
    assert [one.disclosure for one in notes(field, "public")] == ["public"]


def test_items_go_by_the_beginning_of_their_handles(field: Settings) -> None:
    items = came_back(field, *map(str, range(40)))
    with viewing(field, "all") as view:
        wide = items[5].handle.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
        named = ((items[0], items[0].handle), (items[3], items[3].id), (items[5], f" {wide}　"))
        for one, name in named:
            assert find_item(view, name).id == one.id
        for wrong, error in (("zzzz9", NotFound), (items[0].id[:3], NotFound)):
            with pytest.raises(error):
                find_item(view, wrong)
    store(field, *(item(n, "話", id=f"aaaa{'xy'[n]}" + "b" * 20) for n in range(2)))
    with viewing(field, "all") as view, pytest.raises(Ambiguous) as told:
        find_item(view, "aaaa")
    assert {"aaaax", "aaaay"} == {name[:5] for name in told.value.hint.split(", ")}


def test_a_decision_that_somebody_took_back_meanwhile_takes_nothing_else_back(
    field: Settings,
) -> None:
    _plain, doubtful = came_back(field, "plain one", "課内の話")
    dropped = decide(field, doubtful, Decision("drop"), "s2")
    undo(field)
    with pytest.raises(Refused, match="cannot be taken back"):
        take_back(field, dropped)
    assert texts(waiting(field)) == ["課内の話"]
    assert [note.body for note in notes(field)] == ["plain one"]
    take_back(field, decide(field, waiting(field)[0], Decision("drop"), "s3"))
    assert texts(waiting(field)) == ["課内の話"]


def test_the_name_of_a_file_is_no_reason(field: Settings) -> None:
    arrival = Arrival("chiba-1", "memo")
    with viewing(field, "all") as view:
        file = replace(memo("plain one"), path="in/a: b.txt")
        found = read_files.Reading(file, propose(view, file, arrival))
    store_reading(field, found, arrival)
    (one,) = notes(field)
    ((revision, _note),), _register = history(field, one.handle, "group")
    assert (revision.reason, changes(field)[0][0].command) == ("", "read a:b.txt")
