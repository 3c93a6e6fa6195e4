"""A file that came back: which reader its ending asks for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from fieldvisit.errors import Refused
from fieldvisit.language import _

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
    if not path.exists():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    return reader(path)
