"""Passages sent to be confirmed, and what is entered by hand of the answers."""

import pytest

from actions.confirming.letters import asked, found, sent
from fieldvisit.actions.confirming.confirm_letter import letter, send
from fieldvisit.actions.confirming.set_confirmations import set_confirmations
from fieldvisit.actions.coverage import status
from fieldvisit.actions.show import note as read_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import edit_note
from fieldvisit.errors import Conflict, NotFound, Refused, WrongUsage
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import today, viewing

P = NoteFields


def test_what_goes_and_what_does_not(noted: Settings) -> None:
    wanted = letter(noted, "chiba-1")
    assert [(one.number, one.note.body) for one in wanted.passages] == [
        (1, "課長の話"), (2, "話し手のない話"), (3, "匿名の話"),
    ]  # fmt: skip
    assert dict(wanted.left_out) == {"group": 1, "off-record": 1, "own-words": 2}
    of_one = letter(noted, "chiba-1", department="情報経営部")
    assert [one.note.body for one in of_one.passages] == ["課長の話"]
    assert of_one.left_out["department"] == 2
    with pytest.raises(NotFound, match="財政課"):
        letter(noted, "chiba-1", department="財政課")


def test_sent_is_what_stands_in_the_letter(noted: Settings) -> None:
    sent(noted, department="情報経営部", due="2099-11-30")
    note = found(noted, "課長の話")
    stored = asked(noted, note)
    assert (stored.state, stored.note_revision, stored.department, stored.due) == (
        "sent", note.revision, "情報経営部", "2099-11-30",
    )  # fmt: skip
    with viewing(noted, "all") as view:
        assert list(view.confirmations) == [note.id]
    assert undo(noted).change.command == "confirm send"
    with viewing(noted, "all") as view:
        assert view.confirmations == {}


def test_a_letter_that_cannot_be_written_is_not_stored_as_sent(noted: Settings) -> None:
    wanted = letter(noted, "chiba-1")
    with pytest.raises(OSError, match="none"):
        send(noted, wanted, noted.study().folder / "none" / "a.md", b"x")
    with viewing(noted, "all") as view:
        assert view.confirmations == {}


def test_a_letter_that_is_not_stored_is_not_written(noted: Settings) -> None:
    wanted = letter(noted, "chiba-1")
    edit_note(noted, wanted.passages[0].note.handle, "別の話", P())
    folder = noted.study().folder
    (folder / "old.md").write_bytes(b"old")
    before = sorted(folder.iterdir())
    for name in ("new.md", "old.md"):
        with pytest.raises(Conflict, match="changed meanwhile"):
            send(noted, wanted, folder / name, b"x")
    assert sorted(folder.iterdir()) == before
    assert (folder / "old.md").read_bytes() == b"old"


def test_agreed_passages_are_left_out_unless_all_are_wanted(noted: Settings) -> None:
    note = found(noted, "課長の話")
    set_confirmations(noted, "chiba-1", [note.handle], "ok", "電話で")
    assert letter(noted, "chiba-1").left_out["agreed"] == 1
    everything = letter(noted, "chiba-1", everything=True)
    assert everything.agreed == {note.id}
    send(noted, everything, noted.study().folder / "a.md", b"x")
    assert (asked(noted, note).state, asked(noted, note).comment) == ("ok", "電話で")
    assert found(noted, "課長の話").confirmed


def test_an_answer_for_all_is_for_those_that_wait(noted: Settings) -> None:
    with pytest.raises(Refused, match="Nothing from chiba-1 waits"):
        set_confirmations(noted, "chiba-1", [], "ok")
    sent(noted)
    note = found(noted, "課長の話")
    set_confirmations(noted, "chiba-1", [note.handle], "no-reply")
    assert (asked(noted, note).state, asked(noted, note).who) == ("no-reply", "")
    taken = set_confirmations(noted, "chiba-1", [], "ok", who="課長", on_day=f"{today()}")
    assert {one.note.body for one in taken} == {"話し手のない話", "匿名の話"}
    assert not found(noted, "課長の話").confirmed


@pytest.mark.parametrize("body", ["内輪の話", "秘密の話", "所見", "広報", "よその話"])
def test_no_answer_is_set_for_what_no_city_is_asked(noted: Settings, body: str) -> None:
    before = noted.study().database.read_bytes()
    with pytest.raises(Refused):
        set_confirmations(noted, "chiba-1", [found(noted, body).handle], "ok")
    assert noted.study().database.read_bytes() == before


@pytest.mark.parametrize("text", ["課長の話", "", "オフレコでお願いします", "??"])
def test_a_correction_has_to_be_one(noted: Settings, text: str) -> None:
    note = found(noted, "課長の話")
    with pytest.raises((Refused, WrongUsage)):
        set_confirmations(noted, "chiba-1", [note.handle], "corrected", text)
    assert found(noted, "課長の話").number == 1


def test_status_counts_what_still_waits(noted: Settings) -> None:
    before = len(status(noted, "group")[0].waiting)
    set_confirmations(noted, "chiba-1", [found(noted, "課長の話").handle], "ok")
    assert len(status(noted, "group")[0].waiting) == before - 1


@pytest.mark.parametrize("audience", ["group", "all"])
def test_a_note_shows_who_confirmed_it(noted: Settings, audience: str) -> None:
    note = found(noted, "課長の話")
    set_confirmations(noted, "chiba-1", [note.handle], "ok", who="課長", on_day="2019-11-08")
    confirmed = read_note(noted, note.handle, audience)[2]
    assert confirmed is not None
    assert (confirmed.who, confirmed.answered_on) == ("課長", "2019-11-08")
    assert read_note(noted, note.handle, "public")[2] is None
