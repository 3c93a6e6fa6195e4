"""A comparison as tests look at it: its cities, and the texts under a topic."""

import pytest

from actions.test_undo import last
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.make_study import add_study_group
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields


def compared(given_study: Settings, choice: Choice, audience: str = "all") -> Comparison:
    return compare(given_study, choice, audience)[0]


def bodies(found: Comparison, topic: str) -> dict[str, list[str]]:
    compared_topic = next(t for t in found.topics if t.topic.key == topic)
    return {
        column.city.name: [note.body for cell in column.cells for note in cell.notes]
        for column in compared_topic.cities
    }


P = NoteFields


def test_notes_of_a_cancelled_visit_stand_in_no_comparison(field: Settings) -> None:
    add_visits(field, ["千葉市"], VisitFields(first_day="2019-11-01"))
    add_note(field, "chiba-1", "取りやめた回の話", P(place="hiring/training"))
    edit_visit(field, "chiba-1", VisitFields(status="cancelled"))
    found = compared(field, Choice(topics=("hiring",)))
    assert bodies(found, "hiring")["千葉市"] == []
    assert found.topics[0].cities[0].state == "open"


def test_a_note_under_a_topic_of_no_guide_in_use_is_compared_all_the_same(field: Settings) -> None:
    add_note(field, "chiba-1", "x", P(place="themes", kind="desk", disclosure="group"))
    assert bodies(compared(field, Choice(), "group"), "themes")["千葉市"] == ["x"]
    assert "themes" not in [t.topic.key for t in compared(field, Choice(), "public").topics]


def test_a_note_whose_question_no_guide_has_any_more_still_has_a_row(study: Settings) -> None:
    guide = study.study().guides / "it-workforce.yaml"
    add_note(study, "千葉市", "公表資料", NoteFields(place="ai-rpa/effect", kind="desk"))
    add_note(study, "千葉市", "意見", NoteFields(place="themes", kind="desk"))
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("question: effect", "question: outcome"), encoding="utf-8")
    (study.study().guides / "exchange-of-views.yaml").unlink()
    comparison = compared(study, Choice(), "group")
    found = {
        (topic.topic.key, cell.question.key if cell.question else "")
        for topic in comparison.topics
        for city in topic.cities
        for cell in city.cells
        if cell.notes
    }
    assert found == {("ai-rpa", "effect"), ("themes", "")}


def test_a_study_group_reads_what_it_may_use(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    add_study_group(field, "W2", "B")
    edit_visit(field, "chiba-1", VisitFields(study_groups=("WG", "W2")))
    add_note(field, "chiba-1", "みんな", P(place="other"))
    add_note(field, "chiba-1", "WGだけ", P(place="other", only_for=("WG",)))
    add_note(field, "himeji-1", "よそ", P(place="other"))
    for group, seen in (("W2", ["みんな"]), ("WG", ["みんな", "WGだけ"])):
        found = compared(field, Choice(study_group=group))
        assert bodies(found, "other") == {"千葉市": seen}
    add_note(field, "chiba-1", "x", P(place="hiring", disclosure="off-record", only_for=("WG",)))
    for group, held in (("WG", 1), ("W2", 0)):
        assert compare(field, Choice(study_group=group), "group")[2] == held


def test_counts_are_those_of_what_the_audience_may_see(field: Settings) -> None:
    add_note(field, "chiba-1", "a", P(place="ai-rpa/effect", disclosure="off-record"))
    add_note(field, "chiba-1", "b", P(place="ai-rpa/status", disclosure="group"))
    answered, held = {}, []
    for audience in ("all", "group", "public"):
        ((found,), _) = coverage(field, ["chiba-1"], audience)
        topic = found.topic("ai-rpa")
        assert topic
        answered[audience] = topic.counts.answered
        column = compared(field, Choice(topics=("ai-rpa",)), audience).topics[0].cities[0]
        assert column.counts == topic.counts
        held.append((compare(field, Choice(), audience)[2], coverage(field, [], audience)[1]))
    assert answered == {"all": 2, "group": 1, "public": 0}
    assert held == [(0, 0), (1, 1), (2, 2)]


def test_only_what_was_asked_for_counts_as_held_back(field: Settings) -> None:
    for place in ("hiring", "ai-rpa", "unsorted"):
        add_note(field, "chiba-1", place, P(place=place, disclosure="off-record"))
    add_note(field, "姫路市", "x", P(place="hiring", kind="desk", disclosure="off-record"))
    for choice, number in (
        (Choice(), 3), (Choice(topics=("hiring",)), 2), (Choice(cities=("千葉市",)), 2),
        (Choice(city_class="core-city"), 1), (Choice(topics=("other",)), 0),
        (Choice(("hiring",), ("姫路市",)), 1),
    ):  # fmt: skip
        assert compare(field, choice, "group")[2] == number, choice
    for visits, number in ((["himeji-1"], 1), (["chiba-1"], 3), ([], 4)):
        assert coverage(field, visits, "group")[1] == number


def test_coverage_stands_by_date_and_follows_the_class_of_the_city(field: Settings) -> None:
    add_visits(field, ["大津市"], VisitFields(first_day="2019-10-01"))
    found, _held = coverage(field, [], "all")
    assert [visit.visit.handle for visit in found] == ["otsu-1", "chiba-1", "himeji-1"]
    scopes = {
        visit.visit.handle: {str(s.address) for s in visit.questions if s.state == "out-of-scope"}
        for visit in found
    }
    assert "collaboration/core-city-role" in scopes["chiba-1"]
    assert "collaboration/designated-city-role" in scopes["himeji-1"]


def test_a_question_is_in_scope_by_the_class_on_the_day_of_the_visit(study: Settings) -> None:
    attributes = (
        CityAttribute("core-city", None, "2016-03-31"),
        CityAttribute("designated-city", "2016-04-01", None),
    )
    fictional = City("990027", "架空県", "架空市", "かくうし", "kaku", attributes=attributes)
    add_city(study, fictional)
    for day in ("2014-10-01", "2019-10-01"):
        add_visits(study, ["架空市"], VisitFields(first_day=day))
    states = [
        next(s.state for s in v.questions if s.address.question == "ward-and-bureau-staff")
        for v in coverage(study, [], "all")[0]
    ]
    assert states == ["out-of-scope", "open"]


def test_a_guide_with_notes_stays_when_its_adding_is_taken_back(field: Settings) -> None:
    edit_visit(field, "chiba-1", VisitFields(guides=("it-workforce", "exchange-of-views")))
    added = last(field)
    add_note(field, "chiba-1", "話", P(place="themes"))
    undo(field, added)
    with reading(field.study().database) as connection:
        visit = next(v for v in queries.visits(connection) if v.handle == "chiba-1")
    assert [guide.slug for guide in visit.guides] == ["it-workforce", "exchange-of-views"]


def test_the_citys_own_notes_are_desk_research_or_remarks(study: Settings) -> None:
    found = add_note(study, "千葉市", "計画", P(kind="desk", place="ai-rpa"))
    with pytest.raises(Refused, match="city itself"):
        edit_note(study, found.handle, None, P(kind="statement"))
    assert edit_note(study, found.handle, None, P(kind="remark")).kind == "remark"


def test_tags_and_groups_are_taken_away_by_one_empty_word(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    found = add_note(field, "chiba-1", "話", P(tags=("計画",), only_for=("WG",)))
    cleared = edit_note(field, found.handle, None, P(tags=("",), only_for=("",)))
    assert (cleared.tags, cleared.only_for) == ((), ())
    with pytest.raises(Refused):
        add_note(field, "chiba-1", "話", P(tags=("",)))
