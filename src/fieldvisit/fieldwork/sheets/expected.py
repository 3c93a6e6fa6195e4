"""What a sheet of one visit holds by itself: by this the texts of people are told apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldvisit.fieldwork.guide import Address
from fieldvisit.text import key

_BLANKS = re.compile(r"\s{3,}")


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """The sheets of a visit in both languages.

    ``labels`` are what stands above a box of the city, with blanks for the section that answers.
    ``tags`` are those of boxes, ``questions`` the addresses of questions by the ``key`` of their
    heading and of their text alone, ``ours`` the keys of every other text that we write.
    """

    visit_id: str
    tags: Mapping[str, Address]
    questions: Mapping[str, Address]
    ours: frozenset[str]
    labels: tuple[str, ...] = ()

    def question(self, text: str) -> Address | None:
        """Return the address of a question's own text, with or without its number."""
        return self.questions.get(key(text))

    def is_ours(self, text: str) -> bool:
        """Tell whether a text is one that we wrote, not a person's."""
        return key(text) in self.ours

    def label(self, text: str) -> tuple[str, str] | None:
        """Return the section named in a label and what is written behind it, None if it is none."""
        for label in self.labels:
            before, after = _BLANKS.split(label, maxsplit=1)
            form = rf"\s*{_loose(before)}(.*?){_loose(after)}(.*)"
            if found := re.fullmatch(form, text, re.DOTALL):
                return found[1].strip(), found[2].strip()
        return None


def _loose(text: str) -> str:
    """Return a pattern for ``text`` with any blanks between its characters."""
    return r"\s*".join(re.escape(c) for c in "".join(text.split())) + r"\s*"
