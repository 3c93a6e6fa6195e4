"""Summaries, facts, confirmations, contradictions and names come back as they were stored."""

import sqlite3
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import new_kinds
import strategies
from conftest import Fresh
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.bodies import kind_of
from fieldvisit.storage.standing import stands
from storage.changes import CHIBA, change, read

FEW = settings(max_examples=40)
VISIT = Visit("v", "chiba-1", CHIBA.code)
NOTES = tuple(
    Note(f"n{at}", f"aaaaaaaaa{letter}", CHIBA.code, "v", "statement", "x", level, "t")
    for at, (letter, level) in enumerate(zip("bcd", ("public", "group", "off-record"), strict=True))
)


def bare(thing: Any) -> Any:
    """The thing without what storing it adds."""
    more = {"created_at": "", "updated_at": ""} if hasattr(thing, "created_at") else {}
    return replace(thing, seq=0, revision="", number=0, **more)


@st.composite
def batches(draw: st.DrawFn) -> list[Any]:
    ids = [note.id for note in NOTES]
    chosen = draw(st.lists(st.sampled_from(ids), unique=True))
    pairs = draw(st.sampled_from([[], [("n0", "n1")], [("n1", "n2"), ("n2", "n0")]]))
    kinds: tuple[st.SearchStrategy[Any], ...] = (
        new_kinds.summaries(CHIBA.code, ids),
        new_kinds.city_facts(CHIBA.code),
        new_kinds.name_aliases,
    )
    found = [
        thing
        for kind in kinds
        for thing in draw(st.lists(kind, max_size=3, unique_by=lambda one: one.id))
    ]
    found += [draw(new_kinds.confirmations(note_id, "v")) for note_id in chosen]
    return found + [draw(new_kinds.note_conflicts(*pair)) for pair in pairs]


def stored(given_study: Any, things: list[Any]) -> list[Any]:
    with change(given_study) as ledger:
        inputs: list[Any] = [CHIBA, VISIT, *NOTES]
        for thing in inputs:
            records.save(ledger, thing)
        return [records.save(ledger, thing) for thing in things]


def readers(connection: Any, *, deleted: bool) -> list[Any]:
    return [
        *gate.summaries(connection, "all", deleted=deleted),
        *queries.city_facts(connection, deleted=deleted),
        *queries.name_aliases(connection, deleted=deleted),
        *gate.confirmations(connection, "all", deleted=deleted),
        *gate.conflicts(connection, "all", deleted=deleted),
    ]


@FEW
@given(things=batches())
def test_every_kind_comes_back_in_the_order_of_its_entry(
    fresh_study: Fresh, things: list[Any]
) -> None:
    given_study = fresh_study()
    stored(given_study, things)
    wanted = [_closed_as_its_notes(thing) for thing in things]
    with read(given_study) as connection:
        assert [bare(one) for one in readers(connection, deleted=True)] == wanted
        assert [bare(one) for one in readers(connection, deleted=False)] == [
            thing for thing in wanted if not thing.deleted
        ]


def _closed_as_its_notes(thing: Any) -> Any:
    """Their seen revisions are made up: the notes cannot have held that while they were open."""
    return replace(thing, disclosure="off-record") if getattr(thing, "rests_on", ()) else thing


@FEW
@given(things=batches(), again=batches())
def test_what_is_stored_again_stands_in_place_of_the_first_and_hangs_on_it(
    fresh_study: Fresh, things: list[Any], again: list[Any]
) -> None:
    given_study = fresh_study()
    known = {(type(one), one.id): one for one in stored(given_study, things)}
    with change(given_study) as ledger:
        for thing in again:
            before = known.get((type(thing), thing.id))
            past = {"revision": before.revision, "number": before.number} if before else {}
            known[type(thing), thing.id] = records.save(ledger, replace(thing, **past))
    with read(given_study) as connection:
        for (kind, name), last in known.items():
            head = stands(connection, kind_of(last), name)
            assert (type(head), head.revision, head.number) == (kind, last.revision, last.number)
            assert bare(head) == _closed_as_its_notes(bare(last))
        assert len(readers(connection, deleted=True)) == len(known)


@FEW
@given(
    drawn=st.dictionaries(
        st.tuples(new_kinds.kinds_of_names, strategies.storable), strategies.storable, max_size=5
    )
)
def test_what_stands_for_a_name_is_kept_letter_by_letter(
    fresh_study: Fresh, drawn: dict[tuple[str, str], str]
) -> None:
    given_study = fresh_study()
    labels = [(kind, label) for (kind, _subject), label in drawn.items()]
    assume(len(set(labels)) == len(labels))
    with change(given_study) as ledger:
        for (kind, subject), label in drawn.items():
            records.keep_pseudonym(ledger, kind, subject, label)
    with read(given_study) as connection:
        assert queries.pseudonyms(connection) == drawn


@pytest.mark.parametrize("again", [("city", "121002", "B市"), ("city", "282014", "A市")])
def test_neither_stand_two_labels_for_one_name_nor_one_label_for_two(
    study: Settings, again: tuple[str, str, str]
) -> None:
    with change(study) as ledger:
        records.keep_pseudonym(ledger, "city", "121002", "A市")
    with pytest.raises(sqlite3.IntegrityError), change(study) as ledger:
        records.keep_pseudonym(ledger, *again)
    with read(study) as connection:
        assert queries.pseudonyms(connection) == {("city", "121002"): "A市"}
