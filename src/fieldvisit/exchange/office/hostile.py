"""The refusal of a file that could do harm, or that is not what its name says."""

from fieldvisit.errors import Refused
from fieldvisit.language import _


class HostileFile(Refused):
    """A file that is not read at all; the sentence names it and says why."""

    def __init__(self, file: str, reason: str, hint: str = "") -> None:
        super().__init__(
            _("“{file}” was not read: {reason}").format(file=file, reason=reason),
            hint or _("Open it, look at where it comes from, and save it anew as .docx or .xlsx."),
        )


def damaged(file: str) -> HostileFile:
    """Return the refusal of a file that no Word or Excel file can be."""
    return HostileFile(
        file,
        _("it is no Word or Excel file, or it is damaged."),
        _("If Word or Excel opens it, save it there anew as .docx or .xlsx."),
    )
