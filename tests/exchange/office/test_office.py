"""Word and Excel files from outside: harmless ones are opened, others say why not."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import word_raw
from exchange.word_raw import DOCUMENT, TYPES, links, pack, plain, read_in_little_memory
from fieldvisit.exchange.office import OfficeFile, office_parts
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.review.pieces import Where

Make = Callable[[Path], Path]

BODY = "<w:document xmlns:w='w'><w:body/></w:document>"
GOOD: dict[str, str | bytes] = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": DOCUMENT,
    "word/document.xml": BODY,
}


def with_part(name: str, data: str | bytes) -> Make:
    return lambda path: pack(path, GOOD | {name: data})


def with_xml(data: str | bytes) -> Make:
    return with_part("word/a.xml", data)


def with_type(kind: str, encoded: Callable[[str], bytes] = str.encode) -> Make:
    more = f'<Override PartName="/x" ContentType="application/vnd.ms-{kind}"/></Types>'
    return with_part("[Content_Types].xml", encoded(TYPES.replace("</Types>", more)))


def outside(kind: str, target: str = "http://x.invalid/x") -> str:
    return links((kind, target), more='TargetMode="External"')


def in_utf_16(xml: str, encoding: str = "utf-16") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode(encoding)


def twice(path: Path) -> Path:
    pack(path, GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as out:
        out.writestr("word/document.xml", "<w:other/>")
    return path


def as_link(path: Path) -> Path:
    pack(path, GOOD)
    with zipfile.ZipFile(path, "a") as out:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        out.writestr(entry, "/etc/passwd")
    return path


def changed(start: int, new: bytes) -> Make:
    """Make a file in whose directory the entry of the document says something else."""

    def make(path: Path) -> Path:
        data = bytearray(pack(path, GOOD).read_bytes())
        at = data.rindex(b"word/document.xml") - 46 + start
        data[at : at + len(new)] = new
        path.write_bytes(data)
        return path

    return make


def in_another_packing(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as out:
        for name, data in GOOD.items():
            out.writestr(name, data)
    return path


def huge_directory(path: Path) -> Path:
    """A file of two million entries, which a reader must not make objects of first."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"x"
    directory = entry * 2_000_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(directory), 0, 0)
    path.write_bytes(directory + end)
    return path


def piece() -> bytes:
    """Bytes that shrink much, but not more than is suspicious."""
    return (random.Random(0).randbytes(1_000) + bytes(40_000)) * 460


