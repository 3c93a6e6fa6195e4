"""`visit ask`: what goes ahead, is asked, is left out, and questions of one visit only."""

import pytest

from fieldvisit.actions.ask_questions import ask_questions
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.documents import field_sheet, question_sheet
from fieldvisit.documents.page import Heading
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import viewing
from returned import prepared

P = NoteFields


def headings(given: Settings, sheet: object, visit: str = "chiba-1") -> list[str]:
    blocks = sheet.page(prepared(given, visit)).blocks  # type: ignore[attr-defined] # a sheet
    return [block.text for block in blocks if isinstance(block, Heading)]


def asked(given: Settings, sheet: object, number: str) -> bool:
    return any(text.startswith(f"{number} ") for text in headings(given, sheet))


def states(given: Settings, visit: str = "chiba-1") -> dict[str, str]:
    ((found,), _) = coverage(given, [visit], "all")
    return {str(s.address): s.state for s in found.questions}


def visit_of(given: Settings, handle: str = "chiba-1") -> Visit:
    with viewing(given, "all") as view:
        return find_visit(view, handle)


def test_what_is_chosen_stands_on_the_sheets(field: Settings) -> None:
    assert not asked(field, question_sheet, "1/6")
    assert asked(field, question_sheet, "1/1")
    ask_questions(field, "chiba-1", {"1/6": "send", "1/1": "ask", "4/2": "skip"})
    assert asked(field, question_sheet, "1/6")
    assert not asked(field, question_sheet, "1/1")
    assert asked(field, field_sheet, "1/1")
    assert not asked(field, field_sheet, "4/2")
    assert "Left out at this visit" in headings(field, field_sheet)
    ask_questions(field, "chiba-1", {"1/6": None, "1/1": None, "4/2": None})
    assert visit_of(field).questions == ()
    assert asked(field, field_sheet, "4/2")


def test_what_is_left_out_counts_as_not_asked_until_somebody_answers(field: Settings) -> None:
    ask_questions(field, "chiba-1", {"4/2": "skip"})
    assert states(field)["ai-rpa/selection"] == "not-asked"
    add_note(field, "chiba-1", "答えてくれた", P(place="4/2"))
    assert states(field)["ai-rpa/selection"] == "answered"


def test_a_question_for_other_classes_may_be_asked_all_the_same(field: Settings) -> None:
    assert states(field, "himeji-1")["hiring/ward-and-bureau-staff"] == "out-of-scope"
    ask_questions(field, "himeji-1", {"1/8": "ask"})
    assert states(field, "himeji-1")["hiring/ward-and-bureau-staff"] == "open"
    assert states(field, "chiba-1")["hiring/ward-and-bureau-staff"] == "open"


def test_a_sensitive_question_is_never_sent(field: Settings) -> None:
    before = field.study().database.read_bytes()
    for typed in ("ai-rpa/dropped", "ai-rpa"):
        with pytest.raises(Refused, match="sensitive"):
            ask_questions(field, "chiba-1", {typed: "send"})
    assert field.study().database.read_bytes() == before


def test_questions_of_one_visit_have_names_of_their_own(field: Settings) -> None:
    _v, (first,) = ask_questions(field, "chiba-1", {}, [("4", "生成AIの規程はありますか。")])
    _v, (second,) = ask_questions(field, "himeji-1", {}, [("ai-rpa", "チャットはありますか。")])
    assert (str(first), str(second)) == ("ai-rpa/extra-1", "ai-rpa/extra-2")
    assert states(field)["ai-rpa/extra-1"] == "open"
    assert "ai-rpa/extra-2" not in states(field)
    assert any("生成AIの規程" in text for text in headings(field, field_sheet))
    assert not any("生成AIの規程" in text for text in headings(field, question_sheet))
    ask_questions(field, "chiba-1", {"ai-rpa/extra-1": "send"})
    assert any("生成AIの規程" in text for text in headings(field, question_sheet))


def test_answers_to_them_stand_in_the_comparison_in_a_row_of_their_own(field: Settings) -> None:
    ask_questions(field, "chiba-1", {}, [("ai-rpa", "生成AIの規程はありますか。")])
    add_note(field, "chiba-1", "ある。", P(place="ai-rpa/extra-1"))
    found, _register, _held = compare(field, Choice(topics=("ai-rpa",)), "all")
    (topic,) = found.topics
    question = next(q for q in topic.topic.questions if q.key == "extra-1")
    assert question.ask.ja == "生成AIの規程はありますか。"
    cell = next(c for c in topic.cities[0].cells if c.question and c.question.key == "extra-1")
    assert [note.body for note in cell.notes] == ["ある。"]
    with viewing(field, "all") as view:
        assert str(find_address(view, "ai-rpa/extra-1")) == "ai-rpa/extra-1"


def test_undo_takes_the_choice_back(field: Settings) -> None:
    ask_questions(field, "chiba-1", {"4/2": "skip"}, [("ai-rpa", "もう一つ")])
    undo(field)
    assert visit_of(field).questions == ()


@pytest.mark.parametrize("topic", ["themes", "ai-rpa/status", "nowhere"])
def test_a_new_question_belongs_to_a_topic_of_the_visit(field: Settings, topic: str) -> None:
    with pytest.raises(NotFound):
        ask_questions(field, "chiba-1", {}, [(topic, "もう一つ")])
    assert visit_of(field).questions == ()


def test_choices_are_kept_when_the_guides_are(field: Settings) -> None:
    from fieldvisit.study.fields import VisitFields

    ask_questions(field, "chiba-1", {"4/2": "skip", "1/6": "send"})
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    assert states(field)["ai-rpa/selection"] == "not-asked"
    assert asked(field, question_sheet, "1/6")
