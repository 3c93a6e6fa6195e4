"""Letters in Word: out, filled in with and without tracked changes, and back."""

from pathlib import Path

import pytest

from exchange import word_raw
from exchange.word_raw import paragraph, plain, run, through_libreoffice
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.letters import Answer
from letters import answers, in_word, letter, write_cell

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
    loose = [p.text for p in read_file(path).pieces if not (p.slot or p.look)]
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


@pytest.mark.parametrize("lost", [("controls",), ("properties",), ("controls", "properties")])
def test_tags_outlive_programs_that_lose_one_carrier_and_words_those_that_lose_both(
    tmp_path: Path, lost: tuple[str, ...]
) -> None:
    sent = letter(BODIES)
    path = without(in_word(sent, tmp_path / "a.docx"), *lost)
    write_cell(path, 2, CHANGE, AGREED)
    write_cell(path, 3, CORRECTION, plain("直した"))
    found, is_known = read_file(path), len(lost) == 1
    assert (told(answers(sent, path)), bool(found.sheet)) == (
        [("ok", ""), ("", "直した")] if is_known else [], is_known
    )  # fmt: skip
    assert any("直した" in piece.text for piece in found.pieces)


@pytest.mark.programs
def test_a_letter_saved_by_libreoffice_comes_back(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_word(sent, tmp_path / "a.docx")
    write_cell(path, 1, PASSAGE, paragraph(run("専門職は"), taken_out("12"), put_in("13名。")))
    write_cell(path, 3, CHANGE, AGREED)
    assert told(answers(sent, through_libreoffice(path))) == [("", "専門職は13名。"), ("ok", "")]
