"""Our own sheet in Word, as we wrote it and as LibreOffice saves it."""

from pathlib import Path

import pytest

from exchange import word_raw
from exchange.word_raw import found, paragraph, plain, read, run, strike
from exchange.word_sheets import BLOCKS, check, fill_with, sheet
from fieldvisit.documents.page import Box, Heading
from fieldvisit.exchange.returned_files import read_file

pytestmark = pytest.mark.programs


def test_libreoffice_may_save_our_sheet(tmp_path: Path) -> None:
    check(read_file(word_raw.through_libreoffice(sheet(tmp_path / "a.docx", *BLOCKS))))


def test_libreoffice_may_save_changes_and_looks(tmp_path: Path) -> None:
    typed = paragraph(
        run("前"), strike("取り消し"), run("隠し", "<w:vanish/>"),
        f'<w:del w:id="91" w:author="a">{run("旧").replace("w:t", "w:delText")}</w:del>',
        f'<w:ins w:id="92" w:author="a">{run("新")}</w:ins>', run("\n太字\t後", "<w:b/>"),
    )  # fmt: skip
    path = sheet(tmp_path / "a.docx", Heading(1, "題"), Box("回答", 4, "v:1"))
    fill_with(path, {"v:1": typed + plain("", "二つ目 second")})
    page = read(word_raw.through_libreoffice(path))
    assert [(piece.text, piece.look) for piece in page if piece.slot == "v:1"] == [
        ("前新\n太字\t後\n\n二つ目 second", ""), ("取り消し", "struck"), ("隠し", "hidden"),
        ("旧", "deleted"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["comment", "footnote"])
def test_libreoffice_may_save_notes_in_the_margin(kind: str, tmp_path: Path) -> None:
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    notes = {f"{kind}s": f'<w:{kind} w:id="2" w:author="山田">{plain("確認中")}</w:{kind}>'}
    path = word_raw.write(tmp_path / "a.docx", paragraph(run("回答"), reference), **notes)
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    listed = f'<Override PartName="/word/{kind}s.xml" ContentType="{office}.{kind}s+xml"/>'
    types = word_raw.TYPES.replace("</Types>", f"{listed}</Types>")
    word_raw.pack(path, word_raw.unpack(path) | {"[Content_Types].xml": types.encode()})
    page = read(word_raw.through_libreoffice(path))
    assert [(text.strip(), box, why) for text, box, why in found(page)] == [
        ("回答", "", ""), ("確認中", "", "comment"),
    ]  # fmt: skip
