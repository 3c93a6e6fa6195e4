from collections.abc import Callable

import pytest
from hypothesis import given
from msgspec.structs import replace

import strategies
from actions.own_guide import FIRST, SECOND, write
from examples import examples
from fieldvisit.actions.compare import Choice, compared
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, opens
from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing
from strategies import bare

P = NoteFields


def stored(given_study: Settings, note: Note) -> Note:
    with reading(given_study.study().database) as connection:
        found = gate.note(connection, "all", note.id)
    assert found
    return found


@examples(20)
@given(strategies.bodies)
def test_any_text_is_kept_as_it_was_typed(fresh_field: Callable[[], Settings], text: str) -> None:
    field = fresh_field()
    note = add_note(field, "chiba-1", text, P(disclosure="public"))
    assert note.body == text
    assert stored(field, note).body == text
    edited = edit_note(field, note.handle, f"{text}\n追記", P())
    assert stored(field, edited).body == f"{text}\n追記"


def test_a_note_has_all_that_was_said_of_it(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    told = P(
        place="hiring/staff-mix", also=("security", "hiring/staff-mix", "4/3"), kind="quote",
        disclosure="anonymous", said_by="課長", as_of="2019年度", source_title="資料",
        source_url="資料の所在", source_date="2019", only_for=("WG",),
        tags=(" 人数 ", "人数", "採用"),
    )  # fmt: skip
    note = add_note(field, "chiba-1", "職員は42人です", told)
    found = stored(field, note)
    assert bare(found) == bare(replace(note, city_name="千葉市"))
    assert [str(place) for place in found.places] == [
        "hiring/staff-mix", "security", "ai-rpa/effect",
    ]  # fmt: skip
    assert found.tags == ("人数", "採用")
    assert (found.kind, found.disclosure, found.as_of) == ("quote", "anonymous", "2019年度")
    assert (found.source.title, found.source.date) == ("資料", "2019")
    assert (found.only_for, found.by, found.number) == (("WG",), "t", 1)
    assert str(found.speaker) == "情報経営部 課長 山田太郎"


@pytest.mark.parametrize("typed", [
    "山田太郎", "山田 太郎", "課長", "情報経営部/課長", "情報経営部／課長/山田太郎",
        "情報経営部 課長 山田太郎",
])  # fmt: skip
def test_a_speaker_goes_by_name_post_or_both(field: Settings, typed: str) -> None:
    note = add_note(field, "chiba-1", "x", P(said_by=typed))
    assert str(note.speaker) == "情報経営部 課長 山田太郎"


@pytest.mark.parametrize(("typed", "error"), [("情報経営部", Ambiguous), ("佐々木", NotFound),
                                              ("/", NotFound)])  # fmt: skip
def test_a_speaker_who_is_not_one_person_there_is_refused(
    field: Settings, typed: str, error: type[Refused]
) -> None:
    with pytest.raises(error) as caught:
        add_note(field, "chiba-1", "x", P(said_by=typed))
    assert "山田太郎" in caught.value.hint


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (None, "statement", "confirm"), ("hiring", "statement", "confirm"),
        ("security/audit", "statement", "group"), (None, "desk", "public"),
        ("security/audit", "desk", "public"), (None, "remark", "group"),
    ],
)  # fmt: skip
def test_the_level_comes_from_the_kind_else_from_the_guide(
    field: Settings, place: str | None, kind: str, expected: str
) -> None:
    assert add_note(field, "chiba-1", "x", P(place=place, kind=kind)).disclosure == expected
    asked = add_note(field, "chiba-1", "x", P(place=place, kind=kind, disclosure="anonymous"))
    assert asked.disclosure == "anonymous"


def test_the_level_of_a_question_comes_before_its_topics(field: Settings) -> None:
    text = """\
guide: own
version: "1"
title: {ja: 表題}
disclosure: public
topics:
  - topic: a
    title: {ja: 甲}
    disclosure: anonymous
    questions:
      - question: x
        disclosure: off-record
        sensitive: true
        ask: {ja: 問}
      - question: y
        ask: {ja: 問}
  - topic: b
    title: {ja: 乙}
"""
    (field.study().guides / "own.yaml").write_text(text, encoding="utf-8")
    edit_visit(field, "himeji-1", VisitFields(guides=("own",)))
    levels = {p: add_note(field, "himeji-1", "x", P(place=p)).disclosure for p in
              ("a/x", "a/y", "a", "b", "unsorted", "hiring")}  # fmt: skip
    assert levels == {
        "a/x": "off-record", "a/y": "anonymous", "a": "anonymous", "b": "public",
        "unsorted": "public", "hiring": "confirm",
    }  # fmt: skip


