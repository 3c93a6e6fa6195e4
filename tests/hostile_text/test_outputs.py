"""Hostile text is shown and never acts: in every format of every command, and in the shell."""

import re

import pytest

from fieldvisit.documents.formats import FORMATS
from fieldvisit.settings import Settings
from hostile_text.outputs import CONTROLS, QUIET, asked
from hostile_text.texts import BODIES
from privacy.commands import ASKED, COMPLETED, DELIVERING, command_of, formats, shell_offers

EVERY = (
    *ASKED, "log", "read nothing.md",
    "review --list --audience all", "city show warui", "visit show warui-1", "prepare warui-1",
    "prepare warui-1 --for city",
)  # fmt: skip


def test_every_command_and_every_format_is_looked_at() -> None:
    assert len(BODIES) == len({*BODIES}) > 240
    assert {command_of(words) for words in EVERY} == DELIVERING.keys()
    assert QUIET.keys() == FORMATS.keys(), "say in hostile_text/outputs.py what may not act in it"


@pytest.mark.parametrize("words", EVERY)
def test_no_output_holds_what_acts(nasty: Settings, words: str) -> None:
    """Each command in each format that it has, in turn in both languages."""
    for number, format_ in enumerate(formats(words)):
        lang = ("en", "ja")[(len(words) + number) % 2]
        data = asked(nasty, words, *(("--format", format_) if format_ else ()), lang=lang)
        if data:
            QUIET[format_ or "md"](data)


@pytest.mark.parametrize("words", COMPLETED)
def test_the_shell_is_offered_one_plain_line_each(nasty: Settings, words: str) -> None:
    """Names and words go into a script that the shell evaluates: nothing in them may act."""
    offered = shell_offers(nasty.study().folder, words)
    entries = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", offered.strip(), re.DOTALL)
    for entry in entries[1].split("\n") if entries else []:
        assert re.fullmatch(r'"[\w/-]+(":"[^"\'`$\\;&|<>(){}\[\]*!#~=]*)?"', entry), entry
        assert not CONTROLS.search(entry)
