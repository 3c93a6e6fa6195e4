"""Contradictions by the handles of notes, and notes made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from documents.values import note
from fieldvisit.actions.combine_notes import combined, joined
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import (
    OWN_TO_THE_CITY,
    Note,
    Source,
    between,
    contradictions,
    default_disclosure,
)
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant


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


NOTE = Note("1", "aaaaaaaaaa", "121002", "v", "statement", "職員は12名。", "confirm", "佐藤")
CHIEF, CLERK = (Participant(name, "respondent", name) for name in ("課長", "係長"))
SIMILAR = st.lists(
    strategies.notes("121002").map(
        lambda said: replace(said, visit_id="v", kind="statement", only_for=())
    ),
    min_size=2,
    max_size=5,
)


def said(**changes: object) -> Note:
    return replace(NOTE, **changes)


@given(SIMILAR)
def test_nothing_of_the_notes_is_lost_and_the_strictest_level_holds(notes: list[Note]) -> None:
    made = combined(notes, "文")
    assert (made.id, made.handle, made.body) == (notes[0].id, notes[0].handle, "文")
    assert set(made.places) == {place for said in notes for place in said.places}
    assert set(made.tags) == {tag for said in notes for tag in said.tags}
    assert made.disclosure == strictest(said.disclosure for said in notes)
    attributions = {said.attribution for said in notes}
    assert made.attribution in ({"city"} if len(attributions) > 1 else attributions)
    assert made.places[: len(set(notes[0].places))] == tuple(dict.fromkeys(notes[0].places))
    kept = (made.source, made.as_of, made.material, made.page, made.mode, made.on_day, made.by)
    first = notes[0]
    assert kept == (first.source, first.as_of, first.material, first.page, first.mode,
                    first.on_day, first.by)  # fmt: skip


@given(SIMILAR)
def test_joining_keeps_every_text_and_adds_none(notes: list[Note]) -> None:
    whole = "".join(joined(notes).split())
    for said in notes:
        assert "".join(said.body.split()) in whole
    assert joined(notes).startswith(notes[0].body)
    assert len(whole) <= sum(len("".join(said.body.split())) for said in notes)


def test_equal_texts_stand_once_whatever_their_blanks() -> None:
    notes = [said(body=body) for body in ("職員は12名。", "職員は12名。 \r\n", "専門職なし。")]
    assert joined(notes) == "職員は12名。\n専門職なし。"


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("speaker", (CHIEF, CHIEF), CHIEF), ("speaker", (CHIEF, CLERK), None),
        ("speaker", (CHIEF, None), None), ("speaker", (None, None), None),
        ("kind", ("quote", "quote"), "quote"), ("kind", ("quote", "statement"), "statement"),
        ("kind", ("statement", "quote"), "statement"), ("kind", ("reply", "statement"), "reply"),
        ("kind", ("remark", "remark"), "remark"), ("kind", ("desk", "desk"), "desk"),
        ("only_for", ((), ()), ()), ("only_for", ((), ("a",)), ("a",)),
        ("only_for", (("a", "b"), ("b", "c")), ("b",)), ("only_for", (("a",), (), ("a",)), ("a",)),
    ],
)  # fmt: skip
def test_the_whole_has_what_is_true_of_every_part(
    field: str, values: tuple[object, ...], expected: object
) -> None:
    """A speaker and a quotation only if all agree; groups only that may use all of it."""
    assert getattr(combined([said(**{field: value}) for value in values], "x"), field) == expected


@pytest.mark.parametrize("own", ["remark", "desk"])
@pytest.mark.parametrize("spoken", sorted(ANSWERING_KINDS))
def test_what_was_said_is_not_mixed_with_remarks_or_desk_research(own: str, spoken: str) -> None:
    for kinds in ((own, spoken), (spoken, own)):
        with pytest.raises(Refused, match="kept apart"):
            combined([said(kind=kind) for kind in kinds], "x")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({}, {"city_code": "282014"}, "different cities or visits"),
        ({}, {"visit_id": "w"}, "different cities or visits"),
        ({}, {"visit_id": None}, "different cities or visits"),
        ({"only_for": ("a",)}, {"only_for": ("b",)}, "No study group"),
    ],
)
def test_notes_of_different_occasions_or_for_different_groups_are_refused(
    one: dict[str, object], other: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        combined([said(**one), said(**other)], "x")


@pytest.mark.parametrize("changes", [
    {"as_of": "2019"}, {"source": Source("総務省")}, {"mode": "written"}, {"on_day": "2019-11-05"},
    {"material": 1}, {"page": "7"},
])  # fmt: skip
def test_a_difference_in_origin_is_told(changes: dict[str, object]) -> None:
    assert NOTE.origin != said(**changes).origin
    assert NOTE.origin == said(places=(Address("ai-rpa"),), body="x").origin
