"""What the operating system says, in the user's language."""

import errno
import os

from fieldvisit import language
from fieldvisit.system_words import reason


def test_what_is_usual_has_a_sentence_in_both_languages() -> None:
    for number in (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC):
        error = OSError(number, os.strerror(number))
        language.use("en")
        english = reason(error)
        language.use("ja")
        assert reason(error) != english != os.strerror(number)
        assert not reason(error).isascii()


def test_what_is_not_usual_stays_in_the_words_of_the_system() -> None:
    assert reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert reason(OSError()) == "OSError"
