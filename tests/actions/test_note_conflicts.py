"""Notes that contradict each other: said, revised, taken back; and who may know of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from conftest import Fresh
from examples import examples
from fieldvisit.actions.combine_notes import combine_notes, notes_together
from fieldvisit.actions.note_conflicts import clear_conflict, set_conflict
from fieldvisit.actions.show import changes, note, notes
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, NoteFilter


def said(given_study: Settings, text: str, visit: str = "chiba-1", level: str = "group") -> str:
    particulars = NoteFields(place="ai-rpa/effect", disclosure=level)
    return add_note(given_study, visit, text, particulars).handle


def against(given_study: Settings, handle: str, audience: str = "all") -> list[tuple[str, str]]:
    found, register, _asked = note(given_study, handle, audience)
    return [(one.handle, one.why) for one in register.against(found)]


def test_each_note_names_the_other_across_cities(field: Settings) -> None:
    a, b = said(field, "336時間"), said(field, "約300時間", "himeji-1")
    set_conflict(field, b, a, "時間が合わない")
    assert against(field, a) == [(b, "時間が合わない")]
    assert against(field, b) == [(a, "時間が合わない")]


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


def test_undoing_the_first_word_of_it_leaves_none(field: Settings) -> None:
    a, b = said(field, "1"), said(field, "2")
    set_conflict(field, a, b, "理由")
    undo(field)
    assert against(field, a) == []


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


def test_a_deleted_note_contradicts_nothing_until_it_is_back(field: Settings) -> None:
    a, b = said(field, "1"), said(field, "2")
    set_conflict(field, a, b, "理由")
    delete_note(field, b)
    assert against(field, a) == []
    restore_note(field, b)
    assert against(field, a) == [(b, "理由")]


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


def test_a_conflict_that_stands_already_is_not_said_twice(field: Settings) -> None:
    a, b, c = said(field, "1"), said(field, "2"), said(field, "3", "himeji-1")
    set_conflict(field, a, c, "一つ目")
    set_conflict(field, b, c, "二つ目")
    combine_notes(field, notes_together(field, [a, b]).notes, "1と2")
    assert against(field, c) == [(a, "一つ目")]


pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), strategies.bodies), max_size=8)


@examples(25)
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
