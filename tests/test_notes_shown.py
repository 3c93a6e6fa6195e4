"""Every note that an audience may see is shown, in each of its places, with its handle."""

import json
import re
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest

from cli.harness import run_here
from conftest import Fresh
from fieldvisit.actions.write_note import enter_note
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES, KINDS
from fieldvisit.settings import Settings
from fieldvisit.study.change import changing, keep_guides
from fieldvisit.study.fields import NoteFields
from written_pages import asked, rows_of


@pytest.fixture(scope="module")
def mixed(fresh_field: Fresh) -> Settings:
    """Notes of every kind and level, filed nowhere, under a topic, a question, and several.

    Tests only read it.
    """
    field = fresh_field()
    places: Iterable[tuple[str, tuple[str, ...]]] = (
        ("unsorted", ()), ("ai-rpa", ()), ("ai-rpa/effect", ("hiring",)), ("other", ()),
    )  # fmt: skip
    with changing(field, "note add") as (view, change):
        visit = keep_guides(view, change, view.visits[0])
        city = view.cities["282014"]
        every = product(KINDS, DISCLOSURES, places)
        for number, (kind, level, (place, also)) in enumerate(every):
            owner = city if kind in {"desk", "remark"} and number % 2 else visit
            given = NoteFields(place=place, kind=kind, disclosure=level, also=also)
            enter_note(view, change, owner, f"第{number}文。", given)
    return field


def notes_seen(study: Settings, audience: str) -> list[dict[str, Any]]:
    found = json.loads(asked(study, "note", "list", "--json", "--audience", audience))["notes"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_note_that_may_be_seen_is_in_the_list_once(mixed: Settings, audience: str) -> None:
    levels = {"public": {"public"}, "group": {*DISCLOSURES} - {"off-record"}}
    notes = notes_seen(mixed, audience)
    assert {note["disclosure"] for note in notes} == levels.get(audience, {*DISCLOSURES})
    assert len({note["handle"] for note in notes}) == len(notes)
    assert len(notes) == len(KINDS) * 4 * len(levels.get(audience, DISCLOSURES))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("way", [(), ("--view", "city"), ("--rows", "cities"), ("--rows", "items")])
def test_every_filed_note_that_may_be_seen_stands_in_each_of_its_places(
    mixed: Settings, audience: str, way: tuple[str, ...]
) -> None:
    """Notes without a topic have no place in a comparison; `note list --unsorted` holds them."""
    filed = [note for note in notes_seen(mixed, audience) if note["topic"]]
    places = {note["handle"]: 1 + len(note["also"]) for note in filed}
    page = asked(mixed, "compare", *way, "--audience", audience).decode()
    assert {h: page.count(f"\\[{h}]") for h in places} == places
    cells = rows_of(asked(mixed, "compare", *way, "--audience", audience, "--format", "csv"))
    listed = [handle for row in cells for handle in row["handles"].split()]
    assert {h: listed.count(h) for h in places} == places
    shape = json.loads(asked(mixed, "compare", *way, "--audience", audience, "--json"))
    inside = [
        note["handle"]
        for topic in shape["topics"]
        for city in topic["cities"]
        for cell in city["cells"]
        for note in cell["notes"]
    ]
    assert {h: inside.count(h) for h in places} == places
    assert len(inside) == sum(places.values())


def test_notes_without_a_topic_are_listed_apart(mixed: Settings) -> None:
    unsorted = json.loads(asked(mixed, "note", "list", "--unsorted", "--json"))["notes"]
    assert [note["handle"] for note in unsorted] == [
        note["handle"] for note in notes_seen(mixed, "group") if not note["topic"]
    ]
    sheet = asked(mixed, "prepare", "chiba-1").decode()
    here = [note["handle"] for note in unsorted if note["city"]["name"] == "千葉市"]
    assert here
    assert all(f"[{handle}]" in sheet for handle in here)


@pytest.mark.parametrize(
    "words",
    ["note list", "compare", "compare --view city", "compare --rows cities", "prepare chiba-1",
     "prepare himeji-1", "search 文"],
)  # fmt: skip
@pytest.mark.parametrize("format_", ["md", "csv", "table"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_statement_carries_the_handle_that_leads_back(
    mixed: Settings, words: str, format_: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words.startswith("prepare") and format_ == "csv":
        return  # its rows carry tags instead, see tests/documents
    monkeypatch.setenv("COLUMNS", "5000")
    handles = {note["body"]: note["handle"] for note in notes_seen(mixed, "group")}
    folder = str(mixed.study().folder)
    page = run_here("--study", folder, *words.split(), "--format", format_, lang=lang).out
    pieces = re.findall(r"(第\d+文。)([^第]*)", page)
    if words.startswith("prepare"):  # notes of the visit stand in boxes, their handles above them
        boxed = [body for body, after in pieces if f"[{handles[body]}]" not in after]
        assert all(handles[body] in page.split(body)[0] for body in boxed)
        pieces = [(body, after) for body, after in pieces if body not in boxed]
        assert len(boxed) + len(pieces) > 10
    else:
        assert len(pieces) > 10
    by_row = words in {"note list", "search 文"}
    rows = page.split("\n")
    for body, after in pieces:
        whole = next(row for row in rows if body in row) if by_row else after
        assert handles[body] in whole
