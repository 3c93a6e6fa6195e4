"""What stands in a sheet that came back, once it is known where each text belongs."""

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.sheets.returned_file import Where


class Answer(Struct, frozen=True):
    """A text and where it belongs: a new note at ``address``, or the note ``handle``.

    ``revision`` is the beginning of the revision that was shown. Kind, disclosure, state and
    choice are words as typed, empty where nothing was said; the others are names as typed.
    """

    address: Address | None
    text: str
    where: Where
    handle: str = ""
    revision: str = ""
    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    department: str = ""
    state: str = ""
    choice: str = ""


class Stray(Struct, frozen=True):
    """A text that was not recognised or not stored, where it stands, and why."""

    text: str
    where: Where
    why: str


class FilledSheet(Struct, frozen=True):
    """The answers of one or several files in their order. ``reader`` is who filled it in.

    `city`, `interviewer`, or empty where the file does not say.
    """

    reader: str
    answers: tuple[Answer, ...]
    strays: tuple[Stray, ...] = ()
