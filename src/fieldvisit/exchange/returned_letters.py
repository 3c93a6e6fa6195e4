"""The one table of files in which a letter with passages may come back, and their readers."""

from collections.abc import Callable
from pathlib import Path

from fieldvisit.exchange.arriving import read_by_ending
from fieldvisit.fieldwork.confirming.returned_letter import ReturnedLetter
from fieldvisit.language import _


def _markdown(path: Path) -> ReturnedLetter:
    from fieldvisit.exchange.markdown_letter import read

    return read(path)


def _word(path: Path) -> ReturnedLetter:
    from fieldvisit.exchange.word.letter import read

    return read(path)


_READERS: dict[str, Callable[[Path], ReturnedLetter]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _markdown,
    ".docx": _word,
}


def read_letter(path: Path) -> ReturnedLetter:
    """Return what stands in a file that came back; Refused names the file and what is wrong."""
    unknown = _("{path} cannot be read back: its ending stands for no letter of ours.")
    return read_by_ending(path, _READERS, unknown)
