"""Who owes what by when, on the pages of status and coverage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from documents.shown import (
    facts,
    grid_of,
    headings,
    paragraphs,
    rows,
    shape_of,
    tables,
    text_of,
    under,
)
from documents.test_sheets import DESK, prepared
from documents.values import AT_HIMEJI, CHIBA, RESPONDENT, TODAY, VISIT, covered, mark, note
from fieldvisit import language
from fieldvisit.documents import coverage
from fieldvisit.documents.city_sheet import follow_up as document
from fieldvisit.documents.confirmation_letter import page
from fieldvisit.documents.confirmations import (
    confirmation_list,
    in_words,
    shape,
    told_going,
    told_passages,
)
from fieldvisit.documents.document import Document
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.page import Box, Facts, Heading, Paragraph
from fieldvisit.documents.status import Status, status_page
from fieldvisit.fieldwork.confirmation import Confirmation, SentPassage
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.coverage import follow_up as owed_at
from fieldvisit.fieldwork.letter import standings
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.fieldwork.visit import Participant
from letters import letter

MARKS = [
    mark("ai-rpa/plans", "to-follow", "", "2019-11-30"),
    mark("other", "to-follow", "確認中", "2019-10-01"),
]


def asked() -> VisitCoverage:
    """A visit where two answers are to follow, and two passages wait, one of them changed."""
    requests = [
        Confirmation(f"id-{n}", VISIT.id, "sent", seen, "情報部", "2019-10-22", "2019-10-31")
        for n, seen in (("aaaa", ""), ("bbbb", "before"))
    ]
    notes = [note("aaaa", kind="remark"), note("bbbb", kind="remark")]
    passages = tuple(map(SentPassage, notes, requests))
    return replace(covered(marks=MARKS), unconfirmed=passages)


def open_list(*visits: VisitCoverage) -> Document:
    return coverage.document(visits, "group", only_open=True, owed=owed_at(visits, TODAY))


def test_it_heads_what_is_open_and_says_what_and_when() -> None:
    found = open_list(asked(), covered(AT_HIMEJI))
    assert headings(found, 2) == [
        "To follow", "千葉市 chiba-1 Mon 21 October 2019 13:30",
        "姫路市 himeji-1 Thu 24 October 2019",
    ]  # fmt: skip
    assert rows(tables(found)[0]) == [
        ["due", "city", "what"],
        ["Tue 1 October 2019 (OVERDUE by 31 days)", "千葉市 chiba-1", "7 Other (確認中)"],
        ["Thu 31 October 2019 (OVERDUE by 1 day)", "千葉市 chiba-1",
         "2 passages to be confirmed (情報部, sent Tue 22 October 2019, changed since: 1)"],
        ["Sat 30 November 2019", "千葉市 chiba-1", "4/8 What comes next?"],
    ]  # fmt: skip


def test_it_is_the_same_in_status_in_json_and_in_a_spreadsheet() -> None:
    status = status_page(Status(Study("調査"), (asked(),), (), 0, 0, (), TODAY), "group")
    assert rows(tables(status)[1]) == rows(tables(open_list(asked()))[0])
    shown = shape_of(open_list(asked()))
    assert shape_of(status)["follow_up"] == shown["follow_up"]
    assert shown["follow_up"][:2] == [
        {"kind": "answer", "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"},
         "topic": "other", "question": None, "reason": "確認中",
         "passages": [], "changed": 0, "sent": None, "due": "2019-10-01", "days_overdue": 31},
        {"kind": "confirmation", "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"},
         "topic": None, "question": None, "reason": None,
         "passages": ["aaaa", "bbbb"], "changed": 1, "sent": "2019-10-22", "due": "2019-10-31",
         "days_overdue": 1},
    ]  # fmt: skip
    grid = grid_of(open_list(asked()))
    letters = [row for row in grid.rows if row[6] == "sent"]
    assert [(row[0], row[5], row[8]) for row in letters] == [
        ("chiba-1",
         "2 passages to be confirmed (情報部, sent Tue 22 October 2019, changed since: 1)",
         "2019-10-31"),
    ]  # fmt: skip
    whole = grid_of(coverage.document([asked()], "group", owed=owed_at([asked()], TODAY)))
    assert [row for row in whole.rows if row[6] == "sent"] == []


SHEET_MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/plans", "to-follow", "", "2019-11-20"),
    mark("ai-rpa/dropped", "to-follow", "", "2019-11-20"),
    mark("ai-rpa/wards", "declined", "理由"),
    mark("other", "to-follow", "", "2019-12-02"),
)


def asked_on(sheet: Document) -> list[str]:
    return [text.split()[0] for text in headings(sheet, 3)]


def test_it_thanks_and_asks_by_a_day_for_what_was_promised_though_it_was_not_sent() -> None:
    found = document(replace(prepared(marks=SHEET_MARKS), reply_by="2019-11-25"))
    assert headings(found, 1) == ["Thanks and further questions: 千葉市"]
    assert paragraphs(found)[:3] == [
        "Thank you very much for the time that you gave us on Mon 21 October 2019.",
        (
            "Some points were to follow, or could not be asked yet. We would be most grateful for "
            "your answer to the following by Mon 25 November 2019."
        ),
        "The numbers are those of our list of questions, so that there may be gaps.",
    ]
    assert facts(found)["reply by"] == "Mon 25 November 2019"
    assert asked_on(found) == ["4/1", "4/5", "4/8"]
    assert under(found, "4/5")[0] == Paragraph(
        "To follow, as you kindly told us (due Fri 15 November 2019)"
    )
    assert [type(block) for block in under(found, "4/1")] == [Box]
    sentence, box = under(found, "7 Other")  # a topic as such has its box below its heading
    assert isinstance(sentence, Paragraph)
    assert sentence.text.endswith("(due Mon 2 December 2019)")
    assert isinstance(box, Box)
    assert box.tag.endswith(":other")
    assert "dropped" not in text_of(found)  # what is sensitive is never put in writing


def test_what_is_answered_declined_or_left_out_is_not_asked_again() -> None:
    assert asked_on(document(prepared([note("aaaa")], SHEET_MARKS))) == ["4/5", "4/8"]
    thanks = document(prepared(marks=[mark("ai-rpa", "not-asked")]))
    assert len(paragraphs(thanks)) == 1
    assert (headings(thanks, 2), asked_on(thanks)) == ([], [])


def test_nothing_but_questions_stands_on_it() -> None:
    notes = [DESK, note("aaaa", "ai-rpa/plans", speaker=RESPONDENT), note("unso", "")]
    found = document(prepared(notes, SHEET_MARKS))
    assert {type(block) for block in found.page().blocks} == {Heading, Facts, Paragraph, Box}
    for word in ("話", "How many?", "確認中", "理由", "answered", "State", "Audience", "山田太郎",
                 "窓口の人", "佐藤", "OVERDUE"):  # fmt: skip
        assert word not in text_of(found)


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_a_table_has_the_same_questions_and_the_days_above_them(lang: str) -> None:
    language.use(lang)
    found = document(prepared(marks=SHEET_MARKS))
    grid = grid_of(found)
    boxes = [block.tag for block in found.page().blocks if isinstance(block, Box)]
    assert [row[0] for row in grid.rows] == boxes
    assert [row[1] for row in grid.rows] == ["4/1", "4/5", "4/8", "7"]
    promises = [line for line in grid.instructions if line.startswith(("4/5 ", "4/8 ", "7 "))]
    assert len(promises) == 3


LETTER_DAY = date(2019, 12, 2)
BODIES = ("専門職は12名。", "RPAを税務で使う。")
NOTE = replace(letter(BODIES).passages[0].note, handle="abcdefghij", tags=("札",), by="書き手")
ASKED = Confirmation(
    NOTE.id, VISIT.id, "sent", NOTE.revision, "情報部", "2019-11-01", "2019-11-30", by="書き手"
)
OK = replace(ASKED, state="ok", answered_on="2019-11-08", who="情報部")


LETTER_IN_JAPANESE = (
    "2019年11月30日（土）", "ヒアリング記録の内容確認のお願い", "千葉市 情報部　御中",
    "貴市からお伺いした内容", "ご回答期限",
    "□修正なし<br>□修正あり<br>□市名を伏せれば可<br>□掲載不可",
    "| 番号 | 項目・質問 | 記録した内容 | 修正の有無 | 修正案 |", "□全件修正なし",
)  # fmt: skip


@pytest.mark.parametrize(
    ("spoken", "words"), [("en", ["Sat 30 November 2019"]), ("ja", LETTER_IN_JAPANESE)]
)
def test_the_city_reads_its_passages_in_a_letter_and_nothing_of_ours(
    spoken: str, words: Sequence[str]
) -> None:
    sent = letter(BODIES)
    passages = tuple(replace(one, note=replace(NOTE, body=one.note.body)) for one in sent.passages)
    with language.speaking(spoken):
        text = markdown.write(page(replace(sent, passages=passages)))
    ours = ("千葉市", "情報部", "情報化の調査", "架空大学", "報告書の作成", "架空大学 佐藤")
    hidden = "abcdefghij 書き手 札 山田 先方確認前 confirm] 発言要旨 statement"
    assert [word for word in (*BODIES, *ours, *words) if word not in text] == []
    assert [word for word in hidden.split() if word in text] == []


@pytest.mark.parametrize(
    ("spoken", "silence", "attributed"),
    [
        ("ja", "空欄のままでは、ご了承とは受け取りません",
         ("（発言どおり、千葉市）", "（要旨、市名を伏せて）")),
        ("en", "does not mean that you agree",
         ("(in these words, 千葉市 情報部)", "(in substance, without the city's name)")),
    ],
)  # fmt: skip
def test_it_says_what_silence_is_and_how_each_passage_is_attributed(
    spoken: str, silence: str, attributed: tuple[str, str]
) -> None:
    sent = letter(BODIES)
    quote = replace(
        NOTE, kind="quote", city_name="千葉市", body=BODIES[0],
        speaker=Participant("p", "respondent", "山田", "情報部", "課長"),
        attribution="department" if spoken == "en" else "",
    )  # fmt: skip
    hidden = replace(NOTE, disclosure="anonymous", body=BODIES[1], city_name="千葉市")
    passages = tuple(
        replace(one, note=note) for one, note in zip(sent.passages, (quote, hidden), strict=True)
    )
    with language.speaking(spoken):
        text = markdown.write(page(replace(sent, passages=passages)))
    for words in (silence, *attributed):
        assert words in text
    assert "山田" not in text


def test_what_goes_is_listed_with_number_first_words_and_handle() -> None:
    sent = letter(["一行目\n二行目", "長" * 50])
    assert list(told_passages(sent)) == [
        "1. 一行目 二行目 [aaaaaaaaaa]", f"2. {'長' * 40}… [aaaaaaaaaa]",
    ]  # fmt: skip
    counted = replace(sent, left_out={"off-record": 1, "agreed": 2}, agreed=frozenset({"x"}))
    assert [line.rpartition(": ")[2] for line in told_going(counted)][1:4] == ["1", "2", "1"]


def other(handle: str, **changes: Any) -> Note:  # by name
    return replace(NOTE, id=f"{NOTE.id[:-4]}{handle[:4]}", handle=handle, **changes)


def test_overdue_ones_come_first_and_changed_ones_are_told_apart() -> None:
    changed, again = other("void", revision="later"), other("wait", revision="later")
    asked = [
        (NOTE, OK), (other("news"), None), (changed, OK), (again, replace(ASKED, due="")),
        (other("grou", disclosure="group"), None), (other("rema", kind="remark"), None),
        (other("quie"), replace(OK, state="no-reply")),
        (other("late"), replace(ASKED, due="2019-11-20")), (other("last"), ASKED),
    ]  # fmt: skip
    known = {note.id: request for note, request in asked if request}
    found = standings([VISIT], [note for note, _request in asked], known, LETTER_DAY.isoformat())
    with language.speaking("ja"):
        made = confirmation_list(found, {CHIBA.code: CHIBA}, "group", LETTER_DAY)
        text = text_of(made)
    for words in ("期限超過", "依頼中", "情報部", "2019年11月1日（金）", "確認状況"):
        assert words in text
    shown = shape_of(made)
    assert shown["audience"] == "group"
    assert [(one["note"], one["state"], one["overdue"]) for one in shown["confirmations"]] == [
        ("late", "sent", True), ("last", "sent", True), ("abcdefghij", "ok", False),
        ("news", "not-sent", False), ("void", "changed", False),
        ("wait", "changed-since-sent", False), ("quie", "no-reply", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (None, ""),
        (ASKED, "依頼中（2019年11月1日（金）、回答期限 2019年11月30日（土））"),
        (OK, "確認済（情報部、2019年11月8日（金））"),
        (replace(OK, note_revision="x"),
         "確認済（情報部、2019年11月8日（金）、その後に記録事項の変更あり）"),
    ],
)  # fmt: skip
def test_one_line_tells_who_confirmed_a_note_and_when(
    asked: Confirmation | None, words: str
) -> None:
    with language.speaking("ja"):
        assert in_words(asked, NOTE) == words
    assert (shape(asked, NOTE) or {}).get("holds") == (asked and asked.note_revision != "x")
