"""A comparison for each audience: what it may see, what is counted, what is held back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from actions.compared import bodies, compared
from examples import examples
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.edit_study import add_study_group
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.search import search
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.show import history, notes
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.states import Counts
from fieldvisit.fieldwork.terms import KINDS
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, NoteFilter, VisitFields
from fieldvisit.study.view import viewing

P = NoteFields


def test_a_study_group_does_not_learn_that_another_has_an_answer(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    add_study_group(field, "W2", "B")
    edit_visit(field, "chiba-1", VisitFields(study_groups=("WG", "W2")))
    add_note(field, "chiba-1", "WGだけ", P(place="hiring/training", only_for=("WG",)))
    (hiring,) = compared(field, Choice(topics=("hiring",), study_group="W2")).topics
    assert {cell.standing.state for cell in hiring.cities[0].cells} == {"open"}
    assert (hiring.cities[0].state, hiring.cities[0].counts.answered) == ("open", 0)
    (hiring,) = compared(field, Choice(topics=("hiring",), study_group="WG")).topics
    assert hiring.cities[0].counts.answered == 1


def test_a_study_group_reads_what_it_may_use(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    add_study_group(field, "W2", "B")
    edit_visit(field, "chiba-1", VisitFields(study_groups=("WG", "W2")))
    add_note(field, "chiba-1", "みんな", P(place="other"))
    add_note(field, "chiba-1", "WGだけ", P(place="other", only_for=("WG",)))
    add_note(field, "himeji-1", "よそ", P(place="other"))
    found = compared(field, Choice(study_group="W2"))
    assert bodies(found, "other") == {"千葉市": ["みんな"]}
    found = compared(field, Choice(study_group="WG"))
    assert bodies(found, "other") == {"千葉市": ["みんな", "WGだけ"]}
    with pytest.raises(NotFound, match="zz"):
        compare(field, Choice(study_group="zz"), "all")


def test_what_is_held_back_is_counted_for_the_keyboard(field: Settings) -> None:
    add_note(field, "chiba-1", "a", P(place="hiring", disclosure="off-record"))
    add_note(field, "chiba-1", "b", P(place="hiring", disclosure="group"))
    for audience, number in (("all", 0), ("group", 1), ("public", 2)):
        assert compare(field, Choice(), audience)[2] == number
        assert coverage(field, [], audience)[1] == number


def test_counts_are_those_of_what_the_audience_may_see(field: Settings) -> None:
    add_note(field, "chiba-1", "a", P(place="ai-rpa/effect", disclosure="off-record"))
    add_note(field, "chiba-1", "b", P(place="ai-rpa/status", disclosure="group"))
    answered = {}
    for audience in ("all", "group", "public"):
        ((found,), _) = coverage(field, ["chiba-1"], audience)
        topic = found.topic("ai-rpa")
        assert topic
        answered[audience] = topic.counts.answered
        column = compared(field, Choice(topics=("ai-rpa",)), audience).topics[0].cities[0]
        assert column.counts == topic.counts
    assert answered == {"all": 2, "group": 1, "public": 0}
    assert Counts() == Counts(0, 0, 0, 0)


secrets = st.lists(
    st.tuples(
        st.sampled_from(["chiba-1", "himeji-1", "千葉市", "姫路市"]),
        strategies.bodies,
        st.sampled_from(["hiring", "ai-rpa/effect", "themes/platform", "unsorted"]),
        st.sampled_from(sorted(KINDS)),
        st.sampled_from(["new", "closed", "deleted"]),
    ),
    min_size=1,
    max_size=4,
)


@examples(12)
@given(secrets)
def test_two_worlds_that_differ_off_the_record_look_the_same(
    fresh_field: Callable[[], Settings], added: list[tuple[str, str, str, str, str]]
) -> None:
    field = fresh_field()
    for visit in ("chiba-1", "himeji-1"):
        add_note(field, visit, "公表", P(place="hiring/staff-mix", disclosure="public"))
    set_marks(field, "chiba-1", ["ai-rpa"], "to-follow", "担当者不在", "2019-11-01")
    before = {audience: outside(field, audience) for audience in ("group", "public")}
    for where, text, place, kind, how in added:
        given_kind = kind if "-" in where else "desk"
        level = "public" if how == "closed" else "off-record"
        note = add_note(
            field, where, text, P(place=place, kind=given_kind, disclosure=level, tags=("札",))
        )
        if how == "closed":
            edit_note(field, note.handle, "別の文", P(disclosure="off-record"))
        if how == "deleted":
            delete_note(field, note.handle)
    for audience, seen in before.items():
        assert outside(field, audience) == seen


def outside(given_study: Settings, audience: str) -> list[object]:
    """All that an audience may come to see of a study, but for what the keyboard alone reads."""
    shown, register, _held_back = notes(given_study, NoteFilter(), audience)
    seen: list[object] = [
        compared(given_study, Choice(), audience),
        coverage(given_study, [], audience)[0],
        shown,
        register,
        search(given_study, [" "], audience)[0],
        [history(given_study, note.handle, audience)[0] for note in shown],
    ]
    with viewing(given_study, audience) as view:
        seen += [view.crosswalk.topics, view.marks, view.visits]
    return seen


def test_outside_sees_what_is_not_off_the_record(field: Settings, tmp_path: Path) -> None:
    before = outside(field, "group")
    add_note(field, "chiba-1", "x", P(disclosure="group"))
    assert outside(field, "group") != before


def test_only_what_was_asked_for_counts_as_held_back(field: Settings) -> None:
    for place in ("hiring", "ai-rpa", "unsorted"):
        add_note(field, "chiba-1", place, P(place=place, disclosure="off-record"))
    add_note(field, "姫路市", "x", P(place="hiring", kind="desk", disclosure="off-record"))
    for choice, number in (
        (Choice(), 3), (Choice(topics=("hiring",)), 2), (Choice(cities=("千葉市",)), 2),
        (Choice(city_class="core-city"), 1), (Choice(topics=("other",)), 0),
        (Choice(("hiring",), ("姫路市",)), 1),
    ):  # fmt: skip
        assert compare(field, choice, "group")[2] == number, choice
    assert coverage(field, ["himeji-1"], "group")[1] == 1
    assert coverage(field, ["chiba-1"], "group")[1] == 3
    assert coverage(field, [], "group")[1] == 4


def test_what_a_study_group_may_not_use_is_not_held_back_from_it(field: Settings) -> None:
    add_study_group(field, "wg", "W")
    add_study_group(field, "tf", "T")
    edit_visit(field, "chiba-1", VisitFields(study_groups=("wg", "tf")))
    add_note(field, "chiba-1", "x", P(place="hiring", disclosure="off-record", only_for=("wg",)))
    assert compare(field, Choice(study_group="wg"), "group")[2] == 1
    assert compare(field, Choice(study_group="tf"), "group")[2] == 0
