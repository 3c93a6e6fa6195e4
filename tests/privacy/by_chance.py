"""Notes, marks and what rests on them by chance, some of them with a long past."""

import random
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fieldvisit.actions.set_marks import put_mark
from fieldvisit.actions.write_note import enter_note
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.writing import Change
from fieldvisit.study.change import adopt_city, changing
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_any_city
from fieldvisit.study.view import StudyView
from privacy.resting import Round
from privacy.worlds import COMMON, SECRET, SILENT_CITY, SILENT_VISIT

# Whatever is none of the five levels must count as off the record.
DAMAGED: Sequence[Any] = ("", "Public", "public ", "open", "公表可", "off record", b"public", 1)
_CITIES = ("千葉市", "姫路市", "大津市", SILENT_CITY, "架空市")
_PLACES = (
    "unsorted", "hiring", "hiring/staff-mix", "hiring/training", "hiring/ward-and-bureau-staff",
    "ai-rpa", "ai-rpa/status", "ai-rpa/dropped", "open-data/use", "other", "themes", "1/1",
)  # fmt: skip
_WORDS = (
    COMMON, "RPA", "ＲＰＡ", "職員は3名。", "=1+1", "一行目\n二行目", "| 表 |", "[/red]",
    "か\u3099", "\x1b[2J", "𠮷野家", "<b>", "効果あり", "#1", "'x",
)  # fmt: skip
Owner = Visit | City


def inhabited(template_folder: Path, folder: Path, seed: int) -> Settings:
    """A copy of the template with a life of its own: some of it has a long past."""
    dice = random.Random(seed)
    shutil.copytree(template_folder, folder)
    given = Settings(folder, str(folder), dice.choice(["書き手", "もう一人"]))
    with changing(given, "note add") as (view, ledger):
        for _ in range(dice.choice([0, 4, 10, 16])):
            _enter(view, ledger, dice)
    with changing(given, "mark") as (view, ledger):
        for _ in range(dice.randrange(8)):
            _mark(view, ledger, dice)
        Round(view.anew(), ledger, dice).enter()
    if dice.random() < 0.4:
        _rename_a_question(folder, forget=dice.random() < 0.5)
    for _ in range(dice.choice([0, 2, 3, 4])):
        with changing(given, "note edit") as (view, ledger):
            _live_on(view, ledger, dice)
            Round(view, ledger, dice).enter()
    _damage(folder, dice)
    (folder / "drafts" / "note.txt").write_text(SECRET, encoding="utf-8")
    return given


def _enter(view: StudyView, ledger: Change, dice: random.Random) -> Note:
    owner = _owner(view, ledger, dice)
    silent = owner.handle == SILENT_VISIT if isinstance(owner, Visit) else owner.name == SILENT_CITY
    level = "off-record" if silent or dice.random() < 0.25 else dice.choice([None, *DISCLOSURES])
    secret = level == "off-record"
    kinds = list(KINDS) if isinstance(owner, Visit) else ["desk", "remark"]
    said_by = None
    if isinstance(owner, Visit) and owner.participants and dice.random() < 0.4:
        said_by = str(dice.choice(owner.participants))
    particulars = NoteFields(
        place=_place(owner, dice),
        kind=dice.choice(kinds),
        disclosure=level,
        also=tuple(_topics(owner, dice, dice.randrange(3))),
        said_by=said_by,
        as_of=dice.choice([None, "2019", "2019年度", "令和元年10月"]),
        source_title=dice.choice([None, SECRET if secret else "総務省"]),
        source_url=dice.choice([None, "https://example.jp/?a=1&b"]),
        source_date=dice.choice([None, "2019-03"]),
        only_for=tuple(dice.sample(["jimu", "jinzai"], dice.randrange(3))),
        tags=tuple(dice.sample(["計画", "要点", SECRET if secret else "x"], dice.randrange(3))),
        material=dice.choice([0, 1, 2]) if _has_materials(owner) else 0,
        page=dice.choice(["", "7"]),
    )
    ledger.by = dice.choice(["書き手", "もう一人", "覆面" if secret else "書き手"])
    return enter_note(view, ledger, owner, _body(dice, secret=secret), particulars)


