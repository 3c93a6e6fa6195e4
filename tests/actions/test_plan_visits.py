import pytest
from msgspec.structs import replace

from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note
from fieldvisit.errors import StillInUse
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields


def stored(given: Settings) -> dict[str, Visit]:
    with reading(given.study().database) as connection:
        return {visit.handle: visit for visit in queries.visits(connection)}


def test_a_visit_starts_with_what_the_study_says(study: Settings) -> None:
    add_study_group(study, "WG", "ワーキンググループ")
    edit_study(study, {}, {"study_groups": ["WG"], "interviewers": ["佐藤"]})
    (visit,) = add_visits(study, ["千葉市"], VisitFields(first_day="2019-10-21", mode="online"))
    assert stored(study) == {"chiba-1": replace(visit, seq=1)}
    assert ([g.slug for g in visit.guides], visit.study_groups) == (["it-workforce"], ("WG",))
    assert [p.name for p in visit.interviewers] == ["佐藤"]
    assert (visit.mode, visit.status, visit.keeps_its_guides) == ("online", "planned", False)


def test_what_is_said_comes_before_what_the_study_says(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    add_study_group(study, "W2", "B")
    edit_study(study, {}, {"study_groups": ["WG"], "interviewers": ["佐藤"]})
    plan = VisitFields(
        study_groups=("W2", "W2"), interviewers=("鈴木",), guides=("exchange-of-views",)
    )
    (visit,) = add_visits(study, ["千葉市"], plan)
    assert visit.study_groups == ("W2",)
    assert [p.name for p in visit.interviewers] == ["鈴木"]
    assert [g.slug for g in visit.guides] == ["exchange-of-views"]


def test_visits_to_one_city_are_counted_on_and_numbers_are_not_given_again(
    study: Settings,
) -> None:
    made = add_visits(study, ["千葉市", "12100", "chiba", "姫路市"], VisitFields())
    assert [visit.handle for visit in made] == ["chiba-1", "chiba-2", "chiba-3", "himeji-1"]
    remove_visit(study, "chiba-3")
    (after,) = add_visits(study, ["ちばし"], VisitFields())
    assert after.handle == "chiba-4"


def test_a_city_comes_back_after_an_undo(study: Settings) -> None:
    add_visits(study, ["千葉市"], VisitFields())
    undo(study)
    assert stored(study) == {}
    (again,) = add_visits(study, ["千葉市"], VisitFields())
    assert again.handle == "chiba-2"
    add_note(study, "千葉市", "x", NoteFields(kind="desk"))
    with reading(study.study().database) as connection:
        (city,) = queries.cities(connection)
    assert (city.name, city.number, city.deleted) == ("千葉市", 3, False)


def test_people_are_known_again_across_the_visits_of_one_command(study: Settings) -> None:
    plan = VisitFields(interviewers=("佐藤",), respondents=("情報経営部/課長/山田",))
    first, second, other = add_visits(study, ["千葉市", "千葉市", "姫路市"], plan)
    assert len({v.interviewers[0].person_id for v in (first, second, other)}) == 1
    assert first.respondents == second.respondents
    assert other.respondents[0].person_id != first.respondents[0].person_id


def test_an_edit_changes_what_it_says_and_adds_people(field: Settings) -> None:
    before = stored(field)["chiba-1"]
    after = edit_visit(
        field,
        "chiba-1",
        VisitFields(place="市役所", status="held", respondents=("総務部/部長/高橋",)),
    )
    assert (after.place, after.status, after.first_day) == ("市役所", "held", before.first_day)
    assert [str(p) for p in after.respondents] == [
        "情報経営部 課長 山田太郎",
        "情報経営部 係長",
        "総務部 部長 高橋",
    ]
    assert after.interviewers == before.interviewers
    assert stored(field)["himeji-1"].place == ""


def test_somebody_named_again_gets_the_new_post(field: Settings) -> None:
    before = stored(field)["chiba-1"].respondents[0]
    after = edit_visit(field, "chiba-1", VisitFields(respondents=("情報経営部/部長/山田太郎",)))
    assert after.respondents[0].person_id == before.person_id
    assert [p.position for p in after.respondents] == ["部長", "係長"]


def test_somebody_leaves_who_said_nothing_there(field: Settings) -> None:
    (second,) = add_visits(
        field, ["千葉市"], VisitFields(respondents=("情報経営部/課長/山田太郎",))
    )
    note = add_note(field, "chiba-1", "x", NoteFields(said_by="山田太郎"))
    with pytest.raises(StillInUse, match=note.handle):
        edit_visit(field, "chiba-1", VisitFields(leaving=("山田太郎",)))
    assert edit_visit(field, second.handle, VisitFields(leaving=("山田太郎",))).respondents == ()
    delete_note(field, note.handle)
    left = edit_visit(field, "chiba-1", VisitFields(leaving=("山田太郎",)))
    assert [p.position for p in left.respondents] == ["係長"]


def test_a_visit_is_removed_once_nothing_stands_on_it(field: Settings) -> None:
    note = add_note(field, "himeji-1", "x", NoteFields())
    with pytest.raises(StillInUse, match="1 notes"):
        remove_visit(field, "himeji-1")
    delete_note(field, note.handle)
    assert remove_visit(field, "himeji-1").deleted
    assert set(stored(field)) == {"chiba-1"}


def test_two_of_one_name_at_one_visit_stay_two_and_a_known_one_is_completed(
    study: Settings,
) -> None:
    add_visits(
        study, ["千葉市"], VisitFields(respondents=("人事課//田中", "情報課//田中", "//鈴木"))
    )
    edit_visit(study, "chiba-1", VisitFields(respondents=("財政課//田中", "人事課/係長/鈴木")))
    people = stored(study)["chiba-1"].respondents
    assert [(p.department, p.position, p.name) for p in people] == [
        ("人事課", "", "田中"),
        ("情報課", "", "田中"),
        ("人事課", "係長", "鈴木"),
        ("財政課", "", "田中"),
    ]
    assert len({p.person_id for p in people}) == len(people)


def test_one_name_comes_again_with_the_same_ids_at_the_next_visit(study: Settings) -> None:
    plan = VisitFields(respondents=("人事課//田中", "情報課//田中"))
    first, second = add_visits(study, ["千葉市", "千葉市"], plan)
    assert [p.person_id for p in first.participants] == [p.person_id for p in second.participants]


def test_a_guide_that_is_kept_does_not_go_unnoticed(study: Settings) -> None:
    add_visits(study, ["千葉市"], VisitFields())
    add_note(study, "chiba-1", "話", NoteFields(place="hiring"))
    before = stored(study)
    with pytest.raises(StillInUse, match="it-workforce") as caught:
        edit_visit(study, "chiba-1", VisitFields(guides=("exchange-of-views",)))
    assert "--guide it-workforce --guide exchange-of-views" in caught.value.hint
    assert stored(study) == before
    edit_visit(study, "chiba-1", VisitFields(guides=("exchange-of-views", "it-workforce")))
    slugs = [guide.slug for guide in stored(study)["chiba-1"].guides]
    assert slugs == ["exchange-of-views", "it-workforce"]
