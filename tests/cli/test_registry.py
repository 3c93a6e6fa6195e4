"""Every command: found by name, and with help that says something."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.harness import Run, every_command
from fieldvisit.cli.running import COMMANDS

CONTRACT = """
init; study show; study edit; demo; status; guide list; guide show; guide check; guide new;
guide edit; guide diff; city list; city show; city add; city import; study-group add;
study-group list; visit add; visit list; visit show; visit edit; visit remove; prepare; record;
note add; note list; note show; note edit; note delete; note restore; note history; mark; undo;
log; coverage; compare; search; draft list; draft show; draft drop;
alias add; alias list; alias remove; trace
"""


def test_every_command_of_the_contract_is_there() -> None:
    wanted = {tuple(words.split()) for words in CONTRACT.replace("\n", " ").split(";")}
    assert wanted <= set(every_command())


def _flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_every_command_has_help_by_both_names(
    run: Run, words: tuple[str, ...], spoken: str
) -> None:
    long = run(*words, "--help", lang=spoken)
    assert (long.code, long.err) == (0, "")
    assert run(*words, "-h", lang=spoken).out == long.out
    assert " ".join(("fieldvisit", *words)) in " ".join(long.out.split())
    assert _flat(every_command(spoken)[words].help or "") in _flat(long.out)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_option_and_argument_has_help(words: tuple[str, ...]) -> None:
    command = every_command()[words]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", ""), (words, parameter.name)


def test_the_help_of_the_program_names_every_command_with_its_help(run: Run) -> None:
    shown = " ".join(run("--help").out.split())
    for name, (_module, help_) in COMMANDS.items():
        assert f"{name} {help_}" in shown
        assert every_command()[name,].name == name


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_help_fits(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for spoken in ("en", "ja"):
        lines = run(*words, "--help", lang=spoken).lines
        assert max(map(cell_len, lines)) <= int(columns)


def test_help_needs_no_study_and_looks_at_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").write_bytes(b"broken")
    assert run("note", "add", "--help").code == 0
    assert run("--help").code == 0
    assert run("note", "--help").out == run("note").err.rstrip("\n") + "\n"
