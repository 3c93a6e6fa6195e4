"""Text of Word files that is more than letters: signs, readings, links, fields."""

from pathlib import Path

from exchange.word_raw import paragraph, run
from exchange.word_read import body, found, texts


def test_emoji_are_read_from_their_other_form(tmp_path: Path) -> None:
    emoji = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w16se:symEx w16se:char='1F60A'/>"
        "</mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(body(tmp_path, paragraph(run("笑"), emoji, run("顔")))) == ["笑😊顔"]


def test_signs_stand_for_their_characters(tmp_path: Path) -> None:
    signs = (
        "<w:noBreakHyphen/><w:softHyphen/><w:cr/><w:ptab/>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="X" w:char="3042"/>'
        '<w:sym w:char="?"/>'
    )
    stops = '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    page = body(tmp_path, paragraph(f"<w:r>{signs}</w:r>", look=stops))
    assert texts(page) == ["\u2011\u00ad\n\t☑あ\ufffd"]


def test_readings_above_words_follow_them(tmp_path: Path) -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('よしだ')}</w:rt>"
        f"<w:rubyBase>{run('𠮷田')}</w:rubyBase></w:ruby></w:r>"
    )
    assert texts(body(tmp_path, paragraph(ruby, run("課長")))) == ["𠮷田（よしだ）課長"]


def test_links_fields_and_maths_give_what_is_seen(tmp_path: Path) -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    link = f'<w:hyperlink w:anchor="x">{run("リンク")}</w:hyperlink>'
    code = "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>"
    result = f"{field('begin')}{code}{run('式')}{field('separate')}{run('結果')}{field('end')}"
    maths = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )
    page = body(tmp_path, paragraph(link, result, maths))
    assert found(page) == [("リンク結果1/3", "", ""), ("式", "", "hidden")]


def test_answers_in_form_fields_are_text(tmp_path: Path) -> None:
    def form(inside: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar>'

    end = '<w:fldChar w:fldCharType="end"/></w:r>'
    ticked = form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + end
    free = form('<w:checkBox><w:default w:val="0"/></w:checkBox>') + end
    chosen = form(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ある"/><w:listEntry w:val="ない"/>'
        "</w:ddList>"
    )
    page = body(tmp_path, paragraph(ticked, run("有"), free, run("無"), chosen + end))
    assert texts(page) == ["☑有☐無ない"]
