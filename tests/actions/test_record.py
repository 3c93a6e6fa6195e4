"""The sheet of a visit as an editor left it: what it would change, and what is stored of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from examples import examples
from fieldvisit import language
from fieldvisit.actions.editor_sheets import OpenSheet, open_record
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.record import EditedRecord, read_record, store_record
from fieldvisit.actions.write_note import add_note
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
def left(field: Settings, change: Callable[[str], str]) -> Iterator[OpenSheet]:
    with open_record(field, "chiba-1", "all") as opened:
        opened.draft.path.write_bytes(change(opened.start).encode())
        yield opened


def edited(field: Settings, change: Callable[[str], str]) -> tuple[EditedRecord, OpenSheet]:
    with left(field, change) as opened:
        return read_record(field, opened), opened


def stored(field: Settings, change: Callable[[str], str]) -> tuple[Note, ...]:
    with left(field, change) as opened:
        store_record(field, opened)
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
        assert not found
        assert found.unchanged == 3 * len(bodies)
        assert opened.was_left_alone()


@examples(60)
@given(WILD, st.integers(0, 5000))
def test_whatever_is_typed_wherever_is_an_item_and_takes_no_note_away(
    fresh_field: Callable[[], Settings], text: str, where: int
) -> None:
    """But for lines that are ours, which may be typed again."""
    field = fresh_field()
    add_note(field, "chiba-1", "12名", NoteFields(place="1/1"))
    mark = "\n\n職員が語った。" + text.replace("\r", "\n")

    def insert(sheet: str) -> str:
        at = sheet.index("\n", min(where, len(sheet) - 1)) + 1
        return f"{sheet[:at]}{mark}\n{sheet[at:]}"

    found, opened = edited(field, insert)
    said = letters("".join(item.text for item in found.items))
    ours = {letters(piece.text) for piece in opened.pieces_shown()}
    for line in mark.split("\n"):
        if not FENCE.fullmatch(line) and letters(line) not in ours:
            assert letters(line) in said
    assert not found.removed


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


def test_new_paragraphs_become_notes_with_their_marks_and_speaker(visited: Settings) -> None:
    first, second = stored(visited, typed("3年です。\n\n【オフレコ】【発言者：課長】実は"))
    assert (first.body, first.kind, first.disclosure) == ("3年です。", "statement", "confirm")
    assert (second.body, second.disclosure) == ("実は", "off-record")
    assert (first.speaker, str(second.speaker)) == (None, "情報経営部 課長 山田")


@pytest.mark.parametrize("alone", ["【オフレコ】", "【内部限り】", "（オフレコ）", "以下オフレコ"])
def test_what_stands_alone_holds_what_stands_around_it(visited: Settings, alone: str) -> None:
    found, _opened = edited(visited, typed(f"3年です。\n\n{alone}\n\n実は5年です。"))
    assert [item.text for item in found.items] == ["3年です。", alone, "実は5年です。"]
    assert not any(item.is_plain for item in found.items)


def test_without_a_mark_the_level_holds_that_the_sheet_said(visited: Settings) -> None:
    with left(visited, typed("3年です。\n\n【所見】早い。")) as opened:
        levels = {**opened.shown.slots, "hiring/rotation": "group"}
        found = read_record(visited, replace(opened, shown=replace(opened.shown, slots=levels)))
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
        assert not found
        return
    [item] = found.items
    assert (item.type, item.target, item.reasons) == ("change", note.id, reasons)


def test_brackets_that_a_note_had_are_no_marks_and_a_speaker_may_be_given_later(
    visited: Settings,
) -> None:
    for body in ("【背景】12名", "3年"):
        add_note(visited, "chiba-1", body, NoteFields(place="1/1"))
    one, other = stored(
        visited, lambda s: s.replace("12名", "13名").replace("3年", "【発言者：鈴木】3年")
    )
    assert (one.body, one.speaker) == ("【背景】13名", None)
    assert (other.body, str(other.speaker)) == ("3年", "総務部 係長 鈴木")


@pytest.mark.parametrize(("heading", "place"), [("### 1/5 ", "hiring/rotation"),
                                                ("## Not filed", "")])  # fmt: skip
def test_a_box_under_another_heading_is_moved_and_a_copy_is_not(
    visited: Settings, heading: str, place: str
) -> None:
    add_note(visited, "chiba-1", "12名", NoteFields(place="1/1", also=("1/5", "hiring")))

    def box(sheet: str) -> str:
        start = sheet.index("```````` {#")
        return sheet[start : sheet.index("````````\n", start) + 9]

    def put(sheet: str, text: str) -> str:
        line = next(line for line in sheet.splitlines() if line.startswith(heading))
        return sheet.replace(line, f"{line}\n\n{text}\n")

    found, _opened = edited(visited, lambda sheet: put(sheet, box(sheet)))
    assert not found
    changed = lambda sheet: put(sheet, box(sheet).replace("12名", "13名"))  # noqa: E731 - once
    found, _opened = edited(visited, changed)
    assert [(item.type, item.reasons) for item in found.items] == [("note", ("second",))]
    [note] = stored(visited, lambda sheet: put(sheet.replace(box(sheet), ""), box(sheet)))
    places = [str(address) for address in note.places]
    assert places == [*([place] if place else ["hiring/rotation"]), "hiring"]


def test_two_of_one_name_are_two_people_and_one_in_another_role_is_one(visited: Settings) -> None:
    with viewing(visited, "all") as view:
        [yamada, suzuki] = view.visits[0].participants
    stored(visited, lambda s: s.replace("鈴木\n", "鈴木\n先方: 人事課//田中\n先方: 情報課//田中\n"))
    with viewing(visited, "all") as view:
        people = view.visits[0].participants
    assert [(p.department, p.name) for p in people[2:]] == [("人事課", "田中"), ("情報課", "田中")]
    assert len({p.person_id for p in people}) == len(people)
    stored(visited, lambda s: s.replace("情報経営部/課長/山田", "総務部/部長/山田"))
    stored(visited, lambda s: s.replace("/鈴木\n", "/鈴木一郎\n"))
    with viewing(visited, "all") as view:
        [first, *_others, second] = view.visits[0].participants
    assert (first.person_id, str(first)) == (yamada.person_id, "総務部 部長 山田")
    assert second.person_id != suzuki.person_id
    assert str(second) == "総務部 係長 鈴木一郎"
