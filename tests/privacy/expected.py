"""What the contract (section 6) says that each reader of the gate gives, told a second time.

Made from the bare rows, in the simplest way, for small studies: nothing here is the program's but
the objects themselves.
"""

from typing import Any

from msgspec.structs import replace

from fieldvisit.dates import first_day
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, NoteConflict, Source, says_the_same
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import Material, Participant
from privacy.bare_rows import BareRows, Row

LEVELS = ["public", "confirm", "anonymous", "group", "off-record"]
SEEN_BY = {"public": LEVELS[:1], "group": LEVELS[:4], "all": LEVELS}


def closed(levels: list[Any]) -> str:
    """The most closed of these levels; one that is none is off the record."""
    return LEVELS[max(LEVELS.index(one) if one in LEVELS else 4 for one in levels)]


class Expected(BareRows):
    """What of all that stands in a study an audience gets to see."""

    def notes(self, audience: str, study_group: str = "", *, anonymised: bool = False,
              deleted: bool = False) -> list[Note]:  # fmt: skip
        rows = [row for row in self.rows["note"] if deleted or not row["deleted"]]
        rows = [row for row in rows if not study_group or self._serves(row, study_group)]
        rows.sort(key=lambda row: (self._day(row), row["seq"]))
        found = (self._note(row, audience) for row in rows)
        return [note for note in found if self.sees(audience, note.disclosure,
                confirmed=note.confirmed, anonymised=anonymised)]  # fmt: skip

    def sees(self, audience: str, disclosure: Any, *, confirmed: bool = False,
             anonymised: bool = False) -> bool:  # fmt: skip
        level = closed([disclosure])
        public = audience == "public"
        unlocked = (level == "confirm" and confirmed) or (level == "anonymous" and anonymised)
        return level in SEEN_BY.get(audience, []) or (public and unlocked)

    def _serves(self, row: Row, study_group: str) -> bool:
        only = [one["short"] for one in self.of("note_group", note_id=row["id"])]
        served = self.of("visit_group", visit_id=row["visit_id"], short=study_group)
        return study_group in (only or [study_group]) and bool(served or not row["visit_id"])

    def _day(self, row: Row) -> str:
        visited = "".join(visit["first_day"] for visit in self.of("visit", id=row["visit_id"]))
        return visited or (first_day(row["as_of"]).isoformat() if row["as_of"] else "9999")

    def _note(self, row: Row, audience: str) -> Note:
        mine: Row = {"note_id": row["id"]}
        agreed = [one for one in self.of("confirmation", **mine, deleted=0)
                  if one["note_revision"] == row["revision"]
                  and one["state"] in ("ok", "corrected")]  # fmt: skip
        handed = self.of("material", visit_id=row["visit_id"], label=row["material"])
        seen = any(self.sees(audience, one["disclosure"]) for one in handed)
        names = ("id", "handle", "city_code", "visit_id", "kind", "body", "by", "as_of", "mode",
                 "on_day", "created_at", "updated_at", "seq", "revision", "number")  # fmt: skip
        note = Note(
            **{name: row[name] for name in names},
            disclosure=closed([row["disclosure"]]),
            places=tuple(Address(o["topic"], o["question"]) for o in self.of("note_place", **mine)),
            tags=tuple(one["tag"] for one in self.of("note_tag", **mine)),
            only_for=tuple(one["short"] for one in self.of("note_group", **mine)),
            source=Source(row["source_title"], row["source_url"], row["source_date"]),
            material=row["material"] if seen or audience == "all" else 0,
            page=row["page"] if seen or audience == "all" or not row["material"] else "",
            confirmed=bool(agreed),
            deleted=bool(row["deleted"]),
            speaker=self._speaker(row),
        )
        return redacted(note) if audience == "public" else note

    def _speaker(self, row: Row) -> Participant | None:
        if not row["said_by"]:
            return None
        (person,) = self.of("person", id=row["said_by"])
        found = Participant(person["id"], "", person["name"], "", "")
        for at in self.of("person_at_visit", person_id=row["said_by"], visit_id=row["visit_id"]):
            post = {name: at[name] for name in ("side", "department", "position")}
            found = replace(found, **post)
        return found

    def materials(self, audience: str, *, deleted: bool = False) -> list[Material]:
        rows = sorted(self.rows["material"], key=lambda row: (row["visit_id"], row["label"]))
        found = [Material(**row | {"deleted": bool(row["deleted"])}) for row in rows]
        return [
            replace(one, by="" if audience == "public" else one.by,
                    disclosure=closed([one.disclosure]))
            for one in found
            if self.sees(audience, one.disclosure) and (deleted or not one.deleted)
        ]  # fmt: skip

    def confirmations(self, audience: str, study_group: str = "", *,
                      deleted: bool = False) -> list[Confirmation]:  # fmt: skip
        seen = {note.id for note in self.notes(audience, study_group, deleted=deleted)}
        found = [Confirmation(**row | {"deleted": bool(row["deleted"])})
                 for row in self.rows["confirmation"] if row["note_id"] in seen]  # fmt: skip
        kept = [one for one in found if deleted or not one.deleted]
        if audience != "public":
            return kept
        return [replace(one, department="", who="", comment="", by="") for one in kept]

    def conflicts(self, audience: str, study_group: str = "", *, anonymised: bool = False,
                  deleted: bool = False) -> list[NoteConflict]:  # fmt: skip
        notes = self.notes(audience, study_group, anonymised=anonymised, deleted=deleted)
        seen = {note.id for note in notes}
        kept = [{name: value for name, value in row.items() if name != "id"}
                for row in self.rows["note_conflict"]
                if row["first"] in seen and row["second"] in seen]  # fmt: skip
        found = [NoteConflict(**row | {"deleted": bool(row["deleted"])}) for row in kept]
        return [replace(one, why="", by="") if audience == "public" else one
                for one in found if deleted or not one.deleted]  # fmt: skip

    def summaries(self, audience: str, study_group: str = "", *, anonymised: bool = False,
                  deleted: bool = False) -> list[Summary]:  # fmt: skip
        notes = {note.id: note for note in self.notes(
            audience, study_group, anonymised=anonymised, deleted=True)}  # fmt: skip
        stored = [self._summary(row) for row in self.rows["summary"]]
        if study_group:
            stored = [one for one in stored if one.rests_on <= set(notes)]
        found = (self.summary_for(one, notes, audience) for one in stored)
        return [self._as_of_now(one, notes) for one in found
                if one and (deleted or not one.deleted)]  # fmt: skip

    def _as_of_now(self, summary: Summary, notes: dict[str, Note]) -> Summary:
        """A note that says again what the author saw counts as if it had never been changed."""
        seen = []
        for one in summary.seen:
            past = {row["id"]: then for row, then in self.past("note", one.note_id)}
            now = notes[one.note_id].revision if one.note_id in notes else ""
            same = now and one.revision in past and says_the_same(past[one.revision], past[now])
            seen.append(replace(one, revision=now) if same else one)
        return replace(summary, seen=tuple(seen))

    def _was_open(self, one: SeenNote, notes: dict[str, Note]) -> bool:
        """Whether the note that was seen so was never off the record since then."""
        note = notes.get(one.note_id)
        if note is None or not one.rests or note.revision == one.revision:
            return True
        return one.revision in {then.revision for then in self.note_past("group", note)}

    def _summary(self, row: Row) -> Summary:
        seen = [SeenNote(one["note_id"], one["note_revision"], one["disclosure"],
                         bool(one["rests"]), bool(one["here"])) for one in self.of("summary_note",
                         summary_id=row["id"])]  # fmt: skip
        names = ("city_code", "body", "disclosure", "by", "created_at", "updated_at", "seq",
                 "revision", "number")  # fmt: skip
        return Summary(**{name: row[name] for name in names}, seen=tuple(seen),
                       address=Address(row["topic"], row["question"]),
                       deleted=bool(row["deleted"]))  # fmt: skip

    def summary_for(self, one: Summary, notes: dict[str, Note], audience: str) -> Summary | None:
        under = [notes[id_].disclosure if id_ in notes else "off-record" for id_ in one.rests_on]
        level = closed([one.disclosure, *under])
        if not all(self._was_open(seen, notes) for seen in one.seen):
            level = "off-record"
        hidden = not one.rests_on <= set(notes)
        if hidden and audience != "all":
            return None
        # Its notes are seen, so a city agreed to them, or no name will stand in the output.
        if not self.sees(audience, level, confirmed=level in under, anonymised=level in under):
            return None
        seen = tuple(s for s in one.seen if audience == "all" or s.note_id in notes)
        return replace(one, disclosure=level, seen=seen,
                       by="" if audience == "public" else one.by)  # fmt: skip

    def note_past(self, audience: str, note: Note) -> list[Note]:
        """What ``audience`` gets to see of the past of a note, which it may see now."""
        found: list[Note] = []
        for number, (row, then) in enumerate(self.past("note", note.id), 1):
            if closed([then.disclosure]) == "off-record" and audience != "all":
                found = []
                continue
            last = row["id"] == note.revision
            stood = replace(
                then, disclosure=closed([then.disclosure]), seq=note.seq, revision=row["id"],
                number=number, confirmed=note.confirmed and last, created_at=note.created_at,
                updated_at=row["at"],
            )  # fmt: skip
            if self.sees(audience, stood.disclosure, confirmed=stood.confirmed):
                found.append(redacted(stood) if audience == "public" else stood)
        return found

    def summary_past(self, audience: str, summary: Summary) -> list[Summary]:
        """The same of a summary."""
        notes = {note.id: note for note in self.notes(audience, deleted=True)}
        secret = {note.id for note in self.notes("all", deleted=True)
                  if note.disclosure == "off-record"}  # fmt: skip
        found: list[Summary] = []
        number = 0
        for row, then in self.past("summary", summary.id):
            if audience != "all" and then.rests_on & secret:
                continue
            number += 1
            levels = [then.disclosure, *(one.disclosure for one in then.seen if one.rests)]
            if audience != "all" and closed(levels) == "off-record":
                found = []
                continue
            stood = replace(then, revision=row["id"], number=number, updated_at=row["at"])
            seen = self.summary_for(stood, notes, audience)
            found += [seen] if seen else []
        return found


def redacted(note: Note) -> Note:
    """A note as the public gets to see it."""
    speaker = note.speaker
    if speaker:
        role = speaker.department or speaker.position
        speaker = replace(speaker, person_id="", name="") if role else None
    return replace(note, by="", tags=(), only_for=(), speaker=speaker)
