"""What a person with a study of an older version is told, whatever is typed."""

from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.pty_run import on_terminal
from fieldvisit.settings import Settings
from older_studies import aged

COMMANDS = (
    "status", "study show", "study edit --title x", "study-group list", "study-group add a A",
    "city list", "city show 千葉市",
    "visit list", "visit show chiba-1", "visit add 千葉市", "visit edit chiba-1 --place x",
    "note add chiba-1 4/1 話", "note list", "note show abcd", "note edit abcd 話",
    "note delete abcd", "note history abcd", "mark chiba-1 4/1 declined",
    "search 話", "coverage", "coverage --open", "compare", "compare --cells both",
    "prepare chiba-1", "prepare chiba-1 --for city", "summary list", "summary set 4/1 話 --across",
    "summary history 4/1 --across", "summary delete 4/1 --across", "material list", "log", "undo",
    "guide show it-workforce --visit chiba-1",
)  # fmt: skip
OLDER = {"en": ("older version", "fieldvisit upgrade"), "ja": ("古い版", "fieldvisit upgrade")}


@pytest.fixture
def older(noted: Path) -> Path:
    aged(Settings(noted, str(noted), "t"))
    return noted


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("lang", OLDER)
def test_every_command_names_the_command_that_helps(
    run: Run, older: Path, words: str, lang: str
) -> None:
    before = tree(older)
    assert_refused(run(*words.split(), lang=lang), 1, str(older / "fieldvisit.db"), *OLDER[lang])
    assert tree(older) == before


def test_the_bare_program_says_it_too(run: Run, older: Path) -> None:
    assert_refused(run(), 1, *OLDER["en"])


def test_the_shell_is_offered_nothing(
    run: Run, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_FIELDVISIT_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "fieldvisit note show ")
    result = run()
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("lang", "done", "again"),
    [("en", "up to date.", "up to date already"), ("ja", "今の版に合わせました", "すでに")],
)
def test_an_upgrade_says_where_the_old_study_is_and_a_second_one_that_there_is_nothing_to_do(
    run: Run, older: Path, lang: str, done: str, again: str
) -> None:
    first = run("upgrade", lang=lang)
    assert (first.code, first.out) == (0, "")
    assert done in first.err
    assert str(older / "fieldvisit.db.schema-0001") in first.err
    second = run("upgrade", lang=lang)
    assert second.code == 0
    assert again in second.err
    assert "schema-0001" not in second.err
    assert run("note", "list").code == 0
    assert run("upgrade", "--quiet").code == 2
    assert run("--quiet", "upgrade").err == ""


def test_an_upgrade_without_a_study_is_refused(run: Run) -> None:
    assert_refused(run("upgrade"), 1, "fieldvisit init")


def test_an_older_study_is_refused_before_anybody_types(older: Path, editor: Editor) -> None:
    editor("sys.exit('opened')")
    screen = on_terminal("note", "add", "chiba-1", "4/1")
    assert screen.code == 1
    assert "fieldvisit upgrade" in screen.text
    assert "opened" not in screen.text
    assert list((older / "drafts").iterdir()) == []
