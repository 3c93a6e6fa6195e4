"""A study told twice: as it was, and as if nothing off the record had ever been said.

Both worlds live through the same steps, taken as a person takes them; what is off the record
happens in world A alone. A note that was off the record and was opened is entered in world B on
the day on which it was opened. Ids, handles and times are those of the step in both.
"""

import json
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.aliases import add_alias, ignore_texts
from fieldvisit.actions.cities import set_fact
from fieldvisit.actions.combine_notes import clear_conflict, combine_notes, set_conflict
from fieldvisit.actions.confirm_answers import Said, set_confirmations
from fieldvisit.actions.materials import add_material
from fieldvisit.actions.review import Decision, decide
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.summaries import delete_summary, set_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.city import CityFact
from fieldvisit.fieldwork.disclosure import strictest, while_waiting
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import ALPHABET, Note
from fieldvisit.fieldwork.study import IGNORED
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS, NAMED
from fieldvisit.fieldwork.visit import Material
from fieldvisit.review.item import Item
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from fieldvisit.study.change import adopt_city, changing, keep_guides
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.references import find_any_city
from fieldvisit.study.view import viewing
from privacy.worlds import COMMON, SECRET, SILENT_CITY, SILENT_VISIT
from waiting import item, store

VISITS = ("chiba-1", "chiba-2", "himeji-1", "otsu-1", "kaku-1", SILENT_VISIT)
CITIES = ("千葉市", "姫路市", "大津市", SILENT_CITY, "架空市")
PLACES = (
    "unsorted", "hiring", "hiring/staff-mix", "hiring/training", "hiring/ward-and-bureau-staff",
    "ai-rpa", "ai-rpa/status", "ai-rpa/dropped", "open-data/use", "other", "themes", "1/1",
)  # fmt: skip
WORDS = (
    COMMON, "RPA", "ＲＰＡ", "職員は3名。", "=1+1", "一行目\n二行目", "| 表 |", "[/red]",
    "か\u3099", "\x1b[2J", "𠮷野家", "<b>", "効果あり", "#1", "'x",
)  # fmt: skip
# What may be a name; {} is the handle of another note, which may be off the record.
SAID = (
    "西予市の例",
    "西予から",
    "千葉大学",
    "姫路市と",
    "山田課長",
    "{}を見よ",
    "架空市",
    "愛媛県",
)
# Whatever is none of the five levels must count as off the record.
DAMAGED: Sequence[Any] = ("", "Public", "public ", "open", "公表可", "off record", b"public", 1)
OPEN = tuple(level for level in DISCLOSURES if level != "off-record")
Act = Callable[[Settings], Any]


class Told(Struct):
    """A note of the story: ``secret`` ones are of world A alone, ``later`` opened one day."""

    handle: str
    owner: str
    secret: bool
    later: bool
    level: str
    deleted: bool = False


def told_twice(template: Path, room: Path, seed: int) -> tuple[Path, Path]:
    """Tell the story of that seed in two copies of the template: world A, world B."""
    a, b = (Path(shutil.copytree(template, room / name)) for name in "ab")
    for folder, disclosure in ((a, "off-record"), (b, "")):
        _hand_over(folder, disclosure)
    _Story(random.Random(seed), a, b).tell()
    return a, b


def told_once(template: Path, folder: Path, seed: int) -> Settings:
    """Tell the same story in world A alone."""
    shutil.copytree(template, folder)
    _hand_over(folder, "off-record")
    _Story(random.Random(seed), folder, None).tell()
    return Settings(folder, str(folder), "書き手")


def _hand_over(folder: Path, hidden: str) -> None:
    """Materials of a visit: in world A one more, before the others."""
    given = Settings(folder, str(folder), "書き手")
    for level, title in ((hidden, SECRET), ("group", "組織図"), ("public", "要綱")):
        if level:
            add_material(given, "chiba-1", Material("", 0, title, disclosure=level), None)


