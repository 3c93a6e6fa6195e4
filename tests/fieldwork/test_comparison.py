"""The comparison: a cell for every question and city, and in it what stands there."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import CHIBA, OURS, V1, V2, VISIT, compared, covered, mark, note
from fieldvisit.dates import days_of
from fieldvisit.fieldwork.comparison import CityInputs, ComparedCity, Comparison, compare
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Guide, Question
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing, lies_in, only_shown
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark, Standing
from fieldvisit.fieldwork.terms import KINDS, MARKS
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


OCTOBER = Narrowing(since=date(2019, 10, 1), until=date(2019, 10, 31))


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
        lies = typed in names.split()
        assert lies_in(city, typed) == Narrowing(prefecture=typed).takes_city(city) == lies
    assert EVERYTHING.takes_city(city)


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [
        ("2019-10-01", "", True), ("2019-10-31", "2019-11-02", True), ("2019-11-01", "", False),
        ("2019-09-29", "2019-09-30", False), ("2019-09-29", "2019-11-30", True), ("", "", False),
    ],
)  # fmt: skip
def test_a_visit_counts_if_one_of_its_days_does(first: str, last: str, taken: bool) -> None:
    visit = replace(VISIT, first_day=first, last_day=last)
    assert OCTOBER.takes_visit(visit) == taken
    assert EVERYTHING.takes_visit(visit)


as_ofs = st.sampled_from(["", "2018", "2019-10", "FY2019", "2019-10-31", "R1.11.1", "平成31年"])
ends = st.none() | st.dates(date(2018, 1, 1), date(2021, 1, 1))


@given(as_ofs, ends, ends)
def test_the_period_takes_exactly_what_it_touches(
    as_of: str, since: date | None, until: date | None
) -> None:
    narrowing = Narrowing(since=since, until=until)
    taken = narrowing.takes_desk_note(as_of)
    if since is None and until is None:
        assert taken
    elif not as_of:
        assert not taken
    else:
        first, last = days_of(as_of)
        assert taken == (max(first, since or first) <= min(last, until or last))


def shown(found: Comparison) -> list[str]:
    return [
        one.handle
        for topic in found.topics
        for city in topic.cities
        for cell in city.cells
        for one in cell.notes
    ]


places = st.sampled_from(
    ["ai-rpa", "ai-rpa/status", "ai-rpa/effect", "other", "ai-rpa/plans other"]
)
some_tags = st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple)
typed_notes = st.lists(st.tuples(places, st.sampled_from(list(KINDS)), some_tags), max_size=8)
kinds = st.lists(st.sampled_from(list(KINDS)), max_size=2, unique=True).map(tuple)


@given(typed_notes, kinds, some_tags)
def test_shown_is_every_note_that_fits_and_no_other_and_states_stay_those_of_all(
    typed: list[tuple[str, str, tuple[str, ...]]], kinds: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    notes = [
        note(f"n{n}", place, kind=kind, tags=own) for n, (place, kind, own) in enumerate(typed)
    ]
    whole = compared(notes)
    found = only_shown(whole, Narrowing(kinds=kinds, tags=tags))
    fits = {
        one.handle
        for one in notes
        if (not kinds or one.kind in kinds) and (not tags or set(tags) & set(one.tags))
    }
    assert shown(found) == [handle for handle in shown(whole) if handle in fits]
    assert set(shown(found)) == fits
    assert {n.handle for t in found.topics for c in t.cities for n in c.whole.notes} <= fits
    assert standings(found).items() <= standings(whole).items()
    for one in found.topics:
        assert all(len(city.cells) <= len(one.topic.questions) + 1 for city in one.cities)


def standings(found: Comparison) -> dict[tuple[str, str, Question | None], Standing]:
    return {
        (topic.topic.key, city.city.code, cell.question): cell.standing
        for topic in found.topics
        for city in topic.cities
        for cell in city.cells
    }


def test_questions_and_topics_without_a_fitting_note_are_left_out() -> None:
    found = only_shown(compared([note("a"), note("b", "other")]), Narrowing(tags=("x",)))
    assert found.topics == ()
    assert not found.says_something
    tagged = compared([note("a", tags=("x",)), note("b", "other")], cities=(CHIBA, OURS))
    (topic,) = only_shown(tagged, Narrowing(tags=("x",))).topics
    for city in topic.cities:
        assert [cell.question.key for cell in city.cells if cell.question] == ["status"]


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
