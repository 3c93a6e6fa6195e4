"""Canaries in what rests on notes: summaries, confirmations, conflicts; and in names and facts."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.actions.combine_notes import combine_notes
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.storage.writing import Change
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import StudyView
from privacy.canaries import Cage

# No output holds these, whoever may see it.
UNPRINTED = {
    "author of a conflict", "author of a fact", "author of a conflict taken back",
    "why of a conflict taken back", "title taken away",
}  # fmt: skip
PUBLIC = NoteFields(place="open-data/use", disclosure="public")


def resting_on(given: Settings, off: Cage, group: Cage) -> list[Note]:
    """Enter it all, and return the notes that were entered for it and that the group may see."""
    said = add_note(given, "otsu-2", "まとめの元になる話", PUBLIC)
    other = add_note(given, "otsu-2", "別の元の話", PUBLIC)
    closed = add_note(given, "otsu-2", off("under a summary"), replace(PUBLIC, disclosure="group"))
    closed = edit_note(given, closed.handle, None, NoteFields(disclosure="off-record"))
    internal = add_note(
        given, "otsu-2", group("under a summary"), replace(PUBLIC, disclosure="group")
    )
    asked = [add_note(given, "otsu-2", f"確認する話{n}", replace(PUBLIC, disclosure="confirm"))
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
    _materials_of_other_visits(given, off)
    whole = _made_of_several(given, off)
    _seen_before_it_changed(given, off)
    return [said, other, internal, asked[0], void, *asked[2:], *whole]


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


def _materials_of_other_visits(given: Settings, off: Cage) -> None:
    """Of the same number at two visits, on different levels; and one that was taken away."""
    with changing(given, "material add") as (view, ledger):
        ids = {visit.handle: visit.id for visit in view.visits}
        for handle, level in (("otsu-2", "public"), ("himeji-1", "off-record")):
            title = off("title elsewhere") if level == "off-record" else "公表できる資料"
            records.save(ledger, Material(ids[handle], 1, title, disclosure=level))
        odd = Material(ids["otsu-2"], 3, off("title of no known level"), disclosure="opn")
        records.save(ledger, odd)
        gone = Material(ids["otsu-2"], 2, off("title taken away"), disclosure="public")
        records.save(ledger, replace(gone, deleted=True))
    handed = replace(PUBLIC, material=1, page="7")
    for where in ("otsu-2", "himeji-1"):
        add_note(given, where, "資料による話", handed)


def _made_of_several(given: Settings, off: Cage) -> list[Note]:
    """Notes made of several, one of them of what is off the record by now."""
    notes = [add_note(given, "otsu-2", f"合わせる話{number}", PUBLIC) for number in range(3)]
    notes[1] = edit_note(given, notes[1].handle, "直してから合わせる話", NoteFields())
    combine_notes(given, notes[:2], "二つを合わせた話")
    other = add_note(given, "otsu-2", off("body of one that went into another"), PUBLIC)
    with changing(given, "note combine") as (_look, ledger):
        gone = records.save(ledger, replace(other, disclosure="off-record", deleted=True))
        records.save(ledger, notes[2], parents=[gone.revision, other.revision])
    return [notes[0], notes[2]]


def _seen_before_it_changed(given: Settings, off: Cage) -> None:
    """A summary of what a note said before it was closed a while."""
    note = add_note(given, "otsu-2", "見られた話", PUBLIC)
    address, body = Address("coordination", "cio"), off("summary of what was closed later")
    with changing(given, "summary set") as (_view, change):
        of = Summary(note.city_code, address, body, "public", "書き手", _seen([note]))
        records.save(change, of)
    edit_note(given, note.handle, None, NoteFields(disclosure="off-record"))
    edit_note(given, note.handle, "開いた話", NoteFields(disclosure="public"), "許可を得た")
