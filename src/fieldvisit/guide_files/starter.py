"""A new guide to begin with: an example of everything a guide may hold, or a copy of another."""

import re
import textwrap
from collections.abc import Iterator

import yaml
from msgspec.structs import replace

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import SLUG, Guide, Part
from fieldvisit.guide_files.reading import check
from fieldvisit.guide_files.schema import keys
from fieldvisit.guide_files.yaml_nodes import shortened
from fieldvisit.language import _, current
from fieldvisit.text import checked

_MODELINE = "# yaml-language-server: $schema=guide.schema.json\n"
_RARE = frozenset({"source", "disclosure", "was", "for", "gate", "sensitive"})
_LAST_TOPIC = '\n  - topic: other\n    title: {ja: "その他", en: "Other"}\n'
_WIDTH = 96


def starter(slug: str, title: str) -> str:
    """Return the text of a small guide with comments on every key, in the language in use.

    What is optional and rare stands in it commented out. BadGuide or BadText if ``slug`` or
    ``title`` cannot be used.
    """
    _check_slug(slug)
    given = {"guide": slug, "title": _title(_quoted(checked(title, _("title"))))}
    text = _MODELINE + "\n".join([*_introduction(), "", *_lines(Guide, "", given)])
    text += _LAST_TOPIC
    _guide, problems = check(text.encode(), f"{slug}.yaml")
    if problems:
        raise BadGuide(problems[0].sentence, _("Choose another title; nothing was written."))
    return text


def from_guide(text: str, slug: str) -> str:
    """Return the guide ``text`` under the name ``slug``, everything else, comments too, as it was.

    BadGuide if ``text`` does not pass.
    """
    old, problems = check(text.encode())
    if old is None:
        raise BadGuide(
            _("Line {line} of the guide to copy: {sentence}").format(
                line=problems[0].line, sentence=problems[0].sentence
            ),
            _("Correct that guide first."),
        )
    _check_slug(slug)
    line = re.compile(rf"""(?m)^(\ufeff?guide:[ \t]+)(["']?){re.escape(old.slug)}\2(?=\s|$)""")
    copied = line.sub(rf"\g<1>{slug}", text, count=1)
    new, _problems = check(copied.encode())
    if new is None or replace(new, sha256=old.sha256) != replace(old, slug=slug):
        raise BadGuide(
            _("The guide could not be copied: its line “guide: {slug}” was not found.").format(
                slug=old.slug
            ),
            _("Write “guide: {slug}” on a line of its own.").format(slug=old.slug),
        )
    return copied


def _check_slug(slug: str) -> None:
    if not re.fullmatch(SLUG, slug):
        raise BadGuide(
            _("“{slug}” cannot be the name of a guide.").format(slug=shortened(slug)),
            _("Choose {expected}.").format(expected=_(keys(Guide)["guide"].expected)),
        )


def _title(quoted: str) -> str:
    """Return the title as a value; who reads Japanese gets both languages to fill in."""
    if current() == "ja":
        return f"{{ja: {quoted}, en: {quoted}}}"
    return f"{{{'en' if quoted.isascii() else 'ja'}: {quoted}}}"


def _quoted(text: str) -> str:
    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)
    return dumped.rstrip("\n")


def _introduction() -> Iterator[str]:
    yield from _comment(_("A guide holds topics; a topic holds questions in their order."))
    yield from _comment(
        _("A line that begins with # is a comment. Take away “# ” to use a key shown that way.")
    )
    yield from _comment(_("When you have written: fieldvisit guide check"))


def _comment(sentence: str, indent: str = "") -> list[str]:
    width = _WIDTH - len(indent)
    return [f"{indent}# {line}" for line in textwrap.wrap(sentence, width, break_long_words=False)]


def _lines(model: type[Part], indent: str, given: dict[str, str]) -> Iterator[str]:
    """Yield the lines of one mapping; ``given`` holds values that replace the examples."""
    for key in keys(model).values():
        yield from _comment(_(key.means), indent)
        if issubclass(key.takes, Part) and key.listed:
            yield f"{indent}{key.name}:"
            yield from _entry(key.takes, indent + "  ")
        else:
            sign = "# " if key.name in _RARE else ""
            yield f"{indent}{sign}{key.name}: {given.get(key.name, key.example)}"
        if model is Guide:
            yield ""


def _entry(model: type[Part], indent: str) -> Iterator[str]:
    """Yield one entry of a list: its first line that is no comment carries the hyphen."""
    lines = _lines(model, indent + "  ", {})
    for line in lines:
        if not line.lstrip().startswith("#"):
            yield f"{indent}- {line.lstrip()}"
            break
        yield indent + line.lstrip()
    yield from lines
