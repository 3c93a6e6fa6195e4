"""What a draft belongs to: text that was typed for one thing is offered for nothing else."""

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import may_see, strictest


class Purpose(Struct, frozen=True):
    """What text was typed for.

    ``target`` names what ``command`` was to write (a visit, a note, a cell, a guide), ``place`` the
    topic or question there, ``only_for`` the study groups that alone may use it. ``level`` is the
    disclosure that it would have got, empty where the text is a sheet, which says that itself.
    ``seen`` is the revision that it began with, ``shown`` what the program needs to read it again,
    ``change`` what the id of the change that stores the text is made of.
    """

    command: str
    target: str = ""
    place: str = ""
    level: str = ""
    kind: str = ""
    only_for: tuple[str, ...] = ()
    seen: str = ""
    shown: str = ""
    change: str = ""

    def is_for(self, other: "Purpose") -> bool:
        """Tell whether both belong to the same thing, whatever became of it meanwhile."""
        return bool(self.command or self.target) and self.subject == other.subject

    @property
    def subject(self) -> tuple[object, ...]:
        """What has to be the same; words that began with others may be filed anew meanwhile."""
        new = () if self.seen else (self.place, self.kind, self.only_for)
        return (self.command, self.target, *new)

    def may_be_seen(self, audience: str) -> bool:
        """Tell whether ``audience`` may read the text; of what says no level, nobody knows."""
        return audience == "all" or (bool(self.level) and may_see(self.level, audience))

    def may_be_told(self, audience: str) -> bool:
        """Tell whether ``audience`` may know that there is such a draft.

        What is to replace words names them, and they may have been closed meanwhile.
        """
        return audience == "all" or (not self.seen and self.may_be_seen(audience))

    def closed_as(self, other: "Purpose") -> "Purpose":
        """Return the same at the stricter of both levels."""
        levels = [purpose.level for purpose in (self, other) if purpose.level]
        return replace(self, level=strictest(levels) if levels else "")

    def keeps_closed(self, other: "Purpose") -> str:
        """Return the level that ``other`` has to get instead of its own, empty if it keeps that."""
        stricter = self.level and strictest([self.level, other.level]) != other.level
        return self.level if stricter and other.level else ""


def first_words(text: str, start: str = "", longest: int = 30) -> str:
    """Return the beginning of what a person wrote into ``start``, on one line."""
    ours = {line.strip() for line in start.splitlines()}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = next((line for line in lines if line not in ours), lines[0] if lines else "")
    return words if len(words) <= longest else f"{words[:longest]}…"
