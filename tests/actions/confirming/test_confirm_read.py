"""Letters that came back: stored once, and never over what was changed since."""

import pytest

from actions.confirming.letters import answered, asked, back, found, sent
from fieldvisit.actions.confirming.confirmations import confirmations
from fieldvisit.actions.confirming.read_letters import read_letters, store_letters
from fieldvisit.actions.confirming.set_confirmations import set_confirmations
from fieldvisit.actions.show import history
from fieldvisit.actions.show import note as read_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import edit_note
from fieldvisit.errors import NotFound, Refused
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import today, viewing

P = NoteFields


def test_answers_come_back_once(noted: Settings) -> None:
    path = sent(noted)
    answered(path, "課長の話", "なし")
    answered(path, "話し手のない話", "あり", "話し手のない話（直した）")
    before = found(noted, "話し手のない話")
    stored = back(noted, path, who="総務課", on_day=f"{today()}")
    assert [one.state for one in stored.answered] == ["ok", "corrected"]
    assert (stored.strays, len(stored.unanswered)) == ((), 1)
    ok, corrected = found(noted, "課長の話"), found(noted, "話し手のない話（直した）")
    assert (ok.confirmed, corrected.confirmed, found(noted, "匿名の話").confirmed) == (
        True, True, False,
    )  # fmt: skip
    assert (corrected.id, corrected.kind, corrected.disclosure, corrected.places) == (
        before.id, before.kind, before.disclosure, before.places,
    )  # fmt: skip
    revisions, _register = history(noted, corrected.handle, "group")
    assert [(then.body, r.reason) for r, then in revisions] == [
        ("話し手のない話", ""), ("話し手のない話（直した）", "corrected by 総務課"),
    ]  # fmt: skip
    stands = asked(noted, corrected)
    assert (stands.who, stands.answered_on, stands.by) == ("総務課", f"{today()}", "t")
    database = noted.study().database.read_bytes()
    assert not back(noted, path).anything
    assert noted.study().database.read_bytes() == database
    with viewing(noted, "public") as view:
        assert {note.body for note in view.notes} >= {"課長の話", "話し手のない話（直した）"}
    undo(noted)
    assert (found(noted, "課長の話").confirmed, asked(noted, ok).state) == (
        False,
        "sent",
    )
    assert found(noted, "話し手のない話").revision == asked(noted, corrected).note_revision
    assert back(noted, path).anything


def test_the_department_that_was_asked_answers_unless_somebody_is_named(
    noted: Settings,
) -> None:
    path = answered(sent(noted, department="情報経営部"), "課長の話", "なし")
    back(noted, path)
    assert asked(noted, found(noted, "課長の話")).who == "情報経営部"


def test_what_was_changed_since_is_kept_and_not_written_over(noted: Settings) -> None:
    path = sent(noted)
    ok, other = found(noted, "課長の話"), found(noted, "話し手のない話")
    edit_note(noted, ok.handle, "課長の新しい話", P())
    edit_note(noted, other.handle, "新しい話", P())
    answered(path, "課長の話", "なし")
    answered(path, "話し手のない話", "あり", "話し手のない新話")
    stored = back(noted, path)
    assert [(one.state, one.holds) for one in stored.answered] == [("ok", False)]
    assert asked(noted, ok).note_revision == ok.revision
    (stray,) = stored.strays
    assert (stray.text, found(noted, "新しい話").body) == ("話し手のない新話", "新しい話")
    assert "now reads: “新しい話”" in stray.why
    assert not found(noted, "課長の新しい話").confirmed
    again = set_confirmations(noted, "chiba-1", [other.handle], "corrected", "話し手のない新話",
                              as_it_stands=True)  # fmt: skip
    assert again[0].holds


def test_an_answer_about_an_older_text_does_not_undo_a_newer_one(noted: Settings) -> None:
    first = answered(sent(noted), "課長の話", "なし")
    edit_note(noted, found(noted, "課長の話").handle, "新しい話", P())
    second = sent(noted, "second.md")
    assert [stray.text for stray in back(noted, first).strays] == ["No change is wanted."]
    assert back(noted, answered(second, "新しい話", "なし")).anything
    assert found(noted, "新しい話").confirmed
    assert not back(noted, first).anything


def test_what_went_off_the_record_after_it_was_sent_is_stored_and_stays_hidden(
    noted: Settings,
) -> None:
    path = sent(noted)
    ok, other = found(noted, "課長の話"), found(noted, "話し手のない話")
    for note in (ok, other):
        edit_note(noted, note.handle, None, P(disclosure="off-record"))
    answered(path, "課長の話", "なし")
    answered(path, "話し手のない話", "あり", "話し手のない新話")
    stored = back(noted, path)
    assert [(one.note.handle, one.holds) for one in stored.answered] == [(ok.handle, False)]
    (stray,) = stored.strays
    assert (stray.text, stray.why) == (
        "【off the record】話し手のない新話", f"Note {other.handle} went off the record meanwhile.",
    )  # fmt: skip
    assert asked(noted, ok).state == "ok"
    for audience in ("group", "public"):
        listed, _cities, _held = confirmations(noted, "chiba-1", audience)
        assert {ok.id, other.id}.isdisjoint(one.note.id for one in listed)
        with viewing(noted, audience) as view:
            assert {ok.id, other.id}.isdisjoint(view.confirmations)
        with pytest.raises(NotFound):
            read_note(noted, ok.handle, audience)


def test_a_letter_of_another_study_is_refused(noted: Settings, study: Settings) -> None:
    path = sent(noted)
    with pytest.raises(Refused, match="a visit that this study does not have"):
        read_letters(study, [path])
    plain = path.with_name("plain.md")
    plain.write_text("| a | b |\n", "utf-8")
    with pytest.raises(Refused, match="bears no sign of a letter"):
        read_letters(noted, [plain])


def test_a_correction_on_an_older_letter_waits_even_where_the_old_text_is_back(
    noted: Settings,
) -> None:
    first, note = sent(noted), found(noted, "課長の話")
    edit_note(noted, note.handle, "新しい話", P())
    sent(noted, "second.md")
    edit_note(noted, note.handle, "課長の話", P())
    stored = back(noted, answered(first, "課長の話", "あり", "課長の直した話"))
    (stray,) = stored.strays
    assert (stored.answered, stray.text) == ((), "課長の直した話")
    assert "asked about a later text" in stray.why


def test_rows_that_are_gone_are_those_of_the_same_letter(noted: Settings) -> None:
    first = sent(noted, department="情報経営部")
    without = "\n".join(x for x in first.read_text("utf-8").split("\n") if "課長の話" not in x)
    rest = sent(noted, "rest.md")  # asks the city as a whole, also about the same passage
    answered(rest, "話し手のない話", "なし")
    assert [note.body for note in back(noted, rest).unanswered] == ["課長の話", "匿名の話"]
    first.write_text(without, "utf-8")
    assert {note.body for note in back(noted, first).unanswered} == {"課長の話", "匿名の話"}


def test_files_that_differ_about_a_passage_are_both_kept(noted: Settings) -> None:
    path = sent(noted)
    other = path.with_name("other.md")
    other.write_bytes(path.read_bytes())
    answered(path, "課長の話", "なし")
    answered(other, "課長の話", "あり", "課長の新しい話")
    answered(other, "匿名の話", "なし")
    stored = store_letters(noted, read_letters(noted, [path, other]))
    assert [one.note.body for one in stored.answered] == ["匿名の話"]
    assert {stray.text for stray in stored.strays} == {"No change is wanted.", "課長の新しい話"}
    assert [note.body for note in stored.unanswered] == ["話し手のない話"]
