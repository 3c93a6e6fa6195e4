"""`compare`: narrowed, sorted, grouped, with facts and marks."""

import csv
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused


def names(run: Run, *words: str) -> list[str]:
    topics = run("compare", *words, "--json").json["topics"]
    return list(dict.fromkeys(c["city"]["name"] for topic in topics for c in topic["cities"]))


def bodies(run: Run, *words: str) -> set[str]:
    topics = run("compare", *words, "--json").json["topics"]
    return {
        note["body"]
        for topic in topics
        for city in topic["cities"]
        for cell in city["cells"]
        for note in cell["notes"]
    }


@pytest.fixture
def facts(run: Run, noted: Path) -> Path:
    """The notes, and a population of two of the cities."""
    for city, value in (("千葉市", "977,752人"), ("姫路市", "531,218人")):
        words = ("--as-of", "2019-01-01", "--source", "統計書")
        assert run("city", "fact", city, "人口", value, *words).code == 0
    return noted


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("-k", "発言"), {"導入はこれから。"}),
        (("-k", "quote", "-k", "desk"), {"導入はこれから。", "公開している。"}),
        (("-t", "計画"), {"導入はこれから。"}),
        (("-t", "計画", "-k", "desk"), set()),
        (("-t", "計画", "--audience", "public"), set()),
        (
            ("--since", "2019-10-22", "--until", "2019-10-31"),
            {"導入はこれから。", "公開している。"},
        ),
        (("--until", "2019-10-21"), {"効果を測っている。", "RPAを税務で使う。", "公開している。"}),
        (("--until", "2019-03"), set()),
        (("--prefecture", "兵庫"), {"導入はこれから。"}),
    ],
)
def test_the_notes_are_narrowed(
    run: Run, noted: Path, words: tuple[str, ...], found: set[str]
) -> None:
    assert bodies(run, *words) == found


def test_what_lies_outside_of_the_period_counts_for_nothing(run: Run, noted: Path) -> None:
    assert names(run, "--until", "2019-10-23") == ["千葉市", "大津市"]
    topics = run("compare", "ai-rpa", "--city", "千葉市", "--since", "2019-11", "--json").json[
        "topics"
    ]
    assert topics[0]["cities"][0]["visits"] == []
    assert topics[0]["cities"][0]["state"] == "open"
    assert "There is nothing to compare yet." in run("compare", "--until", "2018").out


def test_states_of_shown_notes_are_those_of_all(run: Run, noted: Path) -> None:
    shown = run("compare", "ai-rpa", "-t", "計画").out
    assert "Only: tag: 計画" in shown
    assert "answered (answered 2/7)" in shown
    assert "No note fits." in run("compare", "-t", "ない").out


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "千葉市 大津市 姫路市"), ("kana", "大津市 千葉市 姫路市"),
        ("date", "千葉市 姫路市 大津市"), ("人口", "千葉市 姫路市 大津市"),
        ("population", "千葉市 姫路市 大津市"),
    ],
)  # fmt: skip
def test_the_cities_are_sorted(run: Run, facts: Path, sort: str, order: str) -> None:
    assert names(run, "--sort", sort) == order.split()
    rows = run("compare", "ai-rpa", "--rows", "cities", "--sort", sort).lines
    cities = [
        row.split("|")[1].split()[0] for row in rows if row.startswith(("| 千", "| 大", "| 姫"))
    ]
    assert cities[-3:] == order.split()
    words = ("compare", "ai-rpa", "--rows", "cities", "--sort", sort, "--format", "csv")
    table = list(csv.reader(run(*words).lines))
    assert list(dict.fromkeys(row[5] for row in table if row[0] == "ai-rpa")) == order.split()


def test_the_cities_stand_under_their_classes(run: Run, facts: Path) -> None:
    lines = run("compare", "ai-rpa", "--group-by", "class", "--sort", "人口").lines
    assert [line for line in lines if line.startswith("### ")] == [
        "### designated city", "### core city"
    ]  # fmt: skip
    assert names(run, "--group-by", "class", "--sort", "人口") == ["千葉市", "姫路市", "大津市"]


def test_the_facts_stand_on_top_and_can_be_chosen(run: Run, facts: Path) -> None:
    run("city", "fact", "千葉市", "面積", "271.77", "--as-of", "2019-10-01", "--source", "統計書")
    assert "| area | 271.77 (as of 2019-10-01) | — | — |" in " ".join(run("compare").out.split())
    chosen = run("compare", "--facts", "人口").out
    assert "population" in chosen
    assert "271.77" not in chosen
    assert "人口" in run("compare", "--facts", "人口", lang="ja").out


