"""A refused command has changed nothing: neither the database nor the folder around it."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from conftest import Fresh
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.make_study import add_study_group, edit_study, make_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import (
    Ambiguous,
    BadText,
    NotFound,
    Refused,
    StillInUse,
    WrongUsage,
)
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields
Attempt = Callable[[Settings], object]


def everything(given: Settings) -> tuple[list[str], dict[str, str]]:
    """The whole database as SQL, and every file of the study by its sum."""
    folder = given.study().folder
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != given.study().database
    }
    with closing(sqlite3.connect(given.study().database)) as connection:
        return list(connection.iterdump()), files


@pytest.fixture(scope="module")
def busy(fresh_field: Fresh) -> Settings:
    """A study with an off-record note `closed`, an open one, a deleted one, a mark and a group.

    Nothing ever changes it.
    """
    field = fresh_field()
    add_study_group(field, "WG", "ワーキンググループ")
    add_note(field, "chiba-1", "closed", P(disclosure="off-record", said_by="山田太郎"))
    add_note(field, "chiba-1", "open", P(place="hiring"))
    deleted = add_note(field, "himeji-1", "deleted", P())
    delete_note(field, deleted.handle)
    set_marks(field, "himeji-1", ["ai-rpa"], "declined")
    for prefecture, code in (("東京都", "13206"), ("広島県", "34208")):
        ordinary = (CityAttribute("ordinary-city"),)
        add_city(
            field, City(code, prefecture, "府中市", "ふちゅうし", "fuchu", attributes=ordinary)
        )
    return field


def handle(given: Settings, body: str) -> str:
    with reading(given.study().database) as connection:
        return next(
            n.handle
            for n in gate.notes(connection, "all", gate.NotesAsked(deleted=True))
            if n.body == body
        )


def add(where: str, text: str, particulars: NoteFields | None = None) -> Attempt:
    return lambda given: add_note(given, where, text, particulars or P())


def edit(body: str, text: str | None, particulars: NoteFields, reason: str = "") -> Attempt:
    return lambda given: edit_note(given, handle(given, body), text, particulars, reason)


def plan(**what: object) -> Attempt:
    return lambda given: edit_visit(given, "chiba-1", VisitFields(**what))  # type: ignore[arg-type]


REFUSED: dict[str, tuple[type[Refused], Attempt]] = {
    "empty note": (BadText, add("chiba-1", "")),
    "blank note": (BadText, add("chiba-1", " \n\u3000")),
    "NUL": (BadText, add("chiba-1", "a\0b")),
    "lone surrogate": (BadText, add("chiba-1", "a\udcff")),
    "question marks": (BadText, add("chiba-1", "???? ??")),
    "unknown visit": (NotFound, add("chiba-9", "x")),
    "unknown city": (NotFound, add("nowhere", "x")),
    "city with no visit": (NotFound, add("大津市", "x")),
    "several cities": (Ambiguous, add("府中市", "x")),
    "wrong check digit": (WrongUsage, add("121001", "x", P(kind="desk"))),
    "unknown topic": (NotFound, add("chiba-1", "x", P(place="nothing"))),
    "unknown question": (NotFound, add("chiba-1", "x", P(place="hiring/nothing"))),
    "empty topic": (NotFound, add("chiba-1", "x", P(place=""))),
    "second place unknown": (NotFound, add("chiba-1", "x", P(place="hiring", also=("x",)))),
    "number out of range": (NotFound, add("chiba-1", "x", P(place="8"))),
    "unknown speaker": (NotFound, add("chiba-1", "x", P(said_by="田中"))),
    "several speakers": (Ambiguous, add("chiba-1", "x", P(said_by="情報経営部"))),
    "speaker of a city": (WrongUsage, add("千葉市", "x", P(kind="desk", said_by="山田太郎"))),
    "unknown group": (NotFound, add("chiba-1", "x", P(only_for=("zz",)))),
    "empty tag": (BadText, add("chiba-1", "x", P(tags=("",)))),
    "surrogate in a tag": (BadText, add("chiba-1", "x", P(tags=("\ud800",)))),
    "NUL in a source": (BadText, add("千葉市", "x", P(kind="desk", source_title="\0"))),
    "edit to nothing": (BadText, edit("open", "", P())),
    "edit of no note": (NotFound, lambda g: edit_note(g, "zzzzzzzzzz", "x", P())),
    "edit of a deleted note": (NotFound, edit("deleted", "x", P())),
    "opening without a reason": (Refused, edit("closed", None, P(disclosure="group"))),
    "opening with a blank reason": (Refused, edit("closed", None, P(disclosure="public"), "  ")),
    "opening with NUL": (BadText, edit("closed", None, P(disclosure="public"), "a\0")),
    "delete twice": (Refused, lambda g: delete_note(g, handle(g, "deleted"))),
    "restore what stands": (Refused, lambda g: restore_note(g, handle(g, "open"))),
    "remove a visit with notes": (StillInUse, lambda g: remove_visit(g, "chiba-1")),
    "remove a visit with marks": (StillInUse, lambda g: remove_visit(g, "himeji-1")),
    "remove nothing": (NotFound, lambda g: remove_visit(g, "chiba-2")),
    "one of three cities unknown": (
        NotFound, lambda g: add_visits(g, ["大津市", "x"], VisitFields()),
    ),
    "visit with an unknown guide": (
        NotFound, lambda g: add_visits(g, ["25201"], VisitFields(guides=("g",))),
    ),
    "visit for an unknown group": (NotFound, plan(study_groups=("zz",))),
    "visit that ends first": (WrongUsage, plan(first_day="2019-10-22", last_day="2019-10-21")),
    "bad respondent": (WrongUsage, plan(respondents=("a/b/c/d",))),
    "NUL in a place": (BadText, plan(place="\0")),
    "surrogate in an interviewer": (BadText, plan(interviewers=("\udc80",))),
    "who was not there leaves": (NotFound, plan(leaving=("田中",))),
    "who said something leaves": (StillInUse, plan(leaving=("山田太郎",))),
    "mark on nothing": (NotFound, lambda g: set_marks(g, "chiba-1", ["nothing"], "declined")),
    "second of two marks on nothing": (
        NotFound, lambda g: set_marks(g, "chiba-1", ["hiring", "nothing"], "declined"),
    ),
    "to follow without a date": (WrongUsage, lambda g: set_marks(g, "chiba-1", ["1"], "to-follow")),
    "a date for another mark": (
        WrongUsage, lambda g: set_marks(g, "chiba-1", ["1"], "declined", due="2019-11-01"),
    ),
    "clear nothing": (NotFound, lambda g: set_marks(g, "chiba-1", ["1"], "clear")),
    "clear one of two": (NotFound, lambda g: set_marks(g, "himeji-1", ["ai-rpa", "1"], "clear")),
    "NUL in a reason": (BadText, lambda g: set_marks(g, "chiba-1", ["1"], "declined", "\0")),
    "group twice": (Refused, lambda g: add_study_group(g, "WG", "もう一つ")),
    "group without a name": (BadText, lambda g: add_study_group(g, "W2", " ")),
    "group of two words": (WrongUsage, lambda g: add_study_group(g, "W 2", "x")),
    "study with an unknown guide": (NotFound, lambda g: edit_study(g, {}, {"guides": ["g"]})),
    "study with an unknown group": (NotFound, lambda g: edit_study(g, {}, {"study_groups": ["g"]})),
    "NUL in a title": (BadText, lambda g: edit_study(g, {"title": "\0"}, {})),
    "NUL in an interviewer": (BadText, lambda g: edit_study(g, {}, {"interviewers": ["\0"]})),
    "surrogate in an interviewer of the study": (
        BadText, lambda g: edit_study(g, {}, {"interviewers": ["\udcff"]}),
    ),
    "undo of nothing": (NotFound, lambda g: undo(g, "zzzzzzzz")),
    "undo of too short a name": (NotFound, lambda g: undo(g, "a")),
    "a second study": (Refused, lambda g: make_study(g, g.study().folder)),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_changes_nothing(busy: Settings, name: str) -> None:
    kind, attempt = REFUSED[name]
    before = everything(busy)
    with pytest.raises(Refused) as caught:
        attempt(busy)
    assert type(caught.value) is kind or issubclass(type(caught.value), kind)
    assert everything(busy) == before
    assert caught.value.sentence
    assert "{" not in caught.value.sentence + caught.value.hint


def test_what_is_already_so_changes_nothing(busy: Settings) -> None:
    before = everything(busy)
    edit_note(busy, handle(busy, "open"), "open", P(place="hiring"))
    edit_visit(busy, "chiba-1", VisitFields(first_day="2019-10-21", interviewers=("佐藤",)))
    edit_study(busy, {"title": ""}, {"guides": ["it-workforce"]})
    set_marks(busy, "himeji-1", ["ai-rpa"], "declined")
    assert everything(busy) == before
