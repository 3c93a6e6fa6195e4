"""The sheet of a visit as an editor left it: what it would change, and what is stored of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from examples import examples
from fieldvisit import language
from fieldvisit.actions.editor_sheets import OpenSheet, open_record, store_record
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.read_files import ReadFile
from fieldvisit.actions.write_note import add_note, delete_note
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing

BOX = "{hiring/rotation}\n"
SIGNS = st.sampled_from(
    [
        "#", "## ", "### 1/1 x", "```", "````````", "```````` {hiring}", "{hiring}", "<!--", "-->",
        "\\", "|", "【", "】", "【オフレコ】", "【発言】", "【参考】", "【発言・匿名】",
        "（オフレコ）", "【said by: x】", "- ", "~~x~~", "ここだけの話", "\n", "\n\n", "\r\n", "　",
        " ", "\t",         "\u2028", "\x85", "\u200b", "𠮷", "葛󠄀城", "👩‍💻", "職員は12名",
    ]
)  # fmt: skip
FENCE = re.compile(r"\s*`{3,}(?:[ \t]*\{[^{}`]*\})?\s*")
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="?？")
WILD = st.lists(SIGNS | st.text(CHARACTERS, max_size=4), max_size=10).map("".join)
BODIES = st.lists(WILD.filter(str.strip), max_size=3)
PLAIN = st.text("abc職員。 👩𠮷|*-", min_size=1, max_size=12).map(str.strip).filter(str.strip)


@pytest.fixture
def visited(study: Settings) -> Settings:
    people = VisitFields(respondents=("情報経営部/課長/山田", "総務部/係長/鈴木"))
    add_visits(study, ["千葉市"], people)
    return study


@contextmanager
def left(
    field: Settings, change: Callable[[str], str], audience: str = "all"
) -> Iterator[OpenSheet]:
    with open_record(field, "chiba-1", audience) as opened:
        opened.draft.path.write_bytes(change(opened.start).encode())
        yield opened


def edited(field: Settings, change: Callable[[str], str]) -> tuple[ReadFile, OpenSheet]:
    with left(field, change) as opened:
        return store_record(field, opened), opened


def stored(field: Settings, change: Callable[[str], str]) -> tuple[Note, ...]:
    edited(field, change)
    with viewing(field, "all") as view:
        return view.notes


def typed(text: str, box: str = BOX) -> Callable[[str], str]:
    return lambda sheet: sheet.replace(box, f"{box}{text}", 1)


@examples(40)
@given(BODIES, st.sampled_from(list(KINDS)), st.sampled_from(list(DISCLOSURES)))
def test_a_sheet_left_alone_changes_nothing(
    fresh_field: Callable[[], Settings], bodies: list[str], kind: str, level: str
) -> None:
    field = fresh_field()
    for place in (None, "1/1", "hiring"):
        for body in bodies:
            fields = NoteFields(place=place, kind=kind, disclosure=level, said_by="課長")
            add_note(field, "chiba-1", body, fields)
    for spoken in ("ja", "en"):
        language.use(spoken)
        found, opened = edited(field, str)
        assert not found.items
        assert found.reading.proposed.unchanged == 3 * len(bodies)
        assert opened.was_left_alone()


@examples(60)
@given(WILD, st.integers(0, 5000))
def test_whatever_is_typed_wherever_is_an_item_and_takes_no_note_away(
    fresh_field: Callable[[], Settings], text: str, where: int
) -> None:
    """But for lines that are ours, which may be typed again."""
    field = fresh_field()
    note = add_note(field, "chiba-1", "12名", NoteFields(place="1/1"))
    mark = "\n\n職員が語った。" + text.replace("\r", "\n")

    def insert(sheet: str) -> str:
        at = sheet.index("\n", min(where, len(sheet) - 1)) + 1
        return f"{sheet[:at]}{mark}\n{sheet[at:]}"

    found, opened = edited(field, insert)
    said = letters("".join(item.text for item in found.items))
    ours = {letters(line) for line in opened.start.split("\n")}
    for line in mark.split("\n"):
        if not FENCE.fullmatch(line) and letters(line) not in ours:
            assert letters(line) in said
    with viewing(field, "all") as view:
        assert note.id in {one.id for one in view.notes}


def letters(text: str) -> str:
    """Return what is left of a text without its marks and the signs of Markdown."""
    unmarked = re.sub("【[^【】\n]*】|（オフレコ）", "", text)
    return "".join(sign for sign in unmarked if sign.isalnum())


@examples(60)
@given(st.lists(PLAIN, min_size=1, max_size=4), st.sampled_from(["hiring", "unsorted", "security"]))
def test_each_paragraph_in_a_box_is_a_plain_note_with_the_words_as_typed(
    fresh_field: Callable[[], Settings], texts: list[str], place: str
) -> None:
    field = fresh_field()
    found, _opened = edited(field, typed("\n \n\n".join(texts), f"{{{place}}}\n"))
    assert [item.text for item in found.items] == texts
    assert all(item.is_plain and item.kind == "statement" for item in found.items)
    assert {str(item.place or "unsorted") for item in found.items} == {place}
    assert len({item.id for item in found.items}) == len(texts)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ここだけの話、足りない。", "hint"),
        ("【オフレコです】足りない。", "unknown-mark"),
        ("足りない【オフレコ】と言う。", "mark-inside"),
        ("【公表可】【オフレコ】足りない。", "marks-at-odds"),
        ("【発言者：市長】足りない。", "speaker"),
        ("【オフレコ】\n\n足りない。", "mark-inside"),
    ],
)
def test_what_is_in_doubt_waits_and_is_no_more_open_than_to_be_confirmed(
    visited: Settings, text: str, why: str
) -> None:
    found, _opened = edited(visited, typed(text))
    assert why in found.items[-1].reasons
    assert {item.state for item in found.items} == {"waiting"}
    assert not {item.disclosure for item in found.items} & {"", "public"}
    assert str(found.items[-1].place) == "hiring/rotation"


def test_without_a_mark_the_level_holds_that_the_sheet_said(visited: Settings) -> None:
    with left(visited, typed("3年です。\n\n【所見】早い。")) as opened:
        slot = f"{opened.shown.prefix}hiring/rotation"
        assert opened.shown.slots[slot] == "confirm"
        shown = replace(opened.shown, slots={**opened.shown.slots, slot: "group"})
        found = store_record(visited, replace(opened, shown=shown))
    assert [(item.kind, item.disclosure) for item in found.items] == [
        ("statement", "group"), ("remark", "group"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("【to be confirmed】12名", "【発言者：鈴木】12名", ()),
        ("【to be confirmed】12名", "12名", None),
        ("【to be confirmed】1", "【関係者限り】1", ()),
        ("【to be confirmed】1", "【公表可】1", ("opens",)),
        ("12名", "13名【背景】", ("unknown-mark",)),
        ("12名", "13名。内密に", ("hint",)),
        ("12名", "【オフレコ】13名。内密に", ()),
    ],
)
def test_what_is_changed_in_the_box_of_a_note(
    visited: Settings, old: str, new: str, reasons: tuple[str, ...] | None
) -> None:
    note = add_note(visited, "chiba-1", "12名", NoteFields(place="1/1"))
    found, _opened = edited(visited, lambda sheet: sheet.replace(old, new))
    if reasons is None:
        assert not found.items
        return
    [item] = found.items
    assert (item.type, item.target, item.reasons) == ("change", note.id, reasons)


def test_each_box_of_a_note_may_change_it_and_two_that_differ_do_not(visited: Settings) -> None:
    add_note(visited, "chiba-1", "12名", NoteFields(place="1/1", also=("1/5", "hiring")))
    [note] = stored(visited, lambda sheet: sheet.replace("12名", "13名", 1))
    assert (note.body, len(note.places)) == ("13名", 3)
    parts = ("14名", "13名", "15名")
    found, _opened = edited(visited, lambda s: "".join(map(add, s.split("13名"), (*parts, ""))))
    assert [(item.type, item.reasons) for item in found.items] == [
        ("change", ()), ("change", ("second",)),
    ]  # fmt: skip


OPEN = "【public】五つある。"
END = "\n````````\n"


@pytest.mark.parametrize(
    ("before", "after", "text", "reasons"),
    [
        (OPEN + END, OPEN + "\n", None, ("unclosed",)),
        (OPEN + END, f"{OPEN}{END}\n```````` {{TAG}}\n六つ。{END}", "六つ。", ("second",)),
        (OPEN, f"{OPEN}\n\n六つ目は未定。", "五つある。\n\n六つ目は未定。", ("added",)),
        (OPEN, f"新しく。\n\n{OPEN}", "新しく。\n\n五つある。", ("mark-inside", "added")),
        ("五つある。", "別にある。", "別にある。", ("known",)),
    ],
)
def test_what_may_not_be_meant_for_an_open_note_waits(
    visited: Settings, before: str, after: str, text: str | None, reasons: tuple[str, ...]
) -> None:
    add_note(visited, "chiba-1", "別にある。", NoteFields(place="1/2"))
    add_note(visited, "chiba-1", "五つある。", NoteFields(place="1/1", disclosure="public"))

    def change(sheet: str) -> str:
        tag = re.search(rf"{{([^{{}}]*)}}\n{OPEN}", sheet)
        return sheet.replace(before, after.replace("TAG", tag[1] if tag else ""))

    [item] = edited(visited, change)[0].items
    assert set(reasons) <= set(item.reasons)
    assert text in (None, item.text)
    assert item.disclosure != "public"


def test_an_open_note_without_its_mark_is_closed_and_with_it_alone_as_it_was(
    visited: Settings,
) -> None:
    add_note(visited, "chiba-1", "五つある。", NoteFields(place="1/1", disclosure="public"))
    found, _opened = edited(visited, lambda sheet: sheet.replace("五つある。", ""))
    assert not found.items
    stored(visited, lambda sheet: sheet.replace("【public】五", "五"))
    [note] = stored(visited, str)
    assert (note.body, note.disclosure) == ("五つある。", "confirm")


def test_what_looks_like_ours_in_a_frame_or_stands_once_more_outside_is_not_lost(
    visited: Settings,
) -> None:
    [note] = stored(visited, typed("前 <!-- fieldvisit-sheet-x --> 後"))
    assert note.body == "前 <!-- fieldvisit-sheet-x --> 後"
    found, _opened = edited(visited, lambda sheet: f"{sheet}\n{sheet.splitlines()[2]}\n")
    assert [item.reasons for item in found.items] == [("no-place", "hint")]


def test_what_was_deleted_or_waits_and_is_typed_again_is_stored(visited: Settings) -> None:
    [note] = stored(visited, typed("3年です。"))
    delete_note(visited, note.handle)
    assert [note.body for note in stored(visited, typed("3年です。"))] == ["3年です。"]
    for time in range(2):
        found, _opened = edited(visited, typed("内密に。"))
        assert [(item.text, item.reasons) for item in found.items] == [
            ("内密に。", ("hint", "known")[: 1 + time]),
        ]  # fmt: skip


@pytest.mark.parametrize("text", ["－", "同上", "#REF!"])
def test_whatever_is_typed_here_is_meant_as_the_answer(visited: Settings, text: str) -> None:
    [note] = stored(visited, typed(text))
    assert note.body == text
    [note] = stored(visited, lambda sheet: sheet.replace(f"】{text}", "】N/A"))
    assert note.body == "N/A"


@pytest.mark.parametrize("audience", ["group", "public"])
def test_a_speaker_who_is_shown_without_a_name_stays(visited: Settings, audience: str) -> None:
    fields = NoteFields(place="1/1", disclosure="public", said_by="山田")
    add_note(visited, "chiba-1", "12名", fields)
    closing = ("\n【public】", "\n【関係者限り】")
    with left(visited, lambda s: s.replace(*closing).replace("12名", "13名"), audience) as opened:
        assert "山田" not in opened.start.split("12名")[0][-40:]
        found = store_record(visited, opened)
    assert [item.reasons for item in found.items] == [()]
    with viewing(visited, "all") as view:
        [note] = view.notes
    assert (note.body, note.disclosure) == ("13名", "group")
    assert note.speaker is not None
    assert note.speaker.name == "山田"


def test_a_level_beside_the_frames_holds_the_sheet(visited: Settings) -> None:
    text = typed("－\n\n3年です。")
    beside = "以下オフレコ\n\n### 1/2 "
    found, _opened = edited(visited, lambda sheet: text(sheet).replace("### 1/2 ", beside))
    assert [item.reasons[-1] for item in found.items] == ["hint", "held", "held"]
