"""The file around an Excel workbook: its own properties, and the same bytes for the same grid."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldvisit.harmless import visible

if TYPE_CHECKING:
    from openpyxl import Workbook

_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
# The library fixes every height that it is given; a row must grow with what is written into it.
_FIXED_HEIGHT = re.compile(rb'(<row [^<>]*?) customHeight="1"')


def add_properties(workbook: "Workbook", values: Iterable[tuple[str, str]]) -> None:
    """Put ``values`` into the file's properties, where other programs keep them."""
    from openpyxl.packaging.custom import StringProperty

    known: Any = workbook  # its types leave these properties out
    for name, value in values:
        known.custom_doc_props.append(StringProperty(name=name, value=visible(value)))


def whole(workbook: "Workbook") -> bytes:
    """Return the workbook as a file that says nothing of who wrote it, when or where."""
    from openpyxl.writer.excel import ExcelWriter

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        ExcelWriter(workbook, _Archive(out)).save()  # type: ignore[arg-type]  # it writes no more
    return made.getvalue()


class _Archive:
    """What the library takes for a zip file: each part goes through our hands."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self._out = out
        self.namelist = out.namelist

    def writestr(self, name: str, data: bytes | str) -> None:
        entry = zipfile.ZipInfo(name, _FIRST_DAY)
        entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
        self._out.writestr(entry, _NOBODY if name == "docProps/core.xml" else data)

    def write(self, path: str, name: str) -> None:
        self.writestr(name, _FIXED_HEIGHT.sub(rb"\1", Path(path).read_bytes()))

    def close(self) -> None:
        """Leave that to whoever opened it."""
