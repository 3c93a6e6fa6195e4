"""What of a study is compared: cities, time, and which notes are shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.values import CHIBA, OURS, VISIT, compared, note
from fieldvisit.dates import days_of
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing, lies_in, only_shown
from fieldvisit.fieldwork.terms import KINDS
from fieldvisit.fieldwork.visit import Visit

OCTOBER = Narrowing(since=date(2019, 10, 1), until=date(2019, 10, 31))


@pytest.mark.parametrize(
    ("typed", "lies"),
    [
        ("千葉県", True),
        ("千葉", True),
        ("Chiba", True),
        ("ＣＨＩＢＡ", True),
        ("千", False),
        ("兵庫", False),
    ],
)
def test_a_prefecture_goes_by_its_names(typed: str, lies: bool) -> None:
    assert lies_in(CHIBA, typed) == lies
    assert Narrowing(prefecture=typed).takes_city(CHIBA) == lies
    assert EVERYTHING.takes_city(CHIBA)


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


@pytest.mark.parametrize(
    ("as_of", "taken"),
    [
        ("2019-10", True), ("2019年度", True), ("2019", True), ("令和元年", True),
        ("2019-09", False), ("平成31年", False), ("", False),
    ],
)  # fmt: skip
def test_a_desk_note_counts_if_a_day_of_its_date_does(as_of: str, taken: bool) -> None:
    desk = note("a", kind="desk", visit_id=None, as_of=as_of)
    assert OCTOBER.takes_desk_note(desk.as_of) == taken
    assert EVERYTHING.takes_desk_note(desk.as_of)


def test_one_end_of_the_period_may_be_open() -> None:
    assert Narrowing(since=date(2019, 10, 21)).takes_visit(VISIT)
    assert not Narrowing(since=date(2019, 10, 22)).takes_visit(VISIT)
    assert Narrowing(until=date(2019, 10, 21)).takes_visit(VISIT)
    assert not Narrowing(until=date(2019, 10, 20)).takes_visit(VISIT)


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
        note.handle
        for topic in found.topics
        for city in topic.cities
        for cell in city.cells
        for note in cell.notes
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


@given(typed_notes, kinds)
def test_states_stay_those_of_all_notes(
    typed: list[tuple[str, str, tuple[str, ...]]], kinds: tuple[str, ...]
) -> None:
    notes = [note(f"n{n}", place, kind=kind) for n, (place, kind, _tags) in enumerate(typed)]
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
    found = only_shown(compared([note("a"), note("b", "other")]), Narrowing(tags=("x",)))
    assert found.topics == ()
    assert not found.says_something
    tagged = compared([note("a", tags=("x",)), note("b", "other")], cities=(CHIBA, OURS))
    (topic,) = only_shown(tagged, Narrowing(tags=("x",))).topics
    for city in topic.cities:
        assert [cell.question.key for cell in city.cells if cell.question] == ["status"]
