"""Record sheets read back: left alone they change nothing, and new text becomes notes."""

import re

import pytest
from fieldvisit.exchange.record.sheet import UnreadableSheet, read, rebased
from fieldvisit.fieldwork.record.changes import SheetChanges, changes
from fieldvisit.fieldwork.record.sheet import (
    Person,
    ReadBlock,
    RecordSheet,
    SheetNote,
    SheetSection,
    settled,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.record_sheets import (
    BODIES,
    DISCLOSURE,
    HIRING,
    KIND,
    MIX,
    PARAGRAPHS,
    PLACES,
    QUESTION,
    SECURITY,
    SHEET,
    SIGNS,
    UNSORTED,
    WILD,
    added,
    block_of,
    found,
    nothing_but_unchanged,
    sheets,
    under,
)
from fieldvisit import language
from fieldvisit.documents.record_sheet import with_guidance, write, write_filled
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import OURS, THEIRS


@given(sheets(), st.sampled_from(["ja", "en"]), st.sampled_from(["ja", "en"]))
def test_a_sheet_left_alone_changes_nothing_whatever_the_languages(
    sheet: RecordSheet, written_in: str, read_in: str
) -> None:
    language.use(written_in)
    shown = with_guidance(sheet)
    text = write(shown)
    language.use(read_in)
    assert nothing_but_unchanged(shown, found(text, shown))


def test_without_a_mark_the_usual_disclosure_of_the_place_holds() -> None:
    assert added(under(SECURITY, "鍵の話")) == [
        (Address("security"), "statement", "off-record", "鍵の話")
    ]


@pytest.mark.parametrize(
    "name", ["オフレコ", "off-record", "オフレコ（引用不可）", "OFF THE RECORD"]
)
def test_every_name_of_a_disclosure_is_a_mark(name: str) -> None:
    assert added(under(HIRING, f"　【{name}】話"))[0][1:] == ("statement", "off-record", "話")


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


LAST = "|  |  |  |  |\n"


def people(row: str) -> tuple[Person, ...]:
    shown = replace(SHEET, people=())
    return read(write(shown).replace(LAST, f"{row}\n"), shown).people


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ("| 当方 | 研究所 | 主任 | 鈴木 |", Person("研究所", "主任", "鈴木", OURS)),
        ("|先方|市|課長|山田", Person("市", "課長", "山田", THEIRS)),
        ("|  | 市 | 課長 | 山田 |", Person("市", "課長", "山田", THEIRS)),
        ("| Interviewer | | | A \\| B |  ", Person("", "", "A | B", OURS)),
        ("| respondent | a\\b | - | |", Person("a\\b", "-", "", THEIRS)),
        ("| 調査者 | | | 佐藤 |", Person("", "", "佐藤", OURS)),
    ],
)
def test_a_row_is_read(row: str, person: Person) -> None:
    assert people(row) == (person,)


@pytest.mark.parametrize("row", ["", "| | | | |", "| 先方 | | | |", "|:--|---|--:|-|"])
def test_rows_that_say_nothing_are_passed_over(row: str) -> None:
    assert people(row) == ()


def test_the_head_may_be_in_either_language() -> None:
    shown = replace(SHEET, people=())
    text = write(shown).replace(
        "| side | department | position | name |", "| 側 | 所属 | 役職 | 氏名 |"
    )
    assert read(text, shown).people == ()


@pytest.mark.parametrize(
    "row", ["| 隣 | 市 | 課長 | 山田 |", "| 先方 | 市 | 課長 | 山田 | 五 |", "山田", "｜先方｜"]
)
def test_a_row_in_doubt_is_refused_with_its_line(row: str) -> None:
    shown = replace(SHEET, people=())
    text = write(shown).replace(LAST, f"{row}\n")
    with pytest.raises(UnreadableSheet) as caught:
        read(text, shown)
    assert caught.value.line == text.split("\n").index(row) + 1
    assert str(caught.value.line) in caught.value.sentence


def test_a_table_that_is_gone_is_refused() -> None:
    lines = [line for line in write(SHEET).split("\n") if not line.startswith("|")]
    with pytest.raises(UnreadableSheet, match="head"):
        read("\n".join(lines), SHEET)


def refusal(text: str) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read(text, SHEET)
    return caught.value


