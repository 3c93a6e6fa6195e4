"""`compare --anonymise`, `alias`, `trace`: as they are typed."""

import re
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused

MARK = re.compile(r"\[([0-9]+-[0-9]+)\\?\]")


def marks(run: Run, *words: str) -> list[str]:
    return MARK.findall(run("compare", "--anonymise", *words).out.replace("\\", ""))


def test_letters_and_marks_are_drawn_anew_for_each_output(run: Run, noted: Path) -> None:
    drawn = set()
    for number in range(1, 11):
        shown = run("compare", "--anonymise", "--json").json
        assert shown["anonymised"] is True
        cities = [city for topic in shown["topics"] for city in topic["cities"]]
        names = [city["city"]["name"] for city in shown["topics"][0]["cities"]]
        assert names == ["City A", "City B"]
        assert {city["city"]["code"] for city in cities} == {None}
        found = re.findall('"mark": "([0-9]+)-', run("compare", "--anonymise", "--json").out)
        assert set(found) == {str(2 * number)}
        whose = run("trace", f"{2 * number}-City A").out
        drawn.add("千葉市" in whose)
    assert drawn == {True, False}


def test_what_is_published_under_a_name_is_left_out_and_counted(run: Run, noted: Path) -> None:
    run("note", "add", "himeji-1", "hiring", "RPAを、税務で使う", "-d", "anonymous")
    run("note", "add", "chiba-1", "other", "参加は1,234人", "-d", "anonymous")
    assert_refused(run("compare", "--anonymise"), 1, "1,234人: note ", "alias ignore TEXT")
    run("alias", "ignore", "1,234人")
    run("summary", "set", "ai-rpa", "まとめ", "--city", "千葉市")
    shown = run("compare", "--anonymise", "--cells", "both")
    for text in ("RPAを税務で使う", "RPAを、税務で使う", "公開している", "まとめ", "総務省"):
        assert text not in shown.out
    assert "効果を測っている" in shown.out
    assert "Left out: 2 notes published under a name, 1 desk note, 1 summary" in shown.err
    assert "情報経営部 ×1" in shown.err
    assert "May stand, as ticked off: 1,234人" in shown.err


def test_a_class_stands_where_three_cities_share_it(run: Run, noted: Path) -> None:
    """姫路市 is a core city, 千葉市 is none."""
    told = []
    for number, name in enumerate(("柏市", "川越市", "岡崎市")):
        described = f"--prefecture 架空県 --kana かくう --romaji kakuu{'abc'[number]}".split()
        run("city", "add", name, *described, "--class", "core-city")
        run("visit", "add", name, "--date", "2019-11-01")
        run("note", "add", name, "hiring", "違う話と同じ話の両方"[number:], "-d", "anonymous")
        shown = run("compare", "--anonymise", "--json").json["topics"][0]["cities"]
        told.append([city["class"] for city in shown if city["class"]])
    assert told == [[], ["core-city"] * 3, ["core-city"] * 4]


def test_every_mark_leads_back_to_its_note(run: Run, noted: Path) -> None:
    rows = run("compare", "--anonymise", "--json").json["topics"]
    notes = [n for t in rows for c in t["cities"] for cell in c["cells"] for n in cell["notes"]]
    assert {note["handle"] for note in notes} == {note["id"] for note in notes} == {None}
    stored = {note["handle"]: note for note in run("note", "list", "--json").json["notes"]}
    for note in notes:
        found = run("trace", note["mark"], "--json").json
        told = stored[found["note"]["handle"]]
        assert (found["kind"], note["kind"]) == ("note", told["kind"])
        assert (found["city"], found["visit"]) == (told["city"], told["visit"])
        assert note["body"] == told["body"]
    assert len(notes) == 2


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_what_stands_for_a_name_leads_back(run: Run, noted: Path, spoken: str) -> None:
    shown = run("compare", "--anonymise", "--audience", "all", lang=spoken).out
    for label, name in (("Person A|担当者A", "山田太郎"), ("City [AB]|[AB]市", "市")):
        found = re.search(label, shown)
        assert found
        assert name in run("trace", f"1-{found[0]}").out
        refused = run("trace", f"1-{found[0]}", "--audience", "public")
        assert_refused(refused, 1, "not for the public")
    long = "9" * 5000
    for wrong in (
        "1-99", "2-1", "1-0", "1-City Z", "City A", "1234", "1-", f"{long}-1", f"1-{long}"
    ):  # fmt: skip
        assert_refused(run("trace", wrong), 1, wrong)


def test_the_mark_of_an_off_record_note_is_for_those_in_charge(run: Run, noted: Path) -> None:
    assert len(set(marks(run))) == 2
    everything = marks(run, "--audience", "all")
    hidden = [mark for mark in everything if run("trace", mark).code == 1]
    assert len(hidden) == 1
    assert "chiba-1" in run("trace", hidden[0], "--audience", "all").out
    assert "chiba-1" in run("trace", hidden[0], tty="all").out


def test_what_is_anonymous_reaches_the_public_without_names_alone(run: Run, noted: Path) -> None:
    run("note", "add", "chiba-1", "ai-rpa/status", "匿名なら載せてよい話", "-d", "anonymous")
    assert "匿名なら" not in run("compare", "--audience", "public").out
    assert "匿名なら" in run("compare", "--audience", "public", "--anonymise").out


def test_an_output_made_is_no_change_and_is_not_taken_back(run: Run, noted: Path) -> None:
    before = run("log").out
    first = marks(run)
    assert run("log").out == before
    run("undo")
    assert [run("trace", mark).code for mark in first] == [0, 0]


def test_names_are_entered_ticked_off_listed_and_taken_away(run: Run, noted: Path) -> None:
    assert run("alias", "list").out.endswith("the study knows anyway.\n")
    run("alias", "add", "千葉", "--for", "千葉市")
    run("alias", "add", "富士電算", "--kind", "事業者")
    assert "500人" in run("alias", "ignore", "500人", "富士大学").err
    assert run("alias", "list", "--json").json["aliases"] == [
        {"name": "千葉", "kind": "city", "for": "千葉市"},
        {"name": "富士電算", "kind": "vendor", "for": None},
    ]
    assert "| 千葉" in run("alias", "list").out
    assert "千葉,city,千葉市" in run("alias", "list", "--format", "csv").out
    assert "富士大学" in run("alias", "list", "--audience", "all").out
    assert run("alias", "remove", "千葉").code == 0
    assert_refused(run("alias", "remove", "千葉"), 1, "千葉")
    assert run("undo").code == 0
    assert len(run("alias", "list", "--audience", "all", "--json").json["aliases"]) == 4
    assert_refused(run("alias", "add", "x", "--kind", "nonsense"), 2, "vendor")
    assert_refused(run("alias", "ignore", "千葉市の話"), 1, "千葉市")


def test_facts_are_left_out_and_that_is_said(run: Run, noted: Path) -> None:
    assert "Facts" not in run("compare", "--anonymise").err
    source = ("--as-of", "2019-10-01", "--source", "千葉市の統計")
    assert run("city", "fact", "千葉市", "population", "979,768人", *source).code == 0
    for form in ("md", "json", "csv"):
        shown = run("compare", "--anonymise", "--format", form)
        assert "979" not in shown.out
        assert "Facts of the cities are left out" in shown.err
    assert "979" in run("compare").out
