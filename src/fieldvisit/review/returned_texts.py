"""What a file may have left of a text that nobody touched."""

from fieldvisit.harmless import visible
from fieldvisit.text import settled

_LAST_IN_ONE_PART = "\uffff"


def comes_back_as(body: str, text: str) -> bool:
    """Tell whether ``text`` is what a file may have left of a body that nobody touched.

    A file keeps no hidden characters as such, and one in CP932 a question mark for each that it
    has not, or two.
    """
    return bare(text) in left_of(body)


def left_of(body: str) -> frozenset[str]:
    """Return what a file may have left of a body that nobody touched, each as ``bare``."""
    return frozenset({bare(body), bare(_in_cp932(body, "?")), bare(_in_cp932(body, "??"))})


def bare(text: str) -> str:
    """Return a text as it is compared: without blanks at the ends of lines, nothing hidden."""
    return settled(visible(text))


def _in_cp932(text: str, beyond: str) -> str:
    """Return ``text`` as Excel may save it; ``beyond`` stands for what UTF-16 has in two parts.

    Blanks at the ends of lines are still there: some are beyond CP932 and become visible.
    """
    shown = visible(text)
    parted = "".join(beyond if character > _LAST_IN_ONE_PART else character for character in shown)
    return parted.encode("cp932", "replace").decode("cp932")