def test_contradictions_dates_and_facts_stand_in_every_format(run: Run, facts: Path) -> None:
    listed = run("note", "list", "--json").json["notes"]
    handles = {note["body"]: note["handle"] for note in listed}
    one, other = handles["効果を測っている。"], handles["導入はこれから。"]
    run("note", "conflicts", one, other, "--why", "理由X")
    old = ("-k", "desk", "--as-of", "2015", "--source-title", "総務省")
    assert run("note", "add", "姫路市", "ai-rpa/effect", "古い話", *old).code == 0
    for words in ((), ("--view", "city"), ("--format", "csv"), ("--json",), ("--cells", "both")):
        shown = run("compare", "ai-rpa", *words).out
        assert "理由X" in shown, words
        assert "977,752人" in shown or "both" not in words, words
    assert "More than 12 months apart" in run("compare", "ai-rpa").out
    assert "More than 12 months apart" not in run("compare", "ai-rpa", "--apart", "60").out
    public = run("compare", "ai-rpa", "--audience", "public")
    assert "理由X" not in public.out
    assert "⇔" not in public.out


def test_words_of_an_older_guide_are_told(run: Run, noted: Path) -> None:
    guide = noted / "interview_guides" / "it-workforce.yaml"
    text = guide.read_text(encoding="utf-8")
    changed = text.replace("question: effect\n", "question: outcome\n        was: [effect]\n")
    changed = changed.replace(
        "How did you measure the effect", "What did you measure of the effect"
    )
    assert changed != text
    guide.write_text(changed, encoding="utf-8")
    shown = run("compare", "ai-rpa").out
    assert "Asked in other words (4/3 What did you measure" in shown
    assert "chiba-1, otsu-1, himeji-1 (it-workforce 1) “How did you measure the effect" in shown
    (topic,) = run("compare", "ai-rpa", "--json").json["topics"]
    assert topic["other_words"][0]["visits"] == ["chiba-1", "otsu-1", "himeji-1"]


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("--sort", "人口密度"), 1, "kana"),
        (("--facts", "人口密度"), 1, "人口密度"),
        (("--group-by", "x"), 2, "class"),
        (("--since", "昨日"), 1, "昨日"),
        (("--since", "2020", "--until", "2019"), 2, "--until"),
        (("-k", "x"), 2, "statement"),
        (("--apart", "-1"), 2, "-1"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, facts: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    assert_refused(run("compare", *words), code, piece)


def test_without_names_contradictions_go_by_marks_and_no_fact_tells_the_city(
    run: Run, facts: Path
) -> None:
    notes = run("note", "list", "--json").json["notes"]
    handles = {note["body"]: note["handle"] for note in notes}
    one, other = handles["効果を測っている。"], handles["導入はこれから。"]
    run("note", "conflicts", one, other, "--why", "千葉市と姫路市で合わない")
    words = ("compare", "ai-rpa", "--anonymise", "-t", "計画", "--sort", "人口")
    shown = run(*words).out + run(*words, "--json").out
    whole = run("compare", "ai-rpa", "--anonymise").out.replace("\\", "")
    assert "⇔" in whole
    assert "Contradiction" in whole
    for hidden in (one, other, "千葉", "姫路", "977,752"):
        assert hidden not in shown + whole


def test_a_question_and_a_strange_prefecture_are_refused(run: Run, noted: Path) -> None:
    assert_refused(run("compare", "ai-rpa/effect"), 2, "question", "compare ai-rpa", "note list")
    assert_refused(run("compare", "--prefecture", "無県"), 1, "無県", "千葉県")
    chiba, same = (run("compare", "--prefecture", typed, "--json") for typed in ("chiba", "千葉"))
    assert chiba.out == same.out


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Only: study group: ワーキンググループ, 千葉県"),
        ("ja", "表示する範囲：活用先：ワーキンググループ"),
    ],
)
def test_the_page_says_for_whom_it_is(run: Run, noted: Path, lang: str, told: str) -> None:
    words = ("compare", "--study-group", "wg", "--prefecture", "千葉県")
    assert told in run(*words, lang=lang).out
    assert run(*words, "--json").json["only"]["study_group"] == "ワーキンググループ"
    assert "study group" not in run("compare").out
    assert "千葉県" not in run(*words, "--anonymise").out
