"""test_record"""

import pytest
from fieldvisit.fieldwork.record.changes import changes, people_now
from fieldvisit.fieldwork.record.rebase import filled, in_place, rebase
from fieldvisit.fieldwork.record.sheet import (
    Person,
    ReadBlock,
    ReadSheet,
    RecordSheet,
    from_json,
    to_json,
)
from fieldvisit.fieldwork.record.signs import escaped, unescaped
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.record_sheets import MIX, PEOPLE, SHEET, WILD, sheets
from fieldvisit import language
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.marks import (
    Marks,
    almost_off_record,
    begins_with_mark,
    mark,
    read_marks,
    speaker_mark,
)
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant


@given(sheets())
def test_a_sheet_kept_as_json_comes_back_the_same(sheet: RecordSheet) -> None:
    assert from_json(to_json(sheet)) == sheet


@given(st.text() | st.sampled_from(["{}", "[]", "null", '{"schema": "fieldvisit.record-sheet/1"}']))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        from_json(text)


YAMADA, SUZUKI = SHEET.people
ROWS = (Person("情報経営部", "課長", "山田"), Person("", "", "鈴木", OURS))


def row(person: Participant) -> Person:
    return Person(person.department, person.position, person.name, person.side)


@given(PEOPLE, PEOPLE)
def test_every_row_becomes_one_person_and_no_id_is_given_twice(
    before: tuple[Participant, ...], after: tuple[Participant, ...]
) -> None:
    known = [
        Participant(f"p{i}", p.side, p.name, p.department, p.position) for i, p in enumerate(before)
    ]
    result = people_now(known, [row(p) for p in after])
    if result is None:
        return
    assert len(result) == len(after)
    ids = [p.person_id for p in result if p.person_id]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {p.person_id for p in known}


def test_a_person_is_known_again_by_name_in_another_role() -> None:
    result = people_now(SHEET.people, (Person("総務部", "部長", "山 田"), ROWS[1]))
    assert result == (Participant("p1", THEIRS, "山 田", "総務部", "部長"), SUZUKI)


def test_one_of_two_with_the_same_name_keeps_the_right_id() -> None:
    other = Participant("p3", THEIRS, "山田", "総務部", "係長")
    result = people_now((YAMADA, other), (Person("総務部", "係長", "山田"),))
    assert result == (other,)


def test_a_note_without_kind_or_disclosure_gets_the_usual_ones() -> None:
    blocks = (
        ReadBlock(MIX, "", "", "", "x"),
        ReadBlock(MIX, "", "remark", "", "y"),
        ReadBlock(MIX, "", "remark", "public", "z"),
    )
    result = changes(SHEET, ReadSheet(SHEET.visit_id, ROWS, blocks))
    assert [(b.kind, b.disclosure) for b in result.added] == [
        ("statement", "confirm"),
        ("remark", "group"),
        ("remark", "public"),
    ]
    assert len(result.removed) == 2
    assert result


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_every_mark_that_is_written_is_read_back(spoken: str) -> None:
    language.use(spoken)
    for kind in KINDS:
        for level in DISCLOSURES:
            marks = read_marks(f"{mark(DISCLOSURES, level)} {mark(KINDS, kind)}\n話")
            assert marks == Marks(frozenset({kind}), frozenset({level}), "話")


def test_an_unknown_mark_ends_the_marks() -> None:
    marks = read_marks("【オフレコ】【参考】【発言】話")
    assert marks == Marks(frozenset(), frozenset({"off-record"}), "【参考】【発言】話")


@pytest.mark.parametrize(
    "text",
    [
        "【参考】話", "（参考）", "【】", "【・】", "", "非公開の会議で決めた。",
        "議事録は非公開（理由は聞けず）。", "前回のオフレコの話とは別である。", "オフィスの改革",
        "Records are kept off site.", "\\オフレコ",
    ],
)  # fmt: skip
def test_text_that_is_no_mark(text: str) -> None:
    assert not begins_with_mark(text)
    assert not almost_off_record(text)
    assert read_marks(text).rest == text


