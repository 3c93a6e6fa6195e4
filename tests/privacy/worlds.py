"""A study without notes, and studies without what is off the record."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.actions.ask_questions import ask_questions
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.materials import add_material
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.fieldwork.visit import Material
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
    for level, title in (("off-record", SECRET), ("group", "組織図"), ("public", "要綱")):
        add_material(given, "chiba-1", Material("", 0, title, disclosure=level), None)
    ask_questions(given, "chiba-1", {"4/2": "skip", "1/6": "send"}, [("ai-rpa", "規程はあるか")])
    return given


def without_off_record(folder: Path, target: Path, *, cities: bool = False) -> Path:
    """A copy of the study in which nothing that is off the record was ever entered.

    Gone are notes and materials with their past, what hangs on such notes, every summary that
    rests on one, and single revisions of other summaries that once did. With ``cities`` also the
    shipped ones that nothing speaks of any more.
    """
    shutil.copytree(folder, target)
    with closing(sqlite3.connect(target / "fieldvisit.db", isolation_level=None)) as database:
        database.execute("BEGIN")
        levels = ", ".join(f"'{level}'" for level in DISCLOSURES if level != OFF_RECORD)
        gone = f"SELECT id FROM note WHERE disclosure NOT IN ({levels})"
        _drop(database, "material", "visit_id || ':' || label", f"disclosure NOT IN ({levels})")
        _drop(
            database,
            "summary",
            "id",
            f"""disclosure NOT IN ({levels}) OR id IN (SELECT
            summary_id FROM summary_note WHERE rests AND note_id IN ({gone}))""",
        )
        _drop_from_the_past_of_summaries(database, {id_ for (id_,) in database.execute(gone)})
        database.execute(f"DELETE FROM summary_note WHERE note_id IN ({gone})")
        _drop(database, "confirmation", "note_id", f"note_id IN ({gone})")
        _drop(database, "note_conflict", "id", f"first IN ({gone}) OR second IN ({gone})")
        for table in ("note_place", "note_tag", "note_group"):
            database.execute(f"DELETE FROM {table} WHERE note_id IN ({gone})")
        _drop(database, "note", "id", f"disclosure NOT IN ({levels})")
        _loosen_guides(database)
        database.execute("DELETE FROM change WHERE id NOT IN (SELECT change_id FROM revision)")
        if cities:
            _drop_unknown_cities(database)
        database.execute("COMMIT")
    return target


def _drop(database: sqlite3.Connection, table: str, name: str, where: str) -> None:
    """Delete from a table what fits, with its revisions; ``name`` is what these are kept under."""
    kind = table.replace("_", "-")
    database.execute(
        f"DELETE FROM revision WHERE kind = '{kind}' AND object IN"
        f" (SELECT {name} FROM {table} WHERE {where})"
    )
    database.execute(f"DELETE FROM {table} WHERE {where}")


def _drop_from_the_past_of_summaries(database: sqlite3.Connection, gone: set[str]) -> None:
    """Let no revision of a summary know of the notes, and none be there that rested on one."""
    last: dict[str, tuple[str, int]] = {}
    for id_, name, at, text in database.execute(
        "SELECT id, object, at, body FROM revision WHERE kind = 'summary' ORDER BY seq"
    ).fetchall():
        body = json.loads(text)
        if any(one["rests"] and one["note_id"] in gone for one in body["seen"]):
            database.execute("DELETE FROM revision WHERE id = ?", (id_,))
            continue
        body["seen"] = [one for one in body["seen"] if one["note_id"] not in gone]
        parent, number = last.get(name, ("", 0))
        if not parent:
            database.execute("UPDATE summary SET created_at = ? WHERE id = ?", (at, name))
        parents = json.dumps([parent] if parent else [])
        database.execute(
            "UPDATE revision SET parents = ?, body = ? WHERE id = ?",
            (parents, json.dumps(body), id_),
        )
        database.execute("UPDATE summary SET number = ? WHERE id = ?", (number + 1, name))
        last[name] = id_, number + 1


def _loosen_guides(database: sqlite3.Connection) -> None:
    """Guides that an off-record note alone has fixed follow their files again."""
    database.execute(
        "UPDATE visit_guide SET sha256 = '' WHERE visit_id IN (SELECT id FROM visit"
        " WHERE sent = '') AND visit_id NOT IN (SELECT visit_id FROM mark)"
        " AND visit_id NOT IN (SELECT visit_id FROM note WHERE visit_id IS NOT NULL)"
    )


def _drop_unknown_cities(database: sqlite3.Connection) -> None:
    speaking = ("note", "visit", "summary", "city_fact")
    unknown = "code NOT LIKE '99%'" + "".join(
        f" AND code NOT IN (SELECT city_code FROM {table} WHERE city_code IS NOT NULL)"
        for table in speaking
    )
    database.execute(f"DELETE FROM city_attribute WHERE {unknown}")
    _drop(database, "city", "code", unknown)


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