def many_small_bombs(path: Path) -> Path:
    """Each part is harmless; together they are too much."""
    parts = {f"word/media/{n}.bin": piece() for n in range(11)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, data in (GOOD | parts).items():
            out.writestr(name, data)
    return path


def overlapping(path: Path) -> Path:
    """Many entries over the same bytes, as in bombs of a new kind."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(piece()) + packer.flush()
    local = b"PK\x03\x04" + struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(piece()), len(packed), len(piece()), 1, 0
    )
    one = b"PK\x01\x02" + struct.pack(
        "<HHHHHHIIIHHHHHII",
        20, 20, 0, 8, 0, 0, zlib.crc32(piece()), len(packed), len(piece()), 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    directory = one + b"x"
    more = b"".join(one[:28] + struct.pack("<H", 4) + one[30:46] + b"%04d" % n for n in range(1000))
    body = local + b"x" + packed
    end = b"PK\x05\x06" + struct.pack(
        "<HHHHIIH", 0, 0, 1001, 1001, len(directory + more), len(body), 0
    )
    path.write_bytes(body + directory + more + end)
    return path


def compound(*streams: str) -> Make:
    names = b"".join(name.encode("utf-16-le") + bytes(8) for name in streams)
    return of_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names)


def of_bytes(data: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


UTF_7 = "<?xml version='1.0' encoding='UTF-7'?>"
TYPE = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'


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
                with pytest.raises(ValueError, match="type"):  # it is there, and never parsed
                    file.part(name)
            else:
                assert file.part(name.upper()) == packed.read(name)
    assert file.part("word/nothing.xml") is None
    assert file.related("", "officeDocument") == ("word/document.xml",)


def test_related_parts_are_found_wherever_they_lie(tmp_path: Path) -> None:
    targets = {"styles": "styles.xml", "header": "/word/h.xml", "image": "../media/a.png"}
    make = with_part("word/_rels/document.xml.rels", links(*targets.items()))
    file = parts_of(make(tmp_path / "a.docx"))
    found = [file.related("word/document.xml", kind) for kind in targets]
    assert found == [("word/styles.xml",), ("word/h.xml",), ("media/a.png",)]


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
        file = parts_of(path)
    except HostileFile:
        return
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        assert all(file.part(name) == packed.read(name) for name in packed.namelist())


UNSAFE: dict[str, tuple[Make, str]] = {
    "empty": (of_bytes(b""), "damaged"),
    "text": (of_bytes("ただの文章".encode()), "damaged"),
    "no Office file": (lambda path: pack(path, {"a.txt": "x"}), "damaged"),
    "cut off": (lambda path: of_bytes(pack(path, GOOD).read_bytes()[:-40])(path), "damaged"),
    "another packing": (in_another_packing, "damaged"),
    "size lies": (changed(24, struct.pack("<I", len(BODY) - 5)), "damaged"),
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
    "encrypted": (changed(8, b"\1"), "encrypted"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "macros"),
    "macros by type": (with_type("word.document.macroEnabled.main+xml"), "macros"),
    "macros by type in disguise": (with_type("word.macro&#69;nabled"), "macros"),
    "macros of Excel 4": (with_type("excel.macrosheet+xml", in_utf_16), "macros"),
    "document type": (with_xml(f"<?xml version='1.0'?>{TYPE}<a/>"), "(DTD)"),
    "document type, late": (with_xml(f"<!--{'x' * 70_000}-->{TYPE}<a/>"), "(DTD)"),
    "document type without ending": (with_part("word/a.dat", f"\n {TYPE}<a/>"), "(DTD)"),
    "document type in UTF-16": (with_xml(in_utf_16(f"{TYPE}<a/>")), "(DTD)"),
    "the same without mark": (with_xml(in_utf_16(f"{TYPE}<a/>", "utf-16-be")), "(DTD)"),
    "entity alone": (with_xml('<!ENTITY a "b"><a/>'), "(DTD)"),
    "hidden in UTF-7": (with_xml(f"{UTF_7}+ADwAIQ-DOCTYPE a+AD4-<a/>"), "UTF-8"),
    "hidden in UTF-32": (with_xml(f"{TYPE}<a/>".encode("utf-32-le")), "UTF-8"),
    "many parts": (lambda path: pack(path, GOOD | {f"a/{n}": "" for n in range(2000)}), "2,000"),
    "huge directory": (huge_directory, "2,000"),
    "bomb": (lambda path: pack(path, GOOD | {"a.xml": b"x" * 120_000_000}), "suspicious"),
    "large XML": (lambda path: pack(path, GOOD | {"a.xml": piece() * 3}), "larger than 50 MB"),
    "many small bombs": (many_small_bombs, "200 MB"),
    "overlapping": (overlapping, "damaged"),
}


@pytest.mark.parametrize("case", UNSAFE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_unsafe_file_is_refused_by_name_and_reason(case: str, tmp_path: Path) -> None:
    make, reason = UNSAFE[case]
    path = make(tmp_path / "回答.docx")
    with pytest.raises(HostileFile) as refused:
        parts_of(path)
    assert refused.value.sentence.startswith("“回答.docx” was not read: ")
    assert reason in refused.value.sentence
    assert refused.value.hint
    assert [found.name for found in tmp_path.iterdir()] == ["回答.docx"]


@pytest.mark.parametrize("case", ["bomb", "many small bombs", "overlapping", "huge directory"])
def test_a_bomb_does_not_fill_the_memory(case: str, tmp_path: Path) -> None:
    assert "was not read" in read_in_little_memory(UNSAFE[case][0](tmp_path / "a.docx"))
