"""Help in two languages."""

import gettext
from collections.abc import Iterator
from typing import Annotated

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from cli.harness import Run
from fieldvisit import language
from fieldvisit.cli.help import Command, Group, HelpFormatter
from fieldvisit.language import N_

JAPANESE = {
    "Usage:": "使い方:",
    "Options": "オプション",
    "Arguments": "引数",
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
    "See the manual.": "手引きを参照。",
    "Visits to cities.": "自治体へのヒアリング。",
}


class Catalogue(gettext.NullTranslations):
    """Japanese for this test's words."""

    def gettext(self, message: str) -> str:
        """Return the Japanese words."""
        return JAPANESE.get(message, message)


@pytest.fixture(params=["en", "ja"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    catalogue = Catalogue() if request.param == "ja" else gettext.NullTranslations()
    monkeypatch.setattr(language, "_catalogue", catalogue)
    return str(request.param)


def speak_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", Catalogue())


def app() -> typer.Typer:
    made = typer.Typer(
        cls=Group,
        help=N_("Visits to cities."),
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=False,
    )

    @made.command(
        cls=Command,
        help=N_("Plans visits and prints their handles.\n\nMore words."),
        epilog=N_("See the manual."),
    )
    def add(
        city: Annotated[str, typer.Argument(metavar="CITY", help=N_("The city by name or code."))],
        number: Annotated[
            int,
            typer.Option(help=N_("How many people will go there together with the researcher.")),
        ] = 2,
    ) -> None:
        typer.echo(f"{city}{number}")

    @made.command("list", cls=Command, help=N_("Lists what there is."))
    def list_() -> None:
        typer.echo("none")

    return made


APP = app()


def shown(monkeypatch: pytest.MonkeyPatch, width: int, *words: str) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    result = CliRunner().invoke(APP, [*words], prog_name="fieldvisit")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("width", [80, 40, 20])
@pytest.mark.parametrize("words", [("-h",), ("add", "--help")])
@pytest.mark.usefixtures("spoken")
def test_no_line_of_help_is_too_wide(
    monkeypatch: pytest.MonkeyPatch, width: int, words: tuple[str, ...]
) -> None:
    assert max(map(cell_len, shown(monkeypatch, width, *words).splitlines())) <= width


def test_help_of_a_command_in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_japanese(monkeypatch)
    assert shown(monkeypatch, 80, "add", "-h") == (
        "使い方: fieldvisit add [オプション] 自治体\n"
        "\n"
        "  自治体へのヒアリングを予定に加え、整理番号を一行に一つずつ表示する。\n"
        "\n"
        "  詳しい説明。\n"
        "\n"
        "引数:\n"
        "  自治体  名称か団体コードで示した自治体。  [required]\n"
        "\n"
        "オプション:\n"
        "  --number <int>  調査者とともに現地を訪れる人数。わからないときは書かなくて\n"
        "                  よい。  [default: 2]\n"
        "  -h, --help      この説明を表示して終わる。\n"
        "\n"
        "  手引きを参照。\n"
    )


def test_narrow_help_stands_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_japanese(monkeypatch)
    help_text = shown(monkeypatch, 40, "add", "-h")
    assert "\n  --number <int>\n      調査者とともに" in help_text
    assert "  自治体  名称か団体コー" in help_text


def test_help_of_a_group_names_its_commands_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_japanese(monkeypatch)
    help_text = shown(monkeypatch, 80, "--help")
    assert help_text.startswith("使い方: fieldvisit [オプション] コマンド [引数]...\n\n  自治体へ")
    assert "コマンド:\n  add   自治体へのヒアリングを予定に加え" in help_text
    joined = help_text.replace("\n        ", "")
    assert "整理番号を一行に一つずつ表示する。\n  list  一覧を表示する。\n" in joined


def test_help_is_english_without_a_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", gettext.NullTranslations())
    assert shown(monkeypatch, 80, "-h") == (
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


def test_one_import_serves_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_japanese(monkeypatch)
    japanese = shown(monkeypatch, 80, "add", "-h")
    monkeypatch.setattr(language, "_catalogue", gettext.NullTranslations())
    english = shown(monkeypatch, 80, "add", "-h")
    assert english.startswith("Usage: fieldvisit add [OPTIONS] CITY\n")
    speak_japanese(monkeypatch)
    assert shown(monkeypatch, 80, "add", "-h") == japanese


def test_a_paragraph_may_keep_its_lines() -> None:
    formatter = HelpFormatter(width=20)
    formatter.write_text("one\ntwo\n\n\b\n$ a\n$ b\x1b")
    assert formatter.getvalue() == "one two\n\n$ a\n$ b<U+001B>\n"


def test_parsing_is_not_touched_by_help(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_japanese(monkeypatch)
    shown(monkeypatch, 80, "add", "-h")
    assert shown(monkeypatch, 80, "add", "千葉市", "--number", "3") == "千葉市3\n"


@pytest.fixture(autouse=True)
def _default_domain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep typer's own words English, whatever catalogue other tests have bound."""
    before = gettext.textdomain()
    monkeypatch.setenv("LANGUAGE", "en")
    gettext.textdomain("messages")
    yield
    gettext.textdomain(before)


def test_options_say_what_they_are(run: Run) -> None:
    shown = " ".join(run("note", "edit", "--help").out.split())
    assert "a note that is changed keeps its own" in shown
    assert "Reason (needed to open an off-record note)." in shown
    shown = " ".join(run("visit", "add", "--help").out.split())
    assert "Interviewer (our side)" in shown
    assert "Respondent (the city's side)" in shown
    assert "Author of this entry." in shown
