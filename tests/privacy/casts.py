"""Two casts that play in the same studies: only the names differ, and hide in one another."""

import random
import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.aliases import add_alias, ignore_texts
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.coverage import ask_questions
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.summaries import set_summary
from fieldvisit.actions.write_note import enter_note
from fieldvisit.anonymity.form import bare
from fieldvisit.anonymity.names import Subject, katakana
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing

CLASSES = ("core-city", "ordinary-city", "village", "town", "other")


class Cast(Struct, frozen=True):
    """Names by role, and the order in which the cities are entered."""

    cities: tuple[tuple[str, str, str, str, str], ...]
    people: tuple[str, ...]
    departments: tuple[str, ...]
    system: str
    vendor: str
    stem: str  # of the second city
    order: tuple[int, ...]

    def words(self) -> dict[str, str]:
        """Every form in which a name may stand in a text."""
        found = {"s": self.system, "v": self.vendor, "t": self.stem}
        for at, (prefecture, name, kana, romaji, english) in enumerate(self.cities):
            found |= {f"c{at}": name, f"k{at}": katakana(kana), f"r{at}": romaji.upper()}
            found |= {f"f{at}": prefecture, f"x{at}": f"{prefecture} {name}"}
            found |= {f"h{at}": f"{romaji}-1", f"e{at}": f"{english} Prefecture"}
        found |= {f"p{at}": name for at, name in enumerate(self.people)}
        return found | {f"d{at}": name for at, name in enumerate(self.departments)}

    def roles(self, codes: dict[int, str]) -> dict[Subject, int]:
        """What is drawn for, in the same order for every cast."""
        places = [("city", codes[at]) for at in range(len(self.cities))]
        places += [("city", city[0]) for city in self.cities]
        people = [("person", bare(name)) for name in self.people]
        offices = [("department", bare(name)) for name in self.departments]
        ours = [("system", bare(self.system)), ("vendor", bare(self.vendor))]
        every = [*places, *people, *offices, *ours]
        return {Subject(*one): at for at, one in enumerate(every)}


ONE = Cast(
    (
        ("三重県", "津市", "つし", "tsu", "Mie"),
        ("佐賀県", "唐津市", "からつし", "karatsu", "Saga"),
        ("奈良県", "明日香村", "あすかむら", "asuka", "Nara"),
        ("京都府", "久御山町", "くみやまちょう", "kumiyama", "Kyoto"),
        ("東京都", "東京広域組合", "とうきょうこういきくみあい", "tokyokoiki", "Tokyo"),
    ),
    ("山田太郎", "山田 太", "林"), ("総務部", "総務部情報課"), "さくら基幹", "さくら基幹計算",
    "唐津", (0, 1, 2, 3, 4),
)  # fmt: skip
OTHER = Cast(
    (
        ("青森県", "青森市", "あおもりし", "aomori", "Aomori"),
        ("茨城県", "つくばみらい市", "つくばみらいし", "tsukubamirai", "Ibaraki"),
        ("岡山県", "西粟倉村", "にしあわくらそん", "nishiawakura", "Okayama"),
        ("滋賀県", "日野町", "ひのちょう", "hino", "Shiga"),
        ("北海道", "釧路公立大学事務組合", "くしろこうりつだいがくじむくみあい", "kushiro",
         "Hokkaido"),
    ),
    ("佐々木小次郎", "John Smith", "Li Wei"), ("DX Office", "企画部 政策室"), "KIKAN-X",
    "みなとソフト", "つくばみらい", (3, 1, 4, 0, 2),
)  # fmt: skip
_PLACES = ("ai-rpa", "ai-rpa/status", "hiring", "hiring/training", "open-data/use", "other")
_PIECES = (
    "{c0}の話", "（{c1}）", "{x2}", "「{k1}」", "about {r3} today", "{f0}と", "{e1}, ",
    "{p0}による", "{d0}長", "{s}を使う", "{v}に頼む", "{t}大学", "see {h0}.", "＝RPA", "いちばん",
    "ichiban", "12100人", "\n", "か\u3099", "{d1}の{p1}", "{c4}", "{c0}{c1}{c2}{c3}",
)  # fmt: skip


