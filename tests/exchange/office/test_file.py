"""Word and Excel files from outside: harmless ones are opened, others say why not."""

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import word_raw
from exchange.office_raw import BODY, GOOD, TYPE, Make, in_utf_16, outside, with_part
from exchange.word_raw import links, pack, plain
from fieldvisit.errors import Refused
from fieldvisit.exchange.office.file import office_parts
from fieldvisit.exchange.office.hostile import HostileFile

SAFE: dict[str, Make] = {
    "plain": lambda path: pack(path, GOOD),
    "link to click": with_part("word/_rels/document.xml.rels", outside("hyperlink")),
    "drawing with a type": with_part("word/media/a.svg", f"{TYPE}<svg/>"),
    "in UTF-16": with_part("word/document.xml", in_utf_16(BODY)),
    "folders": with_part("word/", ""),
    "text about types": with_part("word/a.xml", "<a>&lt;!DOCTYPE html></a>"),
    "white picture": with_part("word/media/a.bmp", bytes(900_000)),
}


@pytest.mark.parametrize("case", SAFE)
def test_a_harmless_file_passes_as_it_is(case: str, tmp_path: Path) -> None:
    path = SAFE[case](tmp_path / "a.docx")
    file = office_parts(path)
    assert file.name == "a.docx"
    assert file.stream().getvalue() == path.read_bytes()
    with zipfile.ZipFile(file.stream()) as packed:
        assert set(file.parts) == set(packed.namelist())
        for name in file.parts:
            assert file.part(name.upper()) == packed.read(name)
    assert file.part("word/nothing.xml") is None
    assert file.related("", "officeDocument") == ("word/document.xml",)


def test_related_parts_are_found_wherever_they_lie(tmp_path: Path) -> None:
    targets = {"styles": "styles.xml", "header": "/word/h.xml", "image": "../media/a.png"}
    make = with_part("word/_rels/document.xml.rels", links(targets))
    file = office_parts(make(tmp_path / "a.docx"))
    found = [file.related("word/document.xml", kind) for kind in targets]
    assert found == [("word/styles.xml",), ("word/h.xml",), ("media/a.png",)]


def test_what_is_checked_is_what_is_read_even_if_the_file_changes(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", GOOD)
    file = office_parts(path)
    path.write_bytes(b"changed")
    assert file.part("word/document.xml") == BODY.encode()


def test_what_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="it does not exist"):
        office_parts(tmp_path / "none.docx")
    with pytest.raises(Refused, match="it is a folder"):
        office_parts(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(Refused, match="it is a pipe or a device"):
        office_parts(tmp_path / "pipe.docx")


@given(data=st.data())
def test_a_file_with_flipped_bytes_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("flip") / "a.docx"
    word_raw.write(path, plain("回答", "二行目"), styles="", comments="")
    changed = bytearray(path.read_bytes())
    places = st.integers(0, len(changed) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        changed[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(changed)) | st.just(len(changed)))
    path.write_bytes(changed[:cut])
    try:
        file = office_parts(path)
    except HostileFile:
        return
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        assert all(file.part(name) == packed.read(name) for name in packed.namelist())
