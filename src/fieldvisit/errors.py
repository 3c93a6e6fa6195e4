"""Every refusal: a sentence that says what and where, a hint that says what to do, an exit code."""


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
