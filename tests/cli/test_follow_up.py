"""Who owes what by when, in `status` and `coverage --open`, with real confirmations."""

from pathlib import Path

import pytest

from cli.harness import Run
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note


@pytest.fixture
def asked(run: Run, noted: Path) -> Path:
    """The study in use: three notes of chiba-1 were sent to be confirmed, one off the record."""
    ask(noted, run, *(n["handle"] for n in shown(run, "chiba-1")))
    return noted


def shown(run: Run, visit: str) -> list[dict[str, str]]:
    words = ("note", "list", "--visit", visit, "--audience", "all", "--json")
    found: list[dict[str, str]] = run(*words).json["notes"]
    return found


def ask(study: Path, run: Run, *handles: str, state: str = "sent") -> None:
    """What `confirm send` and `confirm set` store."""
    with changing(Settings(study, str(study), "佐藤"), "confirm") as (view, change):
        for handle in handles:
            note = find_note(view, handle)
            days = ("2019-11-01", "2019-11-15")
            request = (note.id, note.visit_id or "", state, note.revision, "情報経営部")
            records.save(change, Confirmation(*request, *days))


@pytest.mark.parametrize("words", [("status",), ("coverage", "--open"), ("coverage",)])
def test_answers_and_words_stand_in_one_list(run: Run, asked: Path, words: tuple[str, ...]) -> None:
    found = run(*words, "--json").json["follow_up"]
    assert [(o["kind"], o["visit"], o["due"], len(o["passages"])) for o in found] == [
        ("confirmation", "chiba-1", "2019-11-15", 2),
        ("answer", "himeji-1", "2019-11-30", 0),
    ]
    assert found[0]["to_ask"] == "情報経営部"
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


def test_the_public_is_not_told_the_contact(run: Run, asked: Path) -> None:
    run("visit", "edit", "himeji-1", "--contact", "窓口の田中")
    assert "窓口の田中" in run("status").out
    assert "窓口の田中" not in run("status", "--audience", "public").out


def test_with_visits_named_it_is_theirs_alone(run: Run, asked: Path) -> None:
    for visit, kind in (("chiba-1", "confirmation"), ("himeji-1", "answer"), ("otsu-1", None)):
        found = run("coverage", "--open", visit, "--json").json["follow_up"]
        assert [o["kind"] for o in found] == ([kind] if kind else [])
        heading = "## To follow" in run("coverage", "--open", visit).out
        assert heading is (kind is not None)


def test_a_change_after_sending_is_said(run: Run, asked: Path) -> None:
    handle = next(n["handle"] for n in shown(run, "chiba-1") if n["disclosure"] == "confirm")
    run("note", "edit", handle, "直した。")
    assert "changed since: 1" in run("coverage", "--open", "chiba-1").out


def test_what_was_answered_is_owed_no_more_and_does_not_wait(run: Run, noted: Path) -> None:
    before = run("status", "--json").json["to_confirm"]
    handles = [n["handle"] for n in shown(run, "chiba-1") if n["disclosure"] == "confirm"]
    ask(noted, run, *handles, state="ok")
    after = run("status", "--json").json
    assert [o["kind"] for o in after["follow_up"]] == ["answer"]
    assert before - after["to_confirm"] == len(handles)


def test_a_cancelled_visit_owes_nothing_unless_it_is_named(run: Run, asked: Path) -> None:
    run("visit", "edit", "himeji-1", "--status", "cancelled")
    assert "himeji-1" not in run("coverage", "--open").out
    assert run("coverage", "himeji-1", "--json").json["follow_up"]


def test_the_next_step_names_the_visit_that_is_late(run: Run, asked: Path) -> None:
    assert run("status", "--json").json["next"] == "fieldvisit coverage --open chiba-1"


def test_a_spreadsheet_gets_the_letters_too(run: Run, asked: Path) -> None:
    lines = run("coverage", "--open", "--format", "csv").out.splitlines()
    assert sum(",sent,sent,2019-11-15" in line for line in lines) == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_it_fits_any_terminal(
    run: Run, asked: Path, monkeypatch: pytest.MonkeyPatch, columns: str, lang: str
) -> None:
    from fieldvisit.cli.wrapping import cells

    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    shown_as = run("coverage", "--open", "chiba-1", tty="out", lang=lang).out
    assert max(cells(line) for line in shown_as.splitlines()) <= int(columns)
