"""Letters that come back: only ticks are plain, whatever was written waits for a person."""

import random
from collections.abc import Sequence
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from fieldvisit import language
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.confirm_answers import set_confirmations
from fieldvisit.actions.confirm_letter import confirmations, letter
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.review import Decision, decide
from fieldvisit.actions.show import notes as list_notes
from fieldvisit.actions.show import search
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note, enter_note
from fieldvisit.documents import wordings
from fieldvisit.documents.confirmation_letter import document
from fieldvisit.documents.formats import render
from fieldvisit.errors import Conflict, Refused, WrongUsage
from fieldvisit.fieldwork.letter import Letter
from fieldvisit.fieldwork.note import Note
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.tags import whole_tag
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, NoteFilter
from fieldvisit.study.view import today, viewing
from letters import filled, proposed, sent, stored
from returned_sheets import notes, waiting

P = NoteFields
OK, CHANGE = "☑修正なし<br>□修正あり", "□修正なし<br>☑修正あり"
OTHERS = {"withheld": "☑掲載不可", "anonymous": "☑市名を伏せれば可"}


def now(given: Settings, note: Note) -> Note:
    with viewing(given, "all") as view:
        return view.every_note[note.id]


def state(given: Settings, note: Note) -> str:
    with viewing(given, "all") as view:
        return view.confirmations[note.id].state


def bodies(given: Settings, audience: str) -> set[str]:
    return {note.body for note in notes(given, audience)}


def note_of(wanted: Letter, number: int) -> Note:
    return wanted.passages[number - 1].note


def only(given: Settings, wanted: Letter, path: Path) -> Item:
    """The one item that waits after the file was read."""
    stored(given, wanted, path)
    (item,) = waiting(given)
    return item


# Wishes, remarks and instructions, and corrections that speak of the same; made of parts.
_SUBJECTS = ("この箇所", "課長の発言", "二つ目の文", "費用の額", "事業者の名")
_WISHES = (
    "は削除", "は掲載を見合わせて", "は匿名にして", "は公にしない扱いと", "は伏せて",
    "は内々の話と", "は丸めて", "は決裁前につき保留と", "は担当に照会のうえ差替えと", "は非開示と",
)  # fmt: skip
_ENDS = ("してください。", "願います")
_THINGS = ("this passage", "the second sentence", "the vendor's name", "our figure", "the mayor")
_ASKED = ("delete {}", "keep {} confidential", "do not name {}", "leave out {}", "round {}")
WISHES = [
    *islice((f"{s}{w}{e}" for s, w, e in product(_SUBJECTS, _WISHES, _ENDS)), 0, 100, 2),
    *islice(cycle(f"Please {a.format(t)}." for t, a in product(_THINGS, _ASKED)), 50),
]
_FACTS = ("不要データの削除", "文書の非開示", "匿名化", "個人情報の取扱い", "公表前の審査")
_SAYS = ("は{}件である。", "には{}日を要する。", "を{}課で分担している。", "は{}月に始めた。",
         "の手引を{}回改めた。")  # fmt: skip
_DONE = ("We deleted {} records.", "{} requests were not disclosed.", "{} sets are anonymous now.")
CORRECTIONS = [
    *(f"{f}{s.format(n)}" for n, (f, s) in enumerate(product(_FACTS, _SAYS), 2)),
    *(f"{f}{s.format(n)}" for n, (f, s) in enumerate(product(_FACTS, _SAYS), 40)),
    *(d.format(n) for n, d in zip(range(50), cycle(_DONE), strict=False)),
]
_FORMS = ((CHANGE, True), (OK, True), ("", True), ("in the cell", False), ("☑掲載不可", True))


def meaningless(text: str) -> str:
    """Another text of the same length."""
    chance = random.Random(text)
    return "".join(chance.choice("嘩帷幄瓏鑠綺") for _character in text)


