"""The one table of files in which a letter with passages may come back, and their readers."""

from collections.abc import Callable
from pathlib import Path

from fieldvisit.errors import Refused
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
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Refused(
            _("{path} cannot be read back: its ending stands for no letter of ours.").format(
                path=path
            ),
            _("Known endings: {endings}. Save it as one of these.").format(
                endings=" ".join(_READERS)
            ),
        )
    if not path.is_file():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    return reader(path)