class _Story:
    def __init__(self, dice: random.Random, a: Path, b: Path | None) -> None:
        self.dice, self.a, self.b = dice, a, b
        self.step = 0
        self.notes: list[Told] = []
        self.replies: list[Told] = []  # secret ones, which nothing happens to
        self.closed_summaries: set[str] = set()
        self.cells: list[tuple[str, str]] = []
        self.materials: list[tuple[str, int]] = []
        self.may_undo = False
        self.silent = {SILENT_VISIT, SILENT_CITY}

    def tell(self) -> None:
        steps = [self.note] * 9 + [self.edit] * 9 + [self.summary] * 4 + [self.mark] * 2
        steps += [self.confirmation] * 4 + [self.conflict, self.combine, self.material, self.fact]
        steps += [self.alias, self.undo, self.rename_a_question, self.item, self.item]
        for step in [self.note] * 3 + self.dice.choices(steps, k=self.dice.choice([4, 25, 40])):
            step()
        self.close()
        for folder in filter(None, (self.a, self.b)):
            (folder / "drafts" / "note.txt").write_text(SECRET, encoding="utf-8")

    def both(self, act: Act, *, secret: bool = False, instead: Callable[..., Any] | None = None,
             undoable: bool = False) -> Any:  # fmt: skip
        """Let a step happen in A and, if it is no secret, in B too; None if it is refused."""
        self.step += 1
        by = "覆面" if secret or instead else self.dice.choice(["書き手", "もう一人"])
        try:
            with _as_of(self.step):
                found = act(Settings(self.a, str(self.a), by))
        except Refused:
            return None
        if self.b and not secret:
            with _as_of(self.step):
                other = Settings(self.b, str(self.b), by)
                instead(other, found) if instead else act(other)
        self.may_undo = undoable and not secret and self.is_stored()
        return found

    def is_stored(self) -> bool:
        """Tell whether this step changed anything: what stands already is not stored again."""
        with closing(sqlite3.connect(self.a / "fieldvisit.db")) as database:
            (last,) = database.execute("SELECT max(at) FROM change").fetchone()
        return bool(last == _time(self.step).isoformat(timespec="microseconds")[:-6] + "Z")

    def note(self) -> None:
        dice = self.dice
        at_visit = dice.random() < 0.7
        owner = dice.choice(VISITS if at_visit else CITIES)
        secret = owner in self.silent or dice.random() < 0.4
        later = secret and owner not in self.silent and dice.random() < 0.4
        closed = later or dice.random() < 0.6  # else it goes off the record one day
        level = "off-record" if secret and closed else dice.choice([None, *OPEN])
        people = ["情報部 課長", "名だけ", "佐藤"] if owner in {"chiba-1", "himeji-1"} else []
        fields = NoteFields(
            place=dice.choice(PLACES[:-2] if owner == "chiba-2" else PLACES[:-1]),
            kind=dice.choice(list(KINDS) if at_visit else ["desk", "remark"]),
            disclosure=level,
            also=tuple(dice.sample(PLACES[1:-2], dice.randrange(3))),
            said_by=dice.choice([None, None, *people]),
            as_of=dice.choice([None, "2019", "2019年度", "令和元年10月"]),
            source_title=dice.choice([None, SECRET if secret else "総務省"]),
            source_url=dice.choice([None, "https://example.jp/?a=1&b"]),
            source_date=dice.choice([None, "2019-03"]),
            only_for=tuple(dice.sample(["jimu", "jinzai"], dice.randrange(3))),
            tags=tuple(dice.sample(["計画", "要点", SECRET if secret else "x"], dice.randrange(3))),
            material=dice.choice([0, 1, 2, 901 if secret else 1]) if owner == "chiba-1" else 0,
            page=dice.choice(["", "7"]),
        )
        text = self.text(secret=secret)
        found = self.both(lambda g: add_note(g, owner, text, fields), secret=secret, undoable=True)
        if found:
            self.notes.append(Told(found.handle, owner, secret, later, found.disclosure))

    def text(self, *, secret: bool) -> str:
        words = [*self.dice.choices(WORDS, k=self.dice.randrange(1, 5)), SECRET if secret else "話"]
        if self.notes and self.dice.random() < 0.1:
            words.append(self.dice.choice(SAID).format(self.dice.choice(self.notes).handle))
        self.dice.shuffle(words)
        return " ".join(words)

    def edit(self) -> None:
        if not self.notes:
            return
        dice, note = self.dice, self.dice.choice(self.notes)
        if note.later and dice.random() < 0.5:
            self.open(note)
            return
        if dice.random() < 0.3:
            act = restore_note if note.deleted else delete_note
            if self.both(lambda g: act(g, note.handle), secret=note.secret):
                note.deleted = not note.deleted
            return
        levels = ["off-record"] if note.later else [*OPEN, *["off-record"] * (3 * note.secret)]
        fields, text = dice.choice([
            (NoteFields(), self.text(secret=note.secret)),
            (NoteFields(disclosure=dice.choice(levels)), None),
            (NoteFields(tags=(SECRET if note.secret else "要点",)), None),
            (NoteFields(place=dice.choice(PLACES[1:-2])), None),
        ])  # fmt: skip
        found = self.both(lambda g: edit_note(g, note.handle, text, fields, "わけ"),
                          secret=note.secret, undoable=True)  # fmt: skip
        note.level = found.disclosure if found else note.level

    def open(self, note: Told) -> None:
        """Open a note that was off the record: in world B it is entered now."""
        fields = NoteFields(disclosure=self.dice.choice(OPEN), tags=("開",), source_title="総務省",
                            material=0)  # fmt: skip
        text = self.text(secret=False)
        found = self.both(lambda g: edit_note(g, note.handle, text, fields, "許可を得た"),
                          instead=_enter)  # fmt: skip
        if found:
            note.secret = note.later = False
            note.level = found.disclosure

    def mark(self) -> None:
        dice = self.dice
        visit, place = dice.choice(VISITS[:-1]), dice.choice(PLACES[1:-2])
        state = dice.choice(list(MARKS))
        due = dice.choice(["2019-11-15", "2099-01-31"]) if state == "to-follow" else ""
        reason = dice.choice(["", "担当者不在", "確認中"])
        if visit not in self.silent:
            self.both(lambda g: set_marks(g, visit, [place], state, reason, due), undoable=True)

    def summary(self) -> None:
        dice, place = self.dice, self.dice.choice(PLACES[1:-2])
        city = "" if dice.random() < 0.3 else dice.choice(CITIES)
        if self.cells and dice.random() < 0.5:
            city, place = dice.choice(self.cells)
        across = not city
        romaji = {"千葉市": "chiba", "姫路市": "himeji", "大津市": "otsu", "架空市": "kaku"}
        own = [n for n in self.notes if not n.deleted and (
            across or n.owner == city or n.owner.startswith(romaji.get(city, "-")))]  # fmt: skip
        under = dice.sample(own, min(len(own), dice.randrange(1, 4)))
        if not under:
            return
        secret = any(note.secret for note in under)
        text = f"{SECRET if secret else 'まとめ'} {dice.choice('甲乙')}"
        closest = strictest(["public", *(note.level for note in under)])
        level = "off-record" if secret else dice.choice(OPEN[OPEN.index(closest) :])
        notes = [note.handle for note in under]
        act: Act = lambda g: set_summary(g, place, text, city=city, across=across,  # noqa: E731
                                         notes=notes, level=level)  # fmt: skip
        found = self.both(act, secret=secret)
        self.cells += [(city, place)] if found else []
        if found and secret:
            self.closed_summaries.add(found.summary.id)
        elif found:
            self.closed_summaries.discard(found.summary.id)
        if not secret and dice.random() < 0.1:
            self.both(lambda g: delete_summary(g, place, city=city, across=across))

    def confirmation(self) -> None:
        asked = [note for note in self.notes if note.owner in VISITS]
        if not asked:
            return
        asked += 2 * [note for note in asked if note.later]
        note, state = self.dice.choice(asked), self.dice.choice(["ok", "no-reply", "corrected"])
        text = SECRET if note.secret else self.dice.choice(["以上です", "直した話"])
        by = "覆面" if note.secret else "山田"
        found = self.both(lambda g: set_confirmations(
            g, note.owner, [note.handle], state, text, Said(by, "2019-11-10"), as_it_stands=True,
        ), secret=note.secret)  # fmt: skip
        reply = found[0].note if found else None
        if reply and reply.handle != note.handle:  # in the place of words that stay
            told = Told(reply.handle, note.owner, note.secret, False, reply.disclosure)
            (self.replies if note.secret else self.notes).append(told)

    def conflict(self) -> None:
        if len(self.notes) < 2:
            return
        one, other = self.dice.sample(self.notes, 2)
        secret, why = one.secret or other.secret, self.text(secret=one.secret or other.secret)
        pair = one.handle, other.handle
        self.both(lambda g: set_conflict(g, *pair, why), secret=secret)
        if self.dice.random() < 0.3:
            self.both(lambda g: clear_conflict(g, *pair), secret=secret)

    def combine(self) -> None:
        some = self.dice.sample(self.notes, len(self.notes))
        pairs = [(m, n) for m in some for n in some if m is not n and not (m.later or n.later)
                 and (m.owner, m.secret) == (n.owner, n.secret)]  # fmt: skip
        alike = NoteFields(kind="remark", said_by="", as_of="", source_title="", source_url="",
                           source_date="", only_for=("",), material=0, page="")  # fmt: skip
        for one, other in pairs[:1]:
            names, secret = (one.handle, other.handle), one.secret
            for name in names:
                self.both(lambda g: edit_note(g, name, None, alike, "わけ"), secret=secret)  # noqa: B023
            if self.both(lambda g: combine_notes(g, names), secret=secret):  # noqa: B023
                other.deleted = True

    def material(self) -> None:
        level, visit = self.dice.choice([*DISCLOSURES, "off-record"]), self.dice.choice(VISITS)
        secret = level == "off-record"
        made = Material("", 0, SECRET if secret else "資料", disclosure=level, named="n.pdf")
        found = self.both(lambda g: add_material(g, visit, made, None), secret=secret)
        if found and secret:
            self.materials.append((found.visit_id, found.label))

    def fact(self) -> None:
        city = self.dice.choice([city for city in CITIES if city not in self.silent])
        value = self.dice.choice(["971,882人", "約7千人", "不明"])
        fact = CityFact("", self.dice.choice(["人口", "職員数"]), value, "2019", "統計書")
        self.both(lambda g: set_fact(g, city, fact), undoable=True)

    def alias(self) -> None:
        name, kind = self.dice.choice(["RPA君", "架空社", "ちば"]), self.dice.choice(list(NAMED))
        if kind == IGNORED:
            self.both(lambda g: ignore_texts(g, [name]))
        self.both(lambda g: add_alias(g, name, kind, "千葉市" if kind == "city" else ""))

    def item(self) -> None:
        """Let a piece of a memo wait, be dropped, or be taken: then world B knows a note of it."""
        dice = self.dice
        visit = dice.choice([visit for visit in VISITS if visit not in self.silent])
        text, level = self.text(secret=False), dice.choice(OPEN)
        place = dice.choice([Address("hiring"), Address("ai-rpa", "status")])
        piece = item(self.step, text, place=place)
        (waiting,) = self.both(lambda g: store(g, piece, visit=visit), secret=True)
        verb = dice.choice(["", "drop", "take"])
        if verb == "drop":
            self.both(lambda g: decide(g, waiting, Decision(verb)), secret=True)
        elif verb == "take":
            found = self.both(
                lambda g: _taken(g, waiting, Decision(verb, disclosure=level)),
                instead=partial(_enter, command="review take"),
            )
            self.notes.append(Told(found.handle, visit, False, False, found.disclosure))

    def undo(self) -> None:
        if self.may_undo:
            self.both(undo)

    def rename_a_question(self) -> None:
        """Change a guide's file; where hidden notes alone fixed it, nothing open follows."""
        forget = self.dice.random() < 0.5
        for folder in filter(None, (self.a, self.b)):
            path = folder / "interview_guides" / "it-workforce.yaml"
            text = path.read_text(encoding="utf-8")
            renamed = "question: staff-numbers" + ("" if forget else "\n        was: [staff-mix]")
            path.write_text(text.replace("question: staff-mix", renamed), encoding="utf-8")
        seen = {visit for visit in VISITS if self.is_seen_to_keep(visit)}
        self.silent |= {note.owner for note in self.notes} - seen - set(CITIES)
        for note in self.notes:
            note.later = note.later and note.owner not in self.silent

    def is_seen_to_keep(self, handle: str) -> bool:
        """Tell whether a visit keeps its guides by what is to stay open, as world B alone knows."""
        folder = self.b or self.a
        with viewing(Settings(folder, str(folder), ""), "group") as view:
            return any(v.handle == handle and v.keeps_its_guides for v in view.visits)

    def close(self) -> None:
        """Leave nothing open that world B never had, and something that waits on open notes."""
        for note in self.notes:
            self.step += 1
            is_open = not (note.secret or note.later or note.deleted)
            chosen = is_open and self.dice.random() < 0.4
            if chosen and _wait_on(self.a, note.handle, self.step) and self.b:
                _set_back(self.b, note.handle)
        with closing(sqlite3.connect((self.b or self.a) / "fieldvisit.db")) as database:
            for id_ in self.closed_summaries if self.b else ():
                for table, name in (("summary_note", "summary_id"), ("summary", "id"),
                                    ("revision", "object")):  # fmt: skip
                    database.execute(f"DELETE FROM {table} WHERE {name} = ?", (id_,))
            database.commit()
        with closing(sqlite3.connect(self.a / "fieldvisit.db", isolation_level=None)) as database:
            for note in (*self.notes, *self.replies):
                if note.secret and (note.level != "off-record" or self.dice.random() < 0.2):
                    values = (self.dice.choice(["off-record", *DAMAGED]), note.handle)
                    database.execute("UPDATE note SET disclosure = ? WHERE handle = ?", values)
            for where in self.materials:
                if self.dice.random() < 0.3:
                    database.execute("UPDATE material SET disclosure = ? WHERE visit_id = ? AND"
                                     " label = ?", (self.dice.choice(DAMAGED), *where))  # fmt: skip


