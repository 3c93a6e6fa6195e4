import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.record_sheets import SHEET, WILD, sheets
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.record.sheet import RecordSheet, from_json, settled, to_json


@given(sheets())
def test_a_sheet_kept_as_json_comes_back_the_same(sheet: RecordSheet) -> None:
    assert from_json(to_json(sheet)) == sheet


@given(st.text() | st.sampled_from(["{}", "[]", "null", '{"schema": "fieldvisit.record-sheet/1"}']))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        from_json(text)


@pytest.mark.parametrize("part", ["visit_id", "sections", "people", "guidance", "heading"])
def test_json_that_lost_a_part_is_refused(part: str) -> None:
    with pytest.raises(Refused):
        from_json(to_json(SHEET).replace(f'"{part}"', '"x"'))


@given(WILD)
def test_settling_is_done_once_and_blind_to_line_ends(text: str) -> None:
    assert settled(settled(text)) == settled(text)
    assert settled(text.replace("\r\n", "\n").replace("\n", "\r\n")) == settled(text)


def test_settling_keeps_blanks_that_mean_something() -> None:
    assert settled("\n 一 \r\n\r\n　二\t\n") == "一\n\n　二"
