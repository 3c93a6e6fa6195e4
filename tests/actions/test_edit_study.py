import pytest

from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.undo import undo
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.study import check_groups
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading


def test_an_edit_changes_what_it_says_and_no_more(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    edit_study(
        study,
        {"title": "調査", "institute": "研究所", "purpose": None},
        {"study_groups": ["WG"], "interviewers": None, "guides": []},
    )
    edit_study(study, {"purpose": "把握", "title": None}, {"interviewers": ["佐藤", "鈴木"]})
    with reading(study.study().database) as connection:
        found = queries.study(connection)
    assert (found.title, found.institute, found.purpose) == ("調査", "研究所", "把握")
    assert (found.guides, found.study_groups) == (("it-workforce",), ("WG",))
    assert (found.interviewers, found.number) == (("佐藤", "鈴木"), 3)
    assert edit_study(study, {"title": ""}, {}).title == ""


def test_a_group_that_was_taken_back_may_come_again(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    undo(study)
    group = add_study_group(study, "WG", "B")
    assert (group.name, group.deleted, group.number) == ("B", False, 3)


def test_an_unknown_group_is_refused_with_those_that_there_are(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    with reading(study.study().database) as connection:
        known = queries.study_groups(connection)
    check_groups(known, ["WG"])
    with pytest.raises(NotFound, match="“wg”") as caught:
        check_groups(known, ["WG", "wg"])
    assert "There are: WG." in caught.value.hint
