import pytest

from fieldvisit.errors import BadText, WrongUsage
from fieldvisit.fieldwork.study import STUDY_ID, Study, StudyGroup, check_group


def test_a_group_goes_by_its_short_name_and_there_is_one_study() -> None:
    assert StudyGroup("人材WG", "情報人材ワーキンググループ").id == "人材WG"
    assert Study().id == Study(title="x").id == STUDY_ID


@pytest.mark.parametrize("short", ["a b", "a,b", "a\u3000b", "a\nb"])
def test_a_short_name_is_one_word(short: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be a short name"):
        check_group(short, "A")


@pytest.mark.parametrize("names", [("", "A"), ("a", ""), ("?", "A"), ("a", "??"), ("a\0", "A")])
def test_a_group_has_both_names(names: tuple[str, str]) -> None:
    with pytest.raises(BadText, match="study group"):
        check_group(*names)


def test_a_good_group_passes() -> None:
    check_group("人材WG", "情報人材 WG, 第2期")