def _enter(given: Settings, note: Note, command: str = "note edit") -> None:
    """Enter a note as it stands, under the ids that it has in the other world."""
    with changing(given, command) as (view, change):
        if visit := view.visits_by_id.get(note.visit_id or ""):
            keep_guides(view, change, visit)
        else:
            adopt_city(view, change, find_any_city(view, note.city_code))
        fresh = replace(note, revision="", number=0, created_at="", seq=0, confirmed=False)
        stored = records.save(change, fresh)
    with closing(sqlite3.connect(given.study().database, isolation_level=None)) as database:
        for sql in ("UPDATE revision SET id = ? WHERE id = ?",
                    "UPDATE note SET revision = ? WHERE revision = ?"):  # fmt: skip
            database.execute(sql, (note.revision, stored.revision))


def _taken(given: Settings, waiting: Item, decision: Decision) -> Note:
    decided = decide(given, waiting, decision)
    with viewing(given, "all") as view:
        found = gate.note(view.connection, "all", decided.stored)
    assert found
    return found


def _wait_on(folder: Path, handle: str, step: int) -> bool:
    """Let another text for a note wait; False if the note stands no more."""
    given = Settings(folder, str(folder), "覆面")
    with viewing(given, "all") as view:
        note = next((note for note in view.notes if note.handle == handle), None)
        visit = next((v.handle for v in view.visits if note and v.id == note.visit_id), "chiba-1")
    if note:
        store(given, item(step, SECRET, type="change", target=note.id), visit=visit)
    return note is not None


