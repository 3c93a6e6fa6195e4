"""Hostile text is shown and never acts: on pages, in JSON, CSV, Markdown and the shell."""

import csv
import io
import json
import re

import pytest

from fieldvisit.harmless import is_formula_like
from fieldvisit.settings import Settings
from hostile_text.outputs import _CONTROLS, asked, assert_harmless, assert_plain_markdown
from hostile_text.texts import BODIES
from privacy.commands import COMPLETED, FROM_NOTES, NOT_FROM_NOTES, SHEETS, shell_offers

EVERY = (
    *FROM_NOTES, *SHEETS, *NOT_FROM_NOTES, "log", "city show warui", "visit show warui-1",
    "prepare warui-1", "prepare warui-1 --for city",
)  # fmt: skip


def test_the_list_is_long_and_each_text_is_another() -> None:
    assert len(BODIES) > 240
    assert len({*BODIES}) == len(BODIES)


@pytest.mark.parametrize("words", EVERY)
@pytest.mark.parametrize(("format_", "lang"), [("md", "en"), ("table", "ja")])
def test_a_page_holds_no_character_that_acts(
    nasty: Settings, words: str, format_: str, lang: str
) -> None:
    page = asked(nasty, words, "--format", format_, lang=lang)
    assert_harmless(page, format_)


@pytest.mark.parametrize("words", EVERY)
def test_json_holds_no_character_that_acts_and_loses_none(nasty: Settings, words: str) -> None:
    page = asked(nasty, words, "--json")
    assert not _CONTROLS.search(page)
    if page:
        json.loads(page)


@pytest.mark.parametrize("words", EVERY)
def test_csv_has_no_live_formula(nasty: Settings, words: str) -> None:
    page = asked(nasty, words, "--format", "csv")
    rows = list(csv.reader(io.StringIO(page.removeprefix("\ufeff"), newline=""), strict=True))
    for row in rows:
        assert len(row) == len(rows[0])
        for cell in row:
            assert cell.startswith("'") or not is_formula_like(cell), cell
            assert not _CONTROLS.search(cell.replace("\t", " ")), cell
    assert_harmless(page.removeprefix("\ufeff").replace("\r\n", "\n"), "csv")


@pytest.mark.parametrize("words", EVERY)
def test_markdown_makes_no_link_image_or_html(nasty: Settings, words: str) -> None:
    assert_plain_markdown(asked(nasty, words, "--format", "md"))


@pytest.mark.parametrize("words", COMPLETED)
def test_the_shell_is_offered_one_plain_line_each(nasty: Settings, words: str) -> None:
    """Names and words go into a script that the shell evaluates: nothing in them may act."""
    offered = shell_offers(nasty.study().folder, words)
    entries = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", offered.strip(), re.DOTALL)
    for entry in entries[1].split("\n") if entries else []:
        assert re.fullmatch(r'"[\w/-]+(":"[^"\'`$\\;&|<>(){}\[\]*!#~=]*)?"', entry), entry
        assert not _CONTROLS.search(entry)
