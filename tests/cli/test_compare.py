"""`compare`: the cities, topic by topic."""

from pathlib import Path

import pytest

from cli.harness import Run
from cli.recorded import handle_of

QUESTION = "How did you measure the effect"


def names(run: Run, *words: str) -> list[str]:
    topics = run("compare", *words, "--json").json["topics"]
    return list(dict.fromkeys(c["city"]["name"] for topic in topics for c in topic["cities"]))


@pytest.mark.parametrize(
    ("words", "cities"),
    [
        ((), {"千葉市", "大津市", "姫路市"}),
        (("--city", "千葉市", "--city", "otsu"), {"千葉市", "大津市"}),
        (("--class", "core-city"), {"大津市", "姫路市"}), (("--class", "政令指定都市"), {"千葉市"}),
        (("--study-group", "wg"), {"千葉市", "大津市", "姫路市"}),
        (("--prefecture", "兵庫"), {"姫路市"}),
    ],
)  # fmt: skip
def test_the_cities_are_narrowed(
    run: Run, noted: Path, words: tuple[str, ...], cities: set[str]
) -> None:
    assert set(names(run, *words)) == cities


def test_a_visit_still_to_come_does_not_open_again_what_was_told(run: Run, noted: Path) -> None:
    run("mark", "chiba-1", "ai-rpa/dropped", "withheld")
    run("mark", "chiba-1", "ai-rpa/plans", "declined", "--reason", "答えられない")
    before = run("compare", "--city", "千葉市", "--json").json
    run("visit", "add", "千葉市", "--date", "2099-01-31")
    assert run("compare", "--city", "千葉市", "--json").json == before
    run("note", "add", "chiba-2", "ai-rpa/status", "二度目の話")
    handles = run("compare", "--city", "千葉市", "--json").json["topics"][0]["cities"][0]["visits"]
    assert handles == ["chiba-1", "chiba-2"]
    run("visit", "add", "つくば市", "--date", "2099-01-31")
    [city] = run("compare", "--city", "つくば市", "--json").json["topics"][0]["cities"]
    assert city["visits"] == ["tsukuba-1"]


@pytest.fixture
def facts(run: Run, noted: Path) -> Path:
    """The notes, and a population of two of the cities."""
    for city, value in (("千葉市", "977,752人"), ("姫路市", "531,218人")):
        words = ("--as-of", "2019-01-01", "--source", "統計書")
        assert run("city", "fact", city, "人口", value, *words).code == 0
    return noted


def test_sections_rows_groups_and_facts_are_those_that_were_asked_for(
    run: Run, facts: Path
) -> None:
    def lines(begin: str, *words: str) -> list[str]:
        return [line for line in run("compare", "ai-rpa", *words).lines if line.startswith(begin)]

    assert lines("## ") == ["## The cities", "## 4 Use of AI and RPA"]
    assert lines("## ", "--view", "city")[:3] == [
        "## 千葉市 (designated city) chiba-1",
        "## 大津市 (core city) otsu-1",
        "## 姫路市 (core city) himeji-1",
    ]
    for rows, first in (("items", QUESTION), ("cities", "千葉市")):
        assert any(first in line.split("|")[1] for line in lines("| ", "--rows", rows))
    assert lines("### ", "--group-by", "class") == ["### designated city", "### core city"]
    run("city", "fact", "千葉市", "面積", "271.77", "--as-of", "2019-10-01", "--source", "統計書")
    assert "| area | 271.77 (as of 2019-10-01) | — | — |" in " ".join(run("compare").out.split())


def test_contradictions_are_marked_in_every_format_and_facts_stand_on_the_page(
    run: Run, facts: Path
) -> None:
    one, other = map(handle_of, ("効果を測っている。", "導入はこれから。"))
    run("note", "conflicts", one, other, "--why", "理由X")
    old = ("-k", "desk", "--as-of", "2015", "--source-title", "総務省")
    assert run("note", "add", "姫路市", "ai-rpa/effect", "古い話", *old).code == 0
    for words in ((), ("--view", "city"), ("--format", "csv"), ("--cells", "both")):
        shown = run("compare", "ai-rpa", *words).out
        assert f"⇔ {other}" in shown, words
        assert "理由X" not in shown, words
        assert ("977,752人" in shown) is ("csv" not in words), words
    assert "More than 12 months apart" in run("compare", "ai-rpa").out
    assert "理由X" in run("note", "show", one).out
    assert f'"conflicts": [ "{other}" ]' in " ".join(run("compare", "ai-rpa", "--json").out.split())
    assert "⇔" not in run("compare", "ai-rpa", "--audience", "public").out


def test_open_is_what_is_still_to_ask_or_to_follow(run: Run, noted: Path) -> None:
    found = run("coverage", "--open", "--json").json["visits"]
    states = {question["state"] for visit in found for question in visit["questions"]}
    assert states == {"open", "to-follow"}
    assert "Still to ask or to follow" in run("coverage", "--open").out
