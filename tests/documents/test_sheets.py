"""The field sheet: what the interviewer carries."""

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from documents.shown import bullets, facts, grid_of, headings, paragraphs, text_of, under
from documents.values import (
    AT_HIMEJI,
    CHIBA,
    GUIDE,
    HIMEJI,
    MARKS,
    RESPONDENT,
    TODAY,
    V1,
    VISIT,
    covered,
    mark,
    note,
)
from fieldvisit import language
from fieldvisit.documents.city_sheet import questions as question_document
from fieldvisit.documents.document import Document
from fieldvisit.documents.field_sheet import document, in_editor
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.page import Box, Facts, Heading, Paragraph
from fieldvisit.fieldwork.city import CityAttribute
from fieldvisit.fieldwork.coverage import Preparation, VisitCoverage
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.review.tags import Tag, read_tag
from fieldvisit.text import width

STUDY = Study("調査", "研究所", "目的", "連絡先")
DESK = note(
    "desk", kind="desk", visit_id=None, as_of="2019年度",
    source=Source("総務省", "https://example.jp/x", "2019-03"),
)  # fmt: skip


def prepared(
    notes: Sequence[Note] = (),
    marks: Sequence[Mark] = (),
    *,
    visit: Visit = VISIT,
    guide: Guide = GUIDE,
) -> Preparation:
    placed = {
        place: tuple(n for n in notes if place in n.places) for one in notes for place in one.places
    }
    city = CHIBA if visit.city_code == CHIBA.code else HIMEJI
    here = [n for n in notes if n.visit_id in (None, visit.id)]
    return Preparation(
        STUDY, (StudyGroup("jimu", "事務研究会"),), covered(visit, here, marks, guide=guide),
        visit.day or TODAY, city.attributes_on(TODAY), placed,
        tuple(n for n in notes if not n.places), "group",
    )  # fmt: skip


def test_it_is_headed_by_what_is_known_of_the_visit() -> None:
    page = document(prepared())
    assert headings(page, 1) == ["Field sheet: 千葉市 (designated city)"]
    assert paragraphs(page)[0].startswith("Audience: group only.")
    assert facts(page) == {
        "study": "調査", "institute": "研究所", "purpose": "目的", "study groups": "事務研究会",
        "visit": "chiba-1 on site", "date": "Mon 21 October 2019 13:30", "place": "市役所",
        "interviewers": "佐藤", "respondents": "情報部 課長 山田太郎", "contact": "窓口の人",
        "consent": "(recording, names, quotes: ask at the beginning)",
    }  # fmt: skip
    assert facts(document(prepared(visit=replace(VISIT, consent="録音可"))))["consent"] == "録音可"


def test_every_question_in_scope_has_its_number_labels_gate_probes_and_a_box() -> None:
    page = document(prepared())
    assert headings(page, 3) == [
        "4/1 How far is it?", "4/3 What was dropped?", "4/5 What effect?", "4/7 In the wards?",
        "4/8 What comes next?",
    ]  # fmt: skip
    for number in ("4/1", "4/3", "4/5", "4/7", "4/8"):
        assert isinstance(under(page, number)[-1], Box)
    assert under(page, "7 ") == [Box("", 6, str(Tag("box", V1, "other")))]  # it has no questions
    assert paragraphs(page)[1:] == [
        "[common question] [sent ahead]", "[sent ahead] [orally only: agree on disclosure first]",
        "[sent ahead]", "Ask if your city uses it.", "[sent ahead]",
    ]  # fmt: skip
    assert bullets(under(page, "4/1")) == ["How many?", "And the wards?"]
    assert "Ask if your city uses it." in str(under(page, "4/5"))


def test_probes_and_questions_fit_the_class_of_the_city() -> None:
    page = document(prepared(visit=AT_HIMEJI))
    assert bullets(under(page, "4/1")) == ["How many?"]
    assert [h for h in headings(page, 3) if h.startswith("4/7")] == []
    unknown = replace(prepared(visit=AT_HIMEJI), attributes=frozenset())
    assert bullets(under(document(unknown), "4/1")) == ["How many?", "And the wards?"]


def test_what_is_known_stands_with_date_source_and_handle() -> None:
    on_topic = note("topi", "ai-rpa", kind="remark", disclosure="group")
    page = document(prepared([DESK, on_topic]))
    assert bullets(under(page, "4/1"))[-1] == (
        "[desk research] 話desk (as of 2019年度, source: 総務省, published 2019-03) [desk]"
    )
    assert "State: desk only" in str(under(page, "4/1"))
    own = Box("[researcher's remark][group only] [topi]", 1, str(Tag("note", "idtopi")), "話topi")
    assert own in under(page, "4 Use")


def test_notes_of_an_earlier_visit_and_those_without_a_topic_say_so() -> None:
    earlier = note("earl", visit_id="v0", speaker=RESPONDENT)
    page = document(prepared([earlier, note("unso", "")]))
    assert bullets(under(page, "4/1"))[-1] == "(earlier visit) 話earl (情報部 課長 山田太郎) [earl]"
    assert "State:" not in str(under(page, "4/1"))
    own = Box("[unso]", 1, str(Tag("note", "idunso")), "話unso")
    assert under(page, "Not filed under a topic yet") == [own]
    assert not [h for h in headings(document(prepared())) if h.startswith("Not filed")]


