"""A study of 60 made-up cities: more than fits on any screen."""

import random
from collections.abc import Iterator

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import ids, records
from fieldvisit.storage.writing import Change
from fieldvisit.study.change import changing

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
    keys = dice.sample([None, *(question.key for question in topic.questions)], 2)
    notes = [_note(visit.city_code, visit.id, Address(topic.key, key), dice) for key in keys]
    stored = [records.save(change, note) for note in notes]
    if summed:
        seen = tuple(SeenNote(note.id, note.revision, note.disclosure) for note in stored)
        made = Summary(visit.city_code, Address(topic.key), _text(dice), "group", "t", seen)
        records.save(change, made)


def _note(code: str, visit_id: str, place: Address, dice: random.Random) -> Note:
    kind, level = dice.choice(["statement", "quote"]), dice.choice(["public", "group", "confirm"])
    names = ids.new_id(), ids.new_handle(), code, visit_id
    return Note(*names, kind, _text(dice), level, "t", (place,))


def _text(dice: random.Random) -> str:
    return "".join(dice.sample(_WORDS, dice.randrange(1, 4)))


def words(text: str) -> Iterator[str]:
    """The lines of a text, without blanks: any page must hold each whole once it has none."""
    for line in text.split("\n"):
        if bare := "".join(line.split()):
            yield bare
