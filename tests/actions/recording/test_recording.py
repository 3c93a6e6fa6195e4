"""Memos that come back, stored."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from fieldvisit.actions.recording.memos import StoredMemo, store_memo, try_memo
from fieldvisit.actions.show import changes
from fieldvisit.actions.sort_notes import drop_note, file_note, join_notes, split_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.memo.paragraphs import MemoParagraph
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.returned_file import Where
from fieldvisit.fieldwork.splitting import cuts
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import reading
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing

TEXTS = st.lists(
    st.sampled_from(
        ["職員は12名。", "専門職はいない。", "研修\n年2回。", "？", "\0", "RPA", "a\r\nb"]
    ),
    max_size=8,
)


def paragraphs(*texts: str, **said: object) -> list[MemoParagraph]:
    return [
        MemoParagraph(text, Where("memo.txt", "line", n), **said)  # type: ignore[arg-type] # by name
        for n, text in enumerate(texts, 1)
    ]


def notes(given: Settings) -> tuple[Note, ...]:
    with reading(given.study().database) as connection:
        return gate.notes(connection, "all", gate.NotesAsked(deleted=True))


def counts(found: StoredMemo) -> tuple[int, int, int]:
    return len(found.stored), len(found.unchanged), len(found.refused)


def test_paragraphs_become_notes_without_a_topic_in_one_change(field: Settings) -> None:
    found = store_memo(field, "chiba-1", paragraphs("職員は12名。", "専門職はいない。"))
    assert [note.body for note in found.stored] == ["職員は12名。", "専門職はいない。"]
    assert counts(found) == (2, 0, 0)
    for note in notes(field):
        assert (note.places, note.kind, note.disclosure, note.by) == (
            (),
            "statement",
            "confirm",
            "t",
        )
    [change] = [change for change in changes(field)[0] if change.command == "record"]
    assert len(change.objects) == 2
    with viewing(field, "all") as view:
        assert find_visit(view, "chiba-1").keeps_its_guides


def test_what_the_memo_says_of_a_paragraph_is_kept(field: Settings) -> None:
    with changing(field, "material add") as (view, change):
        visit = find_visit(view, "chiba-1")
        records.save(change, Material(visit.id, 1, "計画", disclosure="confirm"))
    said = {
        "kind": "quote",
        "disclosure": "anonymous",
        "speaker": "課長",
        "material": 1,
        "page": "7",
    }
    [note] = store_memo(field, "chiba-1", paragraphs("足りない。", **said)).stored
    assert (note.kind, note.disclosure, note.material, note.page) == ("quote", "anonymous", 1, "7")
    assert note.speaker
    assert note.speaker.name == "山田太郎"


@pytest.mark.parametrize(("kind", "level"), [("", "confirm"), ("remark", "group"),
                                             ("desk", "public")])  # fmt: skip
def test_the_level_that_is_not_said_is_that_of_unsorted_notes(
    field: Settings, kind: str, level: str
) -> None:
    [note] = store_memo(field, "chiba-1", paragraphs("話。", kind=kind)).stored
    assert note.disclosure == level


def test_the_same_memo_twice_changes_nothing(field: Settings) -> None:
    memo = paragraphs("職員は12名。", "研修は年2回。\n外部もある。", "職員は12名。")
    assert counts(store_memo(field, "chiba-1", memo)) == (3, 0, 0)
    before = changes(field)[0]
    again = store_memo(field, "chiba-1", memo)
    assert counts(again) == (0, 3, 0)
    assert again.read == 3
    assert changes(field)[0] == before
    assert len(notes(field)) == 3


def test_one_more_of_two_equal_paragraphs_is_one_more_note(field: Settings) -> None:
    store_memo(field, "chiba-1", paragraphs("職員は12名。"))
    found = store_memo(field, "chiba-1", paragraphs("職員は12名。", "職員は12名。 "))
    assert counts(found) == (1, 1, 0)


def test_notes_that_were_edited_filed_cut_joined_or_dropped_do_not_come_back(
    field: Settings,
) -> None:
    memo = paragraphs("一。二。", "三。", "四。", "五。", "六。", "七。")
    one, three, four, five, six, seven = store_memo(field, "chiba-1", memo).stored
    split_note(field, one, cuts(one.body)[0])
    join_notes(field, three, four)
    drop_note(field, five, "重なる")
    file_note(field, six, Address("ai-rpa"))
    edit_note(field, seven.handle, "八。", NoteFields())
    before = len(notes(field))
    assert counts(store_memo(field, "chiba-1", memo)) == (0, 6, 0)
    assert len(notes(field)) == before


def test_a_memo_that_was_taken_back_can_be_stored_again(field: Settings) -> None:
    memo = paragraphs("職員は12名。", "専門職はいない。")
    store_memo(field, "chiba-1", memo)
    undo(field)
    assert counts(store_memo(field, "chiba-1", memo)) == (2, 0, 0)
    assert counts(store_memo(field, "chiba-1", memo)) == (0, 2, 0)


def test_what_somebody_deleted_does_not_come_again_unless_it_is_closed_now(
    field: Settings,
) -> None:
    stored = store_memo(field, "chiba-1", paragraphs("職員は12名。", "専門職はいない。")).stored
    for note in stored:
        delete_note(field, note.handle)
    memo = [
        *paragraphs("職員は12名。", disclosure="off-record"), *paragraphs("専門職はいない。")
    ]  # fmt: skip
    assert counts(store_memo(field, "chiba-1", memo)) == (1, 1, 0)


def test_notes_of_other_visits_do_not_count(field: Settings) -> None:
    add_note(field, "himeji-1", "職員は12名。", NoteFields())
    assert counts(store_memo(field, "chiba-1", paragraphs("職員は12名。"))) == (1, 0, 0)


def test_a_paragraph_that_is_closed_now_does_not_pass_for_an_open_note(field: Settings) -> None:
    [note] = store_memo(field, "chiba-1", paragraphs("人事の話。")).stored
    found = store_memo(field, "chiba-1", paragraphs("人事の話。", disclosure="off-record"))
    assert counts(found) == (0, 0, 1)
    [refused] = found.refused
    assert f"note edit {note.handle} -d off-record" in refused.why.hint
    edit_note(field, note.handle, None, NoteFields(disclosure="off-record"))
    again = store_memo(field, "chiba-1", paragraphs("人事の話。", disclosure="off-record"))
    assert counts(again) == (0, 1, 0)


def test_a_note_that_was_opened_for_a_reason_stays_open(field: Settings) -> None:
    memo = paragraphs("人事の話。", disclosure="off-record")
    [note] = store_memo(field, "chiba-1", memo).stored
    edit_note(field, note.handle, None, NoteFields(disclosure="public"), "課長の了承")
    assert counts(store_memo(field, "chiba-1", memo)) == (0, 1, 0)


@pytest.mark.parametrize(
    ("text", "said", "piece"),
    [
        ("話。", {"speaker": "市長"}, "市長"),
        ("話。", {"doubt": "The marks exclude each other: a, b."}, "exclude each other"),
        ("???", {}, "question marks"),
        ("a\0b", {}, "NUL"),
    ],
)
def test_what_cannot_be_stored_is_refused_alone_with_the_reason(
    field: Settings, text: str, said: dict[str, object], piece: str
) -> None:
    found = store_memo(field, "chiba-1", [*paragraphs("一。"), *paragraphs(text, **said)])
    assert counts(found) == (1, 0, 1)
    [refused] = found.refused
    assert refused.paragraph.text == text
    assert piece in f"{refused.why.sentence} {refused.why.hint}"
    assert [note.body for note in notes(field)] == ["一。"]


def test_a_memo_of_which_nothing_can_be_stored_leaves_no_trace(field: Settings) -> None:
    before = changes(field)[0]
    assert counts(store_memo(field, "chiba-1", paragraphs("???"))) == (0, 0, 1)
    assert changes(field)[0] == before


def test_a_visit_that_is_not_there_is_refused(field: Settings) -> None:
    with pytest.raises(NotFound):
        store_memo(field, "otsu-1", paragraphs("話。"))


def test_trying_tells_the_same_and_leaves_the_study_as_it_is(field: Settings) -> None:
    add_note(field, "chiba-1", "二。", NoteFields())
    before = changes(field)[0], notes(field)
    memo = paragraphs("一。", "二。", "???")
    tried = try_memo(field, "chiba-1", memo)
    assert counts(tried) == (1, 1, 1)
    assert (changes(field)[0], notes(field)) == before
    assert counts(store_memo(field, "chiba-1", memo)) == (1, 1, 1)


@examples(25)
@given(TEXTS, TEXTS)
def test_every_paragraph_is_stored_unchanged_or_refused(
    fresh_field: Callable[[], Settings], first: list[str], second: list[str]
) -> None:
    field = fresh_field()
    for texts in (first, second):
        before = len(notes(field))
        found = store_memo(field, "chiba-1", paragraphs(*texts))
        assert found.read == len(texts)
        assert len(notes(field)) == before + len(found.stored)
        again = store_memo(field, "chiba-1", paragraphs(*texts))
        assert counts(again) == (0, len(texts) - len(found.refused), len(found.refused))
