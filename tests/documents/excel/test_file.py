"""Excel files as files: the same bytes each time, nobody named, the library only if needed."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from documents.excel_grids import ROW, SHEET, grid, part, sheet_of
from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.grid import Grid
from fieldvisit.optional import MissingLibrary


def test_the_same_grid_gives_the_same_bytes_and_says_nothing_of_who_and_when() -> None:
    data = write(grid(ROW, title="題", instructions=("一",), sheet=SHEET))
    script = (
        "import sys; from documents.excel_grids import ROW, SHEET, grid, write;"
        "sys.stdout.buffer.write(write(grid(ROW, title='題', instructions=('一',), sheet=SHEET)))"
    )
    again = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": "src:tests", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        cwd=Path(__file__).parents[3],
    ).stdout
    assert again == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not re.search(r"creator|created|modified", part(data, "docProps/core.xml"))
    assert "openpyxl" not in "".join(
        part(data, name) for name in ("docProps/core.xml", "docProps/app.xml")
    )


def test_without_the_library_the_refusal_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingLibrary, match="openpyxl"):
        write(grid(ROW))


def test_the_library_is_imported_only_to_write() -> None:
    script = (
        "import sys, fieldvisit.documents.formats.excel, fieldvisit.exchange.excel.sheet;"
        "sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_grid_without_rows_or_columns_is_a_file_too() -> None:
    assert sheet_of(write(Grid((), ()))).max_row == 1
    assert sheet_of(write(grid())).max_row == 1
