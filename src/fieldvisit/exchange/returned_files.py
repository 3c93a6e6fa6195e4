"""The one table of files that may come back: their endings and their readers."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from fieldvisit.doors.inputs import LARGEST_TABLE, bytes_of
from fieldvisit.errors import Refused
from fieldvisit.language import _
from fieldvisit.review.pieces import Piece, ReturnedFile

LARGEST_OFFICE = 200_000_000  # bytes

Found = tuple[str, tuple[Piece, ...]]

# Each reader imports its library when it is used.


def _markdown(name: str, data: bytes) -> Found:
    from fieldvisit.exchange.markdown import read

    return read(name, data)


def _text(name: str, data: bytes) -> Found:
    from fieldvisit.exchange.markdown import read_text

    return read_text(name, data)


def _word(name: str, data: bytes) -> Found:
    from fieldvisit.exchange.word.pieces import read

    return read(name, data)


def _excel(name: str, data: bytes) -> Found:
    from fieldvisit.exchange.excel.sheet import read

    return read(name, data)


def _csv(name: str, data: bytes) -> Found:
    from fieldvisit.exchange.csv_files import read

    return read(name, data)


class Reader(Struct, frozen=True):
    """What reads files of one kind, given their name and at most ``largest`` bytes."""

    read: Callable[[str, bytes], Found]
    largest: int = LARGEST_TABLE


READERS: dict[str, Reader] = {
    ".md": Reader(_markdown),
    ".markdown": Reader(_markdown),
    ".txt": Reader(_text),
    ".text": Reader(_text),
    ".docx": Reader(_word, LARGEST_OFFICE),
    ".xlsx": Reader(_excel, LARGEST_OFFICE),
    ".csv": Reader(_csv),
}


def read_file(path: Path) -> ReturnedFile:
    """Return the pieces of a file that came back; Refused names the file and what is wrong."""
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise Refused(
            _("{path} cannot be read back: its ending stands for no sheet.").format(path=path),
            _("Known endings: {endings}. Save it as one of these.").format(
                endings=" ".join(READERS)
            ),
        )
    if not path.exists():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    data = bytes_of(path, reader.largest)
    sheet, pieces = reader.read(path.name, data)
    return ReturnedFile(str(path), hashlib.sha256(data).hexdigest(), sheet, pieces)
