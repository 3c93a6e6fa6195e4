"""A study without notes: what the stories begin with."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.actions.cities import add_city
from fieldvisit.actions.coverage import ask_questions
from fieldvisit.actions.make_study import add_study_group, edit_study, make_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields

EXAMPLES = int(os.environ.get("FIELDVISIT_EXAMPLES", "60"))
A_FEW = max(EXAMPLES // 5, 4)  # where one costs much
SECRET = "極秘の話"
COMMON = "予算"
# Notes of these are off the record from first to last.
SILENT_VISIT, SILENT_CITY = "tsukuba-1", "西予市"


def template(folder: Path) -> Settings:
    """A study with visits and groups, people on both sides, two guides, and no notes."""
    given = Settings(folder, str(folder), "書き手")
    make_study(given, folder)
    for short, name in (("jimu", "事務研究会"), ("jinzai", "人材WG")):
        add_study_group(given, short, name)
    edit_study(given, {"title": "調査", "contact": "調査の連絡先"}, {"study_groups": ["jimu"]})
    attributes = (CityAttribute("town"),)
    add_city(given, City("", "架空県", "架空市", "かくうし", "kaku", attributes=attributes))
    met = VisitFields(
        respondents=("情報部/課長/山田太郎", "//名だけ"), interviewers=("佐藤", "Smith")
    )
    both = ("it-workforce", "exchange-of-views")
    add_visits(given, ["千葉市"], replace(met, first_day="2019-10-21", contact="窓口"))
    add_visits(given, ["千葉市"], VisitFields(first_day="2019-12-02", guides=both))
    add_visits(given, ["姫路市"], replace(met, first_day="2019-10-24", study_groups=("jinzai",)))
    add_visits(given, ["大津市", "つくば市"], VisitFields(consent="録音可"))
    add_visits(given, ["架空市"], VisitFields(first_day="2019-11-05", mode="online"))
    edit_visit(given, "himeji-1", VisitFields(status="held", sent="2019-10-01"))
    ask_questions(given, "chiba-1", {"4/2": "skip", "1/6": "send"}, [("ai-rpa", "規程はあるか")])
    return given


def handles(folder: Path) -> list[str]:
    """The handles of all notes, in the order of their entry."""
    with closing(sqlite3.connect(folder / "fieldvisit.db")) as database:
        return [handle for (handle,) in database.execute("SELECT handle FROM note ORDER BY seq")]


def cells(folder: Path) -> list[tuple[str, str]]:
    """The place and the city (empty = across) of each summary."""
    with closing(sqlite3.connect(folder / "fieldvisit.db")) as database:
        return list(
            database.execute(
                "SELECT topic || coalesce('/' || question, ''), coalesce(city_code, '')"
                " FROM summary ORDER BY seq"
            )
        )
