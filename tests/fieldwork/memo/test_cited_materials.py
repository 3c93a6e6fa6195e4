"""The marks of a memo that name a material, kept in its text where they stood."""

import pytest

from fieldvisit.fieldwork.memo.marks import take_marks, with_materials


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("効果は300時間。（資料1 p.7）", "効果は300時間。（資料1 p.7）"),
        ("効果は300時間（資料1 p.7）。", "効果は300時間（資料1 p.7）。"),
        ("300時間減 (material 1 p.7)", "300時間減 (material 1 p.7)"),
        ("【資料2】効果。", "【資料2】効果。"),
        ("【発言】効果（資料1）。", "効果（資料1）。"),
        ("【発言】効果。（資料1）【関係者限り】", "効果。（資料1）"),
        ("効果【発言】（資料1）。", "効果（資料1）。"),
        ("効果（資料1）【発言】。", "効果（資料1）。"),
        ("【発言・資料1 p.7】効果。", "【発言・資料1 p.7】効果。"),
        ("【オフレコ】効果。", "効果。"),
    ],
)
def test_a_text_keeps_the_material_and_no_other_mark(typed: str, expected: str) -> None:
    assert with_materials(typed) == expected
    assert "資料" not in take_marks(typed)[1]
