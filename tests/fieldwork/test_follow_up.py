"""Who owes what by when: answers to follow, and words on passages that were sent."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents.values import AT_HIMEJI, RESPONDENT, TODAY, VISIT, covered, mark, note
from fieldvisit.fieldwork.confirmation import Confirmation, SentPassage
from fieldvisit.fieldwork.coverage import follow_up
from fieldvisit.fieldwork.visit import Participant


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


def test_a_topic_as_such_is_owed_once() -> None:
    marks = [mark("other", "to-follow", "", "2019-11-30")]
    (owed,) = follow_up([covered(marks=marks)], TODAY)
    assert owed.topic
    assert (owed.topic.key, owed.question) == ("other", None)


def test_each_letter_is_one_and_tells_how_much_of_it_has_changed() -> None:
    passages = (
        sent("aaaa", department="情報部"), sent("bbbb", department="人事部"),
        sent("cccc", department="情報部", seen="rev"),
    )  # fmt: skip
    found = follow_up([replace(covered(), unconfirmed=passages)], TODAY)
    assert [(o.who, len(o.passages), o.changed) for o in found] == [
        ("情報部", 2, 1),
        ("人事部", 1, 0),
    ]


def test_whom_to_ask_is_the_contact_else_the_departments_that_took_part() -> None:
    marks = [mark("other", "to-follow", "", "2019-11-30")]
    (owed,) = follow_up([covered(marks=marks)], TODAY)
    assert owed.who == "窓口の人"
    others = (RESPONDENT, Participant("p3", "respondent", "", "人事部"))
    nobody = replace(owed, visit=replace(VISIT, contact="", participants=others))
    assert nobody.who == "情報部, 人事部"
    assert replace(owed, visit=replace(VISIT, contact="", participants=())).who == ""


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