def written(path: Path, said: Sequence[str]) -> Path:
    """Write the sentences into the rows, each in another way, and tick the rows below them."""
    for number, (sentence, (choice, beside)) in enumerate(
        zip(said, cycle(_FORMS), strict=False), 1
    ):
        filled(path, number, choice if beside else sentence, sentence if beside else "")
    return path


@pytest.fixture
def many(field: Settings) -> Settings:
    """202 passages that may be published as soon as the city agrees, or at once."""
    add_note(field, "chiba-1", "所感", P(place="ai-rpa", kind="remark"))  # fixes the guides
    with changing(field, "note add") as (view, change):
        visit = view.visits_by_id[next(v.id for v in view.visits if v.handle == "chiba-1")]
        for number in range(202):
            level = ("confirm", "public")[number % 2]
            fields = P(place="ai-rpa", disclosure=level)
            enter_note(view, change, visit, f"記録した話{number:03}。", fields)
    return field


def test_no_sentence_is_stored_lost_or_shown_and_none_is_understood(many: Settings) -> None:
    said = [*WISHES, *CORRECTIONS]
    assert (len(said), len(set(CORRECTIONS))) == (200, 100)
    wanted, path = sent(many)
    _same, other = sent(many, "other.md")
    filled(written(path, said), 201, OK)
    found = proposed(many, wanted, path).proposed
    told = [(i.type, i.reasons, i.choice, i.disclosure, len(i.text)) for i in found.items]
    garbled = proposed(many, wanted, written(other, list(map(meaningless, said)))).proposed
    again = [(i.type, i.reasons, i.choice, i.disclosure, len(i.text)) for i in garbled.items]
    assert told[:-1] == again
    outcome = stored(many, wanted, path)
    assert [item.state for item in outcome.items] == ["waiting"] * 240 + ["taken"]
    assert [item.text for item in waiting(many) if item.text] == said
    with viewing(many, "all") as view:
        assert [view.every_note[one.note.id].body for one in wanted.passages] == [
            one.note.body for one in wanted.passages
        ]
    for audience in ("group", "public"):
        assert not bodies(many, audience).intersection(said)
        with viewing(many, audience) as view:
            assert view.items == ()
    assert bodies(many, "public") == {note_of(wanted, n).body for n in (201, 202)}
    listed, _cities, _held = confirmations(many, "chiba-1", "group")
    assert {one.state for one in listed} == {"sent", "ok"}


def test_only_ticks_are_stored_and_come_back_once(noted: Settings) -> None:
    wanted, path = sent(noted)
    filled(filled(path, 1, OK), 2, CHANGE, "話し手のない新話")
    outcome = stored(noted, wanted, path, Arrival(who="総務課"))
    assert [(i.type, i.state) for i in outcome.items] == [
        ("agreement", "taken"), ("correction", "waiting"),
    ]  # fmt: skip
    assert outcome.reading.proposed.unchanged == 1
    assert now(noted, note_of(wanted, 1)).confirmed
    assert "話し手のない話" not in bodies(noted, "public")  # which was open until then
    database = noted.study().database.read_bytes()
    again = proposed(noted, wanted, path).proposed
    assert {item.id for item in again.items} == {item.id for item in waiting(noted)}
    (item,) = waiting(noted)
    decide(noted, item, Decision("take"))
    fresh = now(noted, note_of(wanted, 2))
    assert (fresh.body, fresh.confirmed, fresh.item) == ("話し手のない新話", True, item.id)
    assert state(noted, fresh) == "corrected"
    assert noted.study().database.read_bytes() != database
    undo(noted)
    assert [one.id for one in waiting(noted)] == [item.id]
    undo(noted)  # the reading itself, which is proposed anew
    assert not now(noted, note_of(wanted, 1)).confirmed
    assert [item.is_plain for item in proposed(noted, wanted, path).proposed.items] == [True, False]
    with viewing(noted, "all") as view:
        assert queries.items(view.connection) == ()


