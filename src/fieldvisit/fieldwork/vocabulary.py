"""A vocabulary: fixed values in their order, each with its names in both languages.

People may type the value, either name or a prefix that only one of them has.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from fieldvisit import language
from fieldvisit.errors import WrongUsage
from fieldvisit.language import _, enumerated
from fieldvisit.text import key, keys


class Term(Struct, frozen=True):
    """What one fixed value is called; ``mark`` is the short Japanese form used in 【…】.

    ``old`` names are accepted and no longer shown.
    """

    ja: str
    en: str
    mark: str = ""
    old: tuple[str, ...] = ()


class Vocabulary(dict[str, Term]):
    """Fixed values in their order, each with its names; ``name`` says what they are values of."""

    def __init__(self, name: str, terms: Mapping[str, Term]) -> None:
        super().__init__(terms)
        self.name = name

    def word(self, value: str) -> str:
        """Return what ``value`` is called in the language in use; unknown values as they are."""
        term = self.get(value)
        return value if term is None else getattr(term, language.current())

    def mark(self, value: str) -> str:
        """Return the 【…】 mark of ``value`` in the language in use, empty if it has none."""
        term = self.get(value)
        if term is None or not term.mark:
            return ""
        return f"【{term.mark}】" if language.current() == "ja" else f"[{term.en}]"

    def read(self, typed: str) -> str:
        """Return the stored value that ``typed`` means; WrongUsage lists what is allowed."""
        wanted = key(typed)
        exact = [value for value, known in self._names.items() if wanted in known]
        begins = [
            value
            for value, known in self._names.items()
            if any(n.startswith(wanted) for n in known)
        ]
        found = exact or begins
        if wanted and len(found) == 1:
            return found[0]
        raise WrongUsage(
            _("“{typed}” is not a known {name}.").format(typed=typed, name=_(self.name))
            if not found or not wanted
            else _("“{typed}” fits more than one {name}.").format(typed=typed, name=_(self.name)),
            _("Allowed: {values}").format(values=self.listed(found)),
        )

    def exactly(self, typed: str) -> str | None:
        """Return the stored value that has ``typed`` for a name, None if none has."""
        wanted = key(typed)
        return next((value for value, known in self._names.items() if wanted in known), None)

    def listed(self, values: Iterable[str] = ()) -> str:
        """Return values (none = all), in Japanese each with what it is called there."""
        chosen = tuple(values) or tuple(self)
        if language.current() == "en":
            return enumerated(chosen)
        return enumerated(f"{value}（{self[value].ja}）" for value in chosen)

    @cached_property
    def _names(self) -> Mapping[str, Collection[str]]:
        """The names of each value in the form in which they are matched."""
        return {
            value: {*keys((value, term.ja, term.en, term.mark, *term.old))} - {""}
            for value, term in self.items()
        }