def test_a_guide_that_says_no_level_takes_none_from_another(own: Settings) -> None:
    write(own, FIRST.replace("topics:", "disclosure: public\ntopics:"))
    other = (
        FIRST.replace("guide: own", "guide: other")
        .replace("staff", "others")
        .replace("職員, en: Staff", "外部, en: Others")
    )
    (own.study().guides / "other.yaml").write_text(other, encoding="utf-8")
    edit_study(own, {}, {"guides": ("own",)})
    edit_visit(own, "himeji-1", VisitFields(guides=("own", "other")))
    for place, more in (("others/pay", ()), ("others", ()), ("staff", ("others",)), (None, ())):
        found = add_note(own, "himeji-1", "x", P(place=place, also=more))
        assert found.disclosure == "confirm", place


def test_desk_notes_and_remarks_on_a_city_are_the_citys(study: Settings) -> None:
    for kind in ("desk", "remark"):
        note = add_note(study, "大津市", kind, P(kind=kind, place="hiring"))
        assert (note.visit_id, note.city_code) == (None, "252018")
    with pytest.raises(NotFound, match="no visit"):
        add_note(study, "大津市", "x", P())
    with reading(study.study().database) as connection:
        assert [(c.name, c.number) for c in queries.cities(connection)] == [("大津市", 1)]
    add_visits(study, ["大津市"], VisitFields())
    assert add_note(study, "大津市", "x", P()).visit_id
    assert add_note(study, "大津市", "x", P(kind="desk")).visit_id is None
    assert add_note(study, "otsu-1", "x", P(kind="desk")).visit_id


@pytest.mark.parametrize("kind", ["reply", "handout", "questionnaire"])
def test_an_answer_in_writing_needs_no_visit(study: Settings, kind: str) -> None:
    found = add_note(study, "大津市", "導入済み。", P(kind=kind, place="ai-rpa/status"))
    assert (found.at_desk, found.disclosure) == (True, "confirm")
    with viewing(study, "all") as view:
        (topic,) = compared(view, Choice(topics=("ai-rpa",)))[0].topics
    assert [(c.city.name, c.state, c.counts.answered) for c in topic.cities] == [
        ("大津市", "answered", 1)
    ]
    with pytest.raises(NotFound):
        add_note(study, "大津市", "導入済みと聞いた。", P(kind="statement"))
    add_visits(study, ["大津市"], VisitFields())
    assert not add_note(study, "大津市", "導入済み。", P(kind=kind)).at_desk


def test_an_edit_changes_what_it_says_and_no_more(field: Settings) -> None:
    first = P(place="hiring", also=("security",), tags=("a",), said_by="課長")
    note = add_note(field, "chiba-1", "前", first)
    edit_note(field, note.handle, "後", P())
    found = stored(field, note)
    assert (found.body, found.number) == ("後", 2)
    assert (found.places, found.tags, found.speaker) == (note.places, note.tags, note.speaker)
    edit_note(field, note.handle, None, P(place="other", tags=("b",), said_by="", kind="quote"))
    found = stored(field, note)
    assert [str(p) for p in found.places] == ["other", "security"]
    assert (found.tags, found.speaker, found.kind, found.body) == (("b",), None, "quote", "後")
    edit_note(field, note.handle, None, P(place="unsorted"))
    assert stored(field, note).places == ()


def test_a_handle_is_given_once(field: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldvisit.storage import ids

    handles = iter(["aaaaaaaaaa", "aaaaaaaaaa", "bbbbbbbbbb"])
    monkeypatch.setattr(ids, "new_handle", lambda: next(handles))
    first = add_note(field, "chiba-1", "x", P(disclosure="off-record"))
    delete_note(field, first.handle)
    assert add_note(field, "chiba-1", "y", P()).handle == "bbbbbbbbbb"


def test_a_level_holds_under_every_name_of_a_question_and_the_strictest_of_several(
    own: Settings,
) -> None:
    asks = "        ask: {ja: 何人ですか。"
    write(own, FIRST.replace(asks, f"        disclosure: off-record\n{asks}"))
    edit_visit(own, "himeji-1", VisitFields(sent="2019-10-01"))
    write(own, SECOND.replace(asks, f"        disclosure: off-record\n{asks}"))
    edit_visit(own, "chiba-1", VisitFields(guides=("it-workforce", "own")))
    for place in ("staff/number", "people/headcount"):
        assert add_note(own, "himeji-1", "x", P(place=place)).disclosure == "off-record"
    several = add_note(own, "chiba-1", "x", P(place="hiring", also=("people/headcount",)))
    assert several.disclosure == "off-record"


def test_a_level_that_nobody_knows_is_off_the_record(field: Settings) -> None:
    note = add_note(field, "chiba-1", "話", P(place="ai-rpa"))
    strange = replace(note, disclosure="secret")
    assert opens(strange, note)
    assert not opens(note, strange)
    assert not opens(strange, replace(note, disclosure="off-record"))
