"""`visit add` and `prepare` where a city was asked the same before."""

from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run


@pytest.fixture
def known(run: Run, noted: Path) -> Path:
    """The study in use: chiba-1 served `wg`; another group `tf` is there."""
    assert run("study-group", "add", "tf", "特別委員会").code == 0
    return noted


def test_a_visit_for_another_group_says_what_was_said_and_prints_handles_alone(
    run: Run, known: Path
) -> None:
    result = run("visit", "add", "千葉市", "大津市", "--study-group", "tf")
    assert result.out == "chiba-2\notsu-2\n"
    first, *lines = result.err.splitlines()
    assert first.startswith("千葉市 was asked 4")
    assert (
        "for another study group: at chiba-1 (Mon 21 October 2019 13:30, ワーキンググループ)"
        in first
    )
    assert first.endswith("Answered: 3")
    handles = {n["body"]: n["handle"] for n in run("note", "list", "--json").json["notes"]}
    said = [line.split()[0] for line in lines if line.startswith("  ")]
    assert said == ["4/1", "4/3"]
    for body in ("効果を測っている。", "RPAを税務で使う。"):
        assert f"[{handles[body]}]" in next(line for line in lines if body in line)
    assert "See them all: fieldvisit note list --visit chiba-1" in lines
    assert OFF_RECORD not in result.err
    assert "大津市 was asked" not in result.err  # nothing says that it was


@pytest.mark.parametrize(
    ("tty", "asked", "shown"),
    [("all", "", True), ("keyboard", "", True), ("out", "", False), ("", "", False),
     ("all", "group", False), ("", "all", False)],
)  # fmt: skip
def test_what_is_off_the_record_is_told_on_a_terminal_alone(
    run: Run, known: Path, tty: str, asked: str, shown: bool
) -> None:
    run("visit", "add", "千葉市")
    audience = ("--audience", asked) if asked else ()
    told = run("prepare", "chiba-2", *audience, tty=tty).err
    assert "was asked" in told.replace("\n", " ")
    assert (OFF_RECORD in told.replace("\n", "")) is shown


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
    assert "（既にご回答：2019年10月21日（月）、ワーキンググループ）【要確認】効果を測" in japanese
    assert "already said" not in run("prepare", "chiba-1").out


def test_what_one_group_may_use_is_all_that_is_told_where_only_that_is_wanted(
    run: Run, known: Path
) -> None:
    run("visit", "add", "千葉市", "--study-group", "tf")
    result = run("prepare", "chiba-2", "--study-group", "tf")
    assert (result.code, result.err) == (0, "")
    assert "already said" not in result.out


def test_questions_meet_under_their_new_names(run: Run, known: Path) -> None:
    guide = known / "interview_guides" / "it-workforce.yaml"
    text = guide.read_text("utf-8")
    assert "question: effect\n" in text
    renamed = text.replace("question: effect\n", "question: outcome\n        was: [effect]\n", 1)
    guide.write_text(renamed, "utf-8")
    told = run("visit", "add", "千葉市").err
    assert "効果を測っている。" in told


def test_only_what_the_new_visit_asks_counts(run: Run, known: Path) -> None:
    told = run("visit", "add", "千葉市", "--guide", "exchange-of-views").err
    assert told == ""


def test_what_is_left_out_this_time_is_not_told(run: Run, known: Path) -> None:
    run("visit", "add", "千葉市")
    run("visit", "ask", "chiba-2", "--skip", "ai-rpa")
    told = run("prepare", "chiba-2", "--for", "city").err
    assert "Answered: 1" in told
    assert "効果を測っている。" not in told


def test_an_answer_that_is_to_follow_is_one_all_the_same(run: Run, known: Path) -> None:
    assert "at himeji-1" in run("visit", "add", "姫路市").err


def test_a_visit_whose_questions_never_reached_the_city_is_no_matter(run: Run, three: Path) -> None:
    run("visit", "edit", "himeji-1", "--date", "2031-01-06")
    assert run("visit", "add", "姫路市").err == ""
    run("visit", "edit", "himeji-1", "--sent", "2019-12-01")
    assert "at himeji-1" in run("visit", "add", "姫路市").err
    run("visit", "edit", "himeji-1", "--status", "cancelled")
    assert "himeji-1" not in run("visit", "add", "姫路市").err


def test_long_statements_and_long_lists_are_told_in_short(run: Run, three: Path) -> None:
    for number in range(12):
        run("note", "add", "chiba-1", "ai-rpa/status", f"{number}番目 " + "長い話" * 40)
    told = run("visit", "add", "千葉市").err
    assert told.count("番目") == 10
    assert "… and 2 more statements." in told
    assert max(len(line) for line in told.splitlines() if "番目" in line) < 120


def test_quiet_is_quiet_and_a_broken_guide_of_another_visit_refuses_nothing(
    run: Run, known: Path
) -> None:
    assert run("--quiet", "visit", "add", "千葉市").err == ""
    run("visit", "add", "千葉市", "--guide", "exchange-of-views")
    (known / "interview_guides" / "exchange-of-views.yaml").unlink()
    result = run("visit", "add", "千葉市")
    assert (result.code, result.out) == (0, "chiba-4\n")


def test_what_only_another_group_may_use_stands_on_no_sheet_of_the_visit(
    run: Run, known: Path
) -> None:
    for place, text in (("chiba-1", "ワーキンググループだけの話"), ("千葉市", "調べただけの話")):
        kind = () if place == "chiba-1" else ("-k", "desk")
        run("note", "add", place, "open-data/use", text, "-d", "public", "--only-for", "wg", *kind)
    told = run("visit", "add", "千葉市", "--study-group", "tf").err
    sheet = run("prepare", "chiba-2").out
    assert "だけの話" not in told + sheet
    assert "5/1" not in told
    assert "wg" not in run("coverage", "chiba-2").out
    mine = run("visit", "add", "千葉市", "--study-group", "wg", "--study-group", "tf").err
    assert "ワーキンググループだけの話" in mine
    assert run("prepare", "chiba-3").out.count("だけの話") == 2
    assert "調べただけの話" in run("prepare", "chiba-1").out
