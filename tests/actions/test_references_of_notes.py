"""What a person types to name a note."""

import pytest
from msgspec.structs import replace

from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_note
from fieldvisit.study.view import viewing

P = NoteFields


def note(given: Settings, typed: str, audience: str = "all") -> Note:
    with viewing(given, audience) as view:
        return find_note(view, typed)


def test_a_note_goes_by_its_handle_its_beginning_and_its_id(field: Settings) -> None:
    made = add_note(field, "chiba-1", "x", P())
    add_note(field, "chiba-1", "y", P())
    for typed in (made.handle, made.id, made.handle[:4], made.handle[:9], made.handle.upper(),
                  f" {made.handle[:5]} "):  # fmt: skip
        assert note(field, typed).body == "x"
    for typed in (made.handle[:3], "", made.handle + "a", made.id[:8], made.handle[1:]):
        with pytest.raises(NotFound, match="no note"):
            note(field, typed)


def test_a_beginning_that_several_notes_have_is_ambiguous_to_who_sees_several(
    field: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    handles = iter(["abcdaaaaaa", "abcdabbbbb", "abcdbccccc"])
    monkeypatch.setattr(ids, "new_handle", lambda: next(handles))
    add_note(field, "chiba-1", "a", P())
    add_note(field, "chiba-1", "b", P(disclosure="off-record"))
    add_note(field, "chiba-1", "c", P())
    with pytest.raises(Ambiguous) as caught:
        note(field, "abcda")
    assert "abcdaaaaaa, abcdabbbbb" in caught.value.hint
    assert note(field, "abcda", "group").body == "a"
    with pytest.raises(Ambiguous) as caught:
        note(field, "abcd", "group")
    assert "abcdabbbbb" not in caught.value.hint
    assert note(field, "abcdabbbbb").body == "b"


def test_what_is_off_the_record_cannot_be_told_from_what_never_was(field: Settings) -> None:
    secret = add_note(field, "chiba-1", "x", P(disclosure="off-record"))

    def said(typed: str, audience: str) -> str:
        with pytest.raises(Refused) as caught:
            note(field, typed, audience)
        told = caught.value
        return f"{type(told)} {told.sentence} {told.hint}".replace(typed, "…")

    for audience in ("group", "public"):
        for typed in (secret.handle, secret.id, secret.handle[:5]):
            assert said(typed, audience) == said("zzzzz", audience)


def test_a_deleted_note_is_found_only_where_it_is_asked_for(field: Settings) -> None:
    made = add_note(field, "chiba-1", "x", P())
    delete_note(field, made.handle)
    with viewing(field, "all") as view:
        assert find_note(view, made.handle[:4], deleted=True).deleted
        with pytest.raises(NotFound):
            find_note(view, made.handle)


def test_a_note_that_was_opened_is_found_again(field: Settings) -> None:
    made = add_note(field, "chiba-1", "x", P(disclosure="off-record"))
    edit_note(field, made.handle, None, P(disclosure="group"), reason="了解")
    found = note(field, made.handle, "group")
    with viewing(field, "group") as view:
        assert gate.notes(view.connection, "group") == (found,)
    assert replace(found, seq=0).disclosure == "group"
