"""What `summary set` and `summary delete` store, and what they refuse."""

import pytest

from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.summarising.write_summary import delete_summary, set_summary
from fieldvisit.actions.write_note import delete_note, edit_note
from fieldvisit.errors import BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from summarised import PLACE, compared, listed, noted, past, summed, texts, why_stale

P = NoteFields
LEVELS = list(DISCLOSURES)


def handles(given: Settings) -> list[list[str]]:
    return [[note.handle for note in one.notes] for one in listed(given)]


def test_a_summary_rests_on_all_in_its_cell_but_remarks_and_what_is_off_the_record(
    field: Settings,
) -> None:
    first = noted(field, "一")
    noted(field, "所見", kind="remark")
    noted(field, "オフレコ", "off-record")
    noted(field, "ほかの市", where="himeji-1")
    noted(field, "ほかの項目", place="hiring")
    also = noted(field, "両方", place="hiring", also=(PLACE,))
    delete_note(field, noted(field, "消した").handle)
    desk = noted(field, "公表資料", "public", where="千葉市", kind="desk")
    assert [note.handle for note in summed(field, "要約").notes] == [
        first.handle, also.handle, desk.handle,
    ]  # fmt: skip
    assert why_stale(field) == {"要約": set()}


def test_a_summary_of_a_topic_rests_on_its_questions_too(field: Settings) -> None:
    made = [noted(field, place=place) for place in ("ai-rpa", "ai-rpa/status", "ai-rpa/effect")]
    assert {note.handle for note in summed(field, "要約", "ai-rpa").notes} == {
        note.handle for note in made
    }


def test_one_across_the_cities_rests_on_the_notes_of_all(field: Settings) -> None:
    made = [noted(field), noted(field, where="himeji-1")]
    stored = summed(field, "皆", across=True)
    assert {note.handle for note in stored.notes} == {note.handle for note in made}
    assert stored.summary.city_code is None


def test_notes_can_be_chosen_from_anywhere_in_the_city(field: Settings) -> None:
    here, elsewhere = noted(field), noted(field, place="hiring")
    remark, closed = noted(field, kind="remark"), noted(field, level="off-record")
    summed(field, "要約", notes=[elsewhere.handle[:6], remark.id, closed.handle])
    assert set(handles(field)[0]) == {elsewhere.handle, remark.handle, closed.handle}
    assert why_stale(field) == {"要約": set()}
    edit_note(field, here.handle, "直した", P())
    edit_note(field, elsewhere.handle, None, P(place="open-data"))
    assert why_stale(field) == {"要約": {("changed", here.handle)}}
    edit_note(field, elsewhere.handle, "直した", P())
    edit_note(field, remark.handle, "直した", P())
    assert why_stale(field)["要約"] == {
        ("changed", note.handle) for note in (here, elsewhere, remark)
    }


@pytest.mark.parametrize("asked", LEVELS)
@pytest.mark.parametrize("under", LEVELS)
def test_a_level_more_open_than_the_notes_is_refused(
    field: Settings, asked: str, under: str
) -> None:
    notes = [noted(field, level=under).handle]
    if LEVELS.index(asked) < LEVELS.index(under):
        with pytest.raises(Refused, match="more closed"):
            summed(field, "要約", notes=notes, level=asked)
        assert texts(field) == []
    else:
        assert summed(field, "要約", notes=notes, level=asked).summary.disclosure == asked


def test_without_a_level_it_is_as_closed_as_its_notes_and_off_the_record_stays_so(
    field: Settings,
) -> None:
    quotable = noted(field, level="public").handle
    assert summed(field, "一").summary.disclosure == "public"
    closed = noted(field, level="off-record")
    assert summed(field, "二", notes=[closed.handle]).summary.disclosure == "off-record"
    assert summed(field, "三").summary.disclosure == "off-record"
    assert summed(field, "四", notes=[quotable]).summary.disclosure == "off-record"
    assert summed(field, "四", level="public").summary.disclosure == "public"
    assert past(field, "group") == ["四"]


def test_the_same_text_again_says_that_it_still_holds(field: Settings) -> None:
    note = noted(field)
    first = summed(field, "要約").summary
    assert summed(field, "要約").summary == first
    edit_note(field, note.handle, "直した", P())
    assert why_stale(field)["要約"]
    again = summed(field, "要約").summary
    assert (again.number, again.created_at) == (2, first.created_at)
    assert why_stale(field) == {"要約": set()}


def test_tags_groups_and_further_places_make_nothing_stale(field: Settings) -> None:
    note = noted(field)
    summed(field, "要約")
    edit_note(field, note.handle, None, P(tags=("要点",), also=("hiring",)))
    assert why_stale(field) == {"要約": set()}
    edit_note(field, note.handle, None, P(as_of="2019年度"))
    assert why_stale(field) == {"要約": {("changed", note.handle)}}


def test_the_notes_of_a_cancelled_visit_are_gone_from_the_matrix(field: Settings) -> None:
    held, cancelled = noted(field, where="himeji-1"), noted(field)
    summed(field, "姫路", city="姫路市")
    summed(field, "千葉")
    summed(field, "皆", across=True)
    edit_visit(field, "chiba-1", VisitFields(status="cancelled"))
    gone = {("gone", cancelled.handle)}
    assert why_stale(field) == {"姫路": set(), "千葉": gone, "皆": gone}
    assert [note.id for note in summed(field, "皆", across=True).notes] == [held.id]
    edit_visit(field, "chiba-1", VisitFields(status="held"))
    assert why_stale(field)["皆"] == {("new", cancelled.handle)}


def test_a_summary_that_was_deleted_comes_back_by_being_written(field: Settings) -> None:
    noted(field)
    summed(field, "一")
    delete_summary(field, PLACE, city="千葉市")
    assert texts(field) == []
    assert compared(field) == {}
    with pytest.raises(NotFound, match="no summary"):
        delete_summary(field, PLACE, city="千葉市")
    summed(field, "二")
    assert (texts(field), past(field, "all")) == (["二"], ["一", "一", "二"])


@pytest.mark.parametrize(
    ("error", "pieces", "how"),
    [
        (WrongUsage, "across", {"city": "", "across": False}),
        (WrongUsage, "across", {"city": "千葉市", "across": True}),
        (WrongUsage, "another city", {"city": "姫路市", "notes": ["{note}"]}),
        (NotFound, "no note", {"notes": ["zzzzzzzzzz"]}),
        (NotFound, "nothing", {"city": "なし市"}),
        (Refused, "Nothing stands", {"city": "姫路市"}),
        (Refused, "Nothing stands", {"city": "大津市"}),
        (BadText, "empty", {"text": " \n"}),
        (BadText, "question marks", {"text": "????"}),
        (BadText, "NUL", {"text": "a\0b"}),
        (NotFound, "topic", {"place": "nothing"}),
        (NotFound, "question", {"place": "ai-rpa/nothing"}),
    ],
)
def test_what_cannot_be_stored_is_refused_and_changes_nothing(
    field: Settings, error: type[Refused], pieces: str, how: dict[str, object]
) -> None:
    note = noted(field)
    before = field.study().database.read_bytes()
    given: dict[str, object] = {"place": PLACE, "text": "要約", "city": "千葉市", **how}
    if "notes" in how:
        given["notes"] = [str(typed).format(note=note.handle) for typed in how["notes"]]  # type: ignore[attr-defined] # a list
    with pytest.raises(error) as caught:
        set_summary(field, **given)  # type: ignore[arg-type] # as typed
    assert pieces in caught.value.sentence + caught.value.hint or pieces == "nothing"
    assert caught.value.hint
    assert field.study().database.read_bytes() == before
