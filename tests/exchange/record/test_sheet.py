"""Record sheets read back: left alone they change nothing, and new text becomes notes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.record_read import (
    HIRING,
    PARAGRAPHS,
    QUESTION,
    SECURITY,
    UNSORTED,
    added,
    found,
    nothing_but_unchanged,
    under,
)
from exchange.record_sheets import DISCLOSURE, KIND, MIX, PLACES, SHEET, sheets
from fieldvisit import language
from fieldvisit.documents.record_sheet import with_guidance, write
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.sheet import RecordSheet
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS


@given(sheets(), st.sampled_from(["ja", "en"]), st.sampled_from(["ja", "en"]))
def test_a_sheet_left_alone_changes_nothing_whatever_the_languages(
    sheet: RecordSheet, written_in: str, read_in: str
) -> None:
    language.use(written_in)
    shown = with_guidance(sheet)
    text = write(shown)
    language.use(read_in)
    assert nothing_but_unchanged(shown, found(text, shown))


@given(sheets())
def test_what_editors_do_to_blanks_and_line_ends_changes_nothing(sheet: RecordSheet) -> None:
    lines = [line.rstrip() + "  " for line in write(sheet).split("\n")]
    assert nothing_but_unchanged(sheet, found("\ufeff" + "\r\n".join(lines).rstrip(), sheet))


def test_our_comments_may_be_deleted() -> None:
    shown = with_guidance(SHEET)
    kept = [line for line in write(shown).split("\n") if not line.startswith("<!-- ·")]
    assert len(kept) < len(write(shown).split("\n"))
    assert nothing_but_unchanged(shown, found("\n".join(kept), shown))


def test_each_paragraph_under_a_question_becomes_a_note() -> None:
    typed = "一つ目\n続き\n　\n【所見】【オフレコ】二つ目\n\n【Off the record】 third\n"
    assert added(under(QUESTION, typed)) == [
        (MIX, "statement", "confirm", "一つ目\n続き"),
        (MIX, "remark", "off-record", "二つ目"),
        (MIX, "statement", "off-record", "third"),
    ]


def test_without_a_mark_the_usual_disclosure_of_the_place_holds() -> None:
    assert added(under(SECURITY, "鍵の話")) == [
        (Address("security"), "statement", "off-record", "鍵の話")
    ]


def test_text_may_stand_unsorted_and_under_a_topic() -> None:
    text = under(UNSORTED, "どこか", under(HIRING, "全体"))
    assert [(place, body) for place, _k, _d, body in added(text)] == [
        (Address("hiring"), "全体"),
        (None, "どこか"),
    ]


def test_blank_lines_inside_a_new_note() -> None:
    typed = "<!-- note new -->\n【発言】\n最初\n\n\n後\n<!-- end -->\n次"
    assert added(under(HIRING, typed)) == [
        (Address("hiring"), "quote", "confirm", "最初\n\n\n後"),
        (Address("hiring"), "statement", "confirm", "次"),
    ]


@pytest.mark.parametrize(
    "name", ["オフレコ", "off-record", "オフレコ（引用不可）", "OFF THE RECORD"]
)
def test_every_name_of_a_disclosure_is_a_mark(name: str) -> None:
    assert added(under(HIRING, f"　【{name}】話"))[0][1:] == ("statement", "off-record", "話")


def test_several_marks_in_one_pair_of_brackets() -> None:
    assert added(under(HIRING, "【発言・オフレコ】話"))[0][1:] == ("quote", "off-record", "話")


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("【参考】資料による", "【参考】資料による"),
        ("\\# 見出しではない", "# 見出しではない"),
        ("\\\\# 二つ", "\\# 二つ"),
        ("\\<!-- 注 -->", "<!-- 注 -->"),
        ("\\【オフレコ】という語", "【オフレコ】という語"),
        ("\\\\server\\share", "\\\\server\\share"),
        ("| 表 | では |", "| 表 | では |"),
        ("[発言]", "[発言]"),
        ("一行目\n  \\## 二行目", "一行目\n  ## 二行目"),
    ],
)
def test_text_stays_as_typed_but_for_one_backslash_before_a_sign(typed: str, body: str) -> None:
    assert added(under(HIRING, typed)) == [(Address("hiring"), "statement", "confirm", body)]


@given(
    sheets(),
    st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.none() | KIND,
            st.none() | DISCLOSURE,
            PARAGRAPHS,
            st.sampled_from(["", "　", " \t"]),
            st.booleans(),
        ),
        max_size=4,
    ),
)
def test_exactly_the_paragraphs_that_were_typed_are_added(
    sheet: RecordSheet,
    typed: list[tuple[Address | None, str | None, str | None, str, str, bool]],
) -> None:
    text = write(sheet)
    for place, kind, level, body, blank, japanese in typed:
        names = [KINDS[kind]] if kind else []
        names += [DISCLOSURES[level]] if level else []
        marks = "".join(f"【{term.mark if japanese else term.en}】" for term in names)
        at = re.search(rf"^##.*{{{re.escape(str(place or 'unsorted'))}}}$", text, re.MULTILINE)
        assert at
        text = f"{text[: at.end()]}\n{blank}\n{marks}{body}\n{blank}{text[at.end() :]}"
    result = found(text, sheet)
    wanted = [
        (place, kind or "statement", level, body) for place, kind, level, body, _b, _j in typed
    ]
    usual = {section.address: section.usual for section in sheet.sections}
    levels = {"desk": "public", "remark": "group"}
    expected = [
        (place, kind, level or levels.get(kind) or usual[place], body)
        for place, kind, level, body in wanted
    ]
    got = [(block.address, block.kind, block.disclosure, block.body) for block in result.added]
    assert sorted(map(str, got)) == sorted(map(str, expected))
    assert nothing_but_unchanged(sheet, replace(result, added=()))
