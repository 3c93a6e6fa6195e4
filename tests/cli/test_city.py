"""`city list`, `show`, `add`, `import`."""

from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree

FICTIONAL = (
    "--prefecture", "千葉県", "--romaji", "kaku", "--class", "町", "--kana", "かくうちょう",
)  # fmt: skip


def test_shipped_cities_are_listed_without_a_study(run: Run) -> None:
    found = run("city", "list", "--json").json["cities"]
    codes = [city["code"] for city in found]
    assert codes == sorted(codes)
    assert {"千葉市", "姫路市", "大津市"} <= {city["name"] for city in found}


def test_a_city_of_our_own_has_no_printed_code(run: Run, three: Path) -> None:
    assert run("city", "add", "架空町", *FICTIONAL).out == "kaku\n"
    assert run("visit", "add", "架空町").out == "kaku-1\n"
    run("note", "add", "kaku-1", "hiring", "架空の話")
    everything = "".join(
        run(*words).out
        for words in [
            ("city", "show", "kaku", "--json"), ("city", "list"), ("visit", "list", "--json"),
            ("compare", "--json"), ("compare", "--format", "csv"), ("coverage", "--format", "csv"),
            ("note", "list", "--json"), ("log",), ("log", "--json"), ("city", "show", "kaku"),
        ]
    )  # fmt: skip
    assert "架空町" in everything
    assert "99001" not in everything


def test_a_file_of_cities_is_imported_whole_or_not_at_all(
    run: Run, three: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cities.csv"
    head = "code,prefecture,name,kana,romaji,class,since\r\n"
    row = "342084,広島県,府中市,ふちゅうし,fuchu,ordinary-city,1954-03-31\r\n"
    path.write_bytes(f"\ufeff{head}{row}".encode())
    assert "1 city was added" in run("city", "import", str(path)).err
    assert "0 cities were added. 1 was known already" in run("city", "import", str(path)).err
    before = tree(three)
    path.write_text(head + row.replace("342084", "132063") + "1,2,3\r\n", "utf-8")
    assert_refused(run("city", "import", str(path)), 1, "cities.csv")
    path.write_bytes(b"\x00\xff\xfe")
    assert_refused(run("city", "import", str(path)), 1, "cities.csv")
    assert tree(three) == before


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


@pytest.fixture
def known(run: Run, noted: Path) -> Path:
    """The study in use: chiba-1 served `wg`; another group `tf` is there."""
    assert run("study-group", "add", "tf", "特別委員会").code == 0
    return noted


def test_a_visit_for_another_group_says_what_was_asked_and_prints_handles_alone(
    run: Run, known: Path
) -> None:
    result = run("visit", "add", "千葉市", "大津市", "--study-group", "tf")
    assert result.out == "chiba-2\notsu-2\n"
    [told] = result.err.splitlines()  # nothing says that 大津市 was asked
    assert told.startswith("千葉市 was asked 4")
    assert (
        "for another study group: at chiba-1 (Mon 21 October 2019 13:30, ワーキンググループ)"
        in told
    )
    assert told.endswith("Answered: 3")


@pytest.mark.parametrize(
    ("tty", "asked", "answered"),
    [("all", "", 4), ("keyboard", "", 4), ("out", "", 3), ("", "", 3), ("all", "group", 3),
     ("", "all", 3)],
)  # fmt: skip
def test_what_is_off_the_record_counts_on_a_terminal_alone(
    run: Run, known: Path, tty: str, asked: str, answered: int
) -> None:
    run("visit", "add", "千葉市")
    run("note", "add", "chiba-1", "open-data/use", "内密の話", "-d", "off-record")
    audience = ("--audience", asked) if asked else ()
    told = run("prepare", "chiba-2", *audience, tty=tty).err.replace("\n", " ")
    assert "was asked" in told
    assert f"Answered: {answered}" in told


@pytest.mark.parametrize("reader", ["interviewer", "city"])
def test_sheets_warn_too_and_hold_no_more_for_it(run: Run, known: Path, reader: str) -> None:
    run("visit", "add", "千葉市")
    result = run("prepare", "chiba-2", "--for", reader)
    assert "千葉市 was asked" in result.err
    assert "another study group" not in result.err
    assert "was asked" not in result.out


def test_the_field_sheet_says_when_and_for_whom_it_was_said(run: Run, known: Path) -> None:
    run("visit", "add", "千葉市", "--study-group", "tf")
    sheet = run("prepare", "chiba-2").out
    where = "(already said on Mon 21 October 2019 for ワーキンググループ)"
    (line,) = [line for line in sheet.splitlines() if "効果を測っている。" in line]
    assert where in line
    japanese = run("prepare", "chiba-2", lang="ja").out
    assert "（既にご回答：2019年10月21日（月）、ワーキンググループ）【先方確認前】効果" in japanese
    assert "already said" not in run("prepare", "chiba-1").out


def test_a_visit_whose_questions_never_reached_the_city_is_no_matter(run: Run, three: Path) -> None:
    run("visit", "edit", "himeji-1", "--date", "2031-01-06")
    assert run("visit", "add", "姫路市").err == ""
    run("visit", "edit", "himeji-1", "--sent", "2019-12-01")
    assert "at himeji-1" in run("visit", "add", "姫路市").err
    run("visit", "edit", "himeji-1", "--status", "cancelled")
    assert "himeji-1" not in run("visit", "add", "姫路市").err


def test_what_only_another_group_may_use_stands_on_no_sheet_of_the_visit(
    run: Run, known: Path
) -> None:
    for place, text in (("chiba-1", "ワーキンググループだけの話"), ("千葉市", "調べただけの話")):
        kind = () if place == "chiba-1" else ("-k", "desk")
        run("note", "add", place, "open-data/use", text, "-d", "public", "--only-for", "wg", *kind)
    told = run("visit", "add", "千葉市", "--study-group", "tf").err
    sheet = run("prepare", "chiba-2").out
    assert "だけの話" not in told + sheet
    assert "wg" not in run("coverage", "chiba-2").out
    run("visit", "add", "千葉市", "--study-group", "wg", "--study-group", "tf")
    assert run("prepare", "chiba-3").out.count("だけの話") == 2
    assert "調べただけの話" in run("prepare", "chiba-1").out
