"""Word and Excel files from outside: harmless ones are opened, others say why not."""

import os
import random
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import word_raw
from exchange.office_raw import (
    BODY,
    GOOD,
    TYPE,
    Make,
    as_link,
    bomb,
    compound,
    huge_directory,
    in_another_packing,
    in_utf_16,
    lying_about_size,
    many_parts,
    many_small_bombs,
    marked_encrypted,
    of_bytes,
    outside,
    overlapping,
    twice,
    typed,
    with_part,
)
from exchange.word_raw import links, pack, plain
from fieldvisit.errors import Refused
from fieldvisit.exchange import office
from fieldvisit.exchange.office import OfficeFile, office_parts
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.pieces import Where


def parts_of(path: Path) -> OfficeFile:
    return office_parts(path.name, path.read_bytes())


SAFE: dict[str, Make] = {
    "plain": lambda path: pack(path, GOOD),
    "link to click": with_part("word/_rels/document.xml.rels", outside("hyperlink")),
    "drawing with a type": with_part("word/media/a.svg", f"{TYPE}<svg/>"),
    "in UTF-16": with_part("word/document.xml", in_utf_16(BODY)),
    "folders": with_part("word/", ""),
    "text about types": with_part("word/a.xml", "<a>&lt;!DOCTYPE html></a>"),
    "white picture": with_part("word/media/a.bmp", bytes(900_000)),
}
# What leads out of a file: its look and name, nothing for what is told where it is seen.
LEADS_OUT: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "template": ("word/_rels/settings.xml.rels", outside("attachedTemplate", "https://x/課.dotx"),
                 [("template", "template: 課.dotx")]),
    "object": ("word/_rels/document.xml.rels", outside("oleObject"), []),
    "picture": ("word/_rels/document.xml.rels", outside("image", r"\\host\share\x.png"), []),
    "other workbook": ("xl/externalLinks/_rels/a.xml.rels",
                       outside("externalLinkPath", r"\\host\b.xlsx"),
                       [("link", "link to another file: b.xlsx")]),
}  # fmt: skip


@pytest.mark.parametrize("case", LEADS_OUT)
def test_what_leads_out_of_a_file_is_named_and_not_refused(case: str, tmp_path: Path) -> None:
    part, links_out, named = LEADS_OUT[case]
    file = parts_of(with_part(part, links_out)(tmp_path / "a.docx"))
    found = file.ignored(Where("a.docx", "paragraph", 1))
    assert [(piece.look, piece.text) for piece in found] == named


@pytest.mark.parametrize("case", SAFE)
def test_a_harmless_file_passes_as_it_is(case: str, tmp_path: Path) -> None:
    path = SAFE[case](tmp_path / "a.docx")
    file = parts_of(path)
    assert file.name == "a.docx"
    assert file.copy == path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        assert set(file.parts) == set(packed.namelist())
        for name in file.parts:
            if name.endswith(".svg"):
                with pytest.raises(HostileFile, match="type"):  # it is there, and never parsed
                    file.part(name)
            elif name.endswith(".xml"):
                assert file.part(name.upper()) == packed.read(name)
    assert file.part("word/nothing.xml") is None
    assert file.related("", "officeDocument") == ("word/document.xml",)


def test_related_parts_are_found_wherever_they_lie(tmp_path: Path) -> None:
    targets = {"styles": "styles.xml", "header": "/word/h.xml", "image": "../media/a.png"}
    make = with_part("word/_rels/document.xml.rels", links(targets))
    file = parts_of(make(tmp_path / "a.docx"))
    found = [file.related("word/document.xml", kind) for kind in targets]
    assert found == [("word/styles.xml",), ("word/h.xml",), ("media/a.png",)]


