"""`visit add`, `list`, `show`, `edit`, `remove`."""

from pathlib import Path
from typing import Any

from cli.harness import Run, assert_refused, tree


def shape(run: Run, visit: str) -> dict[str, Any]:
    found: dict[str, Any] = run("visit", "show", visit, "--json").json["visit"]
    return found


def test_handles_are_printed_alone_one_a_line(run: Run, three: Path) -> None:
    result = run("visit", "add", "千葉市", "otsu", "28201")
    assert (result.code, result.out, result.err) == (0, "chiba-2\notsu-2\nhimeji-2\n", "")


def test_all_of_the_visits_are_planned_or_none(run: Run, three: Path) -> None:
    before = tree(three)
    assert_refused(run("visit", "add", "千葉市", "無い市"), 1, "無い市")
    assert tree(three) == before


def test_what_was_said_of_a_visit_is_shown(run: Run, three: Path) -> None:
    found = shape(run, "chiba-1")
    assert found["date"] == "2019-10-21"
    assert found["time"] == "13:30"
    assert found["interviewers"] == ["佐藤"]
    assert found["respondents"] == [
        {"department": "情報経営部", "position": "課長", "name": "山田太郎"}
    ]
    assert found["study_groups"] == ["wg"]
    assert found["mode"] == "onsite"
    assert shape(run, "otsu-1")["mode"] == "online"


def test_dates_are_read_in_every_spelling(run: Run, three: Path) -> None:
    for spelling in (
        "2020-03-05",
        "2020/3/5",
        "2020年3月5日",
        "令和2年3月5日",
        "R2.3.5",
        "２０２０年３月５日",
    ):
        assert run("visit", "edit", "otsu-1", "--date", spelling).code == 0
        assert shape(run, "otsu-1")["date"] == "2020-03-05"
        run("visit", "edit", "otsu-1", "--date", "2019-01-01")


def test_fixed_values_are_accepted_in_both_languages_and_as_beginnings(
    run: Run, three: Path
) -> None:
    for typed, status in [("held", "held"), ("延期", "postponed"), ("ca", "cancelled")]:
        assert run("visit", "edit", "otsu-1", "--status", typed).code == 0
        assert shape(run, "otsu-1")["status"] == status
    assert_refused(run("visit", "edit", "otsu-1", "--status", "p"), 2, "planned", "postponed")


def test_an_edit_changes_what_is_given_and_adds_people(run: Run, three: Path) -> None:
    words = ("--place", "市役所", "--consent", "録音なし", "--respondent", "総務部/係長/")
    assert run("visit", "edit", "千葉市", *words, "--sent", "2019-10-01").out == "chiba-1\n"
    found = shape(run, "chiba-1")
    assert (found["place"], found["consent"], found["sent"]) == ("市役所", "録音なし", "2019-10-01")
    assert found["date"] == "2019-10-21"
    assert [p["department"] for p in found["respondents"]] == ["情報経営部", "総務部"]
    run("visit", "edit", "chiba-1", "--remove-person", "山田太郎")
    assert [p["department"] for p in shape(run, "chiba-1")["respondents"]] == ["総務部"]
    assert_refused(run("visit", "edit", "chiba-1"), 2, "Nothing to change")


def test_a_visit_goes_by_its_city_while_that_has_one_visit(run: Run, three: Path) -> None:
    assert shape(run, "ちばし")["handle"] == "chiba-1"
    run("visit", "add", "千葉市")
    assert_refused(run("visit", "show", "千葉市"), 1, "chiba-1", "chiba-2")
    assert_refused(run("visit", "show", "chiba-9"), 1, "chiba-1, himeji-1, otsu-1, chiba-2")
    assert_refused(run("visit", "show", "つくば市"), 1, "visit add つくば市")


def test_a_visit_with_notes_is_not_removed(run: Run, noted: Path) -> None:
    before = tree(noted)
    assert_refused(run("visit", "remove", "chiba-1"), 1, "chiba-1", "--status cancelled")
    assert tree(noted) == before


def test_a_removed_visit_comes_back_with_undo_and_its_number_is_not_given_again(
    run: Run, three: Path
) -> None:
    assert "himeji-1" in run("visit", "remove", "himeji-1").err
    assert "himeji-1" not in run("visit", "list").out
    assert run("visit", "add", "姫路市").out == "himeji-2\n"
    assert run("undo").code == 0
    assert run("undo").code == 0
    assert [v["handle"] for v in run("visit", "list", "--json").json["visits"]] == [
        "chiba-1", "himeji-1", "otsu-1"
    ]  # fmt: skip


def test_a_visit_keeps_its_guides_once_a_note_came_in(run: Run, noted: Path) -> None:
    kept = shape(run, "chiba-1")["guides"]
    path = noted / "interview_guides" / "it-workforce.yaml"
    path.write_text(path.read_text("utf-8").replace('version: "1"', 'version: "2"'), "utf-8")
    assert shape(run, "chiba-1")["guides"] == kept
    run("visit", "add", "つくば市")
    assert [g["version"] for g in shape(run, "tsukuba-1")["guides"]] == ["2"]
    run("visit", "edit", "chiba-1", "--refresh-guide")
    assert [g["version"] for g in shape(run, "chiba-1")["guides"]] == ["2"]


def test_states_stand_in_their_order_below_the_total(run: Run, noted: Path) -> None:
    lines = run("visit", "show", "himeji-1", lang="ja").lines
    names = [line[2:].split(":")[0] for line in lines if line.startswith("- ")]
    order = ["回答状況一覧", "対象外", "未記録", "後日回答予定"]
    assert [name for name in names if name in order][-3:] == order[1:]
