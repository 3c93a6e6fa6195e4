"""6 topics of 60 cities: `compare` is whole in a terminal and in Markdown, nothing is cut."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from cli.harness import run_here
from conftest import Fresh
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from many_cities import CITIES, TOPICS, crowd, words
from privacy.evidence import cell_by_cell
from test_round_trips import PARSER, plain

WAYS = (
    "", "--rows items", "--rows cities", "--view city", "--cells both",
    "--cells both --view city",
)  # fmt: skip


class Crowded(Struct, frozen=True):
    """The study, its notes and its summaries."""

    study: Settings
    notes: tuple[Note, ...]
    summaries: tuple[Summary, ...]

    def page(self, *asked: str, lang: str, columns: int = 100) -> str:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("COLUMNS", str(columns))
            folder = str(self.study.study().folder)
            result = run_here("--study", folder, "compare", *asked, lang=lang)
        assert result.code == 0, result.err
        return result.out


@pytest.fixture(scope="module")
def crowded(fresh_study: Fresh) -> Crowded:
    study = crowd(fresh_study())
    with reading(study.study().database) as connection:
        return Crowded(study, gate.notes(connection, "group"), gate.summaries(connection, "group"))


def texts(crowded: Crowded, way: str) -> Iterator[str]:
    """Every text that must stand there, a note with its handle."""
    yield from (f"{note.body} [{note.handle}]" for note in crowded.notes)
    if "both" in way:
        yield from (summary.body for summary in crowded.summaries)


def width(line: str) -> int:
    """How many columns a terminal needs for a line."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    return len(line) + wide - sum(unicodedata.combining(letter) > 0 for letter in line)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("way", WAYS)
def test_a_terminal_shows_every_word(crowded: Crowded, way: str, columns: int) -> None:
    lang = "ja" if columns == 80 else "en"
    page = crowded.page(*way.split(), "--format", "table", lang=lang, columns=columns)
    bare = "".join(cell_by_cell(page).split())
    for text in texts(crowded, way):
        for word in words(visible(text)):
            assert word in bare, text
    assert max(width(line) for line in page.splitlines() if "\U000e0100" not in line) <= columns
    assert "…" not in bare.replace("……", "")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_markdown_holds_every_word(crowded: Crowded, way: str, lang: str) -> None:
    page = crowded.page(*way.split(), "--format", "md", lang=lang)
    inline = [token for token in PARSER.parse(page) if token.type == "inline"]
    bare = "".join("".join(map(plain, inline)).split())
    for text in texts(crowded, way):
        for word in words(visible(text)):
            assert word in bare, text


@pytest.mark.parametrize(("form", "end"), [("md", "|"), ("table", "│")])
def test_every_city_stands_under_every_topic(crowded: Crowded, form: str, end: str) -> None:
    page = "".join(crowded.page("--rows", "cities", "--format", form, lang="ja").split())
    handles = [f"kaku{number}-1{end}" for number in range(CITIES)]
    rows = {handle: page.count(handle) for handle in handles}
    assert set(rows.values()) == {TOPICS + 1}  # the guide ends with その他


def test_what_goes_into_a_file_is_the_same(crowded: Crowded, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    crowded.page("--cells", "both", "-o", str(file), lang="ja")
    assert file.read_text("utf-8") == crowded.page("--cells", "both", "--format", "md", lang="ja")
