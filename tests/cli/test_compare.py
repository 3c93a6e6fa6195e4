"""`compare`: the cities, topic by topic."""

from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused

QUESTION = "How did you measure the effect"


def names(run: Run, *words: str) -> set[str]:
    topics = run("compare", *words, "--json").json["topics"]
    return {city["city"]["name"] for topic in topics for city in topic["cities"]}


def test_cities_come_by_code_and_topics_as_in_the_guide(run: Run, noted: Path) -> None:
    topics = run("compare", "6", "ai-rpa", "--json").json["topics"]
    assert [topic["topic"] for topic in topics] == ["ai-rpa", "security"]
    assert [city["city"]["code"] for city in topics[0]["cities"]] == ["121002", "252018", "282014"]


def test_a_note_filed_elsewhere_too_appears_in_each_place(run: Run, noted: Path) -> None:
    topics = run("compare", "ai-rpa", "security", "--city", "千葉市", "--json").json["topics"]
    bodies = [
        [note["body"] for cell in topic["cities"][0]["cells"] for note in cell["notes"]]
        for topic in topics
    ]
    assert bodies == [["RPAを税務で使う。", "効果を測っている。"], ["RPAを税務で使う。"]]


def test_every_statement_carries_its_handle_and_its_mark(run: Run, noted: Path) -> None:
    notes = run("note", "list", "--json").json["notes"]
    shown = run("compare").out
    for note in notes:
        if note["topic"]:
            assert f"[{note['handle']}]" in shown.replace("\\[", "[")
    assert r"\[to be confirmed] 効果を測っている。" in shown
    assert OFF_RECORD not in shown


def test_an_empty_cell_says_why(run: Run, noted: Path) -> None:
    states = {
        (city["city"]["name"], cell["question"]): cell["state"]
        for topic in run("compare", "ai-rpa", "--json").json["topics"]
        for city in topic["cities"]
        for cell in city["cells"]
    }
    assert states["大津市", "status"] == "not-asked"
    assert states["姫路市", "selection"] == "to-follow"
    assert states["千葉市", "upkeep"] == "open"


@pytest.mark.parametrize(
    ("words", "cities"),
    [
        ((), {"千葉市", "大津市", "姫路市"}),
        (("--city", "千葉市", "--city", "otsu"), {"千葉市", "大津市"}),
        (("--class", "core-city"), {"大津市", "姫路市"}),
        (("--class", "政令指定都市"), {"千葉市"}),
        (("--study-group", "wg"), {"千葉市", "大津市", "姫路市"}),
    ],
)
def test_the_cities_are_narrowed(
    run: Run, noted: Path, words: tuple[str, ...], cities: set[str]
) -> None:
    assert names(run, *words) == cities


def test_a_section_is_a_topic_or_a_city(run: Run, noted: Path) -> None:
    heads = [line for line in run("compare", "ai-rpa").lines if line.startswith("## ")]
    assert heads == ["## 4 Use of AI and RPA"]
    heads = [line for line in run("compare", "ai-rpa", "--view", "city").lines if "##" in line[:3]]
    assert [head for head in heads if head.startswith("## ")] == [
        "## 千葉市 (designated city) chiba-1",
        "## 大津市 (core city) otsu-1",
        "## 姫路市 (core city) himeji-1",
    ]


def test_questions_or_cities_go_down(run: Run, noted: Path) -> None:
    def first_cells(*words: str) -> list[str]:
        rows = [line for line in run("compare", "ai-rpa", *words).lines if line.startswith("| ")]
        return [row.split("|")[1].strip() for row in rows]

    assert any(QUESTION in cell for cell in first_cells())
    assert any("千葉市" in cell for cell in first_cells("--rows", "cities"))
    assert not any("千葉市" in cell for cell in first_cells("--rows", "items"))


def test_the_public_gets_less(run: Run, noted: Path) -> None:
    shown = run("compare", "--audience", "public").out
    assert "RPAを税務で使う。" in shown
    assert "公開している。" in shown
    for hidden in (
        "効果を測っている。",
        "導入はこれから。",
        "確認中",
        "山田太郎",
        "佐藤",
        OFF_RECORD,
    ):
        assert hidden not in shown


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("ai-rap",), 1, "ai-rap"),
        (("--view", "x"), 2, "topic, city"),
        (("--rows", "x"), 2, "items, cities"),
        (("--city", "無い市"), 1, "無い市"),
        (("--class", "x"), 2, "core-city"),
        (("--study-group", "x"), 1, "wg"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    run: Run, noted: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    assert_refused(run("compare", *words), code, piece)


@pytest.mark.parametrize("view", ["topic", "city"])
def test_a_city_alone_without_anything_gets_one_sentence(run: Run, noted: Path, view: str) -> None:
    page = run("compare", "--city", "つくば", "--view", view).out
    assert "There is nothing to compare yet." in page
    assert "|" not in page
    assert "つくば" not in page


def test_a_city_without_anything_stands_open_beside_others(run: Run, noted: Path) -> None:
    words = ("compare", "ai-rpa", "--city", "つくば", "--city", "千葉市")
    assert "つくば市" in run(*words).out
    assert run(*words, "--json").json["topics"][0]["cities"][0]["state"] == "open"


@pytest.mark.parametrize("rows", ["items", "cities"])
def test_rows_are_refused_where_every_section_is_a_city(run: Run, noted: Path, rows: str) -> None:
    assert_refused(run("compare", "--view", "city", "--rows", rows), 2, "--rows", "--view city")


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
