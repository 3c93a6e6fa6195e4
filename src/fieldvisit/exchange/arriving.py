"""The bytes of a file that came back, which nobody has looked at yet."""

from collections.abc import Callable
from pathlib import Path

from fieldvisit.errors import Refused
from fieldvisit.files import bytes_up_to
from fieldvisit.language import _
from fieldvisit.system_words import reason


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
