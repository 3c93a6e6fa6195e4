"""The coverage of a whole study: by date, by class of city, by what was noted."""

from actions.compared import cities, compared
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.compare import Choice
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


def test_a_cancelled_visit_is_no_column_and_has_no_coverage(field: Settings) -> None:
    edit_visit(field, "himeji-1", VisitFields(status="cancelled"))
    assert cities(compared(field, Choice())) == ["千葉市"]
    found, _held_back = coverage(field, [], "all")
    assert [visit.visit.handle for visit in found] == ["chiba-1"]
    (named,), _held_back = coverage(field, ["himeji-1"], "all")
    assert named.visit.status == "cancelled"


def test_coverage_stands_by_date_and_follows_the_class_of_the_city(field: Settings) -> None:
    add_visits(field, ["大津市"], VisitFields(first_day="2019-10-01"))
    found, held_back = coverage(field, [], "all")
    assert [visit.visit.handle for visit in found] == ["otsu-1", "chiba-1", "himeji-1"]
    scopes = {
        visit.visit.handle: {str(s.address) for s in visit.questions if s.state == "out-of-scope"}
        for visit in found
    }
    assert "collaboration/core-city-role" in scopes["chiba-1"]
    assert "collaboration/designated-city-role" in scopes["himeji-1"]
    assert held_back == 0


def test_a_desk_note_of_the_city_counts_at_its_visit(field: Settings) -> None:
    add_note(field, "千葉市", "x", P(kind="desk", place="hiring/staff-mix"))
    for visit, state in (("chiba-1", "desk-only"), ("himeji-1", "open")):
        ((found,), _) = coverage(field, [visit], "all")
        assert found.questions[0].state == state


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
