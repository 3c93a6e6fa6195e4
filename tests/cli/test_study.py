"""`init`, `status`, `study`, `upgrade`, `undo`, `log`."""

import re
from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.pty_run import on_terminal
from fieldvisit.settings import Settings
from older_studies import aged


def test_init_makes_a_study_with_the_shipped_guides(run: Run, tmp_path: Path) -> None:
    result = run("init", "study")
    assert (result.code, result.out) == (0, "")
    assert "A study was made in study." in result.err
    assert sorted(tree(tmp_path / "study")) == [
        "fieldvisit.db",
        "interview_guides/exchange-of-views.yaml",
        "interview_guides/guide.schema.json",
        "interview_guides/it-workforce.yaml",
    ]


def test_fieldvisit_alone_is_help_outside_a_study_and_status_inside(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run().out == run("--help").out
    run("init", "study")
    inside = tmp_path / "study" / "interview_guides"
    monkeypatch.chdir(inside)
    assert run().out == run("status").out
    assert run().out.startswith("# Study without a title")


def test_the_option_then_the_variable_then_the_folder_name_the_study(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        run("init", name)
        run("--study", name, "study", "edit", "--title", f"調査{name}")
    monkeypatch.chdir(tmp_path / "a")
    assert run("study", "show", "--json").json["title"] == "調査a"
    monkeypatch.setenv("FIELDVISIT_STUDY", str(tmp_path / "b"))
    assert run("study", "show", "--json").json["title"] == "調査b"
    option = ("--study", str(tmp_path / "c"))
    assert run(*option, "study", "show", "--json").json["title"] == "調査c"


def test_what_holds_for_the_study_is_changed_piece_by_piece(run: Run, three: Path) -> None:
    assert run("study", "edit", "--institute", "研究所", "--contact", "x@example.org").code == 0
    assert run("study", "edit", "--purpose", "比較のため").code == 0
    found = run("study", "show", "--json").json
    told = (found["title"], found["institute"], found["purpose"])
    assert told == ("調査", "研究所", "比較のため")


def test_status_tells_what_is_overdue_and_what_comes_next(run: Run, noted: Path) -> None:
    shown = run("status").out
    assert re.search(r"\(OVERDUE by \d+ days\) \| 姫路市 himeji-1 \| 4/2 .+確認中", shown)
    assert "Notes not filed under a topic: 1" in shown
    assert shown.rstrip().splitlines()[-1] == (
        "Ask himeji-1 for what is overdue: fieldvisit coverage --open himeji-1"
    )


def test_the_next_command_is_data_and_the_same_in_both_languages(run: Run, noted: Path) -> None:
    found = {lang: run("status", "--json", lang=lang).json["next"] for lang in ("en", "ja")}
    assert set(found.values()) == {"fieldvisit coverage --open himeji-1"}
    assert "：fieldvisit coverage --open himeji-1" in run("status", lang="ja").out


READING_THE_DATABASE = [
    "status", "study show", "study edit --title x", "study-group list", "study-group add a A",
    "visit list", "visit show chiba-1", "visit add 千葉市", "visit edit chiba-1 --place x",
    "visit remove chiba-1", "note add chiba-1 4/1 話", "note list", "note show abcd",
    "note edit abcd 話", "note delete abcd", "note restore abcd", "note history abcd",
    "mark chiba-1 4/1 declined", "search 話", "coverage", "coverage --open", "compare",
    "compare --cells both", "prepare chiba-1", "prepare chiba-1 --for city", "summary list",
    "summary set 4/1 話 --across", "summary history 4/1 --across", "summary delete 4/1 --across",
    "material list", "log", "undo", "guide list", "guide show it-workforce --visit chiba-1",
    "city add x --prefecture x --romaji x --class 町 --kana あ",
]  # fmt: skip
IN_ITS_FOLDER = [
    "guide show x", "guide check", "guide new x", "guide edit x", "guide diff x y", "draft list",
    "draft show x", "draft drop x", "record chiba-1",
]  # fmt: skip


@pytest.mark.parametrize("line", [*READING_THE_DATABASE, *IN_ITS_FOLDER])
def test_without_a_study_the_refusal_says_how_to_make_one(
    run: Run, tmp_path: Path, line: str
) -> None:
    before = tree(tmp_path)
    assert_refused(run(*line.split(), tty="keyboard"), 1, "There is no study", "fieldvisit init")
    missing = run("--study", "missing", *line.split(), tty="keyboard")
    assert_refused(missing, 1, "missing", "fieldvisit init")
    assert tree(tmp_path) == before


OLDER = {"en": ("older version", "fieldvisit upgrade"), "ja": ("古い版", "fieldvisit upgrade")}


@pytest.fixture
def older(noted: Path) -> Path:
    aged(Settings(noted, str(noted), "t"))
    return noted


@pytest.mark.parametrize("words", [*READING_THE_DATABASE, "city list", "city show 千葉市"])
@pytest.mark.parametrize("lang", OLDER)
def test_every_command_names_the_command_that_helps(
    run: Run, older: Path, words: str, lang: str
) -> None:
    before = tree(older)
    assert_refused(run(*words.split(), lang=lang), 1, str(older / "fieldvisit.db"), *OLDER[lang])
    assert tree(older) == before


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


def test_an_older_study_is_refused_before_anybody_types(older: Path, editor: Editor) -> None:
    editor("sys.exit('opened')")
    screen = on_terminal("note", "add", "chiba-1", "4/1")
    assert screen.code == 1
    assert "fieldvisit upgrade" in screen.text
    assert "opened" not in screen.text
    assert list((older / "drafts").iterdir()) == []


def test_every_change_can_be_taken_back_down_to_the_empty_study(run: Run, noted: Path) -> None:
    for _ in range(40):
        if run("undo").code:
            break
    assert run("note", "list", "--json").json["notes"] == []
    assert run("visit", "list", "--json").json["visits"] == []


def test_undo_names_what_it_took_back_as_the_log_does(run: Run, noted: Path) -> None:
    run("mark", "chiba-1", "ai-rpa/upkeep", "declined")
    touched = run("log", "--json").json["changes"][0]["objects"]
    assert touched == ["mark chiba-1 ai-rpa/upkeep"]
    assert run("undo").err.rstrip().endswith(f"({touched[0]}).")
    handle = run("note", "add", "chiba-1", "4/4", "言わない話").out.strip()
    err = run("undo").err
    assert f"(note {handle})" in err
    assert "言わない話" not in err


@pytest.mark.parametrize(("lang", "fixed"), [("en", "guides fixed"), ("ja", "項目一覧の確定")])
def test_commands_are_named_as_typed_but_for_what_nobody_typed(
    run: Run, noted: Path, lang: str, fixed: str
) -> None:
    page = run("log", lang=lang).out
    assert fixed in page
    assert "keep guides" not in page
    assert "study-group add" in page
    assert "keep guides" in run("log", "--json", lang=lang).out
