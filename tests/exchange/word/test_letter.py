"""Letters in Word: out, filled in with and without tracked changes, and back."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from hypothesis import given

import strategies
from examples import examples
from exchange import word_raw
from exchange.word_raw import paragraph, plain, run, through_libreoffice
from fieldvisit.errors import Refused
from fieldvisit.exchange import memo
from fieldvisit.exchange.office.hostile import HostileFile
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.review.letters import Answer
from letters import answers, in_word, letter, returned, write_cell

BODIES = ("専門職は12名である。", "RPAを税務で使う。\n効果は月20時間。", "公開している。")
PASSAGE, CHANGE, CORRECTION = 3, 4, 5
BY = 'w:id="9" w:author="市の人" w:date="2019-11-08T10:00:00Z"'


def put_in(text: str) -> str:
    return f"<w:ins {BY}>{run(text)}</w:ins>"


def taken_out(text: str) -> str:
    return f'<w:del {BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def told(found: dict[int, Answer]) -> list[tuple[str, str]]:
    return [
        (" ".join(sorted(one.choices)), one.text) for one in found.values() if not one.is_silent
    ]


TICKED = plain("□修正なし") + plain("☑修正あり")
AGREED = plain("☑修正なし") + plain("□修正あり")


def test_tracked_changes_in_a_passage_are_its_correction(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_word(sent, tmp_path / "a.docx")
    tracked = paragraph(run("専門職は"), taken_out("12"), put_in("13"), run("名である。"))
    write_cell(path, 1, PASSAGE, tracked)
    write_cell(path, 2, PASSAGE, paragraph(
        run("RPAを税務"), put_in("と福祉"), run("で使う。"), look=f"<w:rPr><w:ins {BY}/></w:rPr>"
    ) + paragraph(taken_out("効果は月20時間。")))  # fmt: skip
    write_cell(path, 2, CHANGE, TICKED)
    found = answers(sent, path)
    assert told(found) == [
        ("", "専門職は13名である。"), ("corrected", "RPAを税務と福祉で使う。"),
    ]  # fmt: skip
    assert not any(one.beside for one in found.values())


def test_a_passage_taken_out_a_row_put_in_and_a_comment_are_kept(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_word(sent, tmp_path / "a.docx")
    write_cell(path, 1, PASSAGE, paragraph(taken_out("専門職は12名である。")))
    comment = '<w:r><w:commentReference w:id="7"/></w:r>'
    write_cell(path, 2, PASSAGE, plain("RPAを税務で使う。") + paragraph(
        run("効果は月20時間。"), comment))  # fmt: skip
    write_cell(path, 2, CHANGE, AGREED)
    parts = word_raw.unpack(path)
    links = parts["word/_rels/document.xml.rels"].decode()
    kind = f"{word_raw.OFFICE}/comments"
    more = f'<Relationship Id="c1" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = links.replace("</Relationships>", more).encode()
    inside = f'<w:comment w:id="7" w:author="市の人">{plain("課名を確認中")}</w:comment>'
    parts["word/comments.xml"] = word_raw.part("comments", inside).encode()
    xml = parts["word/document.xml"].decode()
    new = word_raw.row(*(word_raw.cell(plain(text)) for text in ("", "", "追加の話", "", "")))
    end = xml.rindex("</w:tbl>")
    parts["word/document.xml"] = f"{xml[:end]}{new}{xml[end:]}".encode()
    word_raw.pack(path, parts)
    found = answers(sent, path)
    assert (found[1].text, found[1].reasons) == ("", ("emptied", "deleted"))
    assert [(piece.text, piece.look) for piece in found[2].beside] == [("課名を確認中", "comment")]
    loose = [p.text for p in returned(sent, path).pieces if not (p.slot or p.look)]
    assert [text for text in loose if text] == ["追加の話"]


def without(path: Path, *lost: str) -> Path:
    """Take out what carries the tags: `controls` or `properties`."""
    parts = word_raw.unpack(path)
    if "controls" in lost:
        xml = parts["word/document.xml"].decode()
        parts["word/document.xml"] = xml.replace("<w:tag ", "<w:lost ").encode()
    if "properties" in lost:
        parts["docProps/custom.xml"] = b"<Properties/>"
    return word_raw.pack(path, parts)


@pytest.mark.parametrize("lost", ["controls", "properties"])
def test_tags_outlive_programs_that_lose_one_carrier(tmp_path: Path, lost: str) -> None:
    sent = letter(BODIES)
    path = without(in_word(sent, tmp_path / "a.docx"), lost)
    write_cell(path, 2, CHANGE, AGREED)
    assert [number for number, one in answers(sent, path).items() if one.agrees] == [2]
    assert returned(sent, path).sheet


def test_without_any_carrier_every_row_is_kept(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = without(in_word(sent, tmp_path / "a.docx"), "controls", "properties")
    write_cell(path, 2, CORRECTION, plain("直した"))
    assert answers(sent, path) == {}
    assert any("直した" in piece.text for piece in read_file(path).pieces)
    assert read_file(path).sheet == ""


@pytest.mark.programs
def test_a_letter_saved_by_libreoffice_comes_back(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_word(sent, tmp_path / "a.docx")
    write_cell(path, 1, PASSAGE, paragraph(run("専門職は"), taken_out("12"), put_in("13名。")))
    write_cell(path, 3, CHANGE, AGREED)
    assert told(answers(sent, through_libreoffice(path))) == [("", "専門職は13名。"), ("ok", "")]


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.html", "none.docx", "none.md"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    if name.startswith("a."):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(Refused, match=name.replace(".", r"\.")):
        read_file(tmp_path / name)


def test_hostile_files_are_refused(tmp_path: Path) -> None:
    path = in_word(letter(BODIES), tmp_path / "a.docx")
    parts = word_raw.unpack(path)
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"].partition(b"?>")[2]
    for bad in (
        {"word/document.xml": b"<w:a"},
        {"word/document.xml": entity},
        {"word/styles.xml": b"<w:a"},
        {"docProps/custom.xml": b"<w:a"},
        {"word/document.xml": b"<workbook/>"},
    ):
        with pytest.raises(HostileFile):
            read_file(word_raw.pack(tmp_path / "bad.docx", parts | bad))


@examples(40)
@given(body=strategies.bodies, topic=strategies.storable)
def test_any_text_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, body: str, topic: str
) -> None:
    sent = letter([body], topic)
    path = in_word(sent, tmp_path_factory.mktemp("letter") / "a.docx")
    assert [one.is_silent for one in answers(sent, path).values()] == [True]
    write_cell(path, 1, CHANGE, AGREED)
    assert [one.agrees for one in answers(sent, path).values()] == [True]


OFF = "off-record"


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)


def saved(path: Path, *rows: list[str], merged: tuple[int, int] | None = None) -> Memo:
    """A memo with a table between two paragraphs; ``merged`` are rows whose first cell is one."""
    document = WordDocument()
    document.add_paragraph("前。")
    table = document.add_table(len(rows), len(rows[0]))
    fill(table, list(rows))
    if merged:
        table.cell(merged[0], 0).merge(table.cell(merged[1], 0))
    document.add_paragraph("後。")
    document.save(str(path / "memo.docx"))
    return read_memo(memo.read(path / "memo.docx").lines)


def levels(found: Memo) -> list[tuple[str, str]]:
    assert [p.text for p in found.paragraphs[:: len(found.paragraphs) - 1]] == ["前。", "後。"]
    assert {p.disclosure for p in found.paragraphs[:: len(found.paragraphs) - 1]} == {""}
    return [(p.text, p.disclosure) for p in found.paragraphs[1:-1]]


def test_a_row_of_two_is_a_label_and_its_value(tmp_path: Path) -> None:
    found = saved(
        tmp_path,
        ["項目", "回答"], ["職員数", "12名（オフレコ）"], ["研修：", "年2回。"], ["Staff", "12"],
    )  # fmt: skip
    assert levels(found) == [
        ("項目：回答", ""), ("職員数：12名（オフレコ）", OFF), ("研修：年2回。", ""),
        ("Staff: 12", ""),
    ]  # fmt: skip
    assert found.closed_by_words == 1


@pytest.mark.parametrize(
    "cell", ["オフレコ", "【オフレコ】", "引用不可", "非公開", "【オフレコ・発言】足りない。",
             "引用しないでください。", "ここだけの話"]
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_row_is_closed_by_any_of_its_cells(tmp_path: Path, cell: str, at: int) -> None:
    row = ["職員数", "専門職12名"]
    row.insert(at, cell)
    closed, plain = levels(saved(tmp_path, ["名", "数", "考"], row, ["甲", "乙", "丙"]))[1:]
    assert closed[1] == OFF
    assert "職員数 ／ " in closed[0] or closed[0].startswith("職員数")
    assert plain == ("甲 ／ 乙 ／ 丙", "")


def test_the_head_of_a_table_and_a_label_of_several_rows_close_them(tmp_path: Path) -> None:
    found = saved(tmp_path, ["項目", "回答（オフレコ）"], ["職員数", "12名"], ["", "一言。"])
    assert [level for _text, level in levels(found)] == [OFF, OFF, OFF]
    found = saved(tmp_path, ["人事（オフレコ）", ""], ["職員数", "12名"])
    assert [level for _text, level in levels(found)] == [OFF, OFF]
    found = saved(
        tmp_path, ["項目", "回答"], ["人事（オフレコ）", "異動"], ["", "昇任"], ["他", "話"],
        merged=(1, 2),
    )  # fmt: skip
    assert levels(found) == [
        ("項目：回答", ""), ("人事（オフレコ）：異動", OFF), ("人事（オフレコ）：昇任", OFF),
        ("他：話", ""),
    ]  # fmt: skip


def test_what_is_struck_in_a_row_is_named(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "職員数"
    paragraph = table.cell(0, 1).paragraphs[0]
    paragraph.add_run("12名")
    paragraph.add_run("13名").font.strike = True
    document.save(str(tmp_path / "memo.docx"))
    found = read_memo(memo.read(tmp_path / "memo.docx").lines)
    assert [p.text for p in found.paragraphs] == ["職員数：12名"]
    assert [line.text for line in found.strays] == ["13名"]


def test_a_table_in_a_cell_belongs_to_the_row_around_it(tmp_path: Path) -> None:
    document = WordDocument()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "人事（オフレコ）"
    fill(outer.cell(0, 1).add_table(2, 2), [["異動", "3名"], ["昇任", "1名"]])
    document.save(str(tmp_path / "memo.docx"))
    [found] = read_memo(memo.read(tmp_path / "memo.docx").lines).paragraphs
    assert found.disclosure == OFF
    assert found.text == "人事（オフレコ）：異動\n3名\n昇任\n1名"


def test_text_in_no_paragraph_of_a_cell_is_closed_with_its_row(tmp_path: Path) -> None:
    cells = f"<w:tc>{plain('人事（オフレコ）')}</w:tc><w:tc>{run('異動は3名')}</w:tc>"
    path = word_raw.write(tmp_path / "memo.docx", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    [found] = read_memo(memo.read(path).lines).paragraphs
    assert (found.text, found.disclosure) == ("人事（オフレコ）：異動は3名", OFF)


def test_a_long_cell_that_goes_on_below_closes_and_is_not_repeated(tmp_path: Path) -> None:
    label = f"オフレコ{'長' * 300}"
    found = saved(tmp_path, ["項目", "回答"], [label, "異動"], ["", "昇任"], merged=(1, 2))
    assert levels(found)[1:] == [(f"{label}：異動", OFF), ("昇任", OFF)]


def test_many_rows_of_one_label_and_deep_tables_take_their_time_once(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = "".join(f"<w:tr>{cell}<w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc></w:tr>"
                   for n in range(3000))  # fmt: skip
    first = cell.replace("<w:p/>", "<w:p><w:r><w:t>職員</w:t></w:r></w:p>")
    first = first.replace("vMerge/", 'vMerge w:val="restart"/')
    deep = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl><w:p/>" * 80
    table = f"<w:tbl><w:tr>{first}{cell}</w:tr>{rows}</w:tbl>{deep}<w:p/>"
    found = read_memo(memo.read(word_raw.write(tmp_path / "memo.docx", table)).lines)
    assert found.paragraphs[-1].text == "職員：2999"
    assert len(found.paragraphs) == 3001
