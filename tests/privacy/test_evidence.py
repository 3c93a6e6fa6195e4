"""Both ways: every text of every output leads to its note, every note is found in the outputs.

Each text of a study by chance has a beginning and an end of its own, so that it is known again
wherever it stands, wrapped or not.
"""

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.harness import run_here
from fieldvisit.fieldwork.terms import AUDIENCES
from privacy.evidence import Printed, Told, counted, printed, told_apart
from privacy.worlds import A_FEW

Form = tuple[str, str, str]
SEEDS = range(max(A_FEW // 5, 4))
PAGES = ("md", "40", "80")
WAYS = (
    "compare", "compare --rows items", "compare --rows cities", "compare --view city",
    "compare --cells both", "compare --cells both --rows cities", "compare --cells summary",
    "compare --cells both --view city", "compare --cells summary --rows cities",
)  # fmt: skip
LISTS = ("note list", "search q0", "summary list")
OTHERS = (
    "coverage", "coverage --open", "status", "visit show chiba-1", "prepare chiba-1",
    "prepare himeji-1", "prepare chiba-1 --only-open",
)  # fmt: skip


@pytest.fixture(params=SEEDS)
def told(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Told:
    return told_apart(template, tmp_path / "study", request.param)


def out(told: Told, words: str, format_: str, audience: str, lang: str) -> str:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COLUMNS", format_ if format_.isdigit() else "100")
        name = "table" if format_.isdigit() else format_
        typed = [*words.split(), "--format", name, "--audience", audience]
        result = run_here("--study", str(told.folder), *typed, lang=lang)
    assert result.code == 0, result.err
    return result.out_bytes.decode("utf-8-sig")


def forms(told: Told, words: str, formats: tuple[str, ...], number: int) -> list[Form]:
    """A draw of formats, audiences and languages for a command."""
    dice = random.Random(f"{told.folder.parent.name}{words}")
    every = [(f, a, lang) for f in formats for a in AUDIENCES for lang in ("en", "ja")]
    return dice.sample(every, number)


def assert_leads_back(told: Told, found: list[Printed], audience: str) -> None:
    """Every text is one that the audience may see; its handle, or those under it, stand by it."""
    notes, summaries, handles = told.notes(audience), told.summaries(audience), told.handles()
    for one in found:
        if one.name.startswith("q"):
            assert one.name in notes, "not for this audience"
            assert notes[one.name].handle in one.before + one.behind, one
        else:
            under = {handles[note_id] for note_id in summaries[one.name].rests_on}
            assert all(handle in one.behind for handle in under), one


@pytest.mark.parametrize("words", [*WAYS, *LISTS, *OTHERS])
def test_every_text_leads_back_and_every_note_is_there(told: Told, words: str) -> None:
    for format_, audience, lang in forms(told, words, PAGES, 3):
        found = printed(out(told, words, format_, audience, lang))
        assert_leads_back(told, found, audience)
        notes, summaries = counted(found, "q"), counted(found, "w")
        if words.startswith("compare"):
            assert notes == ({} if "summary" in words else places(told, audience))
            handles = {name: note.handle for name, note in told.notes(audience).items()}
            assert all(f"[{handles[one.name]}]" in one.behind for one in found if one.name in notes)
            listed = counted(printed(out(told, "summary list", "md", audience, "en")), "w")
            if "--view" not in words:  # a city's section has no summary across the cities
                assert summaries == (listed if "--cells" in words else {})
            assert set(listed.values()) <= {1}
        elif words == "summary list":
            assert summaries.keys() <= told.summaries(audience).keys()
        elif words in LISTS:
            assert notes == dict.fromkeys(told.notes(audience), 1)
        elif words in OTHERS[-3:-1]:
            assert mine(told, words.split()[1], audience) <= notes.keys()


def places(told: Told, audience: str) -> dict[str, int]:
    """How many places each note has that is filed under any."""
    with told.viewed(audience) as view:
        now = view.crosswalk.now
        return {name: len(set(map(now, note.places)))
                for name, note in told.notes(audience).items() if note.places}  # fmt: skip


def mine(told: Told, visit: str, audience: str) -> set[str]:
    """The notes of a visit and of its city under its topics, as far as they are for its groups."""
    with told.viewed(audience) as view:
        (found,) = (one for one in view.visits if one.handle == visit)
        asked = {topic.key for guide in view.guides.of(found) for topic in guide.topics}
        mine = {
            note.id
            for note in view.notes_for(found)
            if not note.places or asked & {view.crosswalk.now(p).topic for p in note.places}
        }
    return {name for name, note in told.notes(audience).items() if note.id in mine}


@pytest.mark.parametrize("words", [*WAYS[:1], "compare --cells both", *LISTS])
def test_tables_and_json_lead_back_too(told: Told, words: str) -> None:
    for format_, audience, lang in forms(told, words, ("csv", "json"), 4):
        text = out(told, words, format_, audience, lang)
        rows = _rows(text) if format_ == "csv" else list(_objects(json.loads(text)))
        found = [one for row in rows for one in printed(row)]
        for row in rows:
            for one in printed(row):
                assert_leads_back(told, [Printed(one.name, one.text, row, row)], audience)
        if words.startswith(("note", "search")):
            assert counted(found, "q") == dict.fromkeys(told.notes(audience), 1)
        elif words.startswith("compare"):
            filed = {name for name, note in told.notes(audience).items() if note.places}
            assert counted(found, "q").keys() == filed


def _rows(text: str) -> list[str]:
    return [" ".join(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _objects(shape: Any) -> Iterator[str]:
    """Every object of a JSON document that has a text of its own."""
    if isinstance(shape, dict):
        if "body" in shape:
            yield json.dumps(shape, ensure_ascii=False)
            return
        shape = list(shape.values())
    for part in shape if isinstance(shape, list) else ():
        yield from _objects(part)


def test_each_line_of_a_history_names_its_notes(told: Told) -> None:
    for audience in AUDIENCES:
        asked = [(name, f"note history {note.handle}")
                 for name, note in list(told.notes(audience).items())[:4]]  # fmt: skip
        for name, one in list(told.summaries(audience).items())[:4]:
            whose = "--across" if one.city_code is None else f"--city {one.city_code}"
            asked.append((name, f"summary history {one.address} {whose}"))
        for name, words in asked:
            for format_ in PAGES:
                found = printed(out(told, words, format_, audience, "ja"))
                assert_leads_back(told, found, audience)
                assert name in counted(found, name[0])
