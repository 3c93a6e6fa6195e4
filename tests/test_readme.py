"""The READMEs and docs/ show what the program does, and say the same in both languages."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cogapp import Cog  # type: ignore[import-untyped]
from typer.core import TyperGroup

from fieldvisit.cli.declaring import AnyCommand, AnyContext, Context
from fieldvisit.cli.running import program

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (("README.md", "README.ja.md"), ("docs/walkthrough.md", "docs/walkthrough.ja.md"))
READMES = tuple(name for pair in PAIRS for name in pair)
GENERATOR = re.compile(r"<!-- \[\[\[cog.*?\]\]\] -->", re.DOTALL)
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)

readme = pytest.mark.parametrize("name", READMES)


def read(name: str) -> str:
    """Return a README without the code that makes its outputs."""
    return GENERATOR.sub("", (ROOT / name).read_text(encoding="utf-8"))


def prose(name: str) -> str:
    return FENCE.sub("", read(name))


def shape(name: str) -> list[str]:
    """Return the headings' levels and the kinds of the blocks between them, in order."""
    text = FENCE.sub(lambda found: f"~{found[2]}", read(name))
    return re.findall(r"^(#+ |~\w*|\|---.*|- |<!--)", text, re.MULTILINE)


def typed(name: str) -> Iterator[str]:
    """Yield the lines of code blocks that call the program, without what a shell takes off."""
    for _fence, _kind, code in FENCE.findall(read(name)):
        for line in code.splitlines():
            if re.match(r"(\$ )?fieldvisit ", line):
                yield line.removeprefix("$ ").split(" < ")[0]


def mentioned(name: str) -> list[str]:
    return re.findall(r"`(fieldvisit [^`]*)`", prose(name).replace("\n", " "))


def parsed(line: str) -> AnyContext:
    """Parse a command line as the program would; raises UsageError if it does not fit."""
    command: AnyCommand | None = program("en")
    words, context, name = shlex.split(line)[1:], None, "fieldvisit"
    while command is not None:
        context = command.make_context(name, words, parent=context)
        rest = [*context._protected_args, *context.args]
        if not isinstance(command, TyperGroup) or not rest:
            break
        found, command, words = command.resolve_command(context, rest)
        name = found or ""
    assert context is not None
    return context


def unknown(line: str) -> list[str]:
    """Return the words that are neither commands nor options of the command they stand behind."""
    command: AnyCommand = program("en")
    strange = []
    for word in line.split()[1:]:
        options = {option for parameter in command.params for option in parameter.opts}
        if word.startswith("-"):
            strange += [word] if word not in {*options, "--help", "-h"} else []
        elif isinstance(command, TyperGroup) and not word.isupper() and word not in {"ja", "en"}:
            child = command.get_command(Context(command), word)
            strange += [word] if child is None else []
            command = child or command
    return strange


@readme
def test_the_outputs_shown_are_those_of_the_program(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = Cog().main(["cog", "--check", "-I", "tests", name])
    assert code == 0, f"renew it with: python dev.py docs\n{capsys.readouterr()}"


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_have_the_same_headings_blocks_tables_lists_and_commands(
    pair: tuple[str, str],
) -> None:
    assert shape(pair[0]) == shape(pair[1])
    english, japanese = ([parsed(line) for line in typed(name)] for name in pair)
    assert [c.command_path for c in english] == [c.command_path for c in japanese]
    assert len(english) > 10
    assert all(context.command.callback for context in (*english, *japanese))


@readme
def test_every_relative_link_leads_to_a_file(name: str) -> None:
    folder = (ROOT / name).parent
    links = re.findall(r"\]\(([^)#]+)", prose(name))
    assert links
    missing = [link for link in links if "://" not in link and not (folder / link).exists()]
    assert missing == []


@readme
def test_every_command_mentioned_in_the_text_exists_with_its_options(name: str) -> None:
    mentions = mentioned(name)
    assert len(mentions) >= 10
    assert {line: unknown(line) for line in mentions if unknown(line)} == {}
