"""What the shell offers while a command is typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import HOSTILE, Run, in_shell, run_here
from cli.recorded import notes

Complete = Callable[[str], list[str]]


@pytest.fixture
def complete(run: Run, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """What is offered for the last word of a line; an empty one after a blank."""

    def offered(line: str) -> list[str]:
        words = line.split(" ")
        monkeypatch.setenv("_FIELDVISIT_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", " ".join(words if words[-1] else words[:-1]))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        result = run_here()
        monkeypatch.delenv("_FIELDVISIT_COMPLETE")
        assert result.err == ""
        assert result.code == 0
        return result.out.split()

    return offered


def test_visits_cities_topics_and_guides_are_offered(noted: Path, complete: Complete) -> None:
    assert complete("fieldvisit visit show ") == ["chiba-1", "himeji-1", "otsu-1"]
    assert complete("fieldvisit visit add chib") == ["chiba"]
    assert {"chiba-1", "chiba"} <= set(complete("fieldvisit note add ch"))
    assert complete("fieldvisit note add chiba-1 ai") == ["ai-rpa"]
    assert complete("fieldvisit compare o") == ["open-data", "other"]
    assert "ai-rpa/effect" in complete("fieldvisit note add chiba-1 ai-rpa/")
    assert complete("fieldvisit guide show it") == ["it-workforce"]
    assert complete("fieldvisit coverage hi") == ["himeji-1"]
    assert complete("fieldvisit search x --city ts") == ["tsukuba"]


def test_the_study_that_the_line_names_is_completed_from(
    noted: Path, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FIELDVISIT_STUDY")
    assert complete(f"fieldvisit --study {noted} visit show ch") == ["chiba-1"]


def test_completion_is_silent_over_a_broken_study(noted: Path, complete: Complete) -> None:
    (noted / "fieldvisit.db").write_bytes(b"no database")
    assert complete("fieldvisit visit show ") == []


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "bash"])
def test_no_text_that_is_offered_can_act_in_a_shell(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    acting = ("\\$(touch x)", "`touch x`", '\\"; touch x', "');touch x;('", "${x}", "x:::y")
    for text in (*acting, *(f"x{text}x" for text in HOSTILE)):
        assert run("note", "add", "chiba-1", "hiring", text).code == 0
    handles = [note["handle"] for note in notes()]
    line = "fieldvisit note show "
    monkeypatch.setenv("_FIELDVISIT_COMPLETE", f"complete_{shell}")
    for name, value in {
        "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "", "COMP_WORDS": line, "COMP_CWORD": "3",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    result = run_here()
    assert (result.code, result.err) == (0, "")
    assert all(handle in result.out for handle in handles)
    offered = result.out.removeprefix("_arguments '*: :((").removesuffix("))'\n")
    for handle in handles:
        offered = offered.replace(f'"{handle}":"', "").replace(f"{handle}:::", "")
    assert not set("$`\\\x1b\x9b\u202e\u200b;(){}[]") & set(offered)


def test_no_file_name_that_could_act_is_offered(noted: Path, complete: Complete) -> None:
    (noted / "interview_guides" / "$(touch x);.yaml").write_text("guide: x")
    assert complete("fieldvisit guide show ") == ["exchange-of-views", "it-workforce"]


def test_the_script_for_a_shell_is_shown() -> None:
    ended = in_shell("fieldvisit", _FIELDVISIT_COMPLETE="source_bash")
    assert b"_FIELDVISIT_COMPLETE=complete_bash" in ended.stdout


def test_what_fits_an_option_is_offered(run: Run, noted: Path, complete: Complete) -> None:
    assert complete("fieldvisit note list --visit hi") == ["himeji-1"]
    assert complete("fieldvisit note list --city ts") == ["tsukuba"]
    assert complete("fieldvisit note list --topic ai") == ["ai-rpa"]
    assert complete("fieldvisit note add chiba-1 hiring x -d o") == ["off-record"]
    assert complete("fieldvisit note list -k re") == ["reply", "remark"]
    assert complete("fieldvisit mark chiba-1 ai-rpa/effect not-a") == [
        "not-asked",
        "not-applicable",
    ]
    handle = run("note", "list", "--visit", "chiba-1", "--json").json["notes"][0]["handle"]
    for line in ("note add chiba-1 hiring x", f"note edit {handle}"):
        assert complete(f"fieldvisit {line} --said-by ") == ["佐藤", "山田太郎"]
        assert complete(f"fieldvisit {line} --said-by 山") == ["山田太郎"]
    assert complete("fieldvisit note add himeji-1 hiring x --said-by ") == []


def test_deleted_notes_are_offered_to_restore_but_none_off_the_record(
    run: Run, noted: Path, complete: Complete
) -> None:
    all_ = notes("--visit", "chiba-1")
    for note in all_:
        run("note", "delete", note["handle"])
    open_ones = {n["handle"] for n in all_ if n["disclosure"] != "off-record"}
    assert set(complete("fieldvisit note restore ")) == open_ones


@pytest.mark.parametrize(
    "line",
    ["compare --study-group ", "status --study-group ", "note list --study-group ",
     "prepare --study-group ", "search x --study-group ", "coverage --study-group ",
     "visit list --study-group ", "visit show --study-group ", "material list --study-group ",
     "visit add chiba --study-group ", "study edit --study-group ", "note add --only-for "],
)  # fmt: skip
def test_groups_are_offered(run: Run, three: Path, complete: Complete, line: str) -> None:
    run("study-group", "add", "tf", "特別委員会")
    assert complete(f"fieldvisit {line}") == ["wg", "tf"]
