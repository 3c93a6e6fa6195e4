"""Every command has help in two languages, as wide as the terminal; wrong words have sentences."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.harness import Run, every_command
from fieldvisit.cli.declaring import exceptions
from fieldvisit.cli.endings import usage_hint, usage_sentence
from fieldvisit.cli.running import COMMANDS


def _flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_every_command_has_help_by_both_names_that_fits(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], spoken: str
) -> None:
    long = run(*words, "--help", lang=spoken)
    assert (long.code, long.err) == (0, "")
    assert run(*words, "-h", lang=spoken).out == long.out
    assert " ".join(("fieldvisit", *words)) in " ".join(long.out.split())
    command = every_command(spoken)[words]
    assert command.help
    assert _flat(command.help) in _flat(long.out)
    for parameter in command.params:
        assert getattr(parameter, "help", ""), (words, parameter.name)
    for columns in (80, 40, 20):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = run(*words, "--help", lang=spoken).lines
        assert max(map(cell_len, lines)) <= columns


def test_the_help_of_the_program_names_every_command_with_its_help(run: Run) -> None:
    shown = " ".join(run("--help").out.split())
    for name, (_module, help_) in COMMANDS.items():
        assert f"{name} {help_}" in shown
        assert every_command()[name,].name == name


def test_help_needs_no_study_and_looks_at_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").write_bytes(b"broken")
    assert run("note", "add", "--help").code == 0
    assert run("--help").code == 0
    assert run("note", "--help").out == run("note").err.rstrip("\n") + "\n"


def test_help_is_lined_up_by_cells(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("visit", "remove", "-h", lang="ja").out == (
        "使い方: fieldvisit visit remove [オプション] ヒアリング\n"
        "\n"
        "  記録事項のないヒアリングを調査から外します。\n"
        "\n"
        "引数:\n"
        "  ヒアリング  chiba-1 のようなヒアリング番号。ヒアリングが一つだけの\n"
        "              自治体名でもかまいません。  [必須]\n"
        "\n"
        "オプション:\n"
        "  --by 名前   この記入をした人の名前。\n"
        "  -h, --help  この説明を表示して終わります。\n"
    )


def test_narrow_help_stands_below_each_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert "\n  --by NAME\n      Author of this entry.\n" in run("note", "add", "-h").out


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("visit show", "VISIT is missing."), ("city add x", "The option --prefecture is missing."),
        ("compare --prefectur x", "There is no option --prefectur. Did you mean “--prefecture”?"),
        ("compare -x", "There is no option -x."),
        ("compare --prefecture", "The option --prefecture needs a value."),
        ("visit ask chiba-1 --new ai", "The option --new needs 2 values."),
        ("draft drop x --yes=1", "The option --yes takes no value."),
        ("visit show a b 余り", "These words are too many: b 余り"),
        ("visit ad", "There is no command “ad”. Did you mean “add”?"),
        ("zzzzz", "There is no command “zzzzz”."), ("it's", "There is no command “it's”."),
        ("log --limit 三個", "Invalid value for --limit: “三個” is not a number."),
        ("log --limit -1", "Invalid value for --limit: -1 is not in the range x>=0."),
        ("log -z", "There is no option -z.\nSee fieldvisit log --help."),
        ("note add chiba-1 hiring -5%減った", "“-5%減った” is not an option;"),
        ("log --quiet", "--quiet goes before the command: fieldvisit --quiet …"),
    ],
)  # fmt: skip
def test_each_error_is_a_sentence_that_keeps_the_word(run: Run, line: str, sentence: str) -> None:
    refused = run(*line.split(" "))
    assert (refused.code, refused.out) == (2, "")
    assert sentence in refused.err


def test_sentences_are_in_the_language_in_use_with_the_word_in_them(run: Run) -> None:
    assert "「visit」ではありませんか。" in run("vist", lang="ja").err
    assert run("visit", "show", lang="ja").err.startswith("ヒアリングを指定")


def test_unknown_errors_pass_in_their_own_words() -> None:
    assert usage_sentence(exceptions.UsageError("Something new {x}.")) == "Something new {x}."
    assert usage_hint(exceptions.UsageError("x")) == ""
    assert usage_sentence(exceptions.BadParameter("odd")) == "odd"
    error = exceptions.BadParameter("odd", param_hint="--a")
    assert usage_sentence(error) == "Invalid value for --a: odd"
    several = exceptions.BadOptionUsage("--pair", "Option '--pair' requires 2 arguments.")
    assert usage_sentence(several) == "The option --pair needs 2 values."
