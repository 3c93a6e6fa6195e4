"""What a sheet of one visit holds by itself: by this the texts of people are told apart."""

import re
from bisect import bisect_left
from collections.abc import Mapping

from msgspec import Struct, field

from fieldvisit.dates import are_days_in_words
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH
from fieldvisit.text import key

_BLANKS = re.compile(r"\s{3,}")
_COLON = re.compile("[:：]")
_HANDLE = re.compile(rf"\[([{ALPHABET}]{{{HANDLE_LENGTH}}})\]")
# What people put between a question and an answer behind it.
_BEFORE_ANSWERS = " \t\n\r　→⇒:："
# A shorter text may begin like a question without being one.
_SHORTEST_BEGINNING = 8


class OwnTexts(Struct, frozen=True):
    """The keys of what we write ourselves besides the questions, by the place where it stands.

    ``head`` stands above the first topic of a page, ``below`` under it; ``table`` around the rows
    of a table, ``topics`` in its column of topics. The same words elsewhere are a person's.
    """

    head: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    table: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


class ExpectedSheet(Struct, frozen=True):
    """The sheets of a visit in both languages.

    ``labels`` are what stands above a box of the city, with blanks for the section that answers.
    ``tags`` are those of boxes, ``questions`` the addresses of questions by the ``key`` of their
    heading and of their text alone, ``numbers`` by their number (None where two have the same),
    ``sections`` those of the other headings (None for one that is no topic). ``dated`` are the
    keys of what stands before a date, ``sentences`` what stands around one in a sentence,
    ``states`` are the keys of lines that say how a question stands, ``handles`` are those of notes
    that may stand on a sheet.
    """

    visit_id: str
    tags: Mapping[str, Address]
    questions: Mapping[str, Address]
    ours: OwnTexts
    labels: tuple[str, ...] = ()
    numbers: Mapping[str, Address | None] = field(default_factory=dict)
    sections: Mapping[str, Address | None] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    sentences: tuple[tuple[str, str], ...] = ()

    def question(self, text: str) -> Address | None:
        """Return the address of a question's own text, with or without its number."""
        return self.questions.get(key(text))

    def begun(self, text: str) -> tuple[Address, str] | None:
        """Return the question with whose own text ``text`` begins, and what stands behind it."""
        whole = key(text)
        known = max(filter(whole.startswith, self.questions), key=len, default="")
        if len(known) < _SHORTEST_BEGINNING:
            return None
        behind = _behind(text, known)
        return None if behind is None else (self.questions[known], behind)

    def is_below(self, text: str) -> bool:
        """Tell whether we print a text below a topic or a question."""
        return key(text) in self.ours.below or self._is_state(text)

    def _is_state(self, text: str) -> bool:
        state, bracket, details = key(text).partition("(")
        return state in self.states and (not bracket or details.endswith(")"))

    def is_dated(self, text: str) -> bool:
        """Tell whether a text is a date as we print it, behind its label or in its sentence."""
        label, *rest = _COLON.split(text, maxsplit=1)
        if rest and key(label) in self.dated and are_days_in_words(rest[0]):
            return True
        return any(are_days_in_words(_between(text, *around)) for around in self.sentences)

    def is_around_a_table(self, text: str) -> bool:
        """Tell whether we wrote a text above a table or on its sheet of instructions."""
        number, _blank, rest = text.strip().partition(" ")
        numbered = key(number) in self.numbers and self._is_state(rest)
        return key(text) in self.ours.table or self.is_dated(text) or numbered

    def names_a_note(self, text: str) -> bool:
        """Tell whether a text ends with the handle of a note, as those that we print do."""
        handle = next(reversed(handles_in(text)), "")
        return handle in self.handles and text.endswith(f"[{handle}]")

    def label(self, text: str) -> tuple[str, str] | None:
        """Return the section named in a label and what is written behind it, None if it is none."""
        for label in self.labels:
            before, after = _BLANKS.split(label, maxsplit=1)
            form = rf"\s*{_loose(before)}(.*?){_loose(after)}(.*)"
            if found := re.fullmatch(form, text, re.DOTALL):
                return found[1].strip(), found[2].strip()
        return None


def handles_in(text: str) -> list[str]:
    """Return what stands in a text as handles do, in brackets."""
    return _HANDLE.findall(text)


def _behind(text: str, known: str) -> str | None:
    """Return what stands in ``text`` behind a beginning with that key, None if it has no end."""
    ends = range(len(text) + 1)
    end = bisect_left(ends, len(known), key=lambda end: len(key(text[:end])))
    if key(text[:end]) != known:
        return None
    return text[end:].lstrip(_BEFORE_ANSWERS).rstrip()


def _between(text: str, before: str, after: str) -> str:
    """Return what stands in ``text`` between two pieces, empty if it does not."""
    plain, before, after = (" ".join(piece.split()) for piece in (text, before, after))
    if plain.startswith(before) and plain.endswith(after):
        return plain[len(before) : len(plain) - len(after)]
    return ""


def _loose(text: str) -> str:
    """Return a pattern for ``text`` with any blanks between its characters."""
    return r"\s*".join(re.escape(c) for c in "".join(text.split())) + r"\s*"