@pytest.mark.parametrize("keep", ["keep", "drop"])
def test_what_is_kept_or_dropped_leaves_the_note(noted: Settings, keep: str) -> None:
    wanted, path = sent(noted)
    item = only(noted, wanted, filled(path, 2, CHANGE, "直してください"))
    decide(noted, item, Decision(keep))
    assert (now(noted, note_of(wanted, 2)), waiting(noted)) == (note_of(wanted, 2), [])
    assert "話し手のない話" in bodies(noted, "public")


@pytest.mark.parametrize("name", ["a.md", "a.docx"])
def test_silence_is_no_answer(noted: Settings, name: str) -> None:
    wanted, path = sent(noted, name)
    found = proposed(noted, wanted, path).proposed
    assert (found.kind, found.visit, found.items, found.unchanged) == ("letter", "chiba-1", (), 3)


def test_the_one_box_agrees_to_what_is_there_in_its_own_letter(noted: Settings) -> None:
    wanted, path = sent(noted)
    text = path.read_text("utf-8").replace("□no change in any", "☑no change in any")
    path.write_text(text.replace(whole_tag(wanted.visit.id), whole_tag("0" * 32)), "utf-8")
    items = proposed(noted, wanted, path).proposed.items
    assert [(item.type, item.is_plain) for item in items] == [("remark", False)]
    path.write_text(text, "utf-8")
    found = proposed(noted, wanted, path).proposed
    assert [(item.type, item.is_plain) for item in found.items] == [("agreement", True)] * 3
    filled(path, 2, "", "数字を丸めて")
    found = proposed(noted, wanted, path).proposed
    assert [(item.type, item.reasons) for item in found.items] == [
        ("agreement", ("choice",)), ("correction", ("words",)), ("agreement", ("choice",)),
    ]  # fmt: skip
    rest = "\n".join(line for line in text.split("\n") if "課長の話" not in line)
    path.write_text(rest, "utf-8")
    found = proposed(noted, wanted, path).proposed  # a row that is gone says nothing
    assert note_of(wanted, 1).id not in {item.target for item in found.items}


def test_a_text_without_a_place_holds_every_agreement_and_note(noted: Settings) -> None:
    wanted, path = sent(noted)
    filled(path, 1, OK)
    path.write_text(path.read_text("utf-8") + "\n全て取扱いを検討中です。\n", "utf-8")
    stored(noted, wanted, path)
    assert [(i.type, i.reasons) for i in waiting(noted)] == [
        ("agreement", ("held",)), ("remark", ("no-place",)),
    ]  # fmt: skip
    assert "話し手のない話" not in bodies(noted, "public")
    agreement, remark = waiting(noted)
    decide(noted, remark, Decision("drop"))
    assert "話し手のない話" in bodies(noted, "public")
    assert "課長の話" not in bodies(noted, "public")
    decide(noted, agreement, Decision("take"))
    assert "課長の話" in bodies(noted, "public")


def test_a_later_tick_opens_nothing(noted: Settings) -> None:
    wanted, path = sent(noted)
    ticked = path.with_name("later.md")
    ticked.write_bytes(filled(path, 1, OK).read_bytes())
    item = only(noted, wanted, filled(path, 1, CHANGE, "別の扱いに"))
    later = stored(noted, wanted, ticked)
    assert [i.reasons for i in later.items] == [("second",)]
    decide(noted, item, Decision("keep"))
    assert not now(noted, note_of(wanted, 1)).confirmed
    set_confirmations(noted, "chiba-1", ["1"], "withheld")
    ticked.write_text(ticked.read_text("utf-8") + "\n", "utf-8")
    (again,) = stored(noted, wanted, ticked).items
    assert again.reasons == ("changed", "older", "second")
    with pytest.raises(Conflict, match="has answered about a later text"):
        decide(noted, again, Decision("take"))
    assert now(noted, note_of(wanted, 1)).disclosure == "off-record"


