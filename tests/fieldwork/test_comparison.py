"""The comparison: a cell for every question and city, and in it what stands there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import CHIBA, OURS, compared
from documents.values import note as tagged_note
from fieldvisit.dates import days_of
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import CityInputs, ComparedCity, Comparison, compare
from fieldvisit.fieldwork.coverage import CoverageInputs, VisitCoverage, cover
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing, lies_in, only_shown
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark
from fieldvisit.fieldwork.terms import KINDS, MARKS
from fieldvisit.fieldwork.visit import Visit

CITY = City("121002", "千葉県", "千葉市", "ちばし", "chiba")


def topic(key: str, *questions: Question, was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(key), was=was, questions=questions)


def question(key: str, *was: str, classes: tuple[str, ...] = ()) -> Question:
    return Question(key, 1, Words(key), was=was, classes=classes)


OLD = Guide("g", "1", Words("g"), topics=(topic("a", question("x"), question("y")), topic("other")))
NEW = Guide(
    "g",
    "2",
    Words("g"),
    topics=(
        topic("b", question("x2", "a/x"), question("y"), question("z"), was=("a",)),
        topic("other"),
    ),
)


def note(name: str, place: str, kind: str = "quote", visit: str | None = "1") -> Note:
    places = tuple(Address.read(one) for one in place.split()) if place else ()
    return Note(name, name, "121002", visit, kind, name, "public", "t", places)


def mark(visit: str, place: str, state: str) -> Mark:
    return Mark(visit, Address.read(place), state, "理由")


def column(
    notes: list[Note],
    marks: list[Mark] | None = None,
    guides: dict[str, Guide] | None = None,
    key: str = "b",
    audience: str = "all",
) -> ComparedCity:
    """The city's column under a topic; ``guides`` are those of its visits."""
    crosswalk = Crosswalk([NEW, OLD])
    attributes = frozenset({"designated-city"})
    visits = []
    for visit_id, guide in (guides if guides is not None else {"1": NEW}).items():
        visit = Visit(visit_id, f"chiba-{visit_id}", "121002")
        here = tuple(n for n in notes if n.visit_id in (None, visit_id))
        there = tuple(m for m in marks or [] if m.visit_id == visit_id)
        visits.append(
            cover(CoverageInputs(visit, CITY, (guide,), attributes, here, there), crosswalk, "all")
        )
    inputs = CityInputs(CITY, tuple(visits), attributes, tuple(notes))
    found = crosswalk.topic(key)
    assert found
    (compared,) = compare([found], [inputs], crosswalk, audience).topics
    return compared.cities[0]


def cells(found: ComparedCity) -> list[tuple[str, str, list[str]]]:
    return [
        (
            cell.question.key if cell.question else "-",
            cell.standing.state,
            [n.id for n in cell.notes],
        )
        for cell in found.cells
    ]


def test_every_question_has_a_cell_and_every_note_its_places() -> None:
    found = column([note("m", "b/x2 b/z"), note("n", "b"), note("unsorted", "")])
    assert cells(found) == [
        ("-", "answered", ["n"]),
        ("x2", "answered", ["m"]),
        ("y", "open", []),
        ("z", "answered", ["m"]),
    ]
    assert found.state == "answered"
    assert found.counts == Counts(answered=2, asked=3, open=1)


def test_renamed_questions_meet_in_one_row() -> None:
    found = column(
        [note("old", "a/x"), note("new", "b/x2", visit="2")], guides={"1": OLD, "2": NEW}
    )
    assert cells(found)[0] == ("x2", "answered", ["old", "new"])
    assert [visit.handle for visit in found.visits] == ["chiba-1", "chiba-2"]


def test_the_best_standing_of_several_visits_is_the_citys() -> None:
    guides = {"1": NEW, "2": NEW}
    marks = [mark("1", "b/x2", "declined"), mark("1", "b/y", "declined"),
             mark("2", "b/y", "to-follow")]  # fmt: skip
    found = column([note("n", "b/x2", visit="2")], marks, guides)
    assert cells(found) == [
        ("x2", "answered", ["n"]),
        ("y", "to-follow", []),
        ("z", "open", []),
    ]


def test_an_answer_that_is_still_to_follow_elsewhere_counts_as_answered() -> None:
    guides = {"1": NEW, "2": NEW}
    found = column([note("n", "b/x2")], [mark("1", "b/x2", "to-follow")], guides)
    assert cells(found)[0] == ("x2", "to-follow", ["n"])
    assert (found.state, found.counts.answered, found.counts.to_follow) == ("answered", 1, 1)


