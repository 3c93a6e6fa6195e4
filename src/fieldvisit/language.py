"""The language a person reads: English in the code, Japanese from the catalogue.

Data never changes with it, nor do JSON keys and fixed values.
"""

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ja")
NO_BREAK = "\u00a0"
_FULL_STOPS = ("。", "）", "」")

_current = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak ``language`` (``ja`` or ``en``) from here on.

    Typer takes its own words from gettext's default domain, which follows ``LANGUAGE``.
    """
    global _current, _catalogue  # noqa: PLW0603 - one process speaks one language at a time
    _current = language
    _catalogue = gettext.translation("fieldvisit", CATALOGUES, [language], fallback=True)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("fieldvisit", CATALOGUES)
    gettext.textdomain("fieldvisit")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` for a while."""
    before = _current
    use(language)
    try:
        yield
    finally:
        use(before)


def current() -> str:
    """Return the language in use, ``ja`` or ``en``."""
    return _current


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return _catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark ``message`` for the catalogue; it is translated where it is shown."""
    return message


def counted(one: str, many: str, number: int) -> str:
    """Return the form of a message that fits ``number``; ``{n}`` in it becomes the number."""
    return _catalogue.ngettext(one, many, number).format(n=number)


def separator() -> str:
    """Return what stands between the parts of an enumeration in the language in use."""
    return "、" if _current == "ja" else ", "


def enumerated(words: Iterable[str]) -> str:
    """Return words one after the other, with what stands between them in the language in use."""
    return separator().join(words)


def numbered(number: int, name: str) -> str:
    """Return a name behind its number, from which no line end parts it."""
    return f"{number}{NO_BREAK}{name}"


def together(*sentences: str) -> str:
    """Return sentences one after the other; behind a full stop Japanese leaves no blank."""
    whole = ""
    for sentence in filter(None, sentences):
        blank = "" if not whole or (_current == "ja" and whole.endswith(_FULL_STOPS)) else " "
        whole += blank + sentence
    return whole


def from_environment(environment: dict[str, str]) -> str:
    """Return the language that ``FIELDVISIT_LANG`` or the locale asks for: ``ja*`` is Japanese."""
    for name in ("FIELDVISIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "ja" if value.lower().startswith("ja") else "en"
    return "ja" if _system_locale().startswith(("ja", "japanese")) else "en"


def _system_locale() -> str:
    import locale

    return (locale.getlocale()[0] or "").lower()
