import shutil
from contextlib import suppress
from itertools import cycle, pairwise, product
from pathlib import Path

import pytest

import waiting
from fieldvisit import language
from fieldvisit.actions.aliases import add_alias
from fieldvisit.actions.cities import add_city, set_fact
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import enter_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import NoteConflict
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import adopt_city, changing, keep_guides
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_any_city
from hostile_text.texts import BODIES, FORMULAS, MARKUP, TERMINAL
from privacy import worlds

SUMMARISED = tuple(
    Address(topic, question or None)
    for topic, questions in (
        ("ai-rpa", ("", "status", "effect", "dropped")), ("hiring", ("", "staff-mix", "training")),
        ("open-data", ("", "use")), ("coordination", ("", "cio")), ("security", ("",)),
    )
    for question in questions
)  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worlds.template(tmp_path_factory.mktemp("template") / "study").study().folder


@pytest.fixture(scope="module")
def nasty(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A study in which every text that a person can type is hostile."""
    language.use("en")
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("nasty") / "study"))
    given = Settings(folder, str(folder), "書き手")
    at = iter(BODIES * 3)
    bad = [next(at) for _ in range(40)]
    whole = " ".join(BODIES[:120])
    edit_study(given, dict.fromkeys(("title", "institute", "purpose", "contact"), whole), {})
    edit_study(given, {}, {"interviewers": bad[:5]})
    add_study_group(given, "bad", whole)
    shown = " ".join(" ".join((*MARKUP, *FORMULAS)).split())
    kept = "".join(sign for sign in shown if sign.isprintable())
    add_city(given, City("", kept, kept, "", "warui", attributes=(CityAttribute("ordinary-city"),)))
    add_visits(given, ["warui"], VisitFields(first_day="2019-11-20"))
    roles = [text.replace("/", "").replace("／", "") or "x" for text in bad]
    people = tuple(f"{role}/{role}/x{role}" for role in roles)
    edit_visit(given, "chiba-1", VisitFields(respondents=people))
    words = VisitFields(place=whole, contact=whole, consent=whole, interviewers=(f"x{whole}",))
    for handle in ("chiba-1", "himeji-1", "kaku-1", "warui-1"):
        edit_visit(given, handle, words)
    waiting.store(
        given, *(waiting.item(n, text, path=text, said_by=text) for n, text in enumerate(BODIES))
    )
    _notes(given)
    _resting_on_notes(given, bad)
    for number, text in enumerate(MARKUP[:5] + TERMINAL[:5]):
        state = ("declined", "withheld", "not-asked")[number % 3]
        set_marks(given, "himeji-1", [f"{1 + number % 3}/{1 + number % 4}"], state, text)
    set_marks(given, "himeji-1", ["5/1"], "to-follow", whole, "2019-12-01")
    return given


def _resting_on_notes(given: Settings, bad: list[str]) -> None:
    """Summaries, what a city answered, a contradiction; facts and names."""
    with changing(given, "summary set") as (view, change):
        notes = {
            code: next(note for note in view.notes if note.city_code == code)
            for code in sorted({note.city_code for note in view.notes if note.city_code})
        }
        cells = product((*notes, None), SUMMARISED)
        for (code, address), text in zip(cells, BODIES, strict=False):
            under = notes.get(code or "") or next(iter(notes.values()))
            seen = (SeenNote(under.id, under.revision, under.disclosure),)
            records.save(change, Summary(code, address, text, "public", text, seen))
    for number, text in enumerate(BODIES[::12]):
        fact = CityFact("", text, f"{number} {text}", f"{1900 + number}", text)
        set_fact(given, "千葉市", fact)
    with changing(given, "confirm set") as (view, change):
        asked = [note for note in view.notes if note.visit_id][: len(bad)]
        for note, text, state in zip(asked, bad, cycle(CONFIRMATIONS), strict=False):
            days = ("2019-11-20", "2019-12-01", "2019-11-25")
            of_note = (note.id, note.visit_id or "", state, note.revision)
            records.save(change, Confirmation(*of_note, text, *days, text, text))
        for (one, other), text in zip(pairwise(asked), bad, strict=False):
            pair = sorted((one.id, other.id))
            records.save(change, NoteConflict(pair[0], pair[1], text, text))
    for text in BODIES[::8]:
        with suppress(Refused):  # what would be found in any text is no name
            add_alias(given, text, "vendor", "")


def _notes(given: Settings) -> None:
    places = ("ai-rpa/status", "unsorted", "hiring", "ai-rpa/effect")
    with changing(given, "note add") as (view, change):
        chiba = keep_guides(view, change, view.visits[0])
        himeji = adopt_city(view, change, find_any_city(view, "姫路市"))
        for number, text in enumerate(BODIES):
            desk = number % 5 == 0
            particulars = NoteFields(
                place=places[number % len(places)],
                kind="desk" if desk else "quote",
                disclosure="public" if number % 2 else "group",
                source_title=text,
                source_url=text,
                tags=(text,),
                said_by=None if desk else str(chiba.participants[number % 3]),
            )
            change.by = text
            enter_note(view, change, himeji if desk else chiba, text, particulars)
