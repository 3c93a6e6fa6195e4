"""What somebody probably meant who mistyped a key or a fixed value."""

from collections.abc import Iterable

from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _

_LONGEST_TYPED = 100


def closest(typed: str, known: Iterable[str]) -> str | None:
    """Return the one of ``known`` that was probably meant, None if nothing is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed[:_LONGEST_TYPED], list(known), 1)), None)


def closest_term(typed: str, vocabulary: Vocabulary) -> str | None:
    """Return the fixed value that was probably meant, also for its Japanese name."""
    try:
        return vocabulary.read(typed)
    except WrongUsage:
        return closest(typed, vocabulary)


def did_you_mean(word: str | None) -> str:
    """Return the question whether ``word`` was meant; empty for None."""
    return _("Did you mean “{word}”?").format(word=word) if word else ""
