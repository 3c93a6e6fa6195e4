"""How far apart in time the statements of one row lie."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import CHIBA, HIMEJI, V2, compared, note
from fieldvisit.fieldwork.comparison import ComparedTopic, Dated, far_apart, is_more_than
from fieldvisit.fieldwork.note import Note


def at_himeji(handle: str, place: str = "ai-rpa/status", **more: object) -> Note:
    return note(handle, place, city_code="282014", visit_id=V2, **more)


def row(*notes: Note) -> ComparedTopic:
    return compared(notes).topics[0]


def told(topic: ComparedTopic, months: int = 12) -> list[tuple[str, str, str]]:
    found = far_apart(topic, months)
    return [(one.question, one.oldest.note.handle, one.newest.note.handle) for one in found]


def test_the_oldest_and_the_newest_of_two_cities_are_named() -> None:
    topic = row(
        note("a", as_of="2017-10-01"), note("b"), at_himeji("c"), at_himeji("d", as_of="2018-12")
    )
    assert told(topic) == [("status", "a", "c")]
    assert told(topic, 24) == [("status", "a", "c")]
    assert told(topic, 25) == []


def test_the_day_of_the_visit_counts_where_no_date_is_said() -> None:
    assert told(row(note("a", as_of="2018-10-20"), at_himeji("b"))) == [("status", "a", "b")]
    assert told(row(note("a"), at_himeji("b", as_of="2018-10"))) == []
    assert told(row(note("a"), at_himeji("b", as_of="2018-09"))) == [("status", "b", "a")]
    assert told(row(note("a"), at_himeji("b", on_day="2021-01-01"))) == [("status", "a", "b")]


def test_a_period_counts_as_a_whole() -> None:
    assert told(row(note("a", as_of="2018年度"), at_himeji("b", as_of="2019年度")), 0) == [
        ("status", "a", "b")
    ]
    assert told(row(note("a", as_of="2018年度"), at_himeji("b", as_of="2020-03-31"))) == []
    assert told(row(note("a", as_of="2018年度"), at_himeji("b", as_of="2020-04-01"))) == [
        ("status", "a", "b")
    ]


def test_one_city_alone_remarks_and_other_rows_are_not_compared() -> None:
    old = {"as_of": "2010"}
    assert told(row(note("a", **old), note("b"))) == []
    assert told(row(note("a", kind="remark", **old), at_himeji("b"))) == []
    assert told(row(note("a", "ai-rpa/plans", **old), at_himeji("b"))) == []
    assert told(row(note("a", kind="desk", visit_id=None), at_himeji("b"))) == []
    topic = row(note("a", "ai-rpa", **old), at_himeji("b", "ai-rpa"))
    assert told(topic) == [("", "a", "b")]


dates = st.dates(date(2015, 1, 1), date(2022, 12, 31))
told_dates = st.lists(st.tuples(st.booleans(), dates), max_size=6)


@given(told_dates, st.integers(0, 30))
def test_it_warns_exactly_where_two_cities_lie_apart(
    told_: list[tuple[bool, date]], months: int
) -> None:
    notes = [
        (note if here else at_himeji)(f"n{n}", as_of=day.isoformat())
        for n, (here, day) in enumerate(told_)
    ]
    ends = [Dated(CHIBA if here else HIMEJI, note("x"), day, day) for here, day in told_]
    apart = [(a, b) for a in ends for b in ends if a.city != b.city and is_more_than(months, a, b)]
    found = far_apart(row(*notes), months)
    assert bool(found) == bool(apart)
    for one in found:
        assert one.oldest.city != one.newest.city
        assert one.newest.first - one.oldest.last == max(b.first - a.last for a, b in apart)


@pytest.mark.parametrize(
    ("then", "now", "months", "more"),
    [
        ("2018-10-21", "2019-10-21", 12, False), ("2018-10-21", "2019-10-22", 12, True),
        ("2019-01-31", "2019-02-28", 1, False), ("2019-01-31", "2019-03-01", 1, True),
        ("2019-01-31", "2019-02-01", 0, True), ("2019-01-31", "2019-01-31", 0, False),
    ],
)  # fmt: skip
def test_months_go_by_the_calendar(then: str, now: str, months: int, more: bool) -> None:
    day, later = date.fromisoformat(then), date.fromisoformat(now)
    one = Dated(CHIBA, note("a"), day, day)
    assert is_more_than(months, one, replace(one, first=later, last=later)) == more
