"""`city fact`, and where facts are shown."""

from pathlib import Path

import pytest

from cli.harness import HOSTILE, Run, assert_harmless, assert_refused, tree

POPULATION = ("city", "fact", "千葉市", "人口", "977,752人", "--as-of", "2019-01-01")


def test_a_fact_is_shown_with_its_date_and_source(run: Run, three: Path) -> None:
    entered = run(*POPULATION, "--source", "市統計書")
    assert (entered.code, entered.out) == (0, "")
    assert "千葉市 population: 977,752人 (as of 2019-01-01, 市統計書)" in entered.err
    shown = run("city", "show", "chiba").out
    assert "| population | 977,752人 | 2019-01-01 | 市統計書 |" in shown
    japanese = " ".join(run("city", "show", "chiba", lang="ja").out.split())
    assert "| 人口 | 977,752人 | 2019-01-01 | 市統計書 |" in japanese
    assert run("city", "show", "chiba", "--json").json["city"]["facts"] == [
        {"key": "population", "value": "977,752人", "as_of": "2019-01-01", "source": "市統計書"}
    ]
    assert "千葉市 population:2019-01-01" in run("log").out


def test_what_was_there_before_is_told(run: Run, three: Path) -> None:
    run(*POPULATION, "--source", "市統計書")
    again = run(*POPULATION[:4], "977,753人", *POPULATION[5:], "--source", "市統計書").err
    assert "Before, it was: 千葉市 population: 977,752人" in again
    assert (
        "Known already"
        in run(*POPULATION[:4], "977,753人", *POPULATION[5:], "--source", "市統計書").err
    )
    assert (
        "Taken away: 千葉市 population: 977,753人"
        in run("city", "fact", "chiba", "人口", "--remove").err
    )
    assert run("undo").code == 0
    assert "977,753人" in run("city", "show", "chiba").out


def test_facts_come_in_from_a_file(run: Run, three: Path) -> None:
    file = three / "facts.csv"
    file.write_text("city,key,value,as_of,source\nhimeji,staff,3900,2019,a\n", encoding="utf-8")
    assert (
        "1 fact was stored. 0 facts were known already."
        in run("city", "fact", "--file", str(file)).err
    )
    assert (
        "0 facts were stored. 1 fact was known already."
        in run("city", "fact", "--file", str(file)).err
    )


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("千葉市",), 2, "KEY, VALUE, --as-of, --source"),
        (("千葉市", "人口", "1"), 2, "--as-of, --source"),
        (("千葉市", "人口", "1", "--as-of", "2019"), 2, "--source"),
        (("千葉市", "人口", "1", "--as-of", "昨年", "--source", "a"), 1, "昨年"),
        (("無い市", "人口", "1", "--as-of", "2019", "--source", "a"), 1, "無い市"),
        (("千葉市", "人口", "1", "--remove"), 2, "--remove"),
        (("千葉市", "人口", "--remove"), 1, "population"),
        (("千葉市", "--file", "x.csv"), 2, "--file"),
        (("--file", "x.csv"), 1, "x.csv"),
        (("千葉市", "増減", "-1%", "--as-of", "2019", "--source", "a"), 2, "--"),
    ],
)
def test_what_is_no_fact_is_refused(
    run: Run, three: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before = tree(three)
    assert_refused(run("city", "fact", *words), code, piece)
    assert tree(three) == before


def test_a_value_may_begin_with_a_dash(run: Run, three: Path) -> None:
    words = ("city", "fact", "千葉市", "増減", "--as-of", "2019", "--source", "a", "--", "-1%")
    assert run(*words).code == 0
    assert "| 増減 | -1%" in run("city", "show", "chiba").out.replace("\\", "")


@pytest.mark.parametrize("bad", HOSTILE)
def test_no_text_of_a_fact_acts(run: Run, three: Path, bad: str) -> None:
    words = (
        "city",
        "fact",
        "千葉市",
        f"k{bad}",
        f"v{bad}",
        "--as-of",
        "2019",
        "--source",
        f"s{bad}",
    )
    assert run(*words).code == 0
    for shown in (
        run("city", "show", "chiba"),
        run("--no-color", "city", "show", "chiba", tty="all"),
        run("log"),
    ):
        assert shown.code == 0
        assert_harmless(shown.out)


def test_without_a_study_there_are_no_facts(run: Run) -> None:
    assert run("city", "show", "chiba", "--json").json["city"]["facts"] == []
    assert run(*POPULATION, "--source", "a").code == 1