def test_a_city_that_was_not_asked_under_the_topic_says_so() -> None:
    elsewhere = Guide("h", "1", Words("h"), topics=(topic("q"),))
    found = column([], guides={"1": elsewhere})
    assert found.state == "not-asked"
    assert {state for _, state, _ in cells(found)} == {"not-asked"}
    desk = column([note("d", "b/y", "desk", None)], guides={"1": elsewhere})
    assert cells(desk)[1] == ("y", "desk-only", ["d"])


def test_an_answer_under_a_topic_that_the_guide_lacks_is_an_answer() -> None:
    elsewhere = Guide("h", "1", Words("h"), topics=(topic("q"),))
    found = column([note("n", "b/y")], guides={"1": elsewhere})
    assert (found.state, found.counts) == ("answered", Counts(answered=1, asked=1))
    assert [state for _, state, _ in cells(found)] == ["not-asked", "answered", "not-asked"]


def test_a_city_without_a_visit_shows_its_desk_notes() -> None:
    found = column([note("d", "b/y", "desk", None)], guides={})
    assert [state for _, state, _ in cells(found)] == ["open", "desk-only", "open"]
    general = column([note("d", "b", "desk", None)], guides={})
    assert general.state == "desk-only"
    assert cells(general)[0] == ("-", "desk-only", ["d"])
    assert general.visits == ()


def test_the_public_reads_no_confidential_reason_in_state_cells_or_counts() -> None:
    quiet = [column([], [mark("1", "b/x2", state)], audience="public")
             for state in ("withheld", "declined", "not-asked", "no-answer")]  # fmt: skip
    quiet.append(column([], audience="public"))
    assert {found.state for found in quiet} == {"not-stated"}
    assert all(found.cells == quiet[0].cells for found in quiet)
    assert all(found.counts == quiet[0].counts for found in quiet)
    assert quiet[0].cells[0].standing.reason == ""


OCTOBER = Narrowing(since=date(2019, 10, 1), until=date(2019, 10, 31))


@pytest.mark.parametrize(
    ("typed", "lies"),
    [
        ("千葉県", True), ("千葉", True), ("Chiba", True), ("ＣＨＩＢＡ", True), ("千", False),
        ("兵庫", False),
    ],
)  # fmt: skip
def test_a_prefecture_goes_by_its_names(typed: str, lies: bool) -> None:
    assert lies_in(CHIBA, typed) == lies
    assert Narrowing(prefecture=typed).takes_city(CHIBA) == lies
    assert EVERYTHING.takes_city(CHIBA)


@pytest.mark.parametrize("whole", ["東京都", "北海道", "京都府", "大阪府", "千葉県"])
def test_a_prefecture_loses_one_letter_at_most(whole: str) -> None:
    city = replace(CHIBA, prefecture=whole)
    assert lies_in(city, whole)
    assert lies_in(city, whole[:-1])
    assert not lies_in(city, whole[:-2])


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [
        ("2019-10-01", "", True), ("2019-10-31", "2019-11-02", True), ("2019-11-01", "", False),
        ("2019-09-29", "2019-09-30", False), ("2019-09-29", "2019-11-30", True), ("", "", False),
    ],
)  # fmt: skip
def test_a_visit_counts_if_one_of_its_days_does(first: str, last: str, taken: bool) -> None:
    visit = Visit("v", "chiba-1", "121002", first_day=first, last_day=last)
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
        tagged_note.handle
        for topic in found.topics
        for city in topic.cities
        for cell in city.cells
        for tagged_note in cell.notes
    ]


places = st.sampled_from(
    ["ai-rpa", "ai-rpa/status", "ai-rpa/effect", "other", "ai-rpa/plans other"]
)
some_tags = st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple)
typed_notes = st.lists(st.tuples(places, st.sampled_from(list(KINDS)), some_tags), max_size=8)
kinds = st.lists(st.sampled_from(list(KINDS)), max_size=2, unique=True).map(tuple)


