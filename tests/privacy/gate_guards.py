"""What must hold of the gate, asked at the gate itself: what it gives, and in both worlds alike."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.settings import Study
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from privacy.expected import Expected

GROUPS = ("", "jimu")
READERS = ("notes", "summaries", "conflicts", "confirmations", "materials")


class Guarded(Struct, frozen=True):
    """A study, the same without what is off the record, and what is expected of the first."""

    a: Path
    b: Path
    expected: Expected


def asked(reader: str) -> Iterator[dict[str, Any]]:
    """The ways to ask a reader: each alone, and all at once."""
    for study_group, anonymised, deleted in (
        ("", False, False), ("", True, False), ("", False, True), ("jimu", False, False),
        ("jimu", True, True),
    ):  # fmt: skip
        named = {"study_group": study_group, "anonymised": anonymised, "deleted": deleted}
        if reader in {"confirmations", "materials"}:
            named.pop("anonymised")
        if reader == "materials":
            named.pop("study_group")
        yield named


def it_gives_what_is_expected(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        for reader, audience in product(READERS, (*AUDIENCES, "everybody")):
            for named in asked(reader):
                found = getattr(gate, reader)(connection, audience, **named)
                assert list(found) == of.expected.told(reader, audience, **named)
        for reader, audience in product(READERS, AUDIENCES):
            for named in ({}, {"deleted": True}):
                found = getattr(gate, reader)(connection, audience, **named)
                # 0 is not False here, nor 1 True.
                assert repr(list(found)) == repr(of.expected.told(reader, audience, **named))


def it_gives_the_same_in_both_worlds(of: Guarded) -> None:
    with reading(Study(of.a).database) as a, reading(Study(of.b).database) as b:
        for reader, audience in product(READERS, ("group", "public")):
            for named in asked(reader):
                answers = [getattr(gate, reader)(world, audience, **named) for world in (a, b)]
                if reader == "summaries":
                    answers = [[_unnumbered(one) for one in found] for found in answers]
                assert list(answers[0]) == list(answers[1])


def _unnumbered(summary: Any) -> Any:
    """Without what no output prints: what came before a revision that is there no more."""
    return replace(summary, number=0, created_at="")


def single_notes_and_their_past_are_as_expected(of: Guarded) -> None:
    everything = of.expected.told("notes", "all", deleted=True)
    with reading(Study(of.a).database) as connection:
        for audience in AUDIENCES:
            seen = {note.id: note for note in of.expected.told("notes", audience, deleted=True)}
            for note in everything:
                assert gate.note(connection, audience, note.id) == seen.get(note.id)
                pasts = gate.revisions(connection, audience, note.id)
                assert [then for _revision, then in pasts] == _whole_past(of, audience, note, seen)
                for revision, then in pasts:
                    assert_revision(of, audience, revision, then.revision, then.number)
            assert gate.note(connection, audience, "nothing such") is None


def _whole_past(of: Guarded, audience: str, note: Note, seen: dict[str, Note]) -> list[Note]:
    """The past of a note, before each revision what it was made of."""
    found = []
    for then in of.expected.told("note_past", audience, seen[note.id]) if note.id in seen else []:
        for parent in of.expected.told("parents", then.revision)[1:]:
            (row,) = of.expected.told("of", "revision", id=parent)
            if other := seen.get(row["object"]):
                past = of.expected.told("note_past", audience, other)
                found += [before for before in past if before.revision == parent]
        found.append(then)
    return found


def assert_revision(of: Guarded, audience: str, found: Revision, id_: str, number: int) -> None:
    (row,) = of.expected.told("of", "revision", id=id_)
    public = audience == "public"
    said = ("", "") if public else (row["by"], of.expected.told("reason", id_))
    assert (found.id, found.number, found.body, found.by, found.reason) == (id_, number, "", *said)
    assert (found.kind, found.object, found.at, found.change_id) == (
        row["kind"], row["object"], row["at"], row["change_id"],
    )  # fmt: skip
    assert list(found.parents) == of.expected.told("parents", id_)


def the_past_of_summaries_is_as_expected(of: Guarded) -> None:
    with reading(Study(of.a).database) as a, reading(Study(of.b).database) as b:
        for audience in AUDIENCES:
            seen = {one.id: one for one in of.expected.told("summaries", audience, deleted=True)}
            for one in of.expected.told("summaries", "all", deleted=True):
                past = gate.summary_revisions(a, audience, one.id)
                wanted = of.expected.told("summary_past", audience, one) if one.id in seen else []
                assert [then for _revision, then in past] == wanted
                for revision, then in past:
                    assert_revision(of, audience, revision, then.revision, then.number)
                    stood = gate.summary_at(a, one.id, then.revision[:20])
                    assert stood
                    assert (stood.revision, stood.number, stood.body) == (
                        then.revision, len(of.expected.upto(then.revision)), then.body
                    )  # fmt: skip
                assert gate.summary_at(a, one.id, "") is None
                assert gate.summary_at(a, "another", one.revision) is None
                if audience != "all":
                    there = gate.summary_revisions(b, audience, one.id)
                    assert [then for _, then in past] == [then for _, then in there]
                    assert [r.number for r, _ in past] == [r.number for r, _ in there]


def a_part_of_the_notes_is_what_was_asked_for(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        for audience in AUDIENCES:
            for name in ("visit_id", "city_code"):
                every = of.expected.told("notes", audience)
                for value in sorted({getattr(note, name) or "" for note in every}):
                    one_of: dict[str, Any] = {name: value}
                    found = gate.notes(connection, audience, **one_of)
                    assert list(found) == [n for n in every if getattr(n, name) == value]


def it_counts_what_it_holds_back(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        for audience, anonymised, study_group in product(AUDIENCES, (False, True), GROUPS):
            seen = of.expected.told("notes", audience, study_group, anonymised=anonymised)
            ids = {note.id for note in seen}
            every = of.expected.told("notes", "all", study_group)
            hidden = [note for note in every if note.id not in ids]

            for fits in (None, _is_odd):
                wanted = sum(fits is None or fits(note) for note in hidden)
                asked = gate.NotesAsked(study_group=study_group)
                found = gate.held_back(connection, audience, asked, fits, anonymised=anonymised)
                assert found == wanted


def _is_odd(note: Note) -> bool:
    return note.seq % 2 == 1


def what_one_city_said_of_one_note_is_as_expected(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        for audience in (*AUDIENCES, "everybody"):
            known = {one.note_id: one for one in of.expected.told(
                "confirmations", audience, deleted=True)}  # fmt: skip
            for note in of.expected.told("notes", "all", deleted=True):
                one = known.get(note.id)
                wanted = None if one is None or one.deleted else one
                assert gate.confirmation(connection, audience, note.id) == wanted


def the_keyboard_is_told_names_and_undo_gets_whole_revisions(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        every = of.expected.told("notes", "all", deleted=True)
        assert gate.handles(connection) == {note.id: note.handle for note in every}
        assert not gate.handle_taken(connection, "aaaaaaaaaa")
        for note in every[:3]:
            assert gate.handle_taken(connection, note.handle)
            for number, (row, then) in enumerate(of.expected.told("past", "note", note.id), 1):
                stood = replace(then, revision=row["id"], number=number)
                assert gate.note_at(connection, note.id, row["id"][:20]) == stood
                assert gate.note_at(connection, "another", row["id"]) is None
                assert gate.revision(connection, row["id"]).body == row["body"]
            assert gate.note_at(connection, note.id, "") is None
            assert gate.note_at(connection, note.id, "zz") is None
        for change in of.expected.rows["change"][-3:]:
            rows = of.expected.told("of", "revision", change_id=change["id"])
            found = gate.revisions_of_change(connection, change["id"])
            assert [one.body for one in found] == [row["body"] for row in rows]
            assert [one.id for one in found] == [row["id"] for row in rows]


READ_GUARDS: tuple[Callable[[Guarded], None], ...] = (
    it_gives_what_is_expected,
    single_notes_and_their_past_are_as_expected,
    the_past_of_summaries_is_as_expected,
    it_gives_the_same_in_both_worlds,
    a_part_of_the_notes_is_what_was_asked_for,
    it_counts_what_it_holds_back,
    what_one_city_said_of_one_note_is_as_expected,
    the_keyboard_is_told_names_and_undo_gets_whole_revisions,
)
