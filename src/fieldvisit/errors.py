"""Every refusal: a sentence that says what and where, a hint that says what to do, an exit code."""

import errno

from fieldvisit.language import N_, _


class Refused(Exception):
    """The program declines to act, and nothing has been changed.

    ``sentence`` and ``hint`` are already in the user's language. ``exit_code`` follows the
    contract: 1 refused, 2 a usage error.
    """

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class WrongUsage(Refused):
    """The words of the command line do not fit together."""

    exit_code = 2


class NoStudyHere(Refused):
    """No folder upward holds a study."""


class NotFound(Refused):
    """Nothing in the study answers to that name."""


class Ambiguous(Refused):
    """Several things answer to that name; the hint lists them."""


class BadText(Refused):
    """Text that cannot be kept: empty, NUL, lone surrogates, question marks of a console."""


class BadDate(Refused):
    """No such day, or more than one reading."""


class BadGuide(Refused):
    """A guide file that does not pass; the sentence names file, line and what was expected."""


class DatabaseTrouble(Refused):
    """The database cannot be opened, read or written; the sentence names the file."""


class Conflict(Refused):
    """Somebody else changed the same thing meanwhile."""


class StillInUse(Refused):
    """Something else in the study rests on it."""


# By the name of the extra in pyproject.toml: what the extra installs.
LIBRARIES = {"docx": ("python-docx",), "xlsx": ("openpyxl",)}


class MissingLibrary(Refused):
    """A library that only some files need is not installed."""


def missing_library(extra: str) -> MissingLibrary:
    """Return the refusal that names the libraries of ``extra`` with their install lines."""
    libraries = LIBRARIES[extra]
    return MissingLibrary(
        _("This needs {libraries}, not installed here.").format(libraries=", ".join(libraries)),
        _("Install with: {pip}   (installed by pipx: {pipx})").format(
            pip=f"python -m pip install {' '.join(libraries)}",
            pipx=f"pipx inject fieldvisit {' '.join(libraries)}",
        ),
    )


_SENTENCES = {
    errno.ENOENT: N_("it does not exist"),
    errno.EACCES: N_("permission was denied"),
    errno.EPERM: N_("permission was denied"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("it is not a folder"),
    errno.ENOSPC: N_("there is no room left"),
    errno.EROFS: N_("the medium is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENXIO: N_("it is a pipe or a device"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EBADF: N_("it is closed"),
}


def reason(error: OSError) -> str:
    """Return why it failed; what has no sentence of ours stays in the system's words."""
    sentence = _SENTENCES.get(error.errno or 0)
    return _(sentence) if sentence else error.strerror or type(error).__name__