def line_of(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


@pytest.mark.parametrize(
    ("typed", "bad_line"),
    [
        ("## 見出し", "## 見出し"),
        ("a\n  # b", "  # b"),
        ("<!-- 自分のメモ -->", "<!-- 自分のメモ -->"),
        ("<!-- · 専門職の人数は 2名 -->", "<!-- · 専門職の人数は 2名 -->"),
        ("<!-- · 専門職の人数は --> 2名", "<!-- · 専門職の人数は --> 2名"),
        ("<!-- end -->", "<!-- end -->"),
        ("<!-- note zzzzzzzzzz -->\nx\n<!-- end -->", "<!-- note zzzzzzzzzz -->"),
        ("<!-- note new -->\nx", "<!-- note new -->"),
        ("<!-- note new -->\n<!-- note new -->\n<!-- end -->", "<!-- note new -->"),
        ("【オフレコ】\n\n実は", "【オフレコ】"),
        ("【オフレコ】【匿名】話", "【オフレコ】【匿名】話"),
        ("【発言】【所見】話", "【発言】【所見】話"),
        ("【オフレコでお願いします】話", "【オフレコでお願いします】話"),
        ("【オフレコ 話", "【オフレコ 話"),
        ("（オフレコ）話", "（オフレコ）話"),
        ("[off the record] it", "[off the record] it"),
        ("- 【オフレコ】話", "- 【オフレコ】話"),
        ("【引用不可】話", "【引用不可】話"),
        ("オフレコ：話", "オフレコ：話"),
        ("【発言】ここだけの話、足りない", "【発言】ここだけの話、足りない"),
        ("【公表可】話\nという話（オフレコ）", "という話（オフレコ）"),
        ("表の話\n【オフレコ】裏の話", "【オフレコ】裏の話"),
        ("<!-- note new -->\n表\n\n 【オフレコ】裏\n\n<!-- end -->", " 【オフレコ】裏"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_line(typed: str, bad_line: str) -> None:
    text = under(HIRING, typed)
    refused = refusal(text)
    assert refused.line == line_of(text, bad_line)
    assert str(refused.line) in refused.sentence
    assert refused.hint


def test_words_for_off_the_record_are_text_once_the_mark_says_so_or_a_backslash() -> None:
    closed = "【オフレコ】ここだけの話、足りない\nという話（オフレコ）"
    typed = f"{closed}\n\n\\オフレコの扱いは別に定める。"
    assert [block[2:] for block in added(under(HIRING, typed))] == [
        ("off-record", "ここだけの話、足りない\nという話（オフレコ）"),
        ("confirm", "オフレコの扱いは別に定める。"),
    ]


def test_the_same_note_twice_is_refused() -> None:
    text = write(SHEET)
    text += block_of(text, "k3f9x2m4qa")
    assert refusal(text).line == text.split("\n").index("<!-- note k3f9x2m4qa -->", 30) + 1


@pytest.mark.parametrize("marker", [HIRING, QUESTION, SECURITY, UNSORTED, "{people}"])
def test_a_missing_heading_is_named(marker: str) -> None:
    heading = next(line for line in write(SHEET).split("\n") if line.endswith(marker))
    text = write(SHEET)
    if marker == "{people}":
        text = re.sub(r"^\|.*\n", "", text, flags=re.MULTILINE)
    assert heading in refusal(text.replace(f"{heading}\n", "")).sentence


def test_a_heading_twice_or_with_text_added_is_refused() -> None:
    text = write(SHEET)
    heading = next(line for line in text.split("\n") if line.endswith(SECURITY))
    assert "repeats" in refusal(f"{text}{heading}\n").sentence
    changed = heading.replace(SECURITY, f"鍵 {SECURITY}")
    assert refusal(text.replace(heading, changed)).line == line_of(text, heading)
    assert refusal(f"{text}# {SHEET.title}\n").line == len(text.split("\n"))


def test_text_before_the_first_heading_and_beside_the_table_is_refused() -> None:
    text = write(SHEET)
    title = f"# {SHEET.title}"
    assert refusal(text.replace(title, f"{title}\n早い")).line == 3
    refused = refusal(under("{people}", "山田さんも"))
    assert refused.line == line_of(under("{people}", "山田さんも"), "山田さんも")


@pytest.mark.parametrize("first", ["", "x\n", "<!-- fieldvisit record 1 other -->\n"])
def test_another_sheet_is_refused(first: str) -> None:
    _first, _newline, rest = write(SHEET).partition("\n")
    assert "sheet" in refusal(first + rest).sentence


def test_another_version_is_refused_as_such() -> None:
    assert "version" in refusal(write(SHEET).replace("record 1", "record 2")).sentence


GARBAGE = st.lists(
    SIGNS | WILD | st.sampled_from([f"{line}\n" for line in write(SHEET).split("\n")]), max_size=12
).map("".join)


@given(GARBAGE, st.integers(0, 400))
def test_garbage_is_read_or_refused_and_nothing_in_it_is_dropped(typed: str, where: int) -> None:
    text = write(SHEET)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    at = starts[where % len(starts)]
    text = text[:at] + typed + text[at:]
    try:
        sheet = read(text, SHEET)
    except UnreadableSheet:
        return
    kept = [" ".join(block.body.split()) for block in sheet.blocks]
    kept += [
        " ".join(cell.split()) for p in sheet.people for cell in (p.name, p.department, p.position)
    ]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.removeprefix("\ufeff").strip().startswith(("#", "<!--", "|")):
            continue
        words = re.sub(r"^(\s*【[^】]*】)+", "", line).strip()
        words = " ".join(words.lstrip("\\").split())
        assert not words or any(words in body for body in kept)


def with_note(body: str, **other: str) -> RecordSheet:
    """Return the sheet as somebody else left it: the first note changed."""
    sections = list(SHEET.sections)
    first, second = sections[1].notes
    note = replace(first, revision="r9", body=body, **other)
    sections[1] = replace(sections[1], notes=(note, second))
    return replace(SHEET, sections=tuple(sections))


def carried(text: str, now: RecordSheet) -> tuple[str, SheetChanges]:
    draft = rebased(text, SHEET, now)
    again = write_filled(draft)
    return again, changes(draft.shown, read(again, draft.shown))


def test_a_conflict_keeps_the_persons_text_and_shows_the_other_above_it() -> None:
    text = under(HIRING, "新しい", write(SHEET).replace("12名", "13名"))
    again, result = carried(text, with_note("職員は20名\n\n増えた"))
    assert "now: 【quote】【to be confirmed】職員は20名" in again
    assert "now: 増えた" in again
    assert again.index("職員は20名") < again.index("<!-- note k3f9x2m4qa -->")
    (change,) = result.changed
    assert (change.note.body, change.body) == (
        "職員は20名\n\n増えた",
        "職員は13名\n\nうち専門職2名",
    )
    assert change.note.revision == "r9"
    assert [block.body for block in result.added] == ["新しい"]
    assert result.removed == ()


def test_what_only_one_side_changed_is_taken_from_that_side() -> None:
    text = write(SHEET).replace("【quote】【to be", "【オフレコ】【quote】【to be").replace(
        "【オフレコ】【quote】【to be confirmed】", "【オフレコ】【quote】"
    )  # fmt: skip
    again, result = carried(text, with_note("職員は20名"))
    assert "now:" not in again
    (change,) = result.changed
    assert (change.body, change.disclosure) == ("職員は20名", "off-record")


def test_a_note_left_alone_follows_and_a_new_one_appears() -> None:
    now = with_note("職員は20名")
    new = SheetNote("newnewnewn", "r", "後から", "statement", "confirm")
    now = replace(now, sections=(replace(now.sections[0], notes=(new,)), *now.sections[1:]))
    again, result = carried(write(SHEET), now)
    assert "<!-- note newnewnewn -->" in again
    assert nothing_but_unchanged(now, result)


def test_a_removal_stays_unless_the_note_was_changed_meanwhile() -> None:
    text = write(SHEET)
    text = text.replace(block_of(text, "k3f9x2m4qa"), "")
    _again, result = carried(text, SHEET)
    assert [note.handle for note in result.removed] == ["k3f9x2m4qa"]
    again, result = carried(text, with_note("職員は20名"))
    assert "taken this note out" in again
    assert result.removed == ()


def test_text_under_a_heading_that_is_gone_stands_unsorted() -> None:
    now = replace(SHEET, sections=(SHEET.sections[1],))
    again, result = carried(under(SECURITY, "鍵の話"), now)
    assert "security is no longer on this sheet" in again
    (block,) = result.added
    assert (block.address, block.body, block.disclosure) == (None, "鍵の話", "off-record")


def test_a_changed_table_stays_and_the_others_is_told() -> None:
    now = replace(SHEET, people=SHEET.people[:1])
    again, result = carried(write(SHEET).replace("部 | 課長", "部 | 部長"), now)
    assert "now: 情報経営部 課長 山田" in again
    assert result.people is not None
    assert [person.position for person in result.people] == ["部長", ""]


@st.composite
def changed_by_others(draw: st.DrawFn, sheet: RecordSheet) -> RecordSheet:
    sections = []
    for section in sheet.sections:
        notes = [
            replace(note, revision="r2", body=draw(BODIES), kind=draw(KIND))
            if draw(st.booleans())
            else note
            for note in section.notes
            if draw(st.integers(0, 3))
        ]
        sections.append(replace(section, notes=tuple(notes), usual=draw(DISCLOSURE)))
    kept = [s for s in sections if s.address is None or draw(st.integers(0, 4))]
    return replace(sheet, sections=tuple(kept))


@given(sheets(), st.data())
def test_nothing_typed_is_lost_and_no_disclosure_changes_when_a_draft_is_carried_over(
    before: RecordSheet, data: st.DataObject
) -> None:
    text = write(before)
    typed = set()
    for number, (_at, note) in enumerate(before.placed_notes()):
        if data.draw(st.booleans()):
            pattern = rf"(?<=^<!-- note {note.handle} -->\n).*?(?=\n<!-- end -->$)"
            text = re.sub(pattern, f"mine {number}", text, flags=re.DOTALL | re.MULTILINE)
            typed.add(f"mine {number}")
    for number, section in enumerate(before.sections):
        heading = re.search(
            rf"^##.*{{{re.escape(str(section.address or 'unsorted'))}}}$", text, re.MULTILINE
        )
        assert heading
        text = f"{text[: heading.end()]}\nnew {number}\n{text[heading.end() :]}"
    wanted = changes(before, read(text, before))
    draft = rebased(text, before, data.draw(changed_by_others(before)))
    result = changes(draft.shown, read(write_filled(draft), draft.shown))
    bodies = {change.body for change in result.changed} | {b.body for b in result.added}
    assert typed <= bodies
    levels = {block.body: block.disclosure for block in result.added}
    assert {b.body: b.disclosure for b in wanted.added}.items() <= levels.items()
    assert result.removed == ()


@given(BODIES, st.sampled_from(PLACES))
def test_any_new_note_survives_writing_a_draft_again(body: str, place: Address | None) -> None:
    shown = replace(SHEET, sections=tuple(SheetSection(p, "x") for p in PLACES))
    draft = rebased(write(shown), shown, shown)
    block = ReadBlock(place, "", "quote", "", settled(body))
    again = read(write_filled(replace(draft, blocks=(block,))), shown)
    (got,) = again.blocks
    assert (got.address, got.kind, got.disclosure) == (place, "quote", "")
    assert settled(got.body) == settled(body)


@given(sheets().filter(lambda s: any(s.placed_notes())), PARAGRAPHS, st.data())
def test_a_new_text_in_one_note_changes_that_note_alone(
    sheet: RecordSheet, body: str, data: st.DataObject
) -> None:
    _at, note = data.draw(st.sampled_from(list(sheet.placed_notes())))
    pattern = rf"(?<=^<!-- note {note.handle} -->\n).*?(?=\n<!-- end -->$)"
    text = re.sub(pattern, lambda _m: body, write(sheet), flags=re.DOTALL | re.MULTILINE)
    result = found(text, sheet)
    if body == settled(note.body):
        assert nothing_but_unchanged(sheet, result)
        return
    (change,) = result.changed
    assert (change.note, change.body, change.kind) == (note, body, note.kind)
    assert change.disclosure == note.disclosure
    assert len(result.unchanged) == len(list(sheet.placed_notes())) - 1
    assert result == SheetChanges(changed=result.changed, unchanged=result.unchanged)


def test_another_mark_alone_leaves_the_stored_body_as_it_is() -> None:
    raw = "  # 一行目 \r\n\r\n二行目\t\n"
    sections = (SheetSection(MIX, "q", (), (SheetNote("k3f9x2m4qa", "r", raw, "quote", "group"),)),)
    shown = replace(SHEET, sections=sections)
    text = write(shown).replace("【group only】", "【オフレコ】")
    (change,) = found(text, shown).changed
    assert (change.body, change.kind, change.disclosure) == (raw, "quote", "off-record")


def test_a_note_under_another_heading_is_moved() -> None:
    text = write(SHEET)
    block = block_of(text, "k3f9x2m4qa")
    result = found(under(SECURITY, block, text.replace(block, "")))
    (move,) = result.moved
    assert (move.note.handle, move.was_at, move.address) == (
        "k3f9x2m4qa", MIX, Address("security")
    )  # fmt: skip
    assert result == SheetChanges(moved=result.moved, unchanged=result.unchanged)


@pytest.mark.parametrize("left", ["", "<!-- note k3f9x2m4qa -->\n【発言】\n<!-- end -->\n"])
def test_a_note_taken_out_or_emptied_is_removed(left: str) -> None:
    text = write(SHEET)
    result = found(text.replace(block_of(text, "k3f9x2m4qa"), left))
    assert [note.handle for note in result.removed] == ["k3f9x2m4qa"]
    assert [note.handle for note in result.unchanged] == ["aaaabbbbcc"]
