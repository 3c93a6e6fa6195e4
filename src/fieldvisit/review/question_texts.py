"""Our own questions in what came back: by their words a text is known to stand under one."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from fieldvisit.fieldwork.guide import Address
from fieldvisit.text import key

_BLANKS = re.compile(r"\s{3,}")
# What people put between a question and an answer behind it.
_BEFORE_ANSWERS = " \t\n\r　→⇒:："
# A shorter text may begin like a question without being one.
_SHORTEST_BEGINNING = 8
# A number of theirs or of ours before a question: 問5, 5., (5), 1/2, Ｑ５.
_NUMBER = re.compile(r"^(?:問|質問|q)?\(?[0-9]+(?:[-./][0-9]+)*[).:、]*")


class QuestionTexts:
    """The questions and topics of a visit, as written in both languages, and labels of boxes.

    ``labels`` have blanks for the section that answers.
    """

    def __init__(
        self,
        questions: Iterable[tuple[str, Address]],
        labels: Iterable[str],
        topics: Iterable[str],
    ) -> None:
        self._topics = frozenset(map(key, topics))
        self._places: dict[str, Address] = {}
        for words, address in questions:
            self._places.setdefault(key(words), address)
        self._labels = []
        for before, after in (_BLANKS.split(label, maxsplit=1) for label in labels):
            form = rf"\s*{_loose(before)}(.*?){_loose(after)}(.*)"
            self._labels.append(re.compile(form, re.DOTALL))

    def place(self, text: str) -> Address | None:
        """Return the question that a text says, with or without a number; None if it is none."""
        said = key(text)
        return self._places.get(said) or self._places.get(_NUMBER.sub("", said, count=1))

    def is_topic(self, text: str) -> bool:
        """Tell whether a text is the title of a topic, with or without its number."""
        said = key(text)
        return said in self._topics or _NUMBER.sub("", said, count=1) in self._topics

    def begun(self, text: str) -> tuple[Address, str] | None:
        """Return the question with whose own words a text begins, and what stands behind it."""
        said = key(text)
        number = len(said) - len(_NUMBER.sub("", said, count=1))
        for whole in dict.fromkeys((said, said[number:])):
            known = max(filter(whole.startswith, self._places), key=len, default="")
            if len(known) >= _SHORTEST_BEGINNING:
                behind = _behind(text, len(said) - len(whole) + len(known))
                return None if behind is None else (self._places[known], behind)
        return None

    def label(self, text: str) -> tuple[str, str] | None:
        """Return the section named in a label and what is written behind it, None if it is none."""
        found = next(filter(None, (form.fullmatch(text) for form in self._labels)), None)
        return (found[1].strip(), found[2].strip()) if found else None


def _loose(text: str) -> str:
    """Return a pattern for ``text`` with any blanks between its characters."""
    return r"\s*".join(re.escape(c) for c in "".join(text.split())) + r"\s*"


def _behind(text: str, length: int) -> str | None:
    """Return what stands behind a beginning whose key has ``length``, None if it has no end."""
    ends = range(len(text) + 1)
    end = bisect_left(ends, length, key=lambda end: len(key(text[:end])))
    if len(key(text[:end])) != length:
        return None
    return text[end:].lstrip(_BEFORE_ANSWERS).rstrip()
