"""Replacing names in a text; everything else stays letter for letter as it is."""

from collections.abc import Callable

from fieldvisit.fieldwork.anonymity.finding import Finder
from fieldvisit.fieldwork.anonymity.folding import folded
from fieldvisit.fieldwork.anonymity.names import Meaning, Names, Subject
from fieldvisit.fieldwork.guide import Words

# No text holds these (Unicode keeps them for such a use); they go before anything is printed.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_NOTHING = dict.fromkeys(map(ord, _OPEN + _CLOSE))


def set_apart(label: str) -> str:
    """Return a label so that the search for names that are left passes it over."""
    return f"{_OPEN}{label}{_CLOSE}"


def ready(text: str) -> str:
    """Return a text as it may be printed, the signs around its labels gone."""
    return text.translate(_NOTHING)


def left_of(text: str) -> str:
    """Return a text with one such sign in the place of each label."""
    rest, inside = [], False
    for character in text:
        if character == _OPEN:
            rest.append(_OPEN)
        if not inside and character not in (_OPEN, _CLOSE):
            rest.append(character)
        inside = character == _OPEN or (inside and character != _CLOSE)
    return "".join(rest)


class Replacer:
    """Replaces the names of a study; ``label`` says what stands for a subject."""

    def __init__(self, names: Names, label: Callable[[Subject], str]) -> None:
        self._finder: Finder[Meaning] = Finder(names.wanted)
        self._label = label
        self._done: dict[str, str] = {}  # a note stands in several places

    def text(self, text: str) -> str:
        """Return a text with every name replaced, and each label set apart."""
        if text not in self._done:
            self._done[text] = self._replaced(ready(text))
        return self._done[text]

    def _replaced(self, text: str) -> str:
        form = folded(text)
        pieces, at = [], 0
        for found in self._finder.find(form.text):
            start, end = form.span(found.start, found.end)
            if found.means is not None and start >= at:
                pieces += [text[at:start], set_apart(self._label(found.means))]
                at = end
        return "".join([*pieces, text[at:]])

    def words(self, words: Words) -> Words:
        """Return words with every name replaced in both languages."""
        return Words(self.text(words.ja), self.text(words.en))
