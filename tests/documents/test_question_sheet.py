"""The question sheet: nothing but questions goes to a city ahead of the visit."""

import pytest
from msgspec.structs import replace

from documents.test_field_sheet import DESK, prepared
from documents.values import (
    AT_HIMEJI,
    CHIBA,
    RESPONDENT,
    VISIT,
    facts,
    headings,
    mark,
    note,
    paragraphs,
    text_of,
    under,
)
from fieldvisit import language
from fieldvisit.documents.page import Box, Facts, Heading, Paragraph
from fieldvisit.documents.question_sheet import document
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.tags import reader_of

MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/wards", "declined", "理由"),
)


def test_it_holds_what_is_sent_is_not_sensitive_and_is_meant_for_the_city() -> None:
    language.use("ja")
    assert headings(document(prepared()), 3) == [
        "4/1 貴市の活用状況をご教示ください。",
        "4/5 （貴市が導入済みの場合）効果は。",
        "4/7 行政区では。",
    ]
    assert [h.split()[0] for h in headings(document(prepared(visit=AT_HIMEJI)), 3)] == [
        "4/1",
        "4/5",
    ]


def test_topics_without_such_questions_are_left_out() -> None:
    assert headings(document(prepared()), 2) == ["4 Use of AI and RPA"]


def test_numbers_are_the_guide_s_and_never_closed_up() -> None:
    assert [h.split()[0] for h in headings(document(prepared()), 3)] == ["4/1", "4/5", "4/7"]


@pytest.mark.parametrize(
    ("name", "class_", "ja", "en"),
    [
        ("千葉市", "designated-city", "貴市", "your city"),
        ("千代田区", "special-ward", "貴区", "your ward"),
        ("架空町", "town", "貴町", "your town"),
        ("架空村", "village", "貴村", "your village"),
        ("架空県", "prefecture", "貴団体", "your organisation"),
    ],
)
def test_the_city_is_addressed_by_its_kind(name: str, class_: str, ja: str, en: str) -> None:
    found = to(replace(CHIBA, name=name, attributes=(CityAttribute(class_),)))
    assert f"(if {en} uses it)" in headings(document(found), 3)[1]
    assert f"how far {en} is." in headings(document(found), 3)[0]
    assert en in paragraphs(document(found))[0]
    language.use("ja")
    assert headings(document(found), 3)[0] == f"4/1 {ja}の活用状況をご教示ください。"
    assert "{city_you}" not in text_of(document(found))


def to(city: City) -> Preparation:
    found = prepared()
    return replace(found, coverage=VisitCoverage(VISIT, city, found.coverage.topics))


def test_nothing_but_questions_stands_on_it() -> None:
    notes = [
        DESK, note("aaaa", speaker=RESPONDENT), note("rema", "ai-rpa", kind="remark"),
        note("unso", ""), note("earl", "ai-rpa/effect", visit_id="v0"),
    ]  # fmt: skip
    plain = document(prepared())
    assert document(prepared(notes, MARKS)).page() == plain.page()
    kinds = {type(block) for block in plain.page().blocks}
    assert kinds == {Heading, Facts, Paragraph, Box}
    text = text_of(document(prepared(notes, MARKS)))
    for word in ("話", "How many?", "確認中", "理由", "to follow", "answered", "What was dropped",
                 "Audience", "山田太郎", "窓口の人", "佐藤", "common question"):  # fmt: skip
        assert word not in text


@pytest.mark.parametrize("audience", ["public", "group", "all"])
def test_it_is_the_same_for_every_audience(audience: str) -> None:
    assert document(prepared(audience=audience)).page() == document(prepared()).page()


def test_it_says_who_asks_and_when() -> None:
    assert facts(document(prepared())) == {
        "study": "調査", "institute": "研究所", "purpose": "目的", "used by": "事務研究会",
        "date of the visit": "Mon 21 October 2019 13:30", "contact": "連絡先",
    }  # fmt: skip
    assert headings(document(prepared()), 1) == ["Questions ahead of our visit: 千葉市"]


def test_only_open_leaves_what_is_to_ask_or_to_follow() -> None:
    page = document(prepared([note("aaaa")], MARKS), only_open=True)
    assert [h.split()[0] for h in headings(page, 3)] == ["4/5"]
    done = document(prepared(marks=[mark("ai-rpa", "not-asked")]), only_open=True)
    assert headings(done, 2) == []


def test_only_open_for_the_public_leaves_all_that_may_be_open() -> None:
    page = document(prepared([note("aaaa")], MARKS, audience="public"), only_open=True)
    assert [h.split()[0] for h in headings(page, 3)] == ["4/5", "4/7"]


def test_each_question_has_room_for_an_answer() -> None:
    page = document(prepared())
    for number in ("4/1", "4/5", "4/7"):
        assert [type(block) for block in under(page, number)] == [Box]


def test_it_is_a_sheet_in_every_form_that_is_filled_in() -> None:
    found = document(prepared())
    assert (found.name, found.sheet, found.shape) == ("question-sheet", True, None)
    assert found.grid
    tags = [row[0] for row in found.grid().rows]
    boxes = [block.tag for block in found.page().blocks if isinstance(block, Box)]
    assert tags == boxes
    assert all(reader_of(str(tag)) == "city" for tag in tags)