def test_what_is_checked_is_what_is_read_even_if_the_file_changes(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", GOOD)
    file = parts_of(path)
    path.write_bytes(b"changed")
    assert file.part("word/document.xml") == BODY.encode()


def test_what_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no file .*none\.docx"):
        read_file(tmp_path / "none.docx")
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(Refused, match="it is a folder"):
        read_file(tmp_path / "folder.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(Refused, match="it is a pipe or a device"):
        read_file(tmp_path / "pipe.docx")


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
    with suppress(HostileFile):
        read_file(path)


UNSAFE: dict[str, tuple[Make, str]] = {
    "empty": (of_bytes(b""), "damaged"),
    "text": (of_bytes("ただの文章".encode()), "damaged"),
    "no Office file": (lambda path: pack(path, {"a.txt": "x"}), "damaged"),
    "cut off": (lambda path: of_bytes(pack(path, GOOD).read_bytes()[:-40])(path), "damaged"),
    "another packing": (in_another_packing, "damaged"),
    "size lies": (lying_about_size, "damaged"),
    "broken list of types": (with_part("[Content_Types].xml", "<Types"), "damaged"),
    "links without end": (with_part("word/_rels/x.rels", "<a>" * 300_000), "damaged"),
    "password": (compound("EncryptionInfo", "EncryptedPackage"), "password"),
    "old Word": (compound("WordDocument", "1Table"), "(.doc)"),
    "old Excel": (compound("Workbook"), "(.xls)"),
    "older Excel": (compound("Book"), "(.xls)"),
    "old something": (compound("PowerPoint Document"), "old format of Office"),
    "folder above": (with_part("../evil.xml", "<a/>"), "'../evil.xml'"),
    "folder above inside": (with_part("word/../../evil.xml", "<a/>"), "leads out"),
    "absolute": (with_part("/etc/evil.xml", "<a/>"), "leads out"),
    "backslash": (with_part("word\\..\\evil.xml", "<a/>"), "leads out"),
    "drive": (with_part("C:evil.xml", "<a/>"), "leads out"),
    "twice": (twice, "one name (word/document.xml)"),
    "twice but for case": (with_part("WORD/Document.XML", "<a/>"), "one name (WORD/Document.XML)"),
    "link": (as_link, "word/link.xml"),
    "encrypted": (marked_encrypted, "encrypted"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "macros"),
    "macros by type": (
        with_part(
            "[Content_Types].xml", typed("application/vnd.ms-word.document.macroEnabled.main+xml")
        ),
        "macros",
    ),
    "macros by type in disguise": (
        with_part("[Content_Types].xml", typed("application/vnd.ms-word.macro&#69;nabled")),
        "macros",
    ),
    "macros of Excel 4": (
        with_part(
            "[Content_Types].xml", in_utf_16(typed("application/vnd.ms-excel.macrosheet+xml"))
        ),
        "macros",
    ),
    "document type": (with_part("word/document.xml", f"<?xml version='1.0'?>{TYPE}<a/>"), "(DTD)"),
    "document type, late": (
        with_part("word/document.xml", f"<!--{'x' * 70_000}-->{TYPE}<a/>"),
        "(DTD)",
    ),
    "document type without ending": (
        lambda path: pack(
            path,
            GOOD
            | {
                "word/_rels/document.xml.rels": links({"styles": "a.dat"}),
                "word/a.dat": f"{TYPE}<a/>",
            },
        ),
        "(DTD)",
    ),
    "document type in UTF-16": (with_part("word/document.xml", in_utf_16(f"{TYPE}<a/>")), "(DTD)"),
    "document type in UTF-16 without mark": (
        with_part("word/document.xml", in_utf_16(f"{TYPE}<a/>", "utf-16-be")),
        "(DTD)",
    ),
    "entity alone": (with_part("word/document.xml", '<!ENTITY a "b"><a/>'), "damaged"),
    "hidden in UTF-7": (
        with_part(
            "word/document.xml",
            "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-<a/>",
        ),
        "damaged",
    ),
    "hidden in UTF-32": (
        with_part("word/document.xml", f"{TYPE}<a/>".encode("utf-32-le")),
        "damaged",
    ),
    "hidden in EBCDIC": (
        with_part(
            "word/document.xml",
            b"<?xml version='1.0' encoding='cp037'?>" + f"{TYPE}<a/>".encode("cp037"),
        ),
        "damaged",
    ),
    "many parts": (many_parts, "2,000"),
    "huge directory": (huge_directory, "2,000"),
    "bomb": (bomb, "suspicious"),
    "many small bombs": (many_small_bombs, "200 MB"),
    "overlapping": (overlapping, "damaged"),
}


@pytest.mark.parametrize("case", UNSAFE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_unsafe_file_is_refused_by_name_and_reason(case: str, tmp_path: Path) -> None:
    make, reason = UNSAFE[case]
    path = make(tmp_path / "回答.docx")
    with pytest.raises(HostileFile) as refused:
        read_file(path)
    assert refused.value.sentence.startswith("“回答.docx” was not read: ")
    assert reason in refused.value.sentence
    assert refused.value.hint
    assert [found.name for found in tmp_path.iterdir()] == ["回答.docx"]


def test_a_large_part_of_xml_is_refused_by_its_size(tmp_path: Path) -> None:
    words = (random.Random(0).randbytes(2_000).hex() + " " * 60_000) * 800
    with pytest.raises(HostileFile, match="larger than 50 MB"):
        read_file(with_part("word/document.xml", f"<a>{words}")(tmp_path / "a.docx"))


@pytest.mark.parametrize("case", ["bomb", "many small bombs", "overlapping", "huge directory"])
def test_a_bomb_does_not_fill_the_memory(case: str, tmp_path: Path) -> None:
    path = UNSAFE[case][0](tmp_path / "a.docx")
    script = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))\n"
        "from fieldvisit.exchange.returned_files import read_file\n"
        "from fieldvisit.exchange.refusals import HostileFile\n"
        "try: read_file(Path(sys.argv[1]))\n"
        "except HostileFile as refused: print(refused)\n"
    )
    source = str(Path(office.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": source},
    )  # fmt: skip
    assert "was not read" in done.stdout
