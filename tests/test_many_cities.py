"""6 topics of 60 cities: `compare` is whole in a terminal and in Markdown, nothing is cut."""

import random
import unicodedata
from pathlib import Path

import pytest
from msgspec import Struct

from cli.harness import run_here
from conftest import Fresh
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from fieldvisit.storage.connection import Change, reading
from fieldvisit.study.change import changing
from privacy.evidence import cell_by_cell
from test_round_trips import PARSER, plain

CITIES, TOPICS = 60, 6
_WORDS = (
    "職員の研修を年二回行い、", "うち一回は情報部門の職員を対象としている。",
    "RPAを税務で使う（2019年度）。", "一行目\n\n二行目", "| 表 | の | 中 |", "*印* _下線_ `符号`",
    "https://example.jp/a/very/long/address/that/fits/into/no/column/of/a/table.html?x=1&y=2",
    "The project has been running since 2018; interoperability is evaluated quarterly.",
    "𠮷野家と葛\U000e0100城", "=1+1",
)  # fmt: skip


def crowd(given: Settings) -> Settings:
    """Fill a new study: each city has a visit, notes under every topic and some summaries."""
    dice = random.Random(60)
    with changing(given, "test") as (view, change):
        topics = view.guides.current("it-workforce").topics[:TOPICS]
        for number in range(CITIES):
            code = f"99{number + 10:03}9"
            name = f"架空{number}{dice.choice(['', 'の名の長い'])}市"
            kind = (CityAttribute(dice.choice(["core-city", "town", "designated-city"])),)
            records.save(change, City(code, "架空県", name, "", f"kaku{number}", attributes=kind))
            visit = Visit(ids.new_id(), f"kaku{number}-1", code, "2019-10-21", mode="onsite",
                          status="held", guides=(UsedGuide("it-workforce"),))  # fmt: skip
            records.save(change, visit)
            for topic in topics:
                _under(change, visit, topic, dice, summed=number % 3 == 0)
    return given


def _under(
    change: Change, visit: Visit, topic: Topic, dice: random.Random, *, summed: bool
) -> None:
    """Two notes of a visit under a topic, and a summary of them if it is wanted."""
    code, seen = visit.city_code, []
    for key in dice.sample([None, *(question.key for question in topic.questions)], 2):
        kind, level = (
            dice.choice(["statement", "quote"]),
            dice.choice(["public", "group", "confirm"]),
        )
        note = Note(ids.new_id(), ids.new_handle(), code, visit.id, kind, _text(dice), level, "t",
                    (Address(topic.key, key),))  # fmt: skip
        stored = records.save(change, note)
        seen.append(SeenNote(note.id, stored.revision, note.disclosure))
    if summed:
        made = Summary(code, Address(topic.key), _text(dice), "group", "t", tuple(seen))
        records.save(change, made)


def _text(dice: random.Random) -> str:
    return "".join(dice.sample(_WORDS, dice.randrange(1, 4)))


WAYS = (
    "", "--rows items", "--rows cities", "--view city", "--cells both",
    "--cells both --view city",
)  # fmt: skip


class Crowded(Struct, frozen=True):
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


def assert_every_word(crowded: Crowded, way: str, bare: str) -> None:
    """Every text stands there, a note with its handle; ``bare`` is the page without blanks."""
    wanted = [f"{note.body} [{note.handle}]" for note in crowded.notes]
    wanted += [summary.body for summary in crowded.summaries] if "both" in way else []
    for text in wanted:
        assert all("".join(line.split()) in bare for line in visible(text).split("\n")), text


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
    assert_every_word(crowded, way, bare)
    assert max(width(line) for line in page.splitlines() if "\U000e0100" not in line) <= columns
    assert "…" not in bare.replace("……", "")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_markdown_holds_every_word(crowded: Crowded, way: str, lang: str) -> None:
    page = crowded.page(*way.split(), "--format", "md", lang=lang)
    inline = [token for token in PARSER.parse(page) if token.type == "inline"]
    bare = "".join("".join(map(plain, inline)).split())
    assert_every_word(crowded, way, bare)


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
