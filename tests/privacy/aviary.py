"""A study with a canary in every confidential field."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

import waiting
from fieldvisit.actions.materials import add_material
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.fieldwork.city import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.study import NameAlias
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import StudyView
from privacy import worlds
from privacy.canaries import GROUP, OFF_RECORD, Cage
from privacy.commands import names_for

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
    file, speaker = off("file of an item", joint=""), off("speaker of an item")
    waiting.store(given, waiting.item(1, off("an item"), path=file, said_by=speaker))
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
    said = replace(PUBLIC, said_by=group.fields["respondent without a post"])
    yield add_note(given, "otsu-2", "名だけの人の話", said)
    yield add_note(given, "otsu-2", "部長の話", replace(PUBLIC, said_by="総務部 部長"))
    for level in ("confirm", "group"):
        yield add_note(given, "otsu-2", group(f"{level} body"), replace(PUBLIC, disclosure=level))
    yield add_note(given, "otsu-2", "匿名の話", replace(PUBLIC, disclosure="anonymous"))

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


# No output holds these, whoever may see it.
UNPRINTED = {
    "author of a conflict", "author of a fact", "author of a conflict taken back",
    "why of a conflict taken back", "who named",
}  # fmt: skip
_USED = NoteFields(place="open-data/use", disclosure="public")


def resting_on(given: Settings, off: Cage, group: Cage) -> list[Note]:
    """Enter it all, and return the notes that were entered for it and that the group may see."""
    said = add_note(given, "otsu-2", "まとめの元になる話", _USED)
    other = add_note(given, "otsu-2", "別の元の話", _USED)
    closed = add_note(given, "otsu-2", off("under a summary"), replace(_USED, disclosure="group"))
    closed = edit_note(given, closed.handle, None, NoteFields(disclosure="off-record"))
    internal = add_note(
        given, "otsu-2", group("under a summary"), replace(_USED, disclosure="group")
    )
    asked = [add_note(given, "otsu-2", f"確認する話{n}", replace(_USED, disclosure="confirm"))
             for n in range(4)]  # fmt: skip
    with changing(given, "summary set") as (view, ledger):
        _summaries(ledger, view, off, group, [said, other, closed, internal])
    with changing(given, "confirm set") as (_look, ledger):
        _confirmations(ledger, off, group, [said, closed, *asked])
    with changing(given, "note conflicts") as (_look, ledger):
        _conflicts(ledger, off, group, [said, other, closed])
    with changing(given, "alias add") as (view, ledger):
        _names_and_facts(ledger, view, group)
    void = edit_note(given, asked[1].handle, "直した確認の話", NoteFields())
    _seen_before_it_changed(given, off)
    return [said, other, internal, asked[0], void, *asked[2:]]


def _seen(notes: Sequence[Note], *, rests: bool = True) -> tuple[SeenNote, ...]:
    return tuple(SeenNote(note.id, note.revision, note.disclosure, rests) for note in notes)


def _summaries(
    ledger: Change, view: StudyView, off: Cage, group: Cage, notes: Sequence[Note]
) -> None:
    said, other, closed, internal = notes
    code = said.city_code
    topics = iter(["hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security",
                   "other"])  # fmt: skip

    def cell(city: str | None, body: str, level: str, *under: Note, by: str = "書き手") -> Summary:
        return Summary(city, Address(next(topics)), body, level, by, _seen(under))

    plain = cell(code, "公表できるまとめ", "public", said, by=group("author of a summary"))
    knowing = replace(plain, seen=(*plain.seen, *_seen([closed, other], rests=False)))
    records.save(ledger, knowing)
    records.save(ledger, cell(code, group("summary"), "group", said))
    records.save(ledger, cell(code, group("open summary"), "public", said, internal))
    by = off("author of a summary")
    records.save(ledger, cell(code, off("summary"), "public", said, closed, by=by))
    records.save(ledger, cell(None, off("summary held back"), "off-record", said))
    records.save(ledger, cell(None, off("summary of no known level"), "opn", said))
    once = cell(None, off("summary as it once was"), "public", said, closed)
    kept = records.save(ledger, replace(once, seen=_seen([said])))
    kept = records.save(ledger, replace(kept, seen=_seen([closed])))
    kept = records.save(ledger, replace(kept, disclosure="off-record", seen=_seen([said])))
    kept = replace(kept, body=group("summary opened"), disclosure="public", seen=_seen([internal]))
    kept = records.save(ledger, kept)
    records.save(ledger, replace(kept, body="横断のまとめ", seen=_seen([said, other])))
    before = Summary(
        code, Address("hiring", "staff-mix"), off("summary before"), "public", "書き手"
    )
    kept = records.save(ledger, replace(before, seen=_seen([said])))
    closed_then = replace(_seen([said])[0], disclosure="off-record")
    kept = records.save(ledger, replace(kept, seen=(closed_then,)))
    records.save(ledger, replace(kept, body="ひらいたまとめ", seen=_seen([said])))
    gone = Summary(code, Address("ai-rpa", "status"), off("summary deleted"), "public", "書き手")
    records.save(ledger, replace(gone, seen=_seen([closed]), deleted=True))
    gone = Summary(code, Address("open-data", "use"), "消したまとめ", "public", "書き手")
    records.save(ledger, replace(gone, seen=_seen([said]), deleted=True))
    assert view.audience == "all"


def _confirmations(ledger: Change, off: Cage, group: Cage, notes: Sequence[Note]) -> None:
    for cage, note in ((group, notes[0]), (off, notes[1])):
        asked = Confirmation(note.id, note.visit_id or "", "ok", note.revision, due="2019-12-01")
        named = replace(asked, department=cage("department"), who=cage("who answered"))
        records.save(ledger, replace(named, comment=cage("comment"), by=cage("who asked")))
    agreed, edited, taken_back, silent = notes[2:]
    for note, state in ((agreed, "corrected"), (edited, "ok"), (silent, "no-reply")):
        records.save(ledger, Confirmation(note.id, note.visit_id or "", state, note.revision))
    gone = Confirmation(taken_back.id, taken_back.visit_id or "", "ok", taken_back.revision)
    records.save(ledger, replace(gone, deleted=True))


def _conflicts(ledger: Change, off: Cage, group: Cage, notes: Sequence[Note]) -> None:
    said, other, closed = (note.id for note in notes)
    open_ = NoteConflict(
        min(said, other), max(said, other), group("why"), group("author of a conflict")
    )
    records.save(ledger, open_)
    for pair in ((said, closed), (other, closed)):
        taken_back = pair == (other, closed)
        which = "a conflict taken back" if taken_back else "a conflict"
        words = off(f"why of {which}"), off(f"author of {which}")
        hidden = NoteConflict(min(pair), max(pair), *words)
        records.save(ledger, replace(hidden, deleted=taken_back))


def _names_and_facts(ledger: Change, view: StudyView, group: Cage) -> None:
    records.save(ledger, NameAlias("person", group("name of a person"), "", group("who named")))
    code = min(view.cities)
    records.save(
        ledger, CityFact(code, "population", "1人", "2019", "統計書", group("author of a fact"))
    )


def _seen_before_it_changed(given: Settings, off: Cage) -> None:
    """A summary of what a note said before it was closed a while."""
    note = add_note(given, "otsu-2", "見られた話", _USED)
    address, body = Address("coordination", "cio"), off("summary of what was closed later")
    with changing(given, "summary set") as (_view, change):
        of = Summary(note.city_code, address, body, "public", "書き手", _seen([note]))
        records.save(change, of)
    edit_note(given, note.handle, None, NoteFields(disclosure="off-record"))
    edit_note(given, note.handle, "開いた話", NoteFields(disclosure="public"), "許可を得た")
