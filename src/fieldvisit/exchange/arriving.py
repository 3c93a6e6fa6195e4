"""A file that came back: which reader its ending asks for, and its bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from fieldvisit.errors import Refused
from fieldvisit.files import bytes_up_to
from fieldvisit.language import _
from fieldvisit.system_words import reason

Read = TypeVar("Read")


def read_by_ending(path: Path, readers: Mapping[str, Callable[[Path], Read]], unknown: str) -> Read:
    """Return what the reader for the file's ending finds in it.

    Refused where there is no such file, or with the words of ``unknown`` if no reader takes it.
    """
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Refused(
            unknown.format(path=path),
            _("Known endings: {endings}. Save it as one of these.").format(
                endings=" ".join(readers)
            ),
        )
    if not path.is_file():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    return reader(path)


def bytes_of(path: Path, largest: int, too_large: Callable[[str], Refused]) -> bytes:
    """Return the bytes of the file; Refused where it cannot be read or has more than ``largest``.

    ``too_large`` makes the refusal of the file with that name.
    """
    try:
        data = bytes_up_to(path, largest)
    except OSError as error:
        raise Refused(
            _("{path} cannot be read: {reason}").format(path=path, reason=reason(error)),
            _("Nothing was stored. Look at the name and the folder."),
        ) from error
    if data is None:
        raise too_large(path.name)
    return data
