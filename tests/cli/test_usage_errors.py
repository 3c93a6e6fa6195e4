"""Usage errors in whole sentences."""

import gettext
from enum import StrEnum
from typing import Annotated

import pytest
import typer

from fieldvisit import language
from fieldvisit.cli.declaring import Noun, command
from fieldvisit.cli.typer_click import BadOptionUsage, BadParameter, UsageError
from fieldvisit.cli.usage_errors import usage_hint, usage_sentence


class Kind(StrEnum):
    """A choice."""

    statement = "statement"
    quote = "quote"


note = Noun()


@command(note, "Adds.", "add")
def add(
    city: Annotated[str, typer.Argument(metavar="CITY")],
    text: Annotated[str, typer.Argument()] = "",
    kind: Annotated[Kind, typer.Option("-k", "--kind")] = Kind.statement,
    number: Annotated[int, typer.Option("--number", min=1)] = 1,
    yes: Annotated[bool, typer.Option("--yes")] = False,
) -> None:
    typer.echo(f"{city}{text}{kind}{number}{yes}")


@command(note, "Changes.", "edit")
def edit(by: Annotated[str, typer.Option("--by")]) -> None:
    typer.echo(by)


def failing(*words: str) -> UsageError:
    group = note.declared("note", "Notes.")
    with pytest.raises(UsageError) as raised:
        group.main([*words], prog_name="fieldvisit", standalone_mode=False)
    return raised.value


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_catalogue", gettext.NullTranslations())
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add"], "CITY is missing."),
        (["edit"], "The option --by is missing."),
        (["add", "千葉市", "--nmber", "3"], "There is no option --nmber. Did you mean “--number”?"),
        (["add", "千葉市", "-x"], "There is no option -x."),
        (["add", "千葉市", "--number"], "The option --number needs a value."),
        (["add", "千葉市", "--yes=1"], "The option --yes takes no value."),
        (["add", "千葉市", "a", "b", "余り"], "These words are too many: b 余り"),
        (["ad"], "There is no command “ad”. Did you mean “add”?"),
        (["zzzzz"], "There is no command “zzzzz”."),
        (["it's"], "There is no command “it's”."),
        (["add", "x", "--number", "三個"], "Invalid value for --number: “三個” is not a number."),
        (["add", "x", "--number", "0"], "Invalid value for --number: 0 is not in the range x>=1."),
        (
            ["add", "x", "-k", "quot"],
            "Invalid value for -k / --kind: “quot” is none of these: 'statement', 'quote'.",
        ),
    ],
)
def test_each_error_is_a_sentence_that_keeps_the_word(words: list[str], sentence: str) -> None:
    assert usage_sentence(failing(*words)) == sentence


def test_sentences_are_translated_with_the_word_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {
                "There is no command “{name}”.": "「{name}」というコマンドはありません。",
                "Did you mean {names}?": "{names} ですか。",
                "{name} is missing.": "{name}がありません。",
                "CITY": "自治体",
            }.get(message, message)

    monkeypatch.setattr(language, "_catalogue", Catalogue())
    assert usage_sentence(failing("ad")) == "「ad」というコマンドはありません。 “add” ですか。"
    assert usage_sentence(failing("add")) == "自治体がありません。"


def test_unknown_errors_pass_in_their_own_words() -> None:
    assert usage_sentence(UsageError("Something new {x}.")) == "Something new {x}."
    assert usage_sentence(BadParameter("odd")) == "odd"
    error = BadParameter("odd", param_hint=["--a", "--b"])
    assert usage_sentence(error) == "Invalid value for --a / --b: odd"
    several = BadOptionUsage("--pair", "Option '--pair' requires 2 arguments.")
    assert usage_sentence(several) == "The option --pair needs 2 values."


def test_text_that_begins_with_a_dash_is_told_the_way_out() -> None:
    hint = usage_hint(failing("add", "千葉市", "-5%減った"))
    assert "“--”" in hint
    assert "“-”" in hint


def test_other_errors_name_the_help_of_the_command() -> None:
    assert usage_hint(failing("edit", "-z")) == "See fieldvisit edit --help."
    assert usage_hint(failing("zzz")) == "See fieldvisit --help."
    assert usage_hint(UsageError("x")) == ""
