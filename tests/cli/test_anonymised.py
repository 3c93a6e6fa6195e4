"""`compare --anonymise`, `alias`, `trace`: as they are typed."""

import re
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused

MARK = re.compile(r"\[([0-9]{4})\]")


def marks(run: Run, *words: str) -> list[str]:
    return MARK.findall(run("compare", "--anonymise", *words).out.replace("\\", ""))


def test_cities_stand_by_their_letters_and_keep_them(run: Run, noted: Path) -> None:
    first = run("compare", "--anonymise", "--json").json
    assert first["anonymised"] is True
    names = [city["city"]["name"] for city in first["topics"][0]["cities"]]
    assert names == sorted(names)
    assert all(re.fullmatch("City [A-Z]", name) for name in names)
    assert run("compare", "--anonymise", "--json").json == first
    run("visit", "add", "つくば市", "--date", "2019-12-01")
    later = run("compare", "--anonymise", "--json").json
    assert set(names) < {city["city"]["name"] for city in later["topics"][0]["cities"]}


def test_the_class_is_that_of_the_visits_compared(run: Run, noted: Path) -> None:
    """大津市 is a core city since 2009."""
    run("visit", "add", "大津市", "--date", "2007-06-01")
    for year, class_ in (("2007", None), ("2019", "core-city")):
        within = ("--since", year, "--until", year, "--city", "大津市", "--json")
        for more in ((), ("--anonymise",)):
            (city,) = run("compare", *more, *within).json["topics"][0]["cities"]
            assert city["class"] == class_


def test_every_mark_leads_back_to_its_note(run: Run, noted: Path) -> None:
    rows = run("compare", "--anonymise", "--json").json["topics"]
    notes = [n for t in rows for c in t["cities"] for cell in c["cells"] for n in cell["notes"]]
    assert {note["handle"] for note in notes} == {note["id"] for note in notes} == {None}
    stored = {note["handle"]: note for note in run("note", "list", "--json").json["notes"]}
    reached = {}
    for note in notes:
        found = run("trace", note["mark"], "--json").json
        assert found["kind"] == "note"
        told = stored[found["note"]["handle"]]
        assert (found["city"], found["visit"]) == (told["city"], told["visit"])
        assert note["kind"] == told["kind"]
        reached[note["mark"]] = found["note"]["handle"]
    assert set(reached.values()) == {h for h, note in stored.items() if note["topic"]}
    assert len(set(reached)) == len(set(reached.values()))


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_what_stands_for_a_name_leads_back(run: Run, noted: Path, spoken: str) -> None:
    shown = run("compare", "--anonymise", lang=spoken).out
    person = re.search("Person [A-Z]|担当者[A-Z]", shown)
    city = re.search(r"City [A-Z](?= \(des)|[A-Z]市(?=（政)", shown)
    assert person
    assert city
    assert "山田太郎" in run("trace", person[0]).out
    assert "千葉市" in run("trace", city[0]).out
    for shown_for in (person, city):
        refused = run("trace", shown_for[0], "--audience", "public")
        assert_refused(refused, 1, "not for the public")


def test_the_mark_of_an_off_record_note_is_for_those_in_charge(run: Run, noted: Path) -> None:
    rest = set(marks(run))
    (mark,) = set(marks(run, "--audience", "all")) - rest
    assert_refused(run("trace", mark), 1, mark)
    assert "chiba-1" in run("trace", mark, "--audience", "all").out
    assert "chiba-1" in run("trace", mark, tty="all").out


def test_what_is_anonymous_reaches_the_public_without_names_alone(run: Run, noted: Path) -> None:
    run("note", "add", "chiba-1", "ai-rpa/status", "匿名なら載せてよい話", "-d", "anonymous")
    assert "匿名なら" not in run("compare", "--audience", "public").out
    assert "匿名なら" in run("compare", "--audience", "public", "--anonymise").out


def test_drawing_is_no_change_and_is_not_taken_back(run: Run, noted: Path) -> None:
    before = run("log").out
    first = run("compare", "--anonymise").out
    assert run("log").out == before
    run("undo")
    run("compare", "--anonymise")
    assert set(MARK.findall(run("compare", "--anonymise").out)) <= set(MARK.findall(first))


def test_names_are_entered_listed_and_taken_away(run: Run, noted: Path) -> None:
    assert run("alias", "list").out.endswith("the study knows anyway.\n")
    run("alias", "add", "千葉", "--for", "千葉市")
    run("alias", "add", "富士電算", "--kind", "事業者")
    assert run("alias", "list", "--json").json["aliases"] == [
        {"name": "千葉", "kind": "city", "for": "千葉市", "by": "佐藤"},
        {"name": "富士電算", "kind": "vendor", "for": None, "by": "佐藤"},
    ]
    assert "| 千葉" in run("alias", "list").out
    assert "千葉,city,千葉市" in run("alias", "list", "--format", "csv").out
    assert run("alias", "remove", "千葉").code == 0
    assert_refused(run("alias", "remove", "千葉"), 1, "千葉")
    assert run("undo").code == 0
    assert len(run("alias", "list", "--json").json["aliases"]) == 2
    assert_refused(run("alias", "add", "x", "--kind", "nonsense"), 2, "vendor")


def test_facts_are_left_out_and_that_is_said(run: Run, noted: Path) -> None:
    assert "left out" not in run("compare", "--anonymise").err
    source = ("--as-of", "2019-10-01", "--source", "千葉市の統計")
    assert run("city", "fact", "千葉市", "population", "979,768人", *source).code == 0
    for form in ("md", "json", "csv"):
        shown = run("compare", "--anonymise", "--format", form)
        assert "979" not in shown.out
        assert "Facts of the cities are left out" in shown.err
    assert "979" in run("compare").out