@pytest.mark.parametrize(
    ("choice", "given_level", "level", "said"),
    [
        ("withheld", None, "off-record", "withheld"), ("withheld", "group", "group", "withheld"),
        ("anonymous", None, "anonymous", "anonymous"),
    ],
)  # fmt: skip
def test_a_choice_without_words_closes(
    noted: Settings, choice: str, given_level: str | None, level: str, said: str
) -> None:
    wanted, path = sent(noted)
    item = only(noted, wanted, filled(path, 2, OTHERS[choice]))
    assert (item.text, item.choice, item.reasons) == ("", choice, ("choice",))
    decide(noted, item, Decision("take", disclosure=given_level))
    assert now(noted, note_of(wanted, 2)).disclosure == level
    assert state(noted, note_of(wanted, 2)) == said
    assert "話し手のない話" not in bodies(noted, "public")


def test_a_wish_in_words_is_followed_without_its_words(noted: Settings) -> None:
    wanted, path = sent(noted)
    item = only(noted, wanted, filled(path, 2, CHANGE, "社名は伏せる"))
    decide(noted, item, Decision("take", disclosure="anonymous"))
    found = now(noted, note_of(wanted, 2))
    assert (found.body, found.disclosure) == ("話し手のない話", "anonymous")
    edit_note(noted, note_of(wanted, 1).handle, None, P(disclosure="group"))
    path.write_bytes(render(document(wanted), "md"))
    never_opened = only(noted, wanted, filled(path, 1, CHANGE, "社名は伏せる"))
    decide(noted, never_opened, Decision("take", disclosure="anonymous"))
    assert now(noted, note_of(wanted, 1)).disclosure == "group"


def test_what_was_changed_since_is_not_written_over(noted: Settings) -> None:
    wanted, path = sent(noted)
    edit_note(noted, note_of(wanted, 1).handle, "課長の新しい話", P())
    edit_note(noted, note_of(wanted, 2).handle, "新しい話", P())
    filled(filled(path, 1, OK), 2, CHANGE, "話し手のない新話")
    stored(noted, wanted, path)
    agreement, correction = waiting(noted)
    assert ("changed" in agreement.reasons, "changed" in correction.reasons) == (True, True)
    decide(noted, agreement, Decision("take"))
    assert not now(noted, note_of(wanted, 1)).confirmed
    with pytest.raises(Conflict, match="now reads: “新しい話”"):
        decide(noted, correction, Decision("take"))
    decide(noted, correction, Decision("take", text="話し手のない新話（照会済）"))
    assert now(noted, note_of(wanted, 2)).body == "話し手のない新話（照会済）"


def test_the_wrong_file_is_refused(noted: Settings, study: Settings) -> None:
    wanted, path = sent(noted)
    with pytest.raises(Refused, match="a visit that this study does not have"):
        proposed(study, wanted, path)
    for arrival, why in (
        (Arrival(visit="himeji-1"), "is about chiba-1"),
        (Arrival(on_day="2999-01-01"), "still to come"),
        (Arrival(on_day="2019-10-22"), "older than the letter"),
    ):
        with pytest.raises(Refused, match=why):
            proposed(noted, wanted, path, arrival)


def quoted(given: Settings, kind: str = "quote", level: str = "confirm") -> Note:
    return add_note(given, "chiba-1", "「全部で十二人です」", P(
        place="hiring/staff-mix", kind=kind, disclosure=level, said_by="課長"))  # fmt: skip


@pytest.mark.parametrize("kind", ["quote", "statement"])
def test_what_was_edited_of_a_correction_is_asked_again(noted: Settings, kind: str) -> None:
    note = quoted(noted, kind)
    wanted, path = sent(noted)
    number = next(one.number for one in wanted.passages if one.note.id == note.id)
    unsaid = only(noted, wanted, filled(path, number, CHANGE))
    with pytest.raises(WrongUsage):
        decide(noted, unsaid, Decision("take"))
    assert waiting(noted) == [unsaid]
    decide(noted, unsaid, Decision("drop"))
    item = only(noted, wanted, filled(path, number, CHANGE, "十二を十三に"))
    decide(noted, item, Decision("take", text="全部で十三人です"))
    assert "全部で十三人です" not in bodies(noted, "public")
    asked = {one.note.body: one.note.id for one in letter(noted, "chiba-1").passages}
    assert (asked["全部で十三人です"] == note.id) == (kind == "statement")
    assert not now(noted, note).confirmed


