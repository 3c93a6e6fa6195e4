"""`coverage`: which questions are answered where."""

from pathlib import Path

from cli.harness import Run, assert_refused


def test_all_visits_but_cancelled_ones_are_covered(run: Run, noted: Path) -> None:
    assert [v["visit"] for v in run("coverage", "--json").json["visits"]] == [
        "chiba-1", "himeji-1", "otsu-1"
    ]  # fmt: skip
    run("visit", "edit", "otsu-1", "--status", "cancelled")
    assert [v["visit"] for v in run("coverage", "--json").json["visits"]] == ["chiba-1", "himeji-1"]
    assert [v["visit"] for v in run("coverage", "otsu-1", "--json").json["visits"]] == ["otsu-1"]


def test_the_counts_are_those_of_the_questions(run: Run, noted: Path) -> None:
    for found in run("coverage", "--json").json["visits"]:
        states = [question["state"] for question in found["questions"]]
        assert found["answered"] == states.count("answered")
        assert found["open"] == states.count("open")
        assert found["to_follow"] == states.count("to-follow")
        assert found["asked"] == len(states) - states.count("out-of-scope")


def test_open_is_what_is_still_to_ask_or_to_follow(run: Run, noted: Path) -> None:
    found = run("coverage", "--open", "--json").json["visits"]
    states = {question["state"] for visit in found for question in visit["questions"]}
    assert states == {"open", "to-follow"}
    assert "Still to ask or to follow" in run("coverage", "--open").out


def test_questions_of_other_classes_are_out_of_scope(run: Run, three: Path) -> None:
    found = {
        visit["visit"]: {q["question"]: q["state"] for q in visit["questions"]}
        for visit in run("coverage", "--json").json["visits"]
    }
    assert found["chiba-1"]["ward-and-bureau-staff"] == "open"
    assert found["himeji-1"]["ward-and-bureau-staff"] == "out-of-scope"


def test_an_off_record_note_answers_nothing_but_for_all(run: Run, three: Path) -> None:
    before = run("coverage").out
    run("note", "add", "chiba-1", "hiring/training", "内緒", "-d", "off-record")
    assert run("coverage").out == before
    everything = run("coverage", "chiba-1", "--audience", "all", "--json").json["visits"][0]
    assert everything["answered"] == 1
    assert "1 note is not for this audience" in run("coverage").err


def test_an_unknown_visit_is_refused(run: Run, three: Path) -> None:
    assert_refused(run("coverage", "chiba-1", "nara-1"), 1, "nara-1")
