import pytest

from fieldvisit import language
from fieldvisit.actions.add_city import add_city
from fieldvisit.actions.changing import adopt_city, changing, keep_guides
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.particulars import Particulars, Plan
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.references import find_any_city
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import enter_note
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from hostile_text.texts import BODIES, FORMULAS, MARKUP, TERMINAL
from privacy import worlds


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A study in which every text that a person can type is hostile."""
    language.use("en")
    given = worlds.template(tmp_path_factory.mktemp("nasty") / "study")
    at = iter(BODIES * 3)
    bad = [next(at) for _ in range(40)]
    whole = " ".join(BODIES[:120])
    edit_study(given, dict.fromkeys(("title", "institute", "purpose", "contact"), whole), {})
    edit_study(given, {}, {"interviewers": bad[:5]})
    add_study_group(given, "bad", whole)
    shown = " ".join(" ".join((*MARKUP, *FORMULAS)).split())
    kept = "".join(sign for sign in shown if sign.isprintable())
    add_city(given, City("", kept, kept, "", "warui", attributes=_ordinary()))
    add_visits(given, ["warui"], Plan(first_day="2019-11-20"))
    roles = [text.replace("/", "").replace("／", "") or "x" for text in bad]
    people = tuple(f"{role}/{role}/x{role}" for role in roles)
    edit_visit(given, "chiba-1", Plan(respondents=people))
    words = Plan(place=whole, contact=whole, consent=whole, interviewers=(f"x{whole}",))
    for handle in ("chiba-1", "himeji-1", "kaku-1", "warui-1"):
        edit_visit(given, handle, words)
    _notes(given)
    for number, text in enumerate(MARKUP[:5] + TERMINAL[:5]):
        state = ("declined", "withheld", "not-asked")[number % 3]
        set_marks(given, "himeji-1", [f"{1 + number % 3}/{1 + number % 4}"], state, text)
    set_marks(given, "himeji-1", ["5/1"], "to-follow", whole, "2019-12-01")
    return given


def _ordinary() -> tuple[CityAttribute, ...]:
    return (CityAttribute("ordinary-city"),)


def _notes(given: Settings) -> None:
    places = ("ai-rpa/status", "unsorted", "hiring", "ai-rpa/effect")
    with changing(given, "note add") as (look, ledger):
        chiba = keep_guides(look, ledger, look.visits[0])
        himeji = adopt_city(look, ledger, find_any_city(look, "姫路市"))
        for number, text in enumerate(BODIES):
            desk = number % 5 == 0
            particulars = Particulars(
                place=places[number % len(places)],
                kind="desk" if desk else "quote",
                disclosure="public" if number % 2 else "group",
                source_title=text,
                source_url=text,
                tags=(text,),
                said_by=None if desk else str(chiba.participants[number % 3]),
            )
            ledger.by = text
            enter_note(look, ledger, himeji if desk else chiba, text, particulars)
