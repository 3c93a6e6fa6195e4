"""The Japanese catalogue as tests read it, and how its languages are told apart."""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src/fieldvisit/locale/ja/LC_MESSAGES/fieldvisit.po"
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
ENGLISH_SENTENCE = re.compile(r"\b[A-Z][a-z]+,? [a-z]+,? [a-z]+")


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ja")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def texts(found: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message: one, or those of a plural."""
    assert found is not None
    return (found,) if isinstance(found, str) else tuple(found)


def pairs() -> list[tuple[str, str]]:
    """Every English text (of a plural: the singular) with its Japanese."""
    return [(texts(message.id)[0], texts(message.string)[0]) for message in messages()]
