"""The comparison: a cell for every question and city, and in it what stands there."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import CHIBA, V1, V2, VISIT, covered, mark, note
from fieldvisit.fieldwork.comparison import CityInputs, ComparedCity, compare
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark
from fieldvisit.fieldwork.terms import MARKS
from fieldwork.small_guides import guide, question, topic

OLD = guide(topic("a", question("x"), question("y")), topic("other"))
NEW = guide(
    topic("b", question("x2", "a/x"), question("y"), question("z"), was=("a",)), topic("other")
)
ONE, BOTH, ELSEWHERE = {V1: NEW}, {V1: NEW, V2: NEW}, {V1: guide(topic("q"))}


def column(
    *notes: Note,
    marks: Sequence[Mark] = (),
    guides: Mapping[str, Guide] = ONE,
    audience: str = "all",
) -> ComparedCity:
    """The city's column under the topic `b`; ``guides`` are those of its visits."""
    visits = tuple(
        covered(
            replace(VISIT, id=visit_id, handle=visit_id),
            [n for n in notes if n.visit_id in (None, visit_id)],
            [m for m in marks if m.visit_id == visit_id],
            guide=own,
            others=(NEW, OLD),
        )
        for visit_id, own in guides.items()
    )
    crosswalk = Crosswalk([NEW, OLD])
    inputs = CityInputs(CHIBA, visits, frozenset({"designated-city"}), notes)
    (compared,) = compare(crosswalk.topics[:1], [inputs], crosswalk, audience).topics
    return compared.cities[0]


def cells(found: ComparedCity) -> list[tuple[str, str, str]]:
    return [
        (
            cell.question.key if cell.question else "-",
            cell.standing.state,
            " ".join(n.handle for n in cell.notes),
        )
        for cell in found.cells
    ]


def test_every_question_has_a_cell_and_every_note_its_places() -> None:
    found = column(note("m", "b/x2 b/z"), note("n", "b"), note("unsorted", ""))
    assert cells(found) == [
        ("-", "answered", "n"), ("x2", "answered", "m"), ("y", "open", ""), ("z", "answered", "m"),
    ]  # fmt: skip
    assert found.state == "answered"
    assert found.counts == Counts(answered=2, asked=3, open=1)


def test_renamed_questions_meet_in_one_row() -> None:
    notes = note("old", "a/x"), note("new", "b/x2", visit_id=V2)
    found = column(*notes, guides={V1: OLD, V2: NEW})
    assert cells(found)[0] == ("x2", "answered", "old new")
    assert [visit.handle for visit in found.visits] == [V1, V2]


def test_the_best_standing_of_several_visits_is_the_citys() -> None:
    marks = [mark("b/x2", "declined"), mark("b/y", "declined"),
             mark("b/y", "to-follow", visit=V2)]  # fmt: skip
    found = column(note("n", "b/x2", visit_id=V2), marks=marks, guides=BOTH)
    assert cells(found) == [("x2", "answered", "n"), ("y", "to-follow", ""), ("z", "open", "")]
    # An answer of which more is to follow is one.
    found = column(note("n", "b/x2"), marks=[mark("b/x2", "to-follow")], guides=BOTH)
    assert cells(found)[0] == ("x2", "to-follow", "n")
    assert (found.state, found.counts.answered, found.counts.to_follow) == ("answered", 1, 1)


def test_a_city_that_was_not_asked_under_the_topic_or_not_visited_says_so() -> None:
    desk, unasked = note("d", "b/y", kind="desk", visit_id=None), "not-asked"
    found = column(guides=ELSEWHERE)
    assert [found.state, *(state for _, state, _ in cells(found))] == [unasked] * 4
    assert cells(column(desk, guides=ELSEWHERE))[1] == ("y", "desk-only", "d")
    found = column(note("n", "b/y"), guides=ELSEWHERE)
    assert (found.state, found.counts) == ("answered", Counts(answered=1, asked=1))
    assert [state for _, state, _ in cells(found)] == [unasked, "answered", unasked]
    found = column(desk, guides={})
    assert [state for _, state, _ in cells(found)] == ["open", "desk-only", "open"]
    general = column(note("d", "b", kind="desk", visit_id=None), guides={})
    assert (general.state, general.visits) == ("desk-only", ())
    assert cells(general)[0] == ("-", "desk-only", "d")


