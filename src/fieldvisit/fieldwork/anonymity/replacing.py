"""Replacing names in a text; everything else stays letter for letter as it is."""

import re
from collections.abc import Callable, Iterator

from fieldvisit.fieldwork.anonymity.finding import Finder
from fieldvisit.fieldwork.anonymity.folding import folded
from fieldvisit.fieldwork.anonymity.names import Meaning, Names, Subject

# No text holds these (Unicode keeps them for such a use); they go before anything is printed.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_LABEL = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_NOTHING = dict.fromkeys(map(ord, _OPEN + _CLOSE))


def set_apart(label: str) -> str:
    """Return a label so that the search for names that are left passes it over."""
    return f"{_OPEN}{label}{_CLOSE}"


def ready(text: str) -> str:
    """Return a text as it may be printed, the signs around its labels gone."""
    return text.translate(_NOTHING)


def left_of(text: str) -> str:
    """Return a text with one such sign in the place of each label."""
    return _LABEL.sub(_OPEN, text)


class Replacer:
    """Finds the names of a study in texts, each text once, and replaces them."""

    def __init__(self, names: Names) -> None:
        self._finder: Finder[Meaning] = Finder(names.wanted)
        self._known: dict[str, tuple[str | Subject, ...]] = {}

    def text(self, text: str, label: Callable[[Subject], str]) -> str:
        """Return a text with what ``label`` says for every name in it, each label set apart."""
        if text not in self._known:
            self._known[text] = tuple(self._pieces(ready(text)))
        pieces = self._known[text]
        return "".join(p if isinstance(p, str) else set_apart(label(p)) for p in pieces)

    def _pieces(self, text: str) -> Iterator[str | Subject]:
        form, at = folded(text), 0
        for found in self._finder.find(form.text):
            start, end = form.span(found.start, found.end)
            if found.means is not None and end > at:
                yield text[at:start]
                yield found.means
                at = end
        yield text[at:]
