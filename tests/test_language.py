"""The program in both languages: help and refusals in the one asked for, data the same."""

import gettext
import importlib.util
import json
import os
import re
import string
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from cli.harness import every_command, run_here
from fieldvisit import language
from fieldvisit.actions.write_note import add_note
from fieldvisit.language import _, from_environment
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"), ({"LANG": "ja"}, "ja"),
        ({"LANG": "Japanese_Japan.932"}, "ja"), ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"), ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "ja_JP.UTF-8"}, "ja"),
        ({"FIELDVISIT_LANG": "ja", "LC_ALL": "C"}, "ja"),
        ({"FIELDVISIT_LANG": "en", "LC_ALL": "ja_JP.UTF-8"}, "en"),
        ({"FIELDVISIT_LANG": "JA"}, "ja"),
    ],
)  # fmt: skip
def test_the_environment_says_which_language(environment: dict[str, str], expected: str) -> None:
    assert from_environment(environment) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [("ja_JP", "ja"), ("Japanese_Japan", "ja"), ("en_US", "en"), (None, "en")],
)
def test_without_variables_the_system_says_it(
    monkeypatch: pytest.MonkeyPatch, system: str | None, expected: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (system, "UTF-8"))
    assert from_environment({}) == expected


def test_a_language_without_a_catalogue_speaks_english() -> None:
    language.use("xx")
    assert _("There is no study.") == "There is no study."
    assert language.current() == "xx"


def test_empty_text_is_not_the_catalogues_head_and_the_command_line_follows() -> None:
    language.use("ja")
    assert _("") == ""
    assert os.environ["LANGUAGE"] == "ja"
    assert gettext.textdomain() == "fieldvisit"


def test_sentences_and_lists_are_joined_as_the_language_does() -> None:
    assert language.together("One.", "", "Two.") == "One. Two."
    assert language.enumerated(["a", "b"]) == "a, b"
    language.use("ja")
    assert language.together("一つ目。", "", "二つ目。") == "一つ目。二つ目。"
    assert language.together("次のとおり：fieldvisit log", "二つ目。") == (
        "次のとおり：fieldvisit log 二つ目。"
    )
    assert language.enumerated(["a", "b"]) == "a、b"


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
def test_help_holds_no_sentence_of_the_other_language(words: tuple[str, ...]) -> None:
    shown = run_here(*words, "--help", lang="ja")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("使い方: fieldvisit")
    assert JAPANESE.search(shown.out)
    assert not ENGLISH_SENTENCE.search(shown.out)
    assert "[required]" not in shown.out
    assert "[default" not in shown.out
    shown = run_here(*words, "--help", lang="en")
    assert shown.out.startswith("Usage: fieldvisit")  # and no Japanese but examples
    assert not JAPANESE.search(shown.out.replace("2019年度", "").replace("架空市", ""))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("vist",), 2), (("visit", "add"), 2), (("visit", "add", "tokyo-to"), 1),
        (("visit", "add", "chiba", "--date", "2019-02-30"), 1), (("visit", "show", "chiba-9"), 1),
        (("note", "add", "chiba-1", "hiring", "???"), 1),
        (("note", "add", "chiba-1", "nothing", "x"), 1), (("note", "show", "zzzzzzzzzz"), 1),
        (("mark", "chiba-1", "hiring", "to-follow"), 2), (("coverage", "--format", "xml"), 2),
        (("search", "x", "--limit", "x"), 2), (("guide", "show", "nothing"), 1),
        (("--nothing",), 2),
    ],
)  # fmt: skip
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


ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src/fieldvisit/locale/ja/LC_MESSAGES/fieldvisit.po"
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
ENGLISH_SENTENCE = re.compile(r"\b[A-Z][a-z]+,? [a-z]+,? [a-z]+")


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ja")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def texts(found: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message: one, or those of a plural."""
    assert found is not None
    return (found,) if isinstance(found, str) else tuple(found)


def pairs() -> list[tuple[str, str]]:
    """Every English text (of a plural: the singular) with its Japanese."""
    return [(texts(message.id)[0], texts(message.string)[0]) for message in messages()]


POLITE = ("です", "ます", "ません", "でした", "ました", "ください", "でしょう", "ましょう", "か")


@cache
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name is not None}


def one_id(found: str | tuple[str, ...] | list[str]) -> str:
    return "\0".join(texts(found))


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    said = {one_id(sentence) for sentence in dev().sentences()}
    known = {one_id(message.id) for message in messages()}
    renew = "renew it with: python dev.py fix"
    assert said - known == set(), renew
    assert known - said == set(), renew
    assert not catalogue().obsolete, renew


def test_each_text_is_translated_with_its_placeholders() -> None:
    for message in messages():
        assert not message.fuzzy, message.id
        wanted = set().union(*map(placeholders, texts(message.id)))
        for text in texts(message.string):
            assert text.strip(), message.id
            assert placeholders(text) == wanted, message.id


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wanted: dict[str | tuple[str, int], str] = {}
    for message in messages():
        singular, *plural = texts(message.id)
        wanted[(singular, 0) if plural else singular] = texts(message.string)[0]
    found = {name: text for name, text in compiled._catalog.items() if name}  # type: ignore[attr-defined]
    assert found == wanted, "compile it with: python dev.py fix"


def test_japanese_ends_like_sentences_and_is_written_with_its_own_signs() -> None:
    letter = "[\u3040-\u30ff\u4e00-\u9fff]"
    faults = {
        "half-width kana": "[\uff61-\uff9f]",
        "an English sign behind Japanese": rf"{letter} ?[,;!?(]|{letter}\.(?!\.\.)",
        "an English sign before Japanese": rf"[,;!?)]{letter}",
        "two signs for one": "[、。：；] *[、。：；]",
        "a blank too many": "[（「【] | [）」】、。]|  ",
        "English quotation marks": "[“”‘’]",
    }
    for english, japanese in pairs():
        if " " in english and english.endswith((".", "?")) and "..." not in english:
            assert japanese.endswith("。"), japanese
        assert not japanese.endswith(POLITE), f"。 is missing: {japanese}"
        found = [name for name, pattern in faults.items() if re.search(pattern, japanese)]
        assert not found, f"{found} in {japanese}"
        for opened, closed in ("（）", "「」", "【】"):
            assert japanese.count(opened) == japanese.count(closed), japanese
        assert JAPANESE.search(japanese) or not ENGLISH_SENTENCE.search(english), japanese