def _owner(view: StudyView, ledger: Change, dice: random.Random) -> Owner:
    if dice.random() < 0.7:
        wanted = dice.choice([visit.handle for visit in view.visits])
        # Read anew: entering its first note makes a visit keep its guides.
        fresh = view.anew()
        return next(visit for visit in fresh.visits if visit.handle == wanted)
    city = find_any_city(view, dice.choice(_CITIES))
    return adopt_city(view.anew(), ledger, city)


def _place(owner: Owner, dice: random.Random) -> str:
    place = dice.choice(_PLACES)
    return "hiring" if place == "1/1" and not _has_it_workforce(owner) else place


def _has_materials(owner: Owner) -> bool:
    return isinstance(owner, Visit) and owner.handle == "chiba-1"


def _topics(owner: Owner, dice: random.Random, number: int) -> Iterable[str]:
    return (p for p in dice.sample(_PLACES, number) if p not in ("unsorted", "1/1"))


def _has_it_workforce(owner: Owner) -> bool:
    return isinstance(owner, Visit) and [g.slug for g in owner.guides] == ["it-workforce"]


def _body(dice: random.Random, *, secret: bool) -> str:
    words = [*dice.choices(_WORDS, k=dice.randrange(1, 5)), *([SECRET] if secret else ["話"])]
    dice.shuffle(words)
    return " ".join(words)


def _mark(view: StudyView, ledger: Change, dice: random.Random) -> None:
    visit = dice.choice(view.visits)
    places = [place for note in view.notes if note.visit_id == visit.id for place in note.places]
    places += [Address("hiring"), Address("ai-rpa", "dropped"), Address("open-data", "use")]
    state = dice.choice([mark for mark in MARKS if mark != "clear"])
    due = dice.choice(["2019-11-15", "2099-01-31"]) if state == "to-follow" else ""
    reason = dice.choice(["", "担当者不在", "確認中"])
    put_mark(view, ledger, Mark(visit.id, dice.choice(places), state, reason, due, "書き手"))


def _live_on(view: StudyView, ledger: Change, dice: random.Random) -> None:
    """Let some notes go off the record, be opened again, change, be deleted and come back."""
    for note in gate.notes(view.connection, "all", gate.NotesAsked(deleted=True)):
        if dice.random() < 0.6:
            continue
        silent = note.visit_id and view.visits_by_id[note.visit_id].handle == SILENT_VISIT
        closed = silent or view.cities[note.city_code].name == SILENT_CITY
        change = dice.choice([
            {"disclosure": "off-record"},
            {"disclosure": "off-record", "body": f"{note.body} {SECRET}", "tags": (SECRET,)},
            *[{"disclosure": note.disclosure if closed else dice.choice(list(DISCLOSURES))}] * 3,
            {"body": f"{note.body}。直した。"},
            {"deleted": not note.deleted},
            {"places": note.places[1:]},
            {"disclosure": "off-record", "deleted": True},
        ])  # fmt: skip
        records.save(ledger, replace(note, **change))  # type: ignore[arg-type]
    notes = [note for note in gate.notes(view.connection, "all") if note.visit_id]
    if len(notes) > 1 and dice.random() < 0.4:
        first, other = dice.sample(notes, 2)
        gone = records.save(ledger, replace(other, deleted=True))
        whole = replace(first, body=f"{first.body}。合わせた。")
        records.save(ledger, whole, parents=[gone.revision])


def _rename_a_question(folder: Path, *, forget: bool) -> None:
    """Change a guide's file after visits kept it: a question has a new name.

    With ``forget`` the guide does not say which one it was before.
    """
    path = folder / "interview_guides" / "it-workforce.yaml"
    text = path.read_text(encoding="utf-8")
    renamed = "question: staff-numbers" + ("" if forget else "\n        was: [staff-mix]")
    assert "question: staff-mix" in text
    path.write_text(text.replace("question: staff-mix", renamed), encoding="utf-8")


def _damage(folder: Path, dice: random.Random) -> None:
    """Put values where the level stands that are none."""
    with closing(sqlite3.connect(folder / "fieldvisit.db", isolation_level=None)) as database:
        for table, often in (("note", 0.1), ("summary", 0.05), ("material", 0.05)):
            for (seq,) in database.execute(f"SELECT seq FROM {table} ORDER BY seq").fetchall():
                if dice.random() < often:
                    values = (dice.choice(DAMAGED), seq)
                    database.execute(f"UPDATE {table} SET disclosure = ? WHERE seq = ?", values)