def stage(folder: Path, cast: Cast) -> Path:
    """A study with a cast's cities, visits and aliases, and no notes."""
    given = Settings(folder, str(folder), cast.people[0])
    make_study(given, folder)
    for at in cast.order:
        held = (CityAttribute(CLASSES[at]),)
        add_city(given, City("", *cast.cities[at], attributes=held))
    add_alias(given, cast.system, "system", "")
    add_alias(given, cast.vendor, "vendor", "")
    add_alias(given, cast.stem, "", cast.cities[1][1])
    ignore_texts(given, ["12100人"])
    for at in range(len(cast.cities)):
        _visit(given, cast, at)
    asked = [("ai-rpa", "{c0}の{s}は".format(**cast.words()))]
    ask_questions(given, f"{cast.cities[0][3]}-1", {}, asked)
    return folder


def played(empty: Path, folder: Path, cast: Cast, seed: int) -> tuple[Settings, dict[Subject, int]]:
    """The study of that seed, played by a cast, and the roles of those in it."""
    shutil.copytree(empty, folder)
    given = Settings(folder, str(folder), cast.people[0])
    with viewing(given, "all") as view:
        known = {city.name: code for code, city in view.cities.items()}
    codes = {at: known[city[1]] for at, city in enumerate(cast.cities)}
    dice = random.Random(seed)
    _notes(given, cast, codes, dice)
    _marks_and_summaries(given, cast, codes, dice)
    return given, cast.roles(codes)


def _visit(given: Settings, cast: Cast, at: int) -> None:
    city, words = cast.cities[at], cast.words()
    plan = VisitFields(
        first_day=f"2019-10-{10 + at}",
        place="{c0}役所".format(**words),
        contact="{d0} {p0}".format(**words),
        consent="{p1}".format(**words),
        interviewers=(cast.people[2],),
        respondents=(f"{cast.departments[0]}/{city[1]}課長/{cast.people[0]}",
                     f"{cast.departments[1]}//{cast.people[1]}"),
    )  # fmt: skip
    add_visits(given, [city[1]], plan if at < 3 else replace(plan, respondents=()))


def _text(cast: Cast, dice: random.Random) -> str:
    pieces = dice.choices(_PIECES, k=dice.randrange(1, 6))
    return "。".join(["話", *pieces, "終"]).format(**cast.words())


def _notes(given: Settings, cast: Cast, codes: dict[int, str], dice: random.Random) -> None:
    with changing(given, "note add") as (view, ledger):
        for _ in range(dice.randrange(4, 16)):
            at = dice.randrange(len(cast.cities))
            of_city = dice.random() < 0.3
            particulars = _particulars(cast, dice, at, of_city=of_city)
            fresh = view.anew()
            visit = next(v for v in fresh.visits if v.city_code == codes[at])
            owner = fresh.cities[codes[at]] if of_city else visit
            enter_note(fresh, ledger, owner, _text(cast, dice), particulars)


def _particulars(cast: Cast, dice: random.Random, at: int, *, of_city: bool) -> NoteFields:
    speaks = at < 3 and not of_city and dice.random() < 0.6
    return NoteFields(
        place=dice.choice(_PLACES),
        kind="desk" if of_city else dice.choice([None, "quote", "reply"]),
        disclosure=dice.choice([None, *DISCLOSURES]),
        also=(dice.choice(_PLACES),) if dice.random() < 0.3 else (),
        said_by=cast.people[dice.randrange(2)] if speaks else None,
        as_of=dice.choice([None, "2019年度"]),
        source_title=dice.choice([None, _text(cast, dice)]),
        source_url=f"https://www.city.{cast.cities[at][3]}.lg.jp/",
        tags=(_text(cast, dice),) if dice.random() < 0.3 else (),
    )


def _marks_and_summaries(
    given: Settings, cast: Cast, codes: dict[int, str], dice: random.Random
) -> None:
    visit = f"{cast.cities[3][3]}-1"
    set_marks(given, visit, ["ai-rpa/dropped"], "declined", _text(cast, dice))
    roles = {code: at for at, code in codes.items()}
    with viewing(given, "all") as view:
        cells = {(roles[n.city_code], n.places[0].topic) for n in view.notes
                 if n.disclosure != "off-record" and n.kind != "remark"}  # fmt: skip
    for at, topic in sorted(cells)[:2]:
        set_summary(given, topic, _text(cast, dice), city=cast.cities[at][1])
    for _at, topic in sorted(cells)[:1]:
        set_summary(given, topic, _text(cast, dice), across=True)
