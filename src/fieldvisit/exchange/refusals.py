"""What is said of a file that is not read: too much, hostile, damaged, or not clear."""

from fieldvisit.errors import Refused
from fieldvisit.language import _


class UnreadableSheet(Refused):
    """A sheet does not say clearly what is to be stored; ``line`` counts from 1, 0 = none."""

    def __init__(self, sentence: str, hint: str = "", line: int = 0) -> None:
        super().__init__(sentence, hint)
        self.line = line


class HostileFile(Refused):
    """A file that could do harm, or is not what its name says; the sentence names it and why."""

    def __init__(self, file: str, reason: str, hint: str = "") -> None:
        super().__init__(
            _("“{file}” was not read: {reason}").format(file=file, reason=reason),
            hint or _("Open it, look at where it comes from, and save it anew as .docx or .xlsx."),
        )


class TooMuch(Exception):
    """More than any sheet of interviews holds: the text says of what, ``way`` what to do."""

    def __init__(self, reason: str, way: str = "") -> None:
        super().__init__(reason)
        self.way = way or _("Divide it into several files.")
