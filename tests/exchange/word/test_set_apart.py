"""What is set apart in Word files: tracked changes, struck and hidden text, comments."""

from pathlib import Path

import pytest

from exchange.word_raw import cell, control, paragraph, plain, row, run, table
from exchange.word_read import STYLES, apart, body, found, strike, styled, texts


def test_tracked_changes_leave_what_was_meant(tmp_path: Path) -> None:
    inside = paragraph(
        run("職員は"),
        f"<w:del>{run('10').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('12')}</w:ins>",
        run("名"),
        f"<w:moveFrom>{run('動いた')}</w:moveFrom>",
        f"<w:moveTo>{run('来た')}</w:moveTo>",
    )
    page = body(tmp_path, control("a", inside))
    assert found(page) == [
        ("職員は12名来た", "a", ""), ("10", "a", "deleted"), ("動いた", "a", "deleted"),
    ]  # fmt: skip


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(tmp_path: Path) -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    inside = (
        paragraph(run("前半"), look=gone)
        + paragraph(f"<w:del>{run('すべて消した')}</w:del>", look=gone)
        + plain("後半")
        + control("a", paragraph(run("枠の終わり"), look=gone))
        + plain("次")
    )
    assert found(body(tmp_path, inside)) == [
        ("前半後半", "", ""), ("すべて消した", "", "deleted"),
        ("枠の終わり", "a", ""), ("次", "", ""),
    ]  # fmt: skip


def test_deleted_and_hidden_rows_and_cells_are_apart(tmp_path: Path) -> None:
    def of(kind: str, properties: str, text: str) -> str:
        inside = f"<w:tr><w:trPr>{properties}</w:trPr>{cell(plain(text))}</w:tr>"
        return inside if kind == "tr" else row(cell(plain(text)).replace("<w:tcPr/>", properties))

    inside = table(
        of("tr", "<w:del/>", "消した行"),
        of("tr", "<w:hidden/>", "隠した行"),
        of("tr", '<w:hidden w:val="0"/>', "見える行"),
        of("tc", "<w:tcPr><w:cellDel/></w:tcPr>", "消した欄"),
        of("tr", "", "残る行"),
    )
    page = body(tmp_path, inside)
    assert [text for text in texts(page) if text] == ["見える行", "残る行"]
    assert apart(page) == [
        ("消した行", "deleted"), ("隠した行", "hidden"), ("消した欄", "deleted"),
    ]  # fmt: skip


@pytest.mark.parametrize("look", ["<w:strike/>", '<w:strike w:val="true"/>', "<w:dstrike/>"])
def test_struck_text_is_apart(look: str, tmp_path: Path) -> None:
    page = body(tmp_path, paragraph(run("残す"), run("消す", look), run("も残す")))
    assert found(page) == [("残すも残す", "", ""), ("消す", "", "struck")]


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_a_switch_that_is_off_strikes_nothing(value: str, tmp_path: Path) -> None:
    look = f'<w:strike w:val="{value}"/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>'
    assert found(body(tmp_path, paragraph(run("残す", look)))) == [("残す", "", "")]


def test_a_paragraph_struck_out_as_a_whole_leaves_no_empty_line(tmp_path: Path) -> None:
    inside = paragraph(strike("一")) + paragraph(run("二", "<w:vanish/>")) + plain("三")
    assert found(body(tmp_path, inside)) == [
        ("一", "", "struck"), ("二", "", "hidden"), ("三", "", ""),
    ]  # fmt: skip


def test_styles_strike_and_hide(tmp_path: Path) -> None:
    inside = "".join(
        (
            styled("字の様式", run_style="C"),
            styled("段落の様式", "P"),
            styled("受け継いだ様式", "P2"),
            styled("打ち消し合う", "P", "C"),
            styled("じかに外した", "P", look='<w:strike w:val="0"/>'),
            styled("隠した", run_style="H"),
            styled("知らない様式", "X", "Y"),
            styled("輪になった様式", "A"),
            styled("表の様式", "Tbl"),
        )
    )
    page = body(tmp_path, inside, styles=STYLES)
    assert apart(page) == [
        ("字の様式", "struck"), ("段落の様式", "struck"), ("受け継いだ様式", "struck"),
        ("隠した", "hidden"),
    ]  # fmt: skip
    assert texts(page) == [
        "打ち消し合う", "じかに外した", "知らない様式", "輪になった様式", "表の様式",
    ]  # fmt: skip


def test_the_usual_style_and_the_defaults_count(tmp_path: Path) -> None:
    usual = STYLES.replace('w:styleId="P"', 'w:default="1" w:styleId="P"')
    assert apart(body(tmp_path, plain("本文"), styles=usual)) == [("本文", "struck")]
    everywhere = STYLES.replace("<w:rPr/>", "<w:rPr><w:vanish/></w:rPr>")
    assert apart(body(tmp_path, plain("本文"), styles=everywhere)) == [("本文", "hidden")]


def test_placeholders_are_no_text_and_what_replaced_them_is(tmp_path: Path) -> None:
    shown = "<w:showingPlcHdr/>"
    inside = "".join(
        (
            control("empty", styled("ここをクリック", run_style="Plc"), shown),
            control("filled", styled("印を残した回答"), shown),
            control("off", styled("回答"), '<w:showingPlcHdr w:val="0"/>'),
            control("saved elsewhere", styled("クリックまたは", run_style="Plc")),
        )
    )
    assert found(body(tmp_path, inside, styles=STYLES)) == [
        ("", "empty", ""),
        ("", "filled", ""), ("印を残した回答", "filled", "instruction"),
        ("回答", "off", ""),
        ("", "saved elsewhere", ""), ("クリックまたは", "saved elsewhere", "instruction"),
    ]  # fmt: skip


def test_comments_stand_behind_what_they_are_about_without_their_authors(tmp_path: Path) -> None:
    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    comments = (
        f'<w:comment w:id="1" w:author="山田太郎" w:initials="YT">{plain("確認中", "です")}'
        f'</w:comment><w:comment w:id="7" w:author="x">{plain("どこにもない")}</w:comment>'
    )
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("<w:r><w:separator/></w:r>")}'
        f'</w:footnote><w:footnote w:id="1">{plain("脚注")}</w:footnote>'
    )
    inside = control("a", paragraph(run("回答"), reference("comment", 1))) + paragraph(
        run("注つき"), reference("footnote", 1), reference("endnote", 1)
    )
    page = body(
        tmp_path, inside + plain("後"), comments=comments, footnotes=notes,
        endnotes=f'<w:endnote w:id="1">{plain("文末注")}</w:endnote>',
    )  # fmt: skip
    assert found(page) == [
        ("回答", "a", ""), ("確認中\nです", "a", "comment"),
        ("注つき", "", ""), ("脚注", "", "comment"), ("文末注", "", "comment"), ("後", "", ""),
        ("どこにもない", "", "comment"),
    ]  # fmt: skip
    assert [line.where.number for line in page.lines] == [1, 1, 2, 2, 2, 3, 3]


def test_foreign_heads_and_feet_are_apart_but_for_numbers_of_pages(tmp_path: Path) -> None:
    page = body(tmp_path, plain("本文"), header=plain("千葉市"), footer=plain("- 3 / 12 -"))
    assert found(page) == [("本文", "", ""), ("千葉市", "", "margin")]
