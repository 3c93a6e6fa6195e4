"""Help in two languages, as wide as the terminal."""

import gettext
from collections.abc import Callable
from typing import Annotated

import pytest
import typer
from rich.cells import cell_len

from cli.harness import Run
from fieldvisit import language
from fieldvisit.cli.declaring import Noun, command
from fieldvisit.cli.typer_click import HelpFormatter

JAPANESE = {
    "Usage:": "使い方:",
    "Commands": "コマンド",
    "Show this message and exit.": "この説明を表示して終わる。",
    "[OPTIONS]": "[オプション]",
    "COMMAND [ARGS]...": "コマンド [引数]...",
    "CITY": "自治体",
    "Plans visits and prints their handles.\n\nMore words.": (
        "自治体へのヒアリングを予定に加え、整理番号を一行に一つずつ表示する。\n\n詳しい説明。"
    ),
    "Lists what there is.": "一覧を表示する。",
    "The city by name or code.": "名称か団体コードで示した自治体。",
    "How many people will go there together with the researcher.": (
        "調査者とともに現地を訪れる人数。わからないときは書かなくてよい。"
    ),
    "Visits to cities.": "自治体へのヒアリング。",
}
visit = Noun()
Shown = Callable[..., str]


class Catalogue(gettext.NullTranslations):
    """Japanese for this test's words."""

    def gettext(self, message: str) -> str:
        """Return the Japanese words."""
        return JAPANESE.get(message, message)


@command(visit, "Plans visits and prints their handles.\n\nMore words.", "add")
def add(
    city: Annotated[str, typer.Argument(metavar="CITY", help="The city by name or code.")],
    number: Annotated[
        int, typer.Option(help="How many people will go there together with the researcher.")
    ] = 2,
) -> None:
    typer.echo(f"{city}{number}")


@command(visit, "Lists what there is.", "list")
def list_() -> None:
    typer.echo("none")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """What a command line prints where the group is declared in a language."""
    monkeypatch.setattr(gettext, "_current_domain", "messages")  # typer asks there: English

    def printed(spoken: str, width: int, *words: str) -> str:
        catalogue = Catalogue() if spoken == "ja" else gettext.NullTranslations()
        monkeypatch.setattr(language, "_catalogue", catalogue)
        monkeypatch.setenv("COLUMNS", str(width))
        group = visit.declared("visit", "Visits to cities.")
        group.main([*words], prog_name="fieldvisit", standalone_mode=False)
        return capsys.readouterr().out

    return printed


@pytest.mark.parametrize("width", [80, 40, 20])
@pytest.mark.parametrize("words", [("-h",), ("add", "--help")])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_no_line_of_help_is_too_wide(
    shown: Shown, spoken: str, width: int, words: tuple[str, ...]
) -> None:
    lines = shown(spoken, width, *words).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_help_of_a_command_is_lined_up_by_cells(shown: Shown) -> None:
    assert shown("ja", 80, "add", "-h") == (
        "使い方: fieldvisit add [オプション] 自治体\n"
        "\n"
        "  自治体へのヒアリングを予定に加え、整理番号を一行に一つずつ表示する。\n"
        "\n"
        "  詳しい説明。\n"
        "\n"
        "Arguments:\n"
        "  自治体  名称か団体コードで示した自治体。  [required]\n"
        "\n"
        "Options:\n"
        "  --number <int>  調査者とともに現地を訪れる人数。わからないときは書かなくて\n"
        "                  よい。  [default: 2]\n"
        "  -h, --help      この説明を表示して終わる。\n"
    )


def test_narrow_help_stands_below_each_other(shown: Shown) -> None:
    help_text = shown("ja", 40, "add", "-h")
    assert "\n  --number <int>\n      調査者とともに" in help_text
    assert "  自治体  名称か団体コー" in help_text


def test_help_of_a_group_names_its_commands_in_full(shown: Shown) -> None:
    help_text = shown("ja", 80, "--help")
    assert help_text.startswith("使い方: fieldvisit [オプション] コマンド [引数]...\n\n  自治体へ")
    assert "コマンド:\n  add   自治体へのヒアリングを予定に加え" in help_text
    joined = help_text.replace("\n        ", "")
    assert "整理番号を一行に一つずつ表示する。\n  list  一覧を表示する。\n" in joined


def test_one_import_serves_both_languages(shown: Shown) -> None:
    japanese = shown("ja", 80, "add", "-h")
    assert shown("en", 80, "-h") == (
        "Usage: fieldvisit [OPTIONS] COMMAND [ARGS]...\n"
        "\n"
        "  Visits to cities.\n"
        "\n"
        "Options:\n"
        "  -h, --help  Show this message and exit.\n"
        "\n"
        "Commands:\n"
        "  add   Plans visits and prints their handles.\n"
        "  list  Lists what there is.\n"
    )
    assert shown("ja", 80, "add", "-h") == japanese


def test_a_paragraph_may_keep_its_lines() -> None:
    formatter = HelpFormatter(width=20)
    formatter.write_text("one\ntwo\n\n\b\n$ a\n$ b\x1b")
    assert formatter.getvalue() == "one two\n\n$ a\n$ b<U+001B>\n"


def test_options_say_what_they_are(run: Run) -> None:
    shown = " ".join(run("note", "edit", "--help").out.split())
    assert "a note that is changed keeps its own" in shown
    assert "Reason (needed to open an off-record note)." in shown
    shown = " ".join(run("visit", "add", "--help").out.split())
    assert "Interviewer (our side)" in shown
    assert "Respondent (the city's side)" in shown
    assert "Author of this entry." in shown