def _set_back(folder: Path, handle: str) -> None:
    """Let a note stand as if it had been entered `to be confirmed` and nobody had confirmed it."""
    with closing(sqlite3.connect(folder / "fieldvisit.db", isolation_level=None)) as database:
        note_id, revision, level, body = database.execute(
            "SELECT n.id, n.revision, disclosure, r.body FROM note n"
            " JOIN revision r ON r.id = n.revision WHERE handle = ?", (handle,),
        ).fetchone()  # fmt: skip
        closed = json.dumps({**json.loads(body), "disclosure": while_waiting(level)})
        database.execute(
            "UPDATE note SET disclosure = ? WHERE id = ?", (while_waiting(level), note_id)
        )
        database.execute("UPDATE revision SET body = ? WHERE id = ?", (closed, revision))
        agreed = "FROM confirmation WHERE note_id = ? AND state IN ('ok', 'corrected')"
        database.execute(f"DELETE FROM revision WHERE object = (SELECT id {agreed})", (note_id,))
        database.execute(f"DELETE {agreed}", (note_id,))


def _time(step: int) -> datetime:
    return datetime(2026, 2, 3, tzinfo=UTC) + timedelta(minutes=step)


@contextmanager
def _as_of(step: int) -> Iterator[None]:
    """Let whatever is drawn by chance, and the time, be those of a step."""

    def named(*of: object) -> random.Random:
        return random.Random(repr((step, *of)))

    def new_id() -> str:
        frame = sys._getframe(1)
        whose = getattr(frame.f_locals.get("self"), "command", "").partition(":")[0]
        return str(UUID(int=named(frame.f_code.co_name, whose).getrandbits(128), version=4))

    def new_handle() -> str:
        return "".join(named("handle").choices(ALPHABET, k=10))

    clock = mock.Mock(now=lambda _zone: _time(step))
    with mock.patch.multiple(ids, new_id=new_id, new_handle=new_handle, datetime=clock,
                             new_salt=lambda: f"{step:032x}"):  # fmt: skip
        yield
