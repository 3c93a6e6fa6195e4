import pytest
from hypothesis import given

from exchange.record_sheets import WILD
from fieldvisit.fieldwork.record.marks import almost_off_record, begins_with_mark
from fieldvisit.fieldwork.record.signs import escaped, guidance_lines, read_note_line, unescaped


@given(WILD)
def test_an_escaped_line_is_no_sign_and_comes_back_the_same(text: str) -> None:
    line = text.replace("\n", "").replace("\r", "")
    written = escaped(line)
    assert unescaped(written) == line
    assert not written.lstrip().startswith(("#", "<!--"))
    assert not begins_with_mark(written.lstrip())
    assert not almost_off_record(written.lstrip())
    assert len(written) - len(line) in {0, 1}


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("# x", "\\# x"),
        ("　## x", "　\\## x"),
        ("\\# x", "\\\\# x"),
        ("<!-- x", "\\<!-- x"),
        ("【発言】x", "\\【発言】x"),
        ("【参考】x", "【参考】x"),
        ("・オフレコ：x", "\\・オフレコ：x"),
        ("x（オフレコ）", "\\x（オフレコ）"),
        ("\\x（オフレコ）", "\\\\x（オフレコ）"),
        ("\\server", "\\server"),
        ("＃ x", "＃ x"),
        ("x # y", "x # y"),
    ],
)
def test_only_what_would_be_taken_for_a_sign_gets_a_backslash(line: str, written: str) -> None:
    assert escaped(line) == written


@given(WILD)
def test_guidance_stays_a_comment_on_one_line(text: str) -> None:
    for line in guidance_lines(text):
        assert line.startswith("<!-- · ")
        assert line.index("-->") == len(line) - 3
        assert "\n" not in line


def test_the_line_of_a_note_may_have_blanks_around() -> None:
    assert read_note_line("  <!--  note  abc  -->　") == ""
    assert read_note_line("  <!-- note abc -->　") == "abc"
