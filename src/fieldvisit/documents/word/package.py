"""The file around a Word page: its own properties, and the same bytes for the same page."""

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fieldvisit.harmless import visible

if TYPE_CHECKING:
    from docx.document import Document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the standard's one for properties of users
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ALL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OF_OFFICE}/custom-properties" xmlns:vt="{_OF_OFFICE}/docPropsVTypes">'
    "{}</Properties>"
)
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def add_properties(document: "Document", values: Mapping[str, str]) -> None:
    """Put ``values`` into the document's properties, where other programs keep them."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    listed = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(visible(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, _ALL.format(listed).encode(), package)
    package.relate_to(part, f"{_OF_OFFICE}/relationships/custom-properties")


def whole(document: "Document") -> bytes:
    """Return the document as a file that says nothing of when or where it was written."""
    written, made = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(made, "w") as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(entry, parts.read(name))
    return made.getvalue()
