"""What is said of a text: kind, level and speaker, in the cells of its row and by its marks."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.review.marks import MarkedText
from fieldvisit.text import key

_SHORTEST = 2  # characters of a family name that tell people apart


class Said(Struct, frozen=True):
    """Fixed values and a speaker, empty where nothing is said, and why they are in doubt.

    ``odd`` are the columns whose word is none of the choices.
    """

    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    reasons: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def read_words(cells: Mapping[str, str]) -> Said:
    """Return what the cells of a row say; a level that cannot be read is off the record."""
    kind, disclosure = (
        _value(KINDS, cells.get("kind")),
        _value(DISCLOSURES, cells.get("disclosure")),
    )
    odd = tuple(
        column for column, value in (("kind", kind), ("disclosure", disclosure)) if value is None
    )
    speaker = " ".join(cells.get("speaker", "").split())
    level = "off-record" if disclosure is None else disclosure
    return Said(kind or "", level, speaker, ("value",) if odd else (), odd)


def _value(vocabulary: Vocabulary, word: str | None) -> str | None:
    """Return the fixed value that a word names, empty for no word, None if it names none."""
    return vocabulary.exactly(word) if word else ""


def with_marks(
    beside: Said,
    marked: MarkedText,
    person: Callable[[str], Participant | None],
    people: Iterable[Participant],
) -> Said:
    """Return what cells and marks say together; a speaker nearly named is the one meant.

    ``person`` returns the one of ``people`` whom a name fits.
    """
    levels = {marked.disclosure, beside.disclosure} - {""}
    pairs = (
        (marked.kind, beside.kind),
        (marked.disclosure, beside.disclosure),
        (key(marked.speaker), key(beside.speaker)),
    )
    at_odds = any(one and other and one != other for one, other in pairs)
    typed = marked.speaker or beside.speaker
    unclear = bool(typed) and person(typed) is None
    doubts = {"marks-at-odds": at_odds, "speaker": unclear}
    return Said(
        marked.kind or beside.kind,
        strictest(levels) if levels else "",
        (_nearly(people, typed) if unclear else "") or typed,
        (*beside.reasons, *marked.reasons, *(why for why, holds in doubts.items() if holds)),
        beside.odd,
    )


def _nearly(people: Iterable[Participant], typed: str) -> str:
    """Return whom alone a name may mean, as 千葉課長 means 千葉太郎; empty if nobody."""
    wanted = key(typed)
    found = [person for person in people if _may_be(person, wanted)]
    return str(found[0]) if len(found) == 1 else ""


def _may_be(person: Participant, wanted: str) -> bool:
    """Tell whether a name begins as the person's does, or says the post of the person."""
    name, posts = key(person.name), [key(person.position), key(person.department)]
    has_post = any(post and post in wanted for post in posts)
    if not name:
        return has_post
    return name[:_SHORTEST] == wanted[:_SHORTEST] or (has_post and name[0] == wanted[0])
