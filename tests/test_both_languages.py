"""The program in both languages: help and refusals in the one asked for, data the same."""

import json
import re

import pytest

from catalogue_texts import ENGLISH_SENTENCE, JAPANESE
from cli.harness import every_command, run_here
from fieldvisit.actions.write_note import add_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields

SAME_IN_BOTH = {"URL"}


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_help_text_and_placeholder_is_translated(words: tuple[str, ...]) -> None:
    english, japanese = (every_command(spoken)[words] for spoken in ("en", "ja"))
    assert english.help != japanese.help
    for spoken, told in zip(english.params, japanese.params, strict=True):
        assert getattr(spoken, "help", "") != getattr(told, "help", "")
        name = spoken.metavar or ""
        if re.search("[A-Z]", name) and name not in SAME_IN_BOTH:
            assert JAPANESE.search(told.metavar or "")


@pytest.mark.parametrize("words", [(), *every_command()], ids=" ".join)
def test_help_in_japanese_holds_no_english_sentence(words: tuple[str, ...]) -> None:
    shown = run_here(*words, "--help", lang="ja")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("使い方: fieldvisit")
    assert JAPANESE.search(shown.out)
    assert not ENGLISH_SENTENCE.search(shown.out)
    assert "[required]" not in shown.out
    assert "[default" not in shown.out


@pytest.mark.parametrize("words", [(), *every_command()], ids=" ".join)
def test_help_in_english_holds_no_japanese_but_examples(words: tuple[str, ...]) -> None:
    shown = run_here(*words, "--help", lang="en")
    assert shown.out.startswith("Usage: fieldvisit")
    assert not JAPANESE.search(shown.out.replace("2019年度", "").replace("架空市", ""))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("vist",), 2),
        (("visit", "add"), 2),
        (("visit", "add", "tokyo-to"), 1),
        (("visit", "add", "chiba", "--date", "2019-02-30"), 1),
        (("visit", "show", "chiba-9"), 1),
        (("note", "add", "chiba-1", "hiring", "???"), 1),
        (("note", "add", "chiba-1", "nothing", "x"), 1),
        (("note", "show", "zzzzzzzzzz"), 1),
        (("mark", "chiba-1", "hiring", "to-follow"), 2),
        (("coverage", "--format", "xml"), 2),
        (("search", "x", "--limit", "x"), 2),
        (("guide", "show", "nothing"), 1),
        (("--nothing",), 2),
    ],
)
def test_refusals_speak_the_language_asked_for(
    field: Settings, words: tuple[str, ...], code: int
) -> None:
    study = ("--study", str(field.study().folder))
    japanese = run_here(*study, *words, lang="ja")
    english = run_here(*study, *words, lang="en")
    assert (japanese.code, english.code) == (code, code)
    assert (japanese.out, english.out) == ("", "")
    assert JAPANESE.search(japanese.err)
    assert not ENGLISH_SENTENCE.search(japanese.err)
    assert re.search("[A-Za-z]+ [a-z]+ [a-z]+", english.err)
    assert len(japanese.err.splitlines()) == len(english.err.splitlines())


def test_what_was_typed_is_the_same_in_both_languages(field: Settings) -> None:
    body = "年に300時間。 It's “saved”, they say.\n二行目"
    note = add_note(field, "chiba-1", body, NoteFields(place="ai-rpa", tags=("RPA",)))
    study = ("--study", str(field.study().folder))
    for words in (
        ("note", "show", note.handle), ("note", "list"), ("coverage",), ("compare",), ("log",)
    ):  # fmt: skip
        data = [run_here(*study, *words, "--json", lang=language) for language in ("ja", "en")]
        assert data[0].out_bytes == data[1].out_bytes
    shown = run_here(*study, "note", "show", note.handle, "--json", lang="ja")
    assert json.loads(shown.out)["note"]["body"] == body
