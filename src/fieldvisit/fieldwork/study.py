"""The study itself, its study groups, the names it knows, and the changes made to it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from msgspec import Struct

from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.language import _, enumerated
from fieldvisit.text import checked

_REASON = ": "  # parts the command of a change from the reason given for it
DEMO = "demo"  # the command of the change that ends the making of the sample study
KEEP_GUIDES = "keep guides"  # the command of the change in which a visit's guides are fixed


class Kept(Struct, frozen=True, kw_only=True):
    """What stands in a study; ``named_by`` are the fields that tell it from others of its kind.

    ``revision`` is the id of its last revision (empty before it is stored), ``number`` the depth
    of that one, ``seq`` its place in the order of entry. ``deleted`` is a state like others.
    """

    named_by: ClassVar[tuple[str, ...]] = ()

    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return ":".join(str(getattr(self, name)) for name in self.named_by)


class Study(Kept, frozen=True):
    """What is said of the study as a whole, and what a new visit starts with."""

    title: str = ""
    institute: str = ""
    purpose: str = ""
    contact: str = ""
    guides: tuple[str, ...] = ()
    study_groups: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return "study"


class StudyGroup(Kept, frozen=True):
    """A group that uses the findings (研究会等): a short name to type, and the whole name."""

    named_by = ("short",)

    short: str
    name: str


def with_reason(command: str, reason: str) -> str:
    """Return what the log keeps of a command for which a reason was given, or one more."""
    if reason in reason_in(command).split(_REASON):
        return command
    return f"{command}{_REASON}{reason}"


def reason_in(command: str) -> str:
    """Return the reason that ``with_reason`` put there, empty if none was given."""
    return command.partition(_REASON)[2]


def check_group(short: str, name: str) -> None:
    """Refuse a study group without a name, or a short name that cannot be typed as one word."""
    checked(name, _("name of the study group"))
    checked(short, _("short name of the study group"))
    if any(character.isspace() or character == "," for character in short):
        raise WrongUsage(
            _("“{short}” cannot be a short name.").format(short=short),
            _("A short name is one word, without blanks and commas."),
        )


def check_groups(known: Sequence[StudyGroup], asked: Iterable[str]) -> None:
    """Refuse a study group that the study does not know."""
    for short in asked:
        if short not in {group.short for group in known}:
            raise NotFound(
                _("There is no study group “{short}”.").format(short=short),
                _("There are: {names}. Add one with: fieldvisit study-group add").format(
                    names=enumerated(group.short for group in known) or "-"
                ),
            )


class LoggedChange(Struct, frozen=True):
    """One command's change of the study; all its revisions belong together.

    ``objects`` are `kind:name` of what it touched. ``undone_by`` and ``undoes`` are ids of
    changes, empty if none; ``sitting`` is the id that those of one sitting share.
    """

    id: str
    at: str
    by: str
    command: str
    undone_by: str = ""
    undoes: str = ""
    sitting: str = ""
    objects: tuple[str, ...] = ()


class Revision(Struct, frozen=True):
    """How an object came to stand as it does; ``body`` is the whole object after the change.

    ``reason`` is what was said for it, with `note edit --reason`.
    """

    id: str
    kind: str
    object: str
    parents: tuple[str, ...]
    change_id: str
    at: str
    by: str
    body: str
    number: int
    reason: str = ""


IGNORED = "word"


class NameAlias(Kept, frozen=True):
    """A name as it may stand in a text.

    ``kind`` is one of ``terms.NAMED``; what is IGNORED was ticked off as no name and stays as it
    stands. ``stands_for`` is whom it names: a city's code or a prefecture, or the name of which it
    is another form; empty = a name of its own.
    """

    named_by = ("kind", "name")

    kind: str
    name: str
    stands_for: str = ""
    by: str = ""
