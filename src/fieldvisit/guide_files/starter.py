"""A new guide to begin with: a skeleton, or a copy of another."""

import re

import yaml
from msgspec.structs import replace

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import SLUG, Guide, Question, Topic
from fieldvisit.guide_files.reading import check
from fieldvisit.guide_files.schema import keys
from fieldvisit.guide_files.yaml_nodes import shortened
from fieldvisit.language import _
from fieldvisit.text import checked

_SKELETON = """# yaml-language-server: $schema=guide.schema.json
# {takes_away}
# {then}

guide: {slug}
version: "1"
title: {{{language}: {named}}}
topics:
  # {topic}
  - topic: first-topic
    title: {{ja: "最初の項目", en: "First topic"}}
    questions:
      # {question}
      - question: first-question
        # {for}
        # for: [designated-city, core-city]
        # {disclosure}
        # disclosure: group
        # {send}
        send: true
        # {ask}
        ask: {{ja: "どのように進めていますか。", en: "How do you go about it?"}}
        # {probes}
        probes:
          - {{ja: "具体的な例をお聞かせください。", en: "Could you give an example?"}}
  - topic: other
    title: {{ja: "その他", en: "Other"}}
"""


def starter(slug: str, title: str) -> str:
    """Return the text of a small guide to begin with, its comments in the language in use.

    BadGuide or BadText if ``slug`` or ``title`` cannot be used.
    """
    _check_slug(slug)
    quoted: str = yaml.safe_dump(
        checked(title, _("title")), default_style='"', allow_unicode=True, width=10**6
    )
    said = {name: _(key.means) for part in (Topic, Question) for name, key in keys(part).items()}
    said["takes_away"] = _("Take away “# ” before a key to use it.")
    said["then"] = _("When you have written: fieldvisit guide check")
    language = "en" if title.isascii() else "ja"
    text = _SKELETON.format_map(
        {**said, "slug": slug, "language": language, "named": quoted.rstrip()}
    )
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
