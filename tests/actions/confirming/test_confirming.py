"""Letters to cities: what goes out, what comes back, what it does to the notes."""

from pathlib import Path

import pytest

from actions.own_guide import FIRST, MOVED, SECOND, write
from fieldvisit.actions.confirming.confirm_letter import letter, send
from fieldvisit.actions.confirming.confirmations import confirmations
from fieldvisit.actions.confirming.read_letters import StoredLetters, read_letters, store_letters
from fieldvisit.actions.confirming.set_confirmations import set_confirmations
from fieldvisit.actions.show import history
from fieldvisit.actions.show import note as read_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.documents.confirmation_letter import document
from fieldvisit.documents.formats import render
from fieldvisit.errors import Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import today, viewing


def found(given: Settings, body: str, audience: str = "all") -> Note:
    with viewing(given, audience) as view:
        return next(note for note in view.every_note.values() if note.body == body)


def asked(given: Settings, note: Note) -> Confirmation:
    with viewing(given, "all") as view:
        return view.confirmations[note.id]


def sent(given: Settings, name: str = "letter.md", **wish: str) -> Path:
    path = given.study().folder / name
    wanted = letter(given, "chiba-1", **wish)  # type: ignore[arg-type] # by name
    send(given, wanted, path, render(document(wanted), path.suffix[1:]))
    return path


def answered(path: Path, body: str, change: str = "", correction: str = "") -> Path:
    """Fill in the row of the passage with that text."""
    lines = path.read_text("utf-8").split("\n")
    (at,) = [n for n, line in enumerate(lines) if f"| {body} " in line]
    lines[at] = f"{lines[at].partition('| □')[0]}| {change} | {correction} |"
    path.write_text("\n".join(lines), "utf-8")
    return path


def back(given: Settings, path: Path, **more: str) -> StoredLetters:
    return store_letters(given, read_letters(given, [path]), **more)  # type: ignore[arg-type] # by name


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
    path = sent(paid)
    write(paid, text)
    assert sorted(topics(paid)) == sorted(before)
    assert (back(paid, path).strays, len(back(paid, path).unanswered)) == ((), 2)


def test_a_question_of_the_visit_stands_where_it_is_found_today(own: Settings) -> None:
    add_note(own, "chiba-1", "月額", P(place="staff/pay", disclosure="confirm"))
    write(own, MOVED.replace("What pay?", "What pay in all?"))
    assert topics(own) == ["Rest: What pay?"]


def test_a_question_that_became_sensitive_is_not_repeated(paid: Settings) -> None:
    line = "ask: {ja: 何人ですか。, en: How many?}"
    write(paid, FIRST.replace(line, f"{line}\n        sensitive: true").replace('"1"', '"2"'))
    assert topics(paid) == ["Staff", "Staff"]


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
