import pytest

from fieldvisit.fieldwork.note import OWN_TO_THE_CITY, Source, default_disclosure
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, DISCLOSURES, KINDS


@pytest.mark.parametrize("usual", ["", *DISCLOSURES])
@pytest.mark.parametrize("kind", KINDS)
def test_the_level_of_a_note_when_none_was_said(kind: str, usual: str) -> None:
    expected = {"desk": "public", "remark": "group"}.get(kind, usual or "confirm")
    assert default_disclosure(kind, usual) == expected


def test_a_source_is_something_or_nothing() -> None:
    assert not Source()
    assert Source(title="x")
    assert Source(url="x")
    assert Source(date="2019")


def test_every_kind_answers_but_desk_and_remark_which_may_be_the_citys_own() -> None:
    assert set(KINDS) - ANSWERING_KINDS == OWN_TO_THE_CITY == {"desk", "remark"}
