"""`prepare`: the sheets."""

import errno
import os
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused, tree
from cli.recorded import notes
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing

EFFECT = "How did you measure the effect"
SENSITIVE = "Have you decided against a use of AI or RPA"


def test_the_field_sheet_holds_questions_probes_and_what_is_known(run: Run, noted: Path) -> None:
    sheet = run("prepare", "chiba-1").out
    assert "\n# Field sheet: 千葉市" in sheet
    for piece in (EFFECT, "4/3", "効果を測っている。", "山田太郎", "```"):
        assert piece in sheet
    assert OFF_RECORD not in sheet


def test_a_city_gets_questions_and_nothing_else(run: Run, noted: Path) -> None:
    sheet = run("prepare", "chiba-1", "--for", "city").out
    assert "How many people work in the sections in charge of IT" in sheet
    hidden_ = [value for note in notes() for value in (note["body"], note["handle"])]
    for hidden in (*hidden_, SENSITIVE, "佐藤", "山田太郎"):
        assert hidden not in sheet


def test_the_question_sheet_is_the_same_whatever_was_noted(run: Run, three: Path) -> None:
    before = run("prepare", "chiba-1", "--for", "city").out
    run("note", "add", "chiba-1", "hiring/training", "話")
    run("note", "add", "chiba-1", "hiring/training", "内緒", "-d", "off-record")
    run("mark", "chiba-1", "hiring", "declined")
    result = run("prepare", "chiba-1", "--for", "city")
    assert (result.out, result.err) == (before, "")


def test_sheets_go_into_a_folder_one_file_a_visit_all_or_none_and_over_others_with_force_alone(
    run: Run, three: Path, tmp_path: Path
) -> None:
    words = ("prepare", "chiba-1", "otsu-1", "--for", "city", "-o", "out")
    result = run(*words)
    assert (result.code, result.out) == (0, "")
    assert sorted(tree(tmp_path / "out")) == [
        "chiba-1-question-sheet.md",
        "otsu-1-question-sheet.md",
    ]
    assert (tmp_path / "out" / "otsu-1-question-sheet.md").stat().st_mode & 0o777 == 0o600
    one = run("prepare", "otsu-1", "--for", "city").out_bytes
    assert tree(tmp_path / "out")["otsu-1-question-sheet.md"] == one
    (tmp_path / "out" / "chiba-1-question-sheet.md").unlink()
    before = tree(tmp_path)
    assert_refused(run(*words), 1, "otsu-1-question-sheet.md")
    assert tree(tmp_path) == before
    assert run(*words, "--force").code == 0


def test_several_sheets_are_written_all_or_none(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = three / "sheets"
    real = os.fsync
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    assert_refused(run("prepare", "chiba-1", "himeji-1", "-o", str(folder)), 1, "no room left")
    assert list(folder.iterdir()) == []


@pytest.fixture
def asked(run: Run, noted: Path) -> Path:
    """The study in use: three notes of chiba-1 were sent to be confirmed, one off the record."""
    with changing(Settings(noted, str(noted), "佐藤"), "confirm send") as (view, change):
        for note in view.notes:
            if note.visit_id == view.visits[0].id:
                request = (note.id, note.visit_id, "sent", note.revision, "情報経営部")
                records.save(change, Confirmation(*request, "2019-11-01", "2019-11-15"))
    return noted


@pytest.mark.parametrize("words", [("status",), ("coverage", "--open"), ("coverage",)])
def test_answers_and_words_stand_in_one_list(run: Run, asked: Path, words: tuple[str, ...]) -> None:
    found = run(*words, "--json").json["follow_up"]
    assert [(o["kind"], o["visit"], o["due"], len(o["passages"])) for o in found] == [
        ("confirmation", "chiba-1", "2019-11-15", 2),
        ("answer", "himeji-1", "2019-11-30", 0),
    ]
    assert found[0]["days_overdue"] - found[1]["days_overdue"] == 15


def test_each_audience_counts_the_passages_that_it_may_see(run: Run, asked: Path) -> None:
    numbers = {
        audience: [
            len(o["passages"])
            for o in run("status", "--audience", audience, "--json").json["follow_up"]
            if o["kind"] == "confirmation"
        ]
        for audience in ("all", "group", "public")
    }
    assert numbers == {"all": [3], "group": [2], "public": [1]}


def test_what_was_answered_is_owed_no_more_and_does_not_wait(run: Run, noted: Path) -> None:
    before = run("status", "--json").json["to_confirm"]
    handles = [n["handle"] for n in notes("--visit", "chiba-1") if n["disclosure"] == "confirm"]
    assert run("confirm", "set", "chiba-1", *handles, "ok").code == 0
    after = run("status", "--json").json
    assert [o["kind"] for o in after["follow_up"]] == ["answer"]
    assert before - after["to_confirm"] == len(handles)


def test_a_cancelled_visit_owes_nothing_unless_it_is_named(run: Run, asked: Path) -> None:
    run("visit", "edit", "himeji-1", "--status", "cancelled")
    assert "himeji-1" not in run("coverage", "--open").out
    assert run("coverage", "himeji-1", "--json").json["follow_up"]


SHEET = ("prepare", "chiba-1", "--for", "city", "--only-open", "--reply-by", "2030-01-31")
TITLES = {"en": "Thanks and further questions", "ja": "お礼と追加のお願い"}
AHEAD = {"en": "Questions ahead of our visit", "ja": "事前質問票"}


@pytest.fixture
def owing(run: Run, three: Path) -> Path:
    """The study in use: chiba-1 was held and owes three answers, two of them as topics."""
    for place, due in (("ai-rpa/effect", "2019-11-30"), ("other", "2019-12-02"),
                       ("security", "2019-12-03")):  # fmt: skip
        assert run("mark", "chiba-1", place, "to-follow", "--due", due).code == 0
    return three


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_words_are_those_of_thanks_only_once_the_visit_took_place(
    run: Run, owing: Path, lang: str
) -> None:
    assert TITLES[lang] in run(*SHEET, lang=lang).out  # its day is past
    assert AHEAD[lang] in run(*(word for word in SHEET if word != "--only-open"), lang=lang).out
    run("visit", "edit", "chiba-1", "--date", "2031-05-06")
    assert AHEAD[lang] in run(*SHEET, lang=lang).out
    run("visit", "edit", "chiba-1", "--status", "held")
    assert TITLES[lang] in run(*SHEET, lang=lang).out
    run("visit", "edit", "chiba-1", "--status", "postponed", "--date", "2019-10-21")
    assert AHEAD[lang] in run(*SHEET, lang=lang).out


def test_what_the_city_told_off_the_record_decides_nothing(run: Run, owing: Path) -> None:
    before = run(*SHEET, "--audience", "all").out
    words = ("hiring/staff-mix", "内緒", "-d", "off-record")
    assert run("note", "add", "chiba-1", *words).code == 0
    assert run(*SHEET, "--audience", "all").out == before
    assert run(*SHEET, tty="all").out.count("1/1") == 1