def shown(given: Settings, audience: str) -> str:
    """Everything that lists, searches and compares, as an audience sees it."""
    found, _register, _held = list_notes(given, NoteFilter(visit="chiba-1"), audience)
    hits, _register, _held = search(given, ["人です"], NoteFilter(), audience)
    compared, _register, _held = compare(given, Choice(("hiring",)), audience)
    covered, _held = coverage(given, ["chiba-1"], audience)
    return repr((found, hits, compared, covered))


@pytest.mark.parametrize("kind", ["quote", "reply", "handout"])
@pytest.mark.parametrize("way", ["letter", "telephone"])
def test_a_correction_of_a_quote_never_changes_its_words(
    noted: Settings, kind: str, way: str
) -> None:
    quote = quoted(noted, kind)
    wanted, path = sent(noted)
    number = next(one.number for one in wanted.passages if one.note.id == quote.id)
    if way == "letter":
        item = only(noted, wanted, filled(path, number, CHANGE, "全部で十三人です"))
        assert item.reasons == ("words", "choice", "verbatim")
        decide(noted, item, Decision("take"))
    else:
        set_confirmations(noted, "chiba-1", [str(number)], "corrected", "全部で十三人です")
    old = now(noted, quote)
    with viewing(noted, "all") as view:
        (reply,) = (note for note in view.notes if note.body == "全部で十三人です")
        assert quote.id not in {note.id for note in view.notes}
    assert (old.body, old.replaced_by, old.confirmed) == (quote.body, reply.id, False)
    assert (reply.kind, reply.replaces, reply.confirmed, reply.disclosure, reply.on_day) == (
        "reply", quote.id, True, "confirm", f"{today()}",
    )  # fmt: skip
    with language.speaking("ja"):
        assert wordings.marks(reply) == f"【修正：千葉市 {today()}】"
    for audience in ("all", "group", "public"):
        assert reply.body in bodies(noted, audience)
        assert quote.body not in shown(noted, audience)
    found, _register, _held = list_notes(noted, NoteFilter(visit="chiba-1", replaced=True), "group")
    assert quote.body in {note.body for note in found}
    edit_note(noted, reply.handle, None, P(disclosure="group"))
    assert now(noted, quote).disclosure == "group"
    undo(noted)
    undo(noted)
    assert now(noted, quote).replaced_by == ""
    assert quote.body in bodies(noted, "all")


@pytest.mark.parametrize("kind", ["quote", "desk"])
def test_words_of_others_are_edited_with_a_reason_and_marked(noted: Settings, kind: str) -> None:
    note = quoted(noted, kind)
    with pytest.raises(Refused, match="keeps the words of others"):
        edit_note(noted, note.handle, "言い換え", P())
    assert edit_note(noted, note.handle, None, P(tags=("札",))).edited_on == ""
    edited = edit_note(noted, note.handle, "聞き直した文", P(), "録音で確認")
    assert edited.edited_on == f"{today()}"
    with pytest.raises(Refused, match="keeps the words of others"):
        edit_note(noted, note.handle, "もう一度", P())
    assert f"[edited by us {today()}]" in wordings.marks(edited)


def test_what_was_confirmed_does_not_hold_while_something_waits(noted: Settings) -> None:
    wanted, path = sent(noted)
    set_confirmations(noted, "chiba-1", ["1"], "ok")
    stored(noted, wanted, filled(path, 1, CHANGE, "やはり直してほしい"))
    told = {}
    for audience in ("all", "group"):
        listed, _cities, _held = confirmations(noted, "chiba-1", audience)
        told[audience] = {one.note.body: one.state for one in listed}["課長の話"]
    assert told == {"all": "ok", "group": "not-sent"}
    assert "課長の話" not in bodies(noted, "public")
    decide(noted, waiting(noted)[0], Decision("keep"))
    assert "課長の話" in bodies(noted, "public")