def test_states_stand_in_words_with_date_and_reason() -> None:
    page = document(prepared(marks=MARKS))
    assert "State: to follow (due Fri 15 November 2019, 確認中)" in paragraphs(page)
    assert "State: declined" in paragraphs(page)
    assert "State" not in str(under(page, "4/1"))


def test_only_open_leaves_what_is_to_ask_or_to_follow() -> None:
    page = document(prepared([note("aaaa")], MARKS), only_open=True)
    assert headings(page, 3) == ["4/3 What was dropped?", "4/5 What effect?", "4/7 In the wards?"]
    assert headings(page, 2) == ["4 Use of AI and RPA"]
    desk = document(prepared([DESK]), only_open=True)
    assert headings(desk, 3)[0] == "4/1 How far is it?"
    done = document(prepared(marks=[mark("ai-rpa", "not-asked")]), only_open=True)
    assert headings(done) == ["Field sheet: 千葉市 (designated city)"]


@pytest.mark.parametrize("made", [document, question_document])
def test_it_is_a_sheet_in_every_form_that_is_filled_in(
    made: Callable[[Preparation], Document],
) -> None:
    found = made(prepared())
    kind = "field-sheet" if made is document else "question-sheet"
    assert (found.name, found.sheet, found.shape) == (kind, True, None)
    tags = [str(row[0]) for row in grid_of(found).rows]
    assert len(set(tags)) == len(tags)
    boxes = [block.tag for block in found.page().blocks if isinstance(block, Box)]
    assert {*boxes} <= {*tags}
    if made is question_document:
        assert tags == boxes
        assert {read_tag(tag).reader for tag in tags} == {"city"}


OF_SENT = (MARKS[0], mark("ai-rpa/wards", "declined", "理由"))


def test_it_says_who_asks_and_holds_what_is_sent_not_sensitive_and_meant_for_the_city() -> None:
    assert facts(question_document(prepared())) == {
        "study": "調査", "institute": "研究所", "purpose": "目的", "used by": "事務研究会",
        "date of the visit": "Mon 21 October 2019 13:30", "contact": "連絡先",
    }  # fmt: skip
    assert headings(question_document(prepared()), 1) == ["Questions ahead of our visit: 千葉市"]
    language.use("ja")
    assert headings(question_document(prepared()), 3) == [
        "4/1 貴市の活用状況をご教示ください。", "4/5 （貴市が導入済みの場合）効果は。",
        "4/7 行政区では。",
    ]  # fmt: skip
    elsewhere = headings(question_document(prepared(visit=AT_HIMEJI)), 3)
    assert [heading.split()[0] for heading in elsewhere] == ["4/1", "4/5"]


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
    city, found = replace(CHIBA, name=name, attributes=(CityAttribute(class_),)), prepared()
    found = replace(found, coverage=VisitCoverage(VISIT, city, found.coverage.topics))
    page = question_document(found)
    assert f"(if {en} uses it)" in headings(page, 3)[1]
    assert f"how far {en} is." in headings(page, 3)[0]
    assert en in paragraphs(page)[0]
    language.use("ja")
    assert headings(question_document(found), 3)[0] == f"4/1 {ja}の活用状況をご教示ください。"
    assert "{city_you}" not in text_of(question_document(found))


def test_nothing_but_questions_stands_on_it() -> None:
    notes = [
        DESK, note("aaaa", speaker=RESPONDENT), note("rema", "ai-rpa", kind="remark"),
        note("unso", ""), note("earl", "ai-rpa/effect", visit_id="v0"),
    ]  # fmt: skip
    plain = question_document(prepared())
    assert question_document(prepared(notes, OF_SENT)).page() == plain.page()
    kinds = {type(block) for block in plain.page().blocks}
    assert kinds == {Heading, Facts, Paragraph, Box}
    text = text_of(question_document(prepared(notes, OF_SENT)))
    for word in ("話", "How many?", "確認中", "理由", "to follow", "answered", "What was dropped",
                 "Audience", "山田太郎", "窓口の人", "佐藤", "common question"):  # fmt: skip
        assert word not in text


def test_only_open_questions_leave_what_is_to_ask_or_to_follow() -> None:
    page = question_document(prepared([note("aaaa")], OF_SENT), only_open=True)
    assert [h.split()[0] for h in headings(page, 3)] == ["4/5"]
    done = question_document(prepared(marks=[mark("ai-rpa", "not-asked")]), only_open=True)
    assert headings(done, 2) == []


def test_the_sheet_in_the_editor_has_a_box_for_each_note_and_an_empty_one_everywhere() -> None:
    language.use("ja")
    said = note("aaaa", disclosure="off-record", speaker=RESPONDENT, revision="0123456789abcdef")
    found = prepared([said, DESK])
    levels = dict.fromkeys((None, *found.addresses), "confirm")
    page = in_editor(found, levels | {Address("ai-rpa", "dropped"): "group"})
    boxes = [block for block in page.blocks if isinstance(block, Box)]
    assert [box.tag for box in boxes if not box.text] == [*map(str, found.addresses), "unsorted"]
    assert {box.tag: box.text for box in boxes if box.text} == {
        "fv1nidaaaa:.0123456789ab": f"【オフレコ】【発言者：情報部 課長 山田太郎】{said.body}"
    }
    text = markdown.write(page)
    assert text.count("この欄では、取扱区分を付けなければ【研究会内限り】になります。") == 1
    assert "```````` {ai-rpa/status}\n\n````````\n" in text
    assert all(width(line) <= 40 for line in text.splitlines() if line.startswith("`"))
