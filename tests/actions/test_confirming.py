"""Letters to cities: what goes out, what comes back, what it does to the notes."""

from datetime import date
from typing import Any

import pytest

from actions.own_guide import FIRST, MOVED, SECOND, write
from fieldvisit.actions import confirm_letter
from fieldvisit.actions.combine_notes import combine_notes
from fieldvisit.actions.confirm_answers import Answers, Said, corrected_by, set_confirmations
from fieldvisit.actions.confirm_letter import letter, send
from fieldvisit.actions.show import history
from fieldvisit.actions.summaries import WantedSummaries, set_summary, summaries
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.errors import BadText, Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.settings import Settings
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_note
from fieldvisit.study.view import viewing
from letters import proposed, sent
from waiting import item, store


def found(given: Settings, body: str, audience: str = "all") -> Note:
    with viewing(given, audience) as view:
        return next(note for note in view.every_note.values() if note.body == body)


def asked(given: Settings, note: Note) -> Confirmation:
    with viewing(given, "all") as view:
        return view.confirmations[note.id]


P = NoteFields


def test_what_goes_and_that_it_is_written_and_stored_or_neither(
    noted: Settings,
) -> None:
    wanted = letter(noted, "chiba-1")
    assert [(one.number, one.note.body) for one in wanted.passages] == [
        (1, "課長の話"), (2, "話し手のない話"), (3, "匿名の話"),
    ]  # fmt: skip
    assert dict(wanted.left_out) == {"group": 1, "off-record": 1, "own-words": 2}
    of_one = letter(noted, "chiba-1", department="情報経営部")
    assert [one.note.body for one in of_one.passages] == ["課長の話"]
    assert of_one.left_out["department"] == 2
    with pytest.raises(OSError, match="none"):
        send(noted, wanted, noted.study().folder / "none" / "a.md", b"x")
    with viewing(noted, "all") as view:
        assert view.confirmations == {}
    # Nor is one written that is not stored.
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


@pytest.mark.parametrize("body", ["内輪の話", "秘密の話", "所見", "広報", "よその話"])
def test_no_answer_is_set_for_what_no_city_is_asked(noted: Settings, body: str) -> None:
    before = noted.study().database.read_bytes()
    with pytest.raises(Refused):
        set_confirmations(noted, "chiba-1", [found(noted, body).handle], "ok")
    assert noted.study().database.read_bytes() == before


def topics(given: Settings) -> list[str]:
    return [one.topic for one in letter(given, "chiba-1").passages]


@pytest.fixture
def paid(own: Settings) -> Settings:
    """A visit that keeps the first version of its guide."""
    add_note(own, "chiba-1", "42人", P(place="staff/number", disclosure="confirm"))
    add_note(own, "chiba-1", "職員の話", P(place="staff", disclosure="confirm"))
    return own


@pytest.mark.parametrize(
    "text",
    [
        FIRST.replace("How many?", "How many people, and at what cost?").replace('"1"', '"2"'),
        SECOND,
        FIRST.replace("en: Staff", "en: People").replace('"1"', '"2"'),
    ],
)
def test_the_city_reads_what_it_was_asked(paid: Settings, text: str) -> None:
    before = topics(paid)
    assert "Staff: How many?" in before
    wanted, path = sent(paid)
    write(paid, text)
    assert sorted(topics(paid)) == sorted(before)
    found = proposed(paid, wanted, path).proposed
    assert (found.items, found.unchanged) == ((), 2)


def test_a_question_of_the_visit_stands_where_it_is_found_today(own: Settings) -> None:
    add_note(own, "chiba-1", "月額", P(place="staff/pay", disclosure="confirm"))
    write(own, MOVED.replace("What pay?", "What pay in all?"))
    assert topics(own) == ["Rest: What pay?"]


def test_a_question_that_became_sensitive_is_not_repeated(paid: Settings) -> None:
    line = "ask: {ja: 何人ですか。, en: How many?}"
    write(paid, FIRST.replace(line, f"{line}\n        sensitive: true").replace('"1"', '"2"'))
    assert topics(paid) == ["Staff", "Staff"]


def test_numbers_of_a_letter_name_its_passages(noted: Settings) -> None:
    sent(noted)
    by_number = {one.number: one.note for one in letter(noted, "chiba-1").passages}
    (answered,) = set_confirmations(noted, "chiba-1", ["２"], "ok")
    assert answered.note.id == by_number[2].id
    found = set_confirmations(noted, "chiba-1", ["1", "3"], "anonymous", "山田様から電話")
    assert [one.note.disclosure for one in found] == ["anonymous", "anonymous"]
    assert asked(noted, by_number[1]).state == "anonymous"


def test_an_earlier_letter_goes_by_its_day(noted: Settings, monkeypatch: Any) -> None:
    for day, name in (("2019-11-01", "a.md"), ("2019-11-05", "b.md")):
        monkeypatch.setattr(confirm_letter, "today", lambda day=day: date.fromisoformat(day))
        wish = {"department": "情報経営部"} if name == "b.md" else {}
        sent(noted, name, **wish)
    (last,) = set_confirmations(noted, "chiba-1", ["1"], "ok")
    assert last.note.body == "課長の話"
    with pytest.raises(NotFound):
        set_confirmations(noted, "chiba-1", ["2"], "ok")
    (first,) = set_confirmations(noted, "chiba-1", ["2"], "withheld", letter="2019-11-01")
    assert (first.note.body, first.note.disclosure) == ("話し手のない話", "off-record")
    assert asked(noted, first.note).state == "withheld"


