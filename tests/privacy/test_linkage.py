"""Who holds the named and the anonymised comparison of one study cannot put them together."""

import random
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cli.harness import run_here
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.coverage import ask_questions
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.summaries import set_summary
from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields

CITIES = ("架空市", "仮名市", "見本町", "例示村", "模擬市", "試作市")
CLASSES = ("designated-city", "core-city", "town", "village", "ordinary-city", "ordinary-city")
PLACES = ("ai-rpa/status", "ai-rpa/effect", "hiring", "open-data/use", "security", "other")
LETTERS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ"
pytestmark = pytest.mark.usefixtures("_no_configuration")


def statement(dice: random.Random) -> str:
    return "".join(dice.choices(LETTERS, k=dice.randrange(16, 40))) + "という。"


def nearly(text: str, dice: random.Random) -> str:
    """The same with a word more, a letter changed, or signs and blanks otherwise."""
    at = dice.randrange(3, len(text) - 3)
    changed = (f"{text[:at]}、{text[at:]}", text[:at] + "等" + text[at + 1 :], f"現在、{text}",
               text.replace("。", ""), " ".join(text))  # fmt: skip
    return dice.choice(changed)


def study(folder: Path, seed: int) -> Path:
    """Six cities, each with what is published under its name and what only without."""
    dice = random.Random(seed)
    given = Settings(folder, str(folder), "書き手")
    make_study(given, folder)
    for at, name in enumerate(CITIES):
        held = (CityAttribute(CLASSES[at]),)
        add_city(given, City("", f"架空{at}県", name, "", f"kaku{'abcdef'[at]}", attributes=held))
        met = VisitFields(
            first_day=f"2019-10-{10 + at}", respondents=(f"部署{at}課/課長/氏名{at}",)
        )
        (visit,) = add_visits(given, [name], met)
        _visit, (own,) = ask_questions(given, visit.handle, {}, [("ai-rpa", statement(dice))])
        _notes(given, visit.handle, name, str(own), dice)
    return folder


def _notes(given: Settings, visit: str, name: str, own: str, dice: random.Random) -> None:
    when = f"2019-{dice.randrange(1, 13):02}"
    said = NoteFields(said_by=f"氏名{CITIES.index(name)}", as_of=when)
    add_note(given, visit, statement(dice), replace(said, place="hiring", disclosure="anonymous"))
    for place in dice.sample(PLACES, 4):
        text = statement(dice)
        level = dice.choice(["public", "confirm"])
        note = add_note(given, visit, text, replace(said, place=place, disclosure=level))
        if level == "confirm":
            with changing(given, "confirm set") as (_view, change):
                agreed = Confirmation(note.id, note.visit_id or "", "ok", note.revision)
                records.save(change, agreed)
        again = dice.choice([text, nearly(text, dice), statement(dice), statement(dice)])
        closed = dice.choice(["anonymous", "anonymous", "group"])
        add_note(given, visit, again, replace(said, place=place, disclosure=closed))
    source = NoteFields(source_title=f"{statement(dice)}報告", source_date="2019-03")
    add_note(given, name, statement(dice), replace(source, place="hiring", kind="desk"))
    level = dice.choice(["anonymous", "public"])
    add_note(given, visit, statement(dice), NoteFields(place=own, disclosure=level))
    set_marks(given, visit, ["collaboration"], dice.choice(["declined", "not-applicable"]), "事情")
    set_summary(given, "ai-rpa", statement(dice), city=name)
    set_summary(given, "hiring", statement(dice), across=True)


def compared(folder: Path, audience: str, *words: str) -> dict[str, list[Any]]:
    """What a comparison says of each city, by its name: every value that is printed."""
    typed = ("compare", "--cells", "both", "--audience", audience, "--json", *words)
    made = run_here("--study", str(folder), *typed)
    assert made.code == 0, made.err
    found: dict[str, list[Any]] = {}
    for topic in made.json["topics"]:
        for city in topic["cities"]:
            found.setdefault(city["city"]["name"], []).extend(values((topic["topic"], city)))
    return found


def values(thing: Any) -> Iterator[Any]:
    if isinstance(thing, Mapping):
        yield from values(tuple(thing.values()))
    elif isinstance(thing, list | tuple):
        for below in thing:
            yield from values(below)
    elif isinstance(thing, str):
        yield thing


def linked(named: dict[str, list[str]], nameless: dict[str, list[str]]) -> dict[str, set[str]]:
    """For each city without a name those of which one alone says the same, or nearly so."""
    return {letters: {name for text in told if (name := _only_one(text, named))}
            for letters, told in nameless.items()}  # fmt: skip


def _only_one(text: str, named: dict[str, list[str]]) -> str:
    """The one city with a text that equals this one, or is nearly equal; empty if there is none."""
    alike = [name for name, told in named.items() if any(_is_near(text, other) for other in told)]
    return alike[0] if len(alike) == 1 else ""


def _is_near(one: str, other: str) -> bool:
    if one == other or min(len(one), len(other)) < 8:
        return one == other
    near = SequenceMatcher(None, one, other, autojunk=False)
    return near.quick_ratio() > 0.8 and near.ratio() > 0.8


def truth(folder: Path, letters: str) -> str:
    told = run_here("--study", str(folder), "trace", letters, "--json")
    return str(told.json["name"])


@pytest.mark.by_chance
@pytest.mark.parametrize("seed", range(4))
def test_equal_and_nearly_equal_texts_link_no_city(tmp_path: Path, seed: int) -> None:
    folder = study(tmp_path / "study", seed)
    named = compared(folder, "public")
    assert len(named) == len(CITIES)
    for number, audience in enumerate(("public", "group"), start=1):
        nameless = compared(folder, audience, "--anonymise")
        assert len(nameless) == len(CITIES)
        found = linked(named, nameless)
        right = [letters for letters, names in found.items()
                 if truth(folder, f"{number}-{letters}") in names]  # fmt: skip
        assert right == [], found


def test_the_attack_finds_every_city_where_nothing_is_left_out(tmp_path: Path) -> None:
    folder = study(tmp_path / "study", 0)
    named, everything = compared(folder, "public"), compared(folder, "group")
    found = linked(named, everything)
    assert all(name in names for name, names in found.items())
    assert len(found) == len(CITIES)