def test_the_public_reads_no_confidential_reason_in_state_cells_or_counts() -> None:
    quiet = [column(marks=[mark("b/x2", state, "理由")], audience="public")
             for state in ("withheld", "declined", "not-asked", "no-answer")]  # fmt: skip
    quiet.append(column(audience="public"))
    assert {found.state for found in quiet} == {"not-stated"}
    assert all(found.cells == quiet[0].cells for found in quiet)
    assert all(found.counts == quiet[0].counts for found in quiet)
    assert quiet[0].cells[0].standing.reason == ""


@pytest.mark.parametrize(
    ("prefecture", "names", "others"),
    [
        ("千葉県", "千葉県 千葉 Chiba ＣＨＩＢＡ", "千 兵庫"), ("東京都", "東京都 東京", "東"),
        ("北海道", "北海道 北海", "北"), ("京都府", "京都府 京都", "京"),
        ("大阪府", "大阪府 大阪", "大"),
    ],
)  # fmt: skip
def test_a_prefecture_goes_by_its_names_and_loses_one_letter_at_most(
    prefecture: str, names: str, others: str
) -> None:
    city = replace(CHIBA, prefecture=prefecture)
    for typed in (names + " " + others).split():
        assert city.lies_in(typed) == (typed in names.split())


def shape(found: VisitCoverage) -> dict[str, str]:
    return {str(standing.address): standing.state for standing in found.questions}


def test_every_question_of_the_guides_has_a_state() -> None:
    own = guide(
        topic("a", question("x"), question("y"), question("z", classes=("town",))),
        topic("b", question("x")),
    )
    notes = [note("n", "a/x"), note("d", "b", kind="desk")]
    found = covered(notes=notes, marks=[mark("a/y", "to-follow")], guide=own)
    assert shape(found) == {
        "a/x": "answered", "a/y": "to-follow", "a/z": "out-of-scope", "b/x": "open",
    }  # fmt: skip
    assert found.counts == Counts(answered=1, asked=3, to_follow=1, open=1)
    assert [(t.topic.key, t.state, t.own.state) for t in found.topics] == [
        ("a", "answered", "open"),
        ("b", "open", "desk-only"),
    ]
    second = found.topic("b")
    assert second
    assert second.counts == Counts(asked=1, open=1)
    assert found.topic("zzz") is None


def test_what_was_answered_outside_the_guides_of_the_visit_counts_there() -> None:
    own, others = guide(topic("a", question("x"))), guide(topic("b", question("y"), question("z")))
    notes = [note("n", "b/y"), note("r", "a/x b/z", kind="remark")]
    found = covered(notes=notes, guide=own, others=(others,))
    assert shape(found) == {"a/x": "open", "b/y": "answered"}
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]
    assert found.counts == Counts(answered=1, asked=2, open=1)
    as_such = covered(notes=[note("n", "b")], guide=own, others=(others,)).topics[1]
    assert (as_such.state, as_such.questions) == ("answered", ())


@pytest.mark.parametrize("known", [True, False])
def test_a_question_that_moved_to_another_topic_is_not_lost(known: bool) -> None:
    other = (topic("b", question("z")),) if known else ()
    old = guide(topic("a", question("x"), question("w")), *other)
    new = guide(topic("a", question("w")), topic("b", question("z"), question("y", "a/x")))
    found = covered(notes=[note("n", "a/x")], guide=old, others=(new,))
    assert shape(found) == {"a/w": "open"} | ({"b/z": "open"} if known else {}) | {
        "b/y": "answered"
    }
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]


def test_the_newer_of_two_marks_that_meet_on_one_question_stands() -> None:
    old, new = guide(topic("a", question("x"))), guide(topic("a", question("y", "a/x")))
    marks = (mark("a/x", "not-asked"), mark("a/y", "declined"))
    assert shape(covered(marks=marks, guide=old, others=(new,))) == {"a/y": "declined"}


@given(st.lists(st.sampled_from(sorted(set(MARKS) - {"clear"})), min_size=3, max_size=3))
def test_the_public_cannot_tell_confidential_states_apart(states: list[str]) -> None:
    hidden = {"withheld", "declined", "not-asked", "no-answer", "open"}
    own = guide(topic("a", *(question(key) for key in "xyz")))
    marks = [
        mark(f"a/{key}", state, "理由", "2019-11-01")
        for key, state in zip("xyz", states, strict=True)
    ]
    for_all, for_public = (
        covered(marks=marks, guide=own, audience=audience) for audience in ("all", "public")
    )
    for full, seen in zip(for_all.questions, for_public.questions, strict=True):
        assert seen.state == ("not-stated" if full.state in hidden else full.state)
        assert seen.reason == ""
        assert (full.reason, seen.due) == ("理由", "2019-11-01")
    assert for_public.counts.open == sum(state in hidden for state in states)
