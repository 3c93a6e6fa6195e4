"""Contradictions by the handles of notes, and notes side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from documents.values import note
from fieldvisit.actions.combine_notes import combined, joined
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.comparison import OtherWords, other_words
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import (
    OWN_TO_THE_CITY,
    Note,
    Source,
    between,
    contradictions,
    default_disclosure,
    side_by_side,
)
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant, Visit


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
    notes = [
        said(body="職員は12名。"),
        said(body="職員は12名。 \r\n"),
        said(body="専門職なし。"),
    ]
    assert joined(notes) == "職員は12名。\n専門職なし。"


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [((CHIEF, CHIEF), CHIEF), ((CHIEF, CLERK), None), ((CHIEF, None), None), ((None, None), None)],
)
def test_the_speaker_stays_only_if_all_agree(
    speakers: tuple[Participant | None, ...], expected: Participant | None
) -> None:
    assert combined([said(speaker=speaker) for speaker in speakers], "x").speaker == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("quote", "quote"), "quote"), (("quote", "statement"), "statement"),
        (("statement", "quote"), "statement"), (("reply", "statement"), "reply"),
        (("remark", "remark"), "remark"), (("desk", "desk"), "desk"),
    ],
)  # fmt: skip
def test_words_count_as_a_quotation_only_if_all_are(kinds: tuple[str, ...], expected: str) -> None:
    assert combined([said(kind=kind) for kind in kinds], "x").kind == expected


@pytest.mark.parametrize("own", ["remark", "desk"])
@pytest.mark.parametrize("spoken", sorted(ANSWERING_KINDS))
def test_what_was_said_is_not_mixed_with_remarks_or_desk_research(own: str, spoken: str) -> None:
    for kinds in ((own, spoken), (spoken, own)):
        with pytest.raises(Refused, match="kept apart"):
            combined([said(kind=kind) for kind in kinds], "x")


@pytest.mark.parametrize(
    "changes", [{"city_code": "282014"}, {"visit_id": "w"}, {"visit_id": None}]
)
def test_notes_of_different_occasions_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refused, match="different cities or visits"):
        combined([NOTE, said(**changes)], "x")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (((), ()), ()), (((), ("a",)), ("a",)), ((("a", "b"), ("b", "c")), ("b",)),
        ((("a",), (), ("a",)), ("a",)),
    ],
)  # fmt: skip
def test_only_groups_that_may_use_all_may_use_the_whole(
    groups: tuple[tuple[str, ...], ...], expected: tuple[str, ...]
) -> None:
    assert combined([said(only_for=group) for group in groups], "x").only_for == expected


def test_notes_for_groups_that_have_nothing_in_common_are_refused() -> None:
    with pytest.raises(Refused, match="No study group"):
        combined([said(only_for=("a",)), said(only_for=("b",))], "x")


@pytest.mark.parametrize("changes", [
    {"as_of": "2019"}, {"source": Source("総務省")}, {"mode": "written"}, {"on_day": "2019-11-05"},
    {"material": 1}, {"page": "7"},
])  # fmt: skip
def test_a_difference_in_origin_is_told(changes: dict[str, object]) -> None:
    assert NOTE.origin != said(**changes).origin
    assert NOTE.origin == said(places=(Address("ai-rpa"),), body="x").origin


NEW = Guide("g", "2", Words("g"), topics=(
    Topic("rpa", 1, Words("RPA"), was=("ai",), questions=(
        Question("effect", 1, Words("効果は。", "Effect?"), was=("ai/result",)),
        Question("plans", 2, Words("今後は。", "Plans?")),
    )),
))  # fmt: skip
OLD = Guide("g", "1", Words("g"), topics=(
    Topic("ai", 1, Words("AI"), questions=(
        Question("result", 1, Words("結果は。", "Result?")),
        Question("plans", 2, Words("今後は。", "Plans?")),
    )),
))  # fmt: skip
LINEUP = Crosswalk([NEW, OLD])


def found(*visits: tuple[str, Guide]) -> tuple[OtherWords, ...]:
    topic = LINEUP.topic("rpa")
    assert topic
    return other_words(topic, [(g, [Visit(h, h, "121002")]) for h, g in visits], LINEUP)


def test_renamed_questions_are_followed_and_visits_of_one_version_stand_together() -> None:
    (one,) = found(("a-1", OLD), ("b-1", NEW), ("c-1", OLD))
    assert (one.question.key, one.guide, one.version) == ("effect", "g", "1")
    assert one.ask == Words("結果は。", "Result?")
    assert one.visits == ("a-1", "c-1")