@pytest.mark.parametrize(
    "text",
    [
        "（オフレコ）話", "[off-record]", "［ｵﾌﾚｺ］", "【オフレコ", "【ここからオフレコ】",
        "〈オフレコ〉", "オフレコ", "オフレコ：人が足りない。", "ｵﾌﾚｺ 人が足りない。",
        "・【オフレコ】人が足りない。", "1. 【オフレコ】人が足りない。",
        "- off the record: short of staff", "> Off-record, short of staff",
        "【引用不可】人が足りない。", "引用不可：人が足りない。",
        "（ここだけの話）人が足りない。", "ここだけの話ですが、人が足りない。",
        "人が足りないという話だった（オフレコ）。", "We are short of staff (off the record).",
        "[x] オフレコ", "【参考】オフレコ：話",
    ],
)  # fmt: skip
def test_what_was_meant_as_off_the_record_is_seen(text: str) -> None:
    assert almost_off_record(text)


@given(WILD)
def test_taking_marks_off_leaves_the_end_of_the_text(text: str) -> None:
    marks = read_marks(text)
    assert text.strip().endswith(marks.rest)
    assert bool(marks.kinds or marks.disclosures or marks.speakers) == (marks.rest != text.strip())


@pytest.mark.parametrize("written", ["【発言者：課長】", "【発言者: 課長 】", "【said by: 課長】"])
def test_a_speaker_is_read_among_the_other_marks_in_both_languages(written: str) -> None:
    marks = read_marks(f"【発言】{written}【オフレコ】話")
    assert marks == Marks(
        frozenset({"quote"}), frozenset({"off-record"}), "話", frozenset({"課長"})
    )


def test_a_name_that_would_break_the_mark_is_left_out_of_it() -> None:
    assert speaker_mark("課長】【公表可") == ""
    assert speaker_mark("") == ""


FIRST = filled(SHEET).blocks[0]


def read_as(*blocks: ReadBlock) -> ReadSheet:
    return ReadSheet(SHEET.visit_id, ROWS, (*blocks, filled(SHEET).blocks[1]))


def with_first(**other: str) -> RecordSheet:
    section = SHEET.sections[1]
    first = replace(section.notes[0], revision="r9", **other)
    section = replace(section, notes=(first, *section.notes[1:]))
    return replace(SHEET, sections=(SHEET.sections[0], section, *SHEET.sections[2:]))


def test_a_conflict_of_disclosure_keeps_the_persons_and_tells_the_other() -> None:
    mine = replace(FIRST, disclosure="group")
    draft = rebase(SHEET, read_as(mine), with_first(disclosure="off-record"))
    assert draft.blocks[0].disclosure == "group"
    assert "【off the record】" in draft.shown.sections[1].notes[0].remarks


def test_a_note_that_was_moved_here_and_rewritten_there_is_both() -> None:
    mine = replace(FIRST, address=Address("security"))
    draft = rebase(SHEET, read_as(mine), with_first(body="別の人"))
    (block,) = in_place(draft.blocks, Address("security"))
    assert block.body == "別の人"
    assert [b.handle for b in in_place(draft.blocks, MIX)] == ["aaaabbbbcc"]


def test_a_paragraph_keeps_the_disclosure_that_its_writer_saw() -> None:
    typed = ReadBlock(Address("security"), "", "", "", "鍵")
    sections = tuple(replace(s, usual="public") for s in SHEET.sections)
    draft = rebase(SHEET, read_as(FIRST, typed), replace(SHEET, sections=sections))
    (block,) = in_place(draft.blocks, Address("security"))
    assert block.disclosure == "off-record"


@given(WILD)
def test_an_escaped_line_is_no_sign_and_comes_back_the_same(text: str) -> None:
    line = text.replace("\n", "").replace("\r", "")
    written = escaped(line)
    assert unescaped(written) == line
    assert not written.lstrip().startswith(("#", "<!--"))
    assert not begins_with_mark(written.lstrip())
    assert not almost_off_record(written.lstrip())
    assert len(written) - len(line) in {0, 1}


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("# x", "\\# x"),
        ("　## x", "　\\## x"),
        ("\\# x", "\\\\# x"),
        ("<!-- x", "\\<!-- x"),
        ("【発言】x", "\\【発言】x"),
        ("【参考】x", "【参考】x"),
        ("・オフレコ：x", "\\・オフレコ：x"),
        ("x（オフレコ）", "\\x（オフレコ）"),
        ("\\x（オフレコ）", "\\\\x（オフレコ）"),
        ("\\server", "\\server"),
        ("＃ x", "＃ x"),
        ("x # y", "x # y"),
    ],
)
def test_only_what_would_be_taken_for_a_sign_gets_a_backslash(line: str, written: str) -> None:
    assert escaped(line) == written
