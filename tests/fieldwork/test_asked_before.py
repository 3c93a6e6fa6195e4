"""What a city was asked before, and what it said."""

from msgspec.structs import replace

from documents.values import LINEUP, V1, VISIT, covered, mark, note
from fieldvisit.fieldwork.asked_before import AskedBefore, asked_before
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit

NEXT = Visit("v3", "chiba-2", "121002", first_day="2020-01-14", study_groups=("jinzai",))


def before(*notes: Note, at: Visit = VISIT) -> list[AskedBefore]:
    others = [covered(at, notes), covered(NEXT)]
    return list(asked_before(covered(NEXT), others, notes, LINEUP))


def test_answers_are_counted_and_named_in_the_order_of_the_questions() -> None:
    (found,) = before(
        note("cccc", "ai-rpa/plans"), note("aaaa"), note("bbbb"), note("topi", "ai-rpa"),
        note("rema", kind="remark"), note("desk", kind="desk", visit_id=None),
        note("othe", "other"), note("mine", visit_id="v3"),
    )  # fmt: skip
    assert (found.asked, found.answered) == (5, 2)
    assert [(s.question.key if s.question else "", s.note.handle) for s in found.said] == [
        ("", "topi"), ("status", "aaaa"), ("status", "bbbb"), ("plans", "cccc"),
    ]  # fmt: skip


def test_a_statement_under_several_questions_is_named_once() -> None:
    (found,) = before(note("aaaa", "ai-rpa/status ai-rpa/effect"))
    assert [s.note.handle for s in found.said] == ["aaaa"]
    assert found.answered == 2


def test_another_group_s_visits_come_first() -> None:
    mine = replace(VISIT, id="v4", handle="chiba-0", study_groups=("jinzai",))
    found = asked_before(covered(NEXT), [covered(mine), covered()], (), LINEUP)
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
    assert asked_before(covered(NEXT), [declined], (), LINEUP)
    left_out = covered(planned, marks=[mark("ai-rpa/status", "not-asked")])
    assert not asked_before(covered(NEXT), [left_out], (), LINEUP)


def test_what_was_not_asked_there_counts_not() -> None:
    there = covered(marks=[mark("ai-rpa/status", "not-asked"), mark("ai-rpa/plans", "declined")])
    (found,) = asked_before(covered(NEXT), [there], (), LINEUP)
    assert found.asked == 4
    assert there.visit.id == V1
