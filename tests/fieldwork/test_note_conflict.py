"""Contradictions by the handles of notes, and notes side by side."""

from hypothesis import given
from hypothesis import strategies as st

from documents.values import note
from fieldvisit.fieldwork.note import between, contradictions, side_by_side

NOTES = {one.id: one for one in (note(handle) for handle in "abcdef")}
BY_HANDLE = {one.handle: one for one in NOTES.values()}
pairs = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]),
    unique_by=frozenset,
    max_size=6,
)


def test_a_conflict_is_the_same_from_both_sides() -> None:
    one, other = BY_HANDLE["a"], BY_HANDLE["b"]
    assert between(one, other, "x", "y") == between(other, one, "x", "y")
    assert between(one, other, "x", "y").other(one.id) == other.id


@given(pairs)
def test_each_note_names_exactly_what_contradicts_it(said: list[tuple[str, str]]) -> None:
    conflicts = [between(BY_HANDLE[a], BY_HANDLE[b], f"{a}{b}", "") for a, b in said]
    found = contradictions(conflicts, NOTES)
    told = {(h, one.handle, one.why) for h, against in found.items() for one in against}
    assert told == {(x, y, f"{a}{b}") for a, b in said for x, y in ((a, b), (b, a))}


@given(pairs, st.permutations("abcdef"), st.integers(0, 6))
def test_notes_stand_next_to_what_contradicts_them(
    said: list[tuple[str, str]], order: list[str], number: int
) -> None:
    conflicts = [between(BY_HANDLE[a], BY_HANDLE[b], "", "") for a, b in said]
    notes = [BY_HANDLE[handle] for handle in order[:number]]
    found = side_by_side(notes, contradictions(conflicts, NOTES))
    assert sorted(one.handle for one in found) == sorted(one.handle for one in notes)
    if not said:
        assert list(found) == notes
    if len(said) == 1 and set(said[0]) <= {one.handle for one in notes}:
        at = [one.handle for one in found]
        assert abs(at.index(said[0][0]) - at.index(said[0][1])) == 1