def test_a_person_who_is_not_to_be_named_goes_one_by_one(noted: Settings) -> None:
    hidden = add_note(noted, "chiba-1", "課長だけの話", P(place="ai-rpa", said_by="課長",
                                                 disclosure="anonymous"))  # fmt: skip
    wanted = letter(noted, "chiba-1")
    assert wanted.left_out["person"] == 1
    assert hidden.id not in [one.note.id for one in wanted.passages]
    named = letter(noted, "chiba-1", named=[hidden.handle])
    assert hidden.id in [one.note.id for one in named.passages]


def quote_and_reply(field: Settings) -> tuple[Note, Note]:
    quote = add_note(field, "chiba-1", "引用", P(kind="quote", disclosure="public"))
    (answer,) = set_confirmations(field, "chiba-1", [quote.handle], "corrected", "直した引用")
    return quote, answer.note


def test_what_a_reply_replaced_does_not_come_back_when_notes_are_combined(field: Settings) -> None:
    own = add_note(field, "chiba-1", "要旨", P(kind="quote", disclosure="public"))
    quote, reply = quote_and_reply(field)
    for refused in ([own, reply], [own, quote], [quote, own], [reply, quote]):
        with pytest.raises(Refused, match="become part of another"):
            combine_notes(field, [note.handle for note in refused], "同じ話")


def test_a_note_on_which_something_waits_stays_what_it_is(field: Settings) -> None:
    first, second = (add_note(field, "chiba-1", text, P(disclosure="public")) for text in "一二")
    store(field, item(1, "出さないで", target=second.id))
    with pytest.raises(Refused, match="something waits"):
        combine_notes(field, [first.handle, second.handle])
    made, gone = combine_notes(field, [second.handle, first.handle])
    assert (made.id, gone.id) == (second.id, first.id)
    assert found(field, made.body).waits


def test_a_reply_that_closes_closes_what_it_replaced(field: Settings) -> None:
    quote, reply = quote_and_reply(field)
    edit_note(field, reply.handle, None, P(disclosure="off-record"))
    assert found(field, quote.body).disclosure == "off-record"


def test_words_about_secrecy_explain_a_passage_that_is_withheld(noted: Settings) -> None:
    note = found(noted, "課長の話")
    with pytest.raises(WrongUsage, match="off the record"):
        set_confirmations(noted, "chiba-1", [note.handle], "anonymous", "オフレコで")
    with pytest.raises(BadText, match="question marks"):
        set_confirmations(noted, "chiba-1", [note.handle], "corrected", "??")
    set_confirmations(noted, "chiba-1", [note.handle], "withheld", "オフレコで")
    assert asked(noted, note).comment == "オフレコで"
    assert found(noted, note.body).disclosure == "off-record"


@pytest.mark.parametrize("by_number", [True, False])
def test_what_a_city_withholds_is_withheld_in_its_corrected_words_too(
    field: Settings, by_number: bool
) -> None:
    quote = add_note(field, "chiba-1", "引用", P(kind="quote", disclosure="confirm"))
    send(field, letter(field, "chiba-1"), field.study().folder / "letter.md", b"x")
    set_confirmations(field, "chiba-1", ["1"], "corrected", "直した引用")
    with viewing(field, "public") as view:
        assert [note.body for note in view.notes] == ["直した引用"]
    set_confirmations(field, "chiba-1", ["1" if by_number else quote.handle], "withheld")
    with viewing(field, "all") as view:
        levels = {note.disclosure for note in view.every_note.values()}
    assert levels == {"off-record"}


def test_a_summary_of_corrected_words_is_told_that_they_changed(field: Settings) -> None:
    quote = add_note(field, "chiba-1", "引用", P(place="ai-rpa", kind="quote"))
    set_summary(field, "ai-rpa", "要約", city="千葉市")
    set_confirmations(field, "chiba-1", [quote.handle], "corrected", "直した引用")
    ((told,), _register, _held) = summaries(field, WantedSummaries(), "all")
    assert [(one.why, one.note.body) for one in told.stale] == [
        ("changed", "引用"), ("new", "直した引用"),
    ]  # fmt: skip


def test_a_reason_for_several_notes_stands_once_in_their_histories(noted: Settings) -> None:
    bodies = ("課長の話", "話し手のない話")
    handles = [found(noted, body).handle for body in bodies]
    who = Said("広報課", "")
    with changing(noted, "review take") as (view, change):
        answers = Answers(view, change)
        for handle in handles:
            change.command = with_reason(change.command, corrected_by(who.who))
            answers.rewords(find_note(view, handle), "直した話", who)
    for handle in handles:
        revisions, _register = history(noted, handle, "group")
        assert revisions[-1][0].reason == "corrected by 広報課"
