"""A study with a canary in every confidential field."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.materials import add_material
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from privacy import worlds
from privacy.aviary_resting import resting_on
from privacy.canaries import GROUP, OFF_RECORD, Cage
from privacy.commands import names_for

NAMELESS = "名を伏せれば公表できる話"
PUBLIC = NoteFields(place="ai-rpa/status", disclosure="public")


class Aviary(Struct, frozen=True):
    """A study with a canary in every confidential field."""

    folder: Path
    off: Cage
    group: Cage
    seen: list[str]
    gone: list[str]

    def names(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.folder / "fieldvisit.db")) as database:
            rows = database.execute("SELECT id FROM note WHERE handle = ?", (self.gone[0],))
            return names_for(self.seen, self.gone, [rows.fetchone()[0]], [("other", "")])


def aviary_in(folder: Path) -> Aviary:
    """Make the study in ``folder``, which must not exist."""
    off, group = Cage(OFF_RECORD), Cage(GROUP)
    given = worlds.template(folder)
    _people(given, group)
    _materials(given, off, group)
    gone = [note.handle for note in _off_record(given, off)]
    seen = [note.handle for note in _open(given, off, group)]
    seen += [note.handle for note in resting_on(given, off, group)]
    _marks(given, group)
    (folder / "drafts" / "note.txt").write_text(off("draft"), encoding="utf-8")
    return Aviary(folder, off, group, seen, gone)


def _people(given: Settings, group: Cage) -> None:
    plan = VisitFields(
        first_day="2019-11-11",
        contact=group("contact of the visit"),
        consent=group("consent"),
        interviewers=(group("interviewer"),),
        respondents=(
            f"総務部/部長/{group('respondent', joint='')}",
            f"//{group('respondent without a post', joint='')}",
        ),
    )
    add_visits(given, ["大津市"], plan)
    edit_visit(given, "chiba-1", VisitFields(consent=group("consent of another visit")))


def _materials(given: Settings, off: Cage, group: Cage) -> None:
    for cage, level in ((off, "off-record"), (group, "group")):
        words = Material("", 0, cage("title of a material"), disclosure=level)
        named = replace(words, named=cage("place of a material"), pages=cage("its pages"))
        add_material(given, "chiba-1", named, None)


def _off_record(given: Settings, off: Cage) -> Iterator[Note]:
    place = "ai-rpa/status"
    closed = NoteFields(place=place, disclosure="off-record", also=("hiring", "open-data/use"))
    full = replace(
        closed,
        tags=(off("tag"),),
        source_title=off("source title"),
        source_url=off("source address", joint="/"),
        said_by="総務部 部長",
        as_of="2019",
    )
    yield add_note(given, "otsu-2", off("body"), full)
    yield add_note(replace(given, by=off("author")), "chiba-1", "同じ質問の別の話", closed)
    yield add_note(given, "chiba-1", off("unsorted"), replace(closed, place="unsorted", also=()))
    yield add_note(given, worlds.SILENT_CITY, off("of a city"), replace(closed, kind="remark"))
    yield add_note(given, worlds.SILENT_VISIT, off("alone at its visit"), closed)
    later = add_note(given, "himeji-1", off("body while it was public"), PUBLIC)
    more = NoteFields(disclosure="off-record", tags=(off("tag since then"),))
    yield edit_note(given, later.handle, off("body since then"), more)
    deleted = add_note(given, "chiba-1", off("deleted"), closed)
    yield delete_note(given, deleted.handle)
    damaged = add_note(given, "chiba-1", off("level nobody knows"), PUBLIC)
    with closing(sqlite3.connect(given.study().database, isolation_level=None)) as database:
        database.execute("UPDATE note SET disclosure = 'opn' WHERE id = ?", (damaged.id,))
    yield damaged


def _open(given: Settings, off: Cage, group: Cage) -> Iterator[Note]:
    """Notes that the group may see; of the public ones, every field that is not for the public."""
    closed = NoteFields(place="hiring", disclosure="off-record", tags=(off("tag while closed"),))
    opened = add_note(given, "chiba-1", off("body while closed"), closed)
    edit_note(given, opened.handle, off("second body while closed"), NoteFields())
    kept = replace(PUBLIC, tags=("公開",))
    yield edit_note(given, opened.handle, "いまは公表できる話", kept, "許可を得た")
    written = replace(given, by=group("author"))
    fields = replace(PUBLIC, tags=(group("tag"),), said_by="山田太郎", only_for=("jimu",))
    first = add_note(written, "chiba-1", "公表できる話", fields)
    yield edit_note(replace(given, by=group("later author")), first.handle, "直した", NoteFields())
    with changing(given, "note edit") as (view, ledger):
        head = next(note for note in view.notes if note.handle == first.handle)
        records.save(ledger, replace(head, as_of="2019"))
    said = replace(PUBLIC, said_by=group.fields["respondent without a post"])
    yield add_note(given, "otsu-2", "名だけの人の話", said)
    yield add_note(given, "otsu-2", "部長の話", replace(PUBLIC, said_by="総務部 部長"))
    for level in ("confirm", "group"):
        yield add_note(given, "otsu-2", group(f"{level} body"), replace(PUBLIC, disclosure=level))
    yield add_note(given, "otsu-2", NAMELESS, replace(PUBLIC, disclosure="anonymous"))

    yield _once_closed(given, off("body before it was closed"), "off-record")
    unknown = _once_closed(given, off("body before an unknown level"), "confirm")
    with closing(sqlite3.connect(given.study().database, isolation_level=None)) as database:
        database.execute(
            """UPDATE revision SET body = replace(body, '"confirm"', '"opn"') WHERE object = ?""",
            (unknown.id,),
        )
    yield unknown


def _once_closed(given: Settings, text: str, level: str) -> Note:
    """A note that was public, then at ``level``, and is public again with other words."""
    note = add_note(given, "otsu-2", text, PUBLIC)
    edit_note(given, note.handle, None, NoteFields(disclosure=level))
    opened = NoteFields(disclosure="public")
    return edit_note(given, note.handle, "いまは公表できる別の話", opened, "許可を得た")


def _marks(given: Settings, group: Cage) -> None:
    for number, state in enumerate(["withheld", "declined", "not-asked", "no-answer"], start=1):
        set_marks(given, "otsu-2", [f"2/{number}"], state, group(f"reason: {state}"))
    set_marks(given, "otsu-2", ["3/1"], "to-follow", group("reason: to-follow"), "2019-12-01")
    set_marks(given, "otsu-2", ["3/2"], "not-applicable", group("reason: not-applicable"))
    set_marks(given, "otsu-2", ["open-data"], "declined", group("reason of a topic"))
