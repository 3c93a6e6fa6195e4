"""Filled sheets: what is in no doubt is stored as it was typed, all else waits, nothing is lost."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import Fresh
from examples import examples
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.read_files import Reading, propose, store_reading
from fieldvisit.actions.review import TAKING, Decision, decide, lacks_something, offered, seen_in
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.errors import NotFound, Refused
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.item import REASONS, TYPES, Arrival
from fieldvisit.review.pieces import IGNORED, LOOKS, TAKEN_OUT, Piece, ReturnedFile, Where
from fieldvisit.review.tags import Tag
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing
from returned_sheets import (
    PAGES,
    TABLES,
    came_back,
    filled,
    marks,
    notes,
    proposed,
    rows_of,
    sent,
    stored,
    tag,
    waiting,
    write_rows,
)

HERE, THERE = Address("ai-rpa", "status"), Address("hiring", "staff-mix")
FORMATS = (*PAGES, *TABLES)
NON_ANSWERS = (
    "－", "―", "ー", "-", "〃", "同上", "同じ", "聞けず", "未回答", "無回答", "回答なし",
    "（回答なし）", "N/A",
)  # fmt: skip
KNOWN = {"【オフレコ】": "off-record", "（関係者限り）": "group", "【発言・匿名】": "anonymous"}
# Nothing in it is a sign of Markdown, of a formula or of ours.
words = st.text(st.sampled_from("市庁舎で係が三名ほど働くabc"), min_size=2, max_size=12)


class Part(NamedTuple):
    """A paragraph as somebody types it, and whether a person must look at it."""

    text: str
    level: str
    doubtful: bool


@st.composite
def parts(draw: st.DrawFn) -> Part:
    body, more = draw(words), draw(words)
    mark = draw(st.sampled_from(["", *KNOWN]))
    where = draw(st.sampled_from(["before", "behind", "inside"]))
    strange = draw(st.sampled_from(["", "", "【背景】", "【"]))
    inside = mark if where == "inside" else ""
    before, behind = (mark if where == at else "" for at in ("before", "behind"))
    doubtful = bool(inside or strange)
    return Part(f"{before}{body}{inside}{strange}{more}{behind}", KNOWN.get(mark, ""), doubtful)


def row(study: Settings, address: str = "ai-rpa/status", reader: str = "city") -> str:
    return tag(study, address, reader)


def made(study: Settings, *pieces: Piece, reader: str = "city") -> ReturnedFile:
    """A file of pieces by hand."""
    with viewing(study, "all") as view:
        visit = find_visit(view, "chiba-1").id
    sheet = str(Tag("sheet", visit, reader=reader)) if reader else ""
    return ReturnedFile("x.docx", "1" * 64, sheet, pieces)


def at(number: int, unit: str = "paragraph") -> Where:
    return Where("x.docx", unit, number)


def only(things: Iterable[Any]) -> Any:
    [thing] = things
    return thing


@pytest.mark.parametrize("ending", FORMATS)
@examples(4)
@given(some=st.lists(parts(), min_size=1, max_size=4))
def test_the_box_of_a_field_sheet_holds_a_note_a_paragraph(
    fresh_field: Fresh, ending: str, some: list[Part]
) -> None:
    study = fresh_field()
    boxes = {"ai-rpa/status": {"answer": "\n\n".join(part.text for part in some)}}
    file = came_back(study, "interviewer", ending, boxes)
    found = stored(study, file)
    assert [item.is_plain for item in found.items] == [not part.doubtful for part in some]
    plain = Counter(part.level or "confirm" for part in some if not part.doubtful)
    assert Counter(note.disclosure for note in notes(study)) == plain
    assert all(note.places == (HERE,) for note in notes(study))
    held = [item.text for item in waiting(study)]
    assert held == [part.text for part in some if part.doubtful]
    letters = Counter("".join(part.text for part in some))
    for text in (*held, *(note.body for note in notes(study))):
        letters -= Counter(text)
    assert not letters - Counter("".join(KNOWN) * len(some)), "lost"
    again = stored(study, replace(file, sha256="2" * 64))
    assert (again.items, again.reading.proposed.unchanged) == ((), len(some))


@pytest.mark.parametrize("ending", FORMATS)
@examples(3)
@given(text=words, other=words, mark=st.sampled_from(sorted(KNOWN)))
def test_the_box_of_a_city_is_one_reply_and_plain_for_a_person_who_sees_it(
    fresh_field: Fresh, ending: str, text: str, other: str, mark: str
) -> None:
    study = fresh_field()
    boxes = {
        "ai-rpa/status": {"answer": f"{text}\n\n{other}"},
        "hiring/staff-mix": {"answer": f"{text}{mark}{other}"},
    }
    file = came_back(study, "city", ending, boxes)
    found = proposed(study, file)
    by_place = {item.place: item for item in found.items}
    assert (by_place[HERE].kind, by_place[HERE].reasons) == ("reply", ())
    assert "".join(by_place[HERE].text.split()) == "".join(f"{text}{other}".split())
    assert by_place[THERE].reasons[0] == "mark-inside"
    assert by_place[THERE].disclosure == KNOWN[mark]
    for given_level, level in (("public", "confirm"), ("group", "group")):
        unseen = proposed(study, file, disclosure=given_level)
        assert {item.place: item.disclosure for item in unseen.items}[HERE] == level


@pytest.mark.parametrize("reader", ["city", "interviewer"])
@pytest.mark.parametrize("text", NON_ANSWERS)
def test_what_is_no_answer_by_itself_is_asked(study: Settings, reader: str, text: str) -> None:
    add_visits(study, ["千葉市"], VisitFields(first_day="2019-10-21"))
    piece = Piece(text, at(1, "row"), row(study, reader=reader), "answer")
    item = only(proposed(study, made(study, piece, reader=reader)).items)
    assert (item.reasons, item.text, item.place) == (("non-answer",), text, HERE)
    assert item.mark in ("", "no-answer", "not-asked", "not-applicable")
    for answer in ("未定", "なし", "特になし", f"{text}です", f"{text}1"):
        item = only(proposed(study, made(study, replace(piece, text=answer), reader=reader)).items)
        assert item.is_plain, answer


@pytest.mark.parametrize(
    ("mark", "level", "reasons"),
    [
        ("発言要旨", "confirm", ("value",)), ("発言・公表可", "confirm", ("value",)),
        ("公表資料", "", ("value",)), ("公表可", "", ("opens",)), ("公表可", "confirm", ()),
    ],
)  # fmt: skip
def test_no_mark_of_a_city_opens_its_words_or_makes_others_of_them(
    field: Settings, mark: str, level: str, reasons: tuple[str, ...]
) -> None:
    boxes = {"ai-rpa/status": {"answer": f"【{mark}】係は三名。"}}
    item = only(proposed(field, came_back(field, "city", "md", boxes), disclosure=level).items)
    assert item.reasons == reasons


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "非公表でお願いします。", "引用不可"])
def test_error_values_and_words_about_who_may_read_it_wait(field: Settings, text: str) -> None:
    boxes = {"ai-rpa/status": {"answer": text}}
    file = came_back(field, "interviewer", "csv", boxes)
    assert not only(proposed(field, file).items).is_plain
    said = {"ai-rpa/status": {"answer": "非公表でお願いします。", "disclosure": "group only"}}
    assert only(proposed(field, came_back(field, "interviewer", "csv", said)).items).is_plain


@pytest.mark.parametrize("look", LOOKS)
def test_whatever_has_a_look_waits_with_all_of_its_box(field: Settings, look: str) -> None:
    slot = row(field)
    pieces = (Piece("係は三名。", at(2), slot), Piece("五名。", at(3), slot, look=look))
    items = proposed(field, made(field, *pieces)).items
    assert [(item.text, item.place) for item in items] == [("係は三名。", HERE), ("五名。", HERE)]
    assert [item.reasons for item in items] == [("apart",), (look,)]
    assert [item.advice for item in items] == ["", "drop" if look in TAKEN_OUT else ""]
    in_a_row = (
        Piece("係は三名。", at(2, "row"), slot, "answer"), Piece("五名。", at(2, "row"), look=look)
    )  # fmt: skip
    items = proposed(field, made(field, *in_a_row)).items
    reasons = [(("apart",), HERE), ((look,), HERE)]
    assert [(item.reasons, item.place) for item in items] == reasons


@pytest.mark.parametrize("look", IGNORED)
def test_a_picture_is_named_with_its_question_and_answers_nothing(
    field: Settings, look: str
) -> None:
    found = proposed(field, made(field, Piece("", at(2), row(field), look=look)))
    assert (found.items, [piece.text for piece in found.ignored]) == ((), ["4/1"])


def test_an_answer_merged_over_questions_is_an_item_for_each(field: Settings) -> None:
    slots = [row(field), row(field, "hiring/staff-mix")]
    pieces = [
        Piece("一緒に答える。", at(number, "row"), slot, "answer", "merged")
        for number, slot in enumerate(slots, 2)
    ]
    beside = Piece("匿名", at(2, "row"), slots[0], "disclosure", "merged")
    items = proposed(field, made(field, *pieces, beside)).items
    assert [(i.place, i.reasons, i.type) for i in items] == [
        (HERE, ("merged",), "note"),
        (HERE, ("merged", "hint"), "remark"),
        (THERE, ("merged",), "note"),
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_text_outside_every_box_is_filed_by_nobody(field: Settings, ending: str) -> None:
    path = filled(sent(field, "city", ending), {row(field): {"answer": "係は三名。"}})
    if ending == "csv":
        write_rows(path, [*rows_of(path), {"answer": "別紙1 組織図"}])
    file = read_file(path)
    if ending != "csv":
        file = replace(file, pieces=(*file.pieces, Piece("別紙1 組織図", at(900))))
    items = {item.text: item for item in proposed(field, file).items}
    extra = items["別紙1 組織図"]
    assert (extra.reasons, extra.place, extra.type) == (("no-place",), None, "remark")
    assert items["係は三名。"].is_plain


@pytest.mark.parametrize(("reader", "kind"), [("city", "reply"), ("", "statement")])
def test_rows_that_lost_their_tags_are_known_by_their_question(
    field: Settings, reader: str, kind: str
) -> None:
    path = sent(field, "city", "csv")
    rows = [{k: v for k, v in row.items() if k != "tag"} for row in rows_of(path)]
    rows[0]["answer"] = "係は三名。"
    write_rows(path, rows)
    file = replace(read_file(path), sheet=made(field, reader=reader).sheet)
    item = only(proposed(field, file, visit="chiba-1").items)
    assert (item.place, item.kind) == (THERE, kind)
    assert item.reasons == (() if reader else ("unknown-sheet",))


def test_a_page_that_lost_its_boxes_suggests_the_question_above(field: Settings) -> None:
    question = rows_of(sent(field, "city", "csv"))[0]["question"]
    pieces = (
        Piece(f"問1 {question}", at(1)), Piece("係は三名。", at(2)),
        Piece(f"{question} → 五名。", at(3)),
    )  # fmt: skip
    items = proposed(field, made(field, *pieces)).items
    assert [(i.text, i.place, i.reasons) for i in items] == [
        ("係は三名。", THERE, ("no-place",)), (f"{question} → 五名。", THERE, ("no-place",)),
    ]  # fmt: skip


def test_what_stands_in_cells_of_ours_or_columns_of_nobody_waits(field: Settings) -> None:
    slot, question = row(field), "この質問は変えました"
    cells = {
        "number": "5", "question": question, "topic": "見出し", "answer": "係は三名。",
        "備考": "急ぎ",
    }  # fmt: skip
    pieces = (
        *(Piece(text, at(2, "row"), slot, column) for column, text in cells.items()),
        Piece("課長へ", at(3, "row"), "内線12", "answer"),
    )
    items = proposed(field, made(field, *pieces)).items
    found = {item.text: (item.type, item.reasons, item.place) for item in items}
    assert found == {
        question: ("remark", ("own-cell",), HERE),
        "見出し": ("remark", ("own-cell",), HERE),
        "備考: 急ぎ": ("remark", ("other-column",), HERE),
        "係は三名。": ("note", (), HERE),
        "内線12": ("remark", ("own-cell",), None),
        "課長へ": ("remark", ("no-place",), None),
    }


def test_words_of_a_row(field: Settings) -> None:
    boxes = {
        "ai-rpa/status": {"answer": "一", "kind": "発言", "disclosure": "匿名", "speaker": "山田"},
        "ai-rpa/effect": {"answer": "二", "disclosure": "秘密っぽい", "kind": "quote"},
        "hiring/staff-mix": {"answer": "三", "speaker": "山田課長"},
        "hiring/rotation": {"answer": "四", "speaker": "知らない人"},
        "hiring/outside-hires": {"speaker": "山田太郎"},
    }
    items = proposed(field, came_back(field, "interviewer", "csv", boxes)).items
    found = {i.text: (i.kind, i.disclosure, i.said_by, i.reasons) for i in items}
    assert found["一"] == ("quote", "anonymous", "山田", ())
    assert found["二"] == ("quote", "off-record", "", ("value",))
    assert found["disclosure: 秘密っぽい"] == ("", "", "", ("value",))
    assert found["三"] == ("statement", "confirm", "情報経営部 課長 山田太郎", ("speaker",))
    assert found["四"] == ("statement", "confirm", "知らない人", ("speaker",))
    assert found["said by: 山田太郎"][-1] == ("alone",)


def test_states_and_choices_of_a_row(field: Settings) -> None:
    set_marks(field, "chiba-1", ["hiring/rotation"], "declined")
    boxes = {
        "ai-rpa/status": {"state": "後日回答予定"},
        "ai-rpa/effect": {"state": "後日回答予定（2030-11-15）", "choice": "leave out"},
        "hiring/staff-mix": {"state": "そのうち", "choice": "いつか"},
        "hiring/outside-hires": {"state": "回答あり"},
    }
    items = proposed(field, came_back(field, "interviewer", "xlsx", boxes)).items
    found = {(str(i.place), i.type): (i.mark or i.choice, i.due, i.reasons) for i in items}
    assert found == {
        ("ai-rpa/status", "mark"): ("to-follow", "", ("date",)),
        ("ai-rpa/effect", "mark"): ("to-follow", "2030-11-15", ()),
        ("ai-rpa/effect", "choice"): ("skip", "", ()),
        ("hiring/staff-mix", "remark"): ("", "", ("value",)),
    }
    remarks = sorted(i.text for i in items if i.type == "remark")
    assert remarks == ["choice: いつか", "state: そのうち"]


def test_an_answer_that_was_to_follow_asks_whether_any_more_is(field: Settings) -> None:
    set_marks(field, "chiba-1", ["ai-rpa/status"], "to-follow", due="2030-11-15")
    file = came_back(field, "city", "docx", {"ai-rpa/status": {"answer": "税で使う。"}})
    found = [(i.type, i.text, i.mark, i.reasons) for i in proposed(field, file).items]
    assert found == [
        ("note", "税で使う。", "", ()), ("mark", "税で使う。", "clear", ("expected",)),
    ]  # fmt: skip
    came_in = stored(field, file).items
    assert [mark.state for mark in marks(field)] == ["to-follow"]
    decide(field, next(i for i in came_in if i.type == "mark"), Decision("take"))
    assert ([note.body for note in notes(field)], marks(field)) == (["税で使う。"], ())


@pytest.fixture
def noted(field: Settings) -> Settings:
    add_note(field, "chiba-1", "係は三名。", NoteFields(place="ai-rpa/status", said_by="課長"))
    return field


def corrected(study: Settings, ending: str, **cells: str) -> ReturnedFile:
    """The field sheet with something else in the box of its one note."""
    note = notes(study)[0]
    slot = str(Tag("note", note.id, revision=note.revision))
    return came_back(study, "interviewer", ending, {slot: {"answer": note.body, **cells}})


@pytest.mark.parametrize("ending", FORMATS)
def test_the_box_of_a_note_may_be_corrected_in_its_place(noted: Settings, ending: str) -> None:
    same = proposed(noted, corrected(noted, ending))
    assert (same.items, same.unchanged) == ((), 1)
    assert proposed(noted, corrected(noted, ending, answer="")).items == ()
    file = corrected(noted, ending, answer="【関係者限り】係は五名。")
    item = only(stored(noted, file).items)
    assert (item.type, item.reasons, item.state) == ("change", (), "taken")
    note = only(notes(noted))
    assert (note.body, note.disclosure, note.number) == ("係は五名。", "group", 2)
    again = proposed(noted, replace(file, sha256="3" * 64))
    assert (again.items, again.unchanged) == ((), 1)


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({"disclosure": "公表可"}, ("opens",)),
        ({"disclosure": "オフレコ"}, ()),
        ({"answer": "－"}, ("non-answer",)),
        ({"answer": "係は【オフレコ】五名。"}, ("mark-inside",)),
        ({"answer": "他言無用ですが、五名。"}, ("hint",)),
        ({"speaker": "知らない人"}, ("speaker",)),
        ({"speaker": "係長"}, ()),
        ({"kind": "発言"}, ()),
    ],
)
def test_why_a_change_of_a_note_waits(
    noted: Settings, cells: dict[str, str], reasons: tuple[str, ...]
) -> None:
    item = only(proposed(noted, corrected(noted, "csv", **cells)).items)
    assert (item.type, item.target, item.reasons) == ("change", only(notes(noted)).id, reasons)


def test_a_note_that_changed_meanwhile_or_keeps_its_words_waits(noted: Settings) -> None:
    slot = str(Tag("note", only(notes(noted)).id, revision="f" * 64))  # which is not in the study
    file = made(noted, Piece("係は五名。", at(1), slot), reader="interviewer")
    assert only(proposed(noted, file).items).reasons == ("changed",)
    file = corrected(noted, "csv", answer="係は五名。")
    edit_note(noted, only(notes(noted)).handle, "係は四名。", NoteFields())
    assert only(proposed(noted, file).items).reasons == ("changed",)
    edit_note(noted, only(notes(noted)).handle, "係は五名。", NoteFields(kind="reply"))
    assert proposed(noted, file).items == ()
    again = only(proposed(noted, corrected(noted, "csv", answer="係は六名。")).items)
    assert again.reasons == ("verbatim",)


def test_what_stands_already_is_unchanged_and_is_closed_where_it_is_to_be(noted: Settings) -> None:
    boxes = {"ai-rpa/status": {"answer": "係は三名。", "disclosure": "関係者限り"}}
    item = only(proposed(noted, came_back(noted, "interviewer", "csv", boxes)).items)
    assert (item.type, item.disclosure, item.target) == ("change", "group", only(notes(noted)).id)
    boxes["ai-rpa/status"]["disclosure"] = "公表可"
    found = proposed(noted, came_back(noted, "interviewer", "csv", boxes))
    assert (found.items, found.unchanged) == ((), 2)


def test_the_same_words_of_somebody_else_open_and_change_nothing(noted: Settings) -> None:
    edit_note(noted, only(notes(noted)).handle, None, NoteFields(disclosure="group"))
    boxes = {"ai-rpa/status": {"answer": "係は三名。", "disclosure": "要確認", "speaker": "係長"}}
    file = came_back(noted, "interviewer", "csv", boxes)
    new = [item for item in proposed(noted, file).items if item.text == "係は三名。"]
    assert [(item.type, item.said_by) for item in new] == [("note", "係長")]


@pytest.mark.parametrize("takes", [True, False])
def test_a_second_file_closes_what_the_first_said(field: Settings, takes: bool) -> None:
    first, second = (
        replace(made(field, Piece(text, at(2, "row"), row(field), "answer")), sha256=sign * 64)
        for sign, text in (("1", "係は三名。"), ("2", "【オフレコ】係は三名。"))
    )
    found = Reading(first, proposed(field, first))
    taken = [item.id for item in found.proposed.items] if takes else []
    store_reading(field, found, Arrival(), taken)
    item = only(proposed(field, second).items)
    assert (item.type, item.disclosure) == ("change" if takes else "note", "off-record")


def test_a_second_text_for_a_box_joins_the_first(field: Settings) -> None:
    def reply(text: str, sha256: str) -> ReturnedFile:
        piece = Piece(text, at(2, "row"), row(field), "answer")
        return replace(made(field, piece), sha256=sha256)

    for number, text in enumerate(("－", "係は三名。", "係は五名。")):
        found = stored(field, reply(text, str(number) * 64))
        assert ("second" in only(found.items).reasons) == bool(number)
        assert stored(field, reply(text, "9" * 64)).reading.proposed.unchanged == 1
    assert [item.text for item in waiting(field)] == ["－", "係は三名。", "係は五名。"]


def test_a_box_that_stands_twice_and_marks_alone_wait(field: Settings) -> None:
    slot = row(field, reader="interviewer")
    pieces = (
        Piece("【オフレコ】\n\n一つ目。\n\n二つ目。", at(1), slot), Piece("", at(2)),
        Piece("別の話。", at(3), slot),
    )  # fmt: skip
    items = proposed(field, made(field, *pieces, reader="interviewer")).items
    assert [(i.text, i.disclosure, i.is_plain) for i in items] == [
        ("【オフレコ】", "off-record", False),
        ("一つ目。", "off-record", False),
        ("二つ目。", "off-record", False),
        ("別の話。", "", False),
    ]


@pytest.mark.parametrize(
    "alone", ["【内部限り】", "（オフレコ）", "【背景】【件】", "以下オフレコ", "▼ ここだけの話"]
)
def test_what_stands_alone_holds_what_stands_around_it(field: Settings, alone: str) -> None:
    slot = row(field, reader="interviewer")
    pieces = Piece(f"一つ目。\n\n{alone}\n\n二つ目。", at(1), slot), Piece("別の話。", at(2))
    items = proposed(field, made(field, *pieces, reader="interviewer")).items
    assert [item.text for item in items if item.is_plain] == []
    assert len(items) == 4


def test_whose_sheet_it_is(field: Settings) -> None:
    other = came_back(field, "city", "csv", {})
    with pytest.raises(Refused, match="another visit"):
        proposed(field, other, visit="himeji-1")
    strange = replace(other, sheet="", pieces=(Piece("x", at(1)),))
    with pytest.raises(NotFound, match="no visit"):
        proposed(field, strange)
    foreign = str(Tag("box", "0" * 32, str(HERE), reader="city"))
    file = made(field, Piece("係は三名。", at(2, "row"), foreign, "answer"))
    assert only(proposed(field, file).items).reasons == ("unknown-sheet",)


@pytest.mark.parametrize(
    ("text", "level", "reasons"),
    [
        ("【オフレコ】次の市長選の話", "off-record", ("no-place",)),
        ("市長選の【内密】話", "", ("no-place", "unknown-mark", "hint")),
        ("ここだけの話", "", ("no-place", "hint")),
    ],
)
def test_a_text_without_a_place_says_by_its_marks_who_may_read_it(
    field: Settings, text: str, level: str, reasons: tuple[str, ...]
) -> None:
    item = only(proposed(field, made(field, Piece(text, at(9)))).items)
    assert (item.type, item.kind, item.disclosure, item.reasons) == (
        "remark", "reply", level, reasons,
    )  # fmt: skip
    assert item.text == text.removeprefix("【オフレコ】")


def test_where_a_text_without_a_place_says_who_may_read_it_all_of_the_sheet_waits(
    field: Settings,
) -> None:
    answer = Piece("係は三名。", at(2), row(field))
    for text, waits in (("【オフレコ】", True), ("以下は内密に。", True), ("以上です。", False)):
        items = proposed(field, made(field, Piece(text, at(1)), answer)).items
        assert items[1].reasons == (("held",) if waits else ())


@pytest.mark.parametrize("text", ["ここだけの話。", "【極】話。", "話の【オフレコ】続き。", "同上"])
def test_where_it_is_in_doubt_who_may_read_it_no_open_level_is_suggested(
    field: Settings, text: str
) -> None:
    item = only(stored(field, made(field, Piece(text, at(2), row(field)))).items)
    (seen,) = seen_in(field, [item])
    offer = offered(seen, Decision("take")).applied_to(item)
    assert lacks_something(offer) or offer.disclosure == "off-record"
    decide(field, item, Decision("take", disclosure="group"))
    assert only(notes(field)).disclosure == "group"


def test_the_section_that_answers_is_entered(field: Settings) -> None:
    label = "Answer (section that answers: 総務課)"
    pieces = (Piece(label, at(1)), Piece("係は三名。", at(2), row(field)))
    item = only(stored(field, made(field, *pieces)).items)
    # It may be somebody's name as well, and would be published as a department.
    assert (item.department, item.state, item.reasons) == ("総務課", "waiting", ("speaker",))
    decide(field, item, Decision("take"))
    assert str(only(notes(field)).speaker) == "総務課"
    answer = Piece("係は五名。", at(2), row(field, "ai-rpa/effect"))
    assert only(proposed(field, made(field, Piece(label, at(1)), answer)).items).is_plain


def test_every_type_of_item_has_its_decision_and_every_reason_its_words(field: Settings) -> None:
    later = {"correction", "agreement"}  # of letters
    assert set(TYPES) - later <= TAKING.keys() <= set(TYPES)
    assert REASONS.keys() >= {*LOOKS}
    file = made(field, Piece("別紙", at(3)))
    stored(field, file)
    undo(field)
    assert (notes(field), waiting(field)) == ([], [])
    item = only(stored(field, file).items)  # proposed anew
    taken = decide(field, item, Decision("take", place=HERE, disclosure="confirm", kind="reply"))
    assert (taken.state, only(notes(field)).body) == ("taken", "別紙")


def test_a_change_of_the_level_alone_keeps_words_that_came_meanwhile(noted: Settings) -> None:
    file = corrected(noted, "csv", disclosure="オフレコ")
    found = propose(noted, file, Arrival()).proposed.items
    item = replace(only(found), reasons=("hint",))
    with changing(noted, "read") as (_view, change):
        records.save(change, item)
    edit_note(noted, only(notes(noted)).handle, "係は四名。", NoteFields())
    decide(noted, only(waiting(noted)), Decision("take"))
    assert (only(notes(noted)).body, only(notes(noted)).disclosure) == ("係は四名。", "off-record")


@examples(5)
@given(texts=st.lists(words | st.sampled_from(["???", "一\n二"]), min_size=1, max_size=5))
def test_items_of_one_file_have_ids_of_their_own_in_every_copy(
    fresh_field: Fresh, texts: list[str]
) -> None:
    study = fresh_field()
    slot = row(study)
    pieces = [Piece(text, at(1, "row"), slot, f"列{n % 2}") for n, text in enumerate(texts)]
    file = made(study, *pieces, Piece("", at(1, "row"), slot, "answer"))
    first, again = (proposed(study, file).items for _time in range(2))
    assert len({item.id for item in first}) == len(first)
    assert first == again
    lost = [item for item in first if "lost" in item.reasons]
    assert all(not item.is_plain for item in lost)
    assert len(stored(study, file).items) == len(first)