@given(typed_notes, kinds, some_tags)
def test_shown_is_every_note_that_fits_and_no_other(
    typed: list[tuple[str, str, tuple[str, ...]]], kinds: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    notes = [
        tagged_note(f"n{n}", place, kind=kind, tags=own)
        for n, (place, kind, own) in enumerate(typed)
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


@given(typed_notes, kinds)
def test_states_stay_those_of_all_notes(
    typed: list[tuple[str, str, tuple[str, ...]]], kinds: tuple[str, ...]
) -> None:
    notes = [tagged_note(f"n{n}", place, kind=kind) for n, (place, kind, _tags) in enumerate(typed)]
    whole, found = compared(notes), only_shown(compared(notes), Narrowing(kinds=kinds))
    standing = {
        (topic.topic.key, city.city.code, cell.question): cell.standing
        for topic in whole.topics
        for city in topic.cities
        for cell in city.cells
    }
    for topic in found.topics:
        for city in topic.cities:
            assert len(city.cells) <= len(topic.topic.questions) + 1
            for cell in city.cells:
                assert cell.standing == standing[topic.topic.key, city.city.code, cell.question]


def test_questions_and_topics_without_a_fitting_note_are_left_out() -> None:
    found = only_shown(
        compared([tagged_note("a"), tagged_note("b", "other")]), Narrowing(tags=("x",))
    )
    assert found.topics == ()
    assert not found.says_something
    tagged = compared(
        [tagged_note("a", tags=("x",)), tagged_note("b", "other")], cities=(CHIBA, OURS)
    )
    (topic,) = only_shown(tagged, Narrowing(tags=("x",))).topics
    for city in topic.cities:
        assert [cell.question.key for cell in city.cells if cell.question] == ["status"]


COVERED_VISIT = Visit("v", "chiba-1", "121002")


def guide(*topics: Topic) -> Guide:
    return Guide("g", "1", Words("g"), topics=topics)


def noted(*places: str, kind: str = "quote") -> Note:
    addresses = tuple(Address.read(place) for place in places)
    return Note("n", "h", "121002", "v", kind, "x", "public", "t", addresses)


def marked(place: str, state: str) -> Mark:
    return Mark("v", Address.read(place), state, "理由", "2019-11-01")


def covered(
    own: Guide,
    notes: tuple[Note, ...] = (),
    marks: tuple[Mark, ...] = (),
    others: tuple[Guide, ...] = (),
    audience: str = "all",
) -> VisitCoverage:
    inputs = CoverageInputs(COVERED_VISIT, CITY, (own,), frozenset({"core-city"}), notes, marks)
    return cover(inputs, Crosswalk([*others, own]), audience)


def shape(found: VisitCoverage) -> dict[str, str]:
    return {str(standing.address): standing.state for standing in found.questions}


def test_every_question_of_the_guides_has_a_state() -> None:
    own = guide(
        topic("a", question("x"), question("y"), question("z", classes=("town",))),
        topic("b", question("x")),
    )
    found = covered(
        own,
        (noted("a/x"), noted("b", kind="desk")),
        (marked("a/y", "to-follow"),),
    )
    assert shape(found) == {
        "a/x": "answered",
        "a/y": "to-follow",
        "a/z": "out-of-scope",
        "b/x": "open",
    }
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
    notes = (noted("b/y"), noted("a/x", "b/z", kind="remark"))
    found = covered(own, notes, others=(others,))
    assert shape(found) == {"a/x": "open", "b/y": "answered"}
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]
    assert found.counts == Counts(answered=1, asked=2, open=1)
    as_such = covered(own, (noted("b"),), others=(others,)).topics[1]
    assert (as_such.state, as_such.questions) == ("answered", ())


@pytest.mark.parametrize("known", [True, False])
def test_a_question_that_moved_to_another_topic_is_not_lost(known: bool) -> None:
    other = (topic("b", question("z")),) if known else ()
    old = guide(topic("a", question("x"), question("w")), *other)
    new = guide(topic("a", question("w")), topic("b", question("z"), question("y", "a/x")))
    found = covered(old, (noted("a/x"),), (), (new,))
    assert shape(found) == {"a/w": "open"} | ({"b/z": "open"} if known else {}) | {
        "b/y": "answered"
    }
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]


def test_the_newer_of_two_marks_that_meet_on_one_question_stands() -> None:
    old = guide(topic("a", question("x")))
    new = guide(topic("a", question("y", "a/x")))
    marks = (marked("a/x", "not-asked"), marked("a/y", "declined"))
    assert shape(covered(old, marks=marks, others=(new,))) == {"a/y": "declined"}


@given(st.lists(st.sampled_from(sorted(set(MARKS) - {"clear"})), min_size=3, max_size=3))
def test_the_public_cannot_tell_confidential_states_apart(states: list[str]) -> None:
    hidden = {"withheld", "declined", "not-asked", "no-answer", "open"}
    own = guide(topic("a", *(question(key) for key in "xyz")))
    marks = tuple(marked(f"a/{key}", state) for key, state in zip("xyz", states, strict=True))
    for_all, for_public = covered(own, (), marks), covered(own, (), marks, audience="public")
    for full, seen in zip(for_all.questions, for_public.questions, strict=True):
        assert seen.state == ("not-stated" if full.state in hidden else full.state)
        assert seen.reason == ""
        assert (full.reason, seen.due) == ("理由", "2019-11-01")
    assert for_public.counts.open == sum(state in hidden for state in states)
