"""The one table of files that may come back: their endings and their readers."""

import hashlib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from fieldvisit.doors.inputs import LARGEST_TABLE, bytes_of, storable_name
from fieldvisit.errors import Refused
from fieldvisit.language import _
from fieldvisit.review.pieces import ReturnedFile

_TEXT, _OFFICE = LARGEST_TABLE, 200_000_000  # bytes
# The module in which `read(name, data)` is, and the most that it is given; it is imported when it
# is used, and its library with it.
READERS: Mapping[str, tuple[str, int]] = {
    ".md": ("markdown", _TEXT), ".markdown": ("markdown", _TEXT),
    ".txt": ("markdown", _TEXT), ".text": ("markdown", _TEXT), ".csv": ("csv_files", _TEXT),
    ".docx": ("word.pieces", _OFFICE), ".xlsx": ("excel.sheet", _OFFICE),
}  # fmt: skip


def read_file(path: Path) -> ReturnedFile:
    """Return the pieces of a file that came back; Refused names the file and what is wrong."""
    module, largest = READERS.get(path.suffix.casefold(), ("", 0))
    if not module:
        raise Refused(
            _("{path} cannot be read back: its ending stands for no sheet.").format(path=path),
            _("Known endings: {endings}. Save it as one of these.").format(
                endings=" ".join(READERS)
            ),
        )
    if not path.exists():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    data = bytes_of(path, largest)
    sheet, pieces = import_module(f"fieldvisit.exchange.{module}").read(path.name, data)
    return ReturnedFile(storable_name(path), hashlib.sha256(data).hexdigest(), sheet, pieces)
