"""Contradictions by the handles of notes, and notes made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from documents.values import note
from fieldvisit.actions.combine_notes import combined
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import (
    OWN_TO_THE_CITY,
    Note,
    between,
    contradictions,
    default_disclosure,
)
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, DISCLOSURES, KINDS
from fieldvisit.text import settled


@pytest.mark.parametrize("usual", ["", *DISCLOSURES])
@pytest.mark.parametrize("kind", KINDS)
def test_the_level_of_a_note_when_none_was_said(kind: str, usual: str) -> None:
    expected = {"desk": "public", "remark": "group"}.get(kind, usual or "confirm")
    assert default_disclosure(kind, usual) == expected


def test_every_kind_answers_but_desk_and_remark_which_may_be_the_citys_own() -> None:
    assert set(KINDS) - ANSWERING_KINDS == OWN_TO_THE_CITY == {"desk", "remark"}


NOTES = {one.id: one for one in (note(handle) for handle in "abcdef")}
BY_HANDLE = {one.handle: one for one in NOTES.values()}
pairs = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]),
    unique_by=frozenset,
    max_size=6,
)


@given(pairs)
def test_each_note_names_exactly_what_contradicts_it(said: list[tuple[str, str]]) -> None:
    conflicts = [between(BY_HANDLE[a], BY_HANDLE[b], f"{a}{b}", "") for a, b in said]
    found = contradictions(conflicts, NOTES)
    told = {(h, one.handle, one.why) for h, against in found.items() for one in against}
    assert told == {(x, y, f"{a}{b}") for a, b in said for x, y in ((a, b), (b, a))}


written = strategies.notes("121002").map(lambda one: replace(one, body=f"話{one.body}"))


@given(st.lists(written, min_size=2, max_size=5))
def test_no_text_place_or_tag_of_combined_notes_is_lost(notes: list[Note]) -> None:
    made = combined(notes)
    texts = dict.fromkeys(settled(said.body) for said in notes)
    assert made.body.split() == "\n".join(texts).split()
    assert set(made.places) == {place for said in notes for place in said.places}
    assert made.places[: len(set(notes[0].places))] == tuple(dict.fromkeys(notes[0].places))
    assert set(made.tags) == {tag for said in notes for tag in said.tags}
    assert made.disclosure == strictest(said.disclosure for said in notes)
    taken = {"body": "", "places": (), "tags": (), "disclosure": ""}
    assert replace(made, **taken) == replace(notes[0], **taken)
