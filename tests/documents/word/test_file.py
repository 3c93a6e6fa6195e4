"""Word files as files: the same bytes each time, nobody named, the library only if needed."""

import io
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from documents.word_parts import PAGE, parts
from fieldvisit.documents.formats.word import write
from fieldvisit.optional import MissingLibrary


def test_the_same_page_gives_the_same_bytes() -> None:
    assert write(PAGE) == write(PAGE)
    with zipfile.ZipFile(io.BytesIO(write(PAGE))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_says_nothing_of_who_and_when() -> None:
    found = parts(PAGE)
    assert {name.partition("/")[0] for name in found} == {
        "[Content_Types].xml", "_rels", "docProps", "word",
    }  # fmt: skip
    assert not [name for name in found if not name.endswith((".xml", ".rels"))]
    properties = ET.fromstring(found["docProps/core.xml"])
    said = {child.tag.rpartition("}")[2]: child.text for child in properties if child.text}
    assert said == {
        "revision": "1", "created": "2000-01-01T00:00:00Z", "modified": "2000-01-01T00:00:00Z",
    }  # fmt: skip
    assert len(ET.fromstring(found["docProps/app.xml"])) == 0
    everything = b"".join(found.values())
    for word in (b"python", b"rsid ", b"rsidRoot", b"Macintosh"):
        assert word not in everything


def test_an_absent_library_is_named_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingLibrary) as missing:
        write(PAGE)
    assert "python-docx" in missing.value.sentence
    assert 'pip install "fieldvisit[docx]"' in missing.value.hint
    assert "pipx inject fieldvisit python-docx" in missing.value.hint


def test_reading_and_loading_need_no_library(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(write(PAGE))
    script = (
        "import sys; sys.modules.update(docx=None, lxml=None, openpyxl=None, defusedxml=None)\n"
        "from pathlib import Path\n"
        "import fieldvisit.documents.formats.word\n"
        "from fieldvisit.exchange.word.sheet import read\n"
        "sys.exit(len(read(Path('a.docx')).lines) != 32)\n"
    )
    source = str(Path(sys.modules["fieldvisit"].__path__[0]).parent)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": source}, check=False
    )
    assert done.returncode == 0
