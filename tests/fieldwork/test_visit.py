"""Who owes what by when: answers to follow, and words on passages that were sent."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import AT_HIMEJI, TODAY, VISIT, covered, mark, note
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation, SentPassage
from fieldvisit.fieldwork.coverage import AskedBefore, asked_before, follow_up
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import (
    TOPIC_ORDER,
    Counts,
    Mark,
    Standing,
    in_scope,
    kinds_at,
    topic_standings,
    topic_state,
)
from fieldvisit.fieldwork.study import Study, StudyGroup, check_group
from fieldvisit.fieldwork.terms import ATTRIBUTES, KINDS, MARKS, STATES
from fieldvisit.fieldwork.visit import Visit, check_days, read_respondent
from fieldwork.small_guides import question, topic


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("情報経営部/課長/山田", ("情報経営部", "課長", "山田")),
        ("情報経営部／課長／山田", ("情報経営部", "課長", "山田")),
        ("情報経営部/課長/", ("情報経営部", "課長", "")),
        ("情報経営部/課長", ("情報経営部", "課長", "")),
        ("//山田", ("", "", "山田")),
        (" 情報経営部 / 課長 / 山田 太郎 ", ("情報経営部", "課長", "山田 太郎")),
        ("山田", ("", "", "山田")),
        ("情報経営部//", ("情報経営部", "", "")),
    ],
)
def test_a_respondent_is_typed_with_slashes(typed: str, expected: tuple[str, str, str]) -> None:
    assert read_respondent(typed) == expected


@pytest.mark.parametrize("typed", ["a/b/c/d", "//", "/", " / / "])
def test_what_is_no_respondent_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be read as department/position/name") as caught:
        read_respondent(typed)
    assert "所属//氏名" in caught.value.hint


@pytest.mark.parametrize("days", [("", "2019-10-21"), ("2019-10-22", "2019-10-21")])
def test_a_visit_cannot_end_before_it_begins(days: tuple[str, str]) -> None:
    with pytest.raises(WrongUsage, match="2019-10-21"):
        check_days(*days)


def sent(handle: str, due: str = "2019-10-30", department: str = "", seen: str = "") -> SentPassage:
    request = Confirmation(f"id-{handle}", VISIT.id, "sent", seen, department, "2019-10-25", due)
    return SentPassage(note(handle, revision=seen and "other"), request)


def test_answers_and_words_stand_in_one_list_the_longest_overdue_first() -> None:
    marks = [
        mark("ai-rpa/plans", "to-follow", "確認中", "2019-11-30"),
        mark("ai-rpa/effect", "to-follow", "", "2019-10-01"),
        mark("ai-rpa/wards", "declined"),
    ]
    at = replace(covered(marks=marks), unconfirmed=(sent("aaaa"), sent("bbbb"), sent("cccc", "")))
    found = follow_up([covered(AT_HIMEJI), at], TODAY)
    assert [(o.kind, o.due, o.days_over) for o in found] == [
        ("answer", "2019-10-01", 31),
        ("confirmation", "2019-10-30", 2),
        ("answer", "2019-11-30", 0),
        ("confirmation", "", 0),
    ]
    assert [len(o.passages) for o in found] == [0, 2, 0, 1]
    assert found[0].question
    assert found[0].question.key == "effect"


def test_each_letter_is_one_and_tells_how_much_of_it_has_changed() -> None:
    passages = (
        sent("aaaa", department="情報部"), sent("bbbb", department="人事部"),
        sent("cccc", department="情報部", seen="rev"),
    )  # fmt: skip
    found = follow_up([replace(covered(), unconfirmed=passages)], TODAY)
    assert [(len(o.passages), o.changed) for o in found] == [(2, 1), (1, 0)]


@given(st.lists(st.dates(date(2019, 1, 1), date(2020, 12, 31)), max_size=5), st.dates())
def test_order_and_days_are_those_of_the_calendar(days: list[date], today: date) -> None:
    places = ("status", "dropped", "effect", "wards", "plans")
    marks = [
        mark(f"ai-rpa/{place}", "to-follow", "", day.isoformat())
        for place, day in zip(places, days, strict=False)
    ]
    found = follow_up([covered(marks=marks)], today)
    assert [o.due for o in found] == sorted(day.isoformat() for day in days)
    for owed in found:
        assert owed.days_over == max(
            0, today.toordinal() - date.fromisoformat(owed.due).toordinal()
        )
        assert owed.is_overdue == (date.fromisoformat(owed.due) < today)


NEXT = Visit("v3", "chiba-2", "121002", first_day="2020-01-14", study_groups=("jinzai",))


def before(*notes: Note, at: Visit = VISIT) -> list[AskedBefore]:
    others = [covered(at, notes), covered(NEXT)]
    return list(asked_before(covered(NEXT), others))


def test_answers_are_counted() -> None:
    (found,) = before(
        note("cccc", "ai-rpa/plans"), note("aaaa"), note("bbbb"), note("topi", "ai-rpa"),
        note("rema", kind="remark"), note("desk", kind="desk", visit_id=None),
        note("othe", "other"), note("mine", visit_id="v3"),
    )  # fmt: skip
    assert (found.asked, found.answered) == (5, 2)


def test_another_group_s_visits_come_first() -> None:
    mine = replace(VISIT, id="v4", handle="chiba-0", study_groups=("jinzai",))
    found = asked_before(covered(NEXT), [covered(mine), covered()])
    assert [(one.before.visit.handle, one.is_for_others) for one in found] == [
        ("chiba-1", True), ("chiba-0", False),
    ]  # fmt: skip


def test_only_questions_that_reached_the_city_count() -> None:
    planned = replace(VISIT, status="planned")
    assert before(at=planned) == []
    assert before(note("aaaa", kind="remark"), at=planned) == []
    assert before(at=replace(planned, sent="2019-10-01"))
    assert before(at=replace(planned, status="held"))
    assert before(note("aaaa"), at=planned)
    declined = covered(planned, marks=[mark("ai-rpa/status", "declined")])
    assert asked_before(covered(NEXT), [declined])
    left_out = covered(planned, marks=[mark("ai-rpa/status", "not-asked")])
    assert not asked_before(covered(NEXT), [left_out])


SET = sorted(set(MARKS) - {"clear"})
PLACES = ["t", "t/a", "t/b", "t/c", "u", "u/a"]
OWN, LEFT, SENT = (Address("t", key) for key in "abc")
ADDRESSES = st.sampled_from(PLACES)
CLASSES = st.lists(st.sampled_from(sorted(ATTRIBUTES)), max_size=2, unique=True)


def marked(place: str, state: str) -> Mark:
    return mark(place, state, "理由", "2019-11-01" * (state == "to-follow"))


def asking(whom: list[str]) -> Topic:
    return topic("t", question("a", classes=tuple(whom)))


def model(notes: list[Note], marks: dict[Address, Mark], whom: list[str], city: set[str]) -> str:
    """The state of question t/a, read off the table of the contract line by line."""
    here = [n.kind for n in notes if Address("t", "a") in n.places]
    answered = any(k not in ("desk", "remark") for k in here)
    meant = whom == [] or city == set() or any(c in city for c in whom)
    own, above = marks.get(Address("t", "a")), marks.get(Address("t"))
    if own and own.state == "to-follow":
        return "to-follow"
    if answered:
        return "answered"
    if own:
        return own.state
    if above and meant and "desk" not in here:
        return above.state
    if "desk" in here:
        return "desk-only"
    return "open" if meant else "out-of-scope"


@given(
    st.lists(
        st.builds(
            lambda kind, *at: note("n", " ".join(at), kind=kind),
            st.sampled_from(sorted(KINDS)),
            ADDRESSES,
            ADDRESSES,
        ),
        max_size=3,
    ),
    st.lists(st.builds(marked, ADDRESSES, st.sampled_from(SET)), max_size=3).map(
        lambda marks: {m.address: m for m in marks}
    ),
    CLASSES,
    CLASSES.map(set),
)
@example([note("n", "t/a", kind="desk")], {Address("t"): marked("t", "to-follow")}, [], set())
def test_a_question_stands_as_the_contract_says(
    notes: list[Note], marks: dict[Address, Mark], whom: list[str], city: set[str]
) -> None:
    (found,) = topic_standings(asking(whom), frozenset(city), kinds_at(notes), marks)
    assert found.state == model(notes, marks, whom, city)
    answering = [n for n in notes if found.address in n.places and n.kind not in ("desk", "remark")]
    assert found.answered == bool(answering)
    assert bool(found.due) == (found.state == "to-follow")
    assert found.reason == "理由" * (found.state in SET)
    assert found.in_scope == in_scope(question("a", classes=tuple(whom)), frozenset(city))


def test_notes_under_an_earlier_name_stand_on_the_question() -> None:
    found = kinds_at([note("n", "old/q", kind="quote")], {Address("old", "q"): OWN}.__getitem__)
    assert found == {OWN: {"quote"}}


def test_desk_notes_are_the_state_of_a_topic_where_no_question_could_be_put() -> None:
    own = Standing(Address("t"), "desk-only")
    not_asked, not_put = Standing(LEFT, "not-asked"), Standing(SENT, "open")
    assert topic_state(own, [not_asked]) == "desk-only"
    assert topic_state(own, [not_put], visited=False) == "desk-only"
    assert topic_state(own, [not_put]) == topic_state(own, [not_asked, not_put]) == "open"


standings = st.builds(
    Standing, st.just(OWN), st.sampled_from(sorted(set(STATES) - {"not-stated"})),
    in_scope=st.booleans(),
).map(
    lambda s: replace(s, answered=True, in_scope=True) if s.state == "answered" else s
)  # fmt: skip


@given(standings, st.lists(standings, max_size=4))
def test_a_topic_stands_as_the_contract_says(own: Standing, questions: list[Standing]) -> None:
    order = [
        "to-follow", "open", "no-answer", "withheld", "declined", "not-asked", "desk-only",
        "not-applicable", "out-of-scope",
    ]  # fmt: skip
    assert list(TOPIC_ORDER) == order
    states = [q.state for q in questions] or [own.state]
    answered = own.answered or "answered" in states
    expected = "answered" if answered else min(states, key=order.index)
    assert topic_state(own, questions) == expected


@given(st.lists(standings, max_size=6))
def test_counts_count_questions(questions: list[Standing]) -> None:
    found = Counts.of(questions)
    states = [q.state for q in questions]
    assert found.answered == states.count("answered")
    assert found.to_follow == states.count("to-follow")
    assert found.open == states.count("open")
    assert found.asked == len([q for q in questions if q.in_scope])
    assert found.answered <= found.asked <= len(questions)


def test_an_answer_out_of_scope_was_asked_after_all() -> None:
    extra = Standing(LEFT, "answered", answered=True, in_scope=False)
    silent = Standing(SENT, "out-of-scope", in_scope=False)
    assert Counts.of([extra, silent]) == Counts(answered=1, asked=1)


def test_a_group_goes_by_its_short_name_and_there_is_one_study() -> None:
    assert StudyGroup("人材WG", "情報人材ワーキンググループ").id == "人材WG"
    assert Study().id == Study(title="x").id == "study"


@pytest.mark.parametrize("short", ["a b", "a,b", "a\u3000b", "a\nb"])
def test_a_short_name_is_one_word(short: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be a short name"):
        check_group(short, "A")
