"""The one table of files that may come back as a sheet: their endings and their readers."""

from collections.abc import Callable
from pathlib import Path

from fieldvisit.exchange.arriving import read_by_ending
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage, ReturnedTable
from fieldvisit.language import _

Returned = ReturnedPage | ReturnedTable

# Each reader imports its library when it is used.


def _markdown(path: Path) -> Returned:
    from fieldvisit.exchange.markdown_sheet import read

    return read(path)


def _word(path: Path) -> Returned:
    from fieldvisit.exchange.word.sheet import read

    return read(path)


def _excel(path: Path) -> Returned:
    from fieldvisit.exchange.excel.sheet import read

    return read(path)


def _csv(path: Path) -> Returned:
    from fieldvisit.exchange.csv_files import read

    return read(path)


_READERS: dict[str, Callable[[Path], Returned]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _markdown,
    ".docx": _word,
    ".xlsx": _excel,
    ".csv": _csv,
}


def read(path: Path) -> Returned:
    """Return what stands in a file that came back; Refused names the file and what is wrong."""
    unknown = _("{path} cannot be read back: its ending stands for no sheet.")
    return read_by_ending(path, _READERS, unknown)
