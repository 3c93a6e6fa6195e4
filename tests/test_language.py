import gettext
import os

import pytest

from fieldvisit import language
from fieldvisit.language import N_, _, counted, from_environment


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "Japanese_Japan.932"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "ja_JP.UTF-8"}, "ja"),
        ({"FIELDVISIT_LANG": "ja", "LC_ALL": "C"}, "ja"),
        ({"FIELDVISIT_LANG": "en", "LC_ALL": "ja_JP.UTF-8"}, "en"),
        ({"FIELDVISIT_LANG": "JA"}, "ja"),
    ],
)
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


def test_english_stands_in_the_code() -> None:
    assert _("There is no study.") == "There is no study."
    assert N_("kind of note") == "kind of note"
    assert language.current() == "en"


def test_a_language_without_a_catalogue_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    language.use("xx")
    assert _("There is no study.") == "There is no study."
    assert language.current() == "xx"


def test_empty_text_is_not_the_catalogues_head(monkeypatch: pytest.MonkeyPatch) -> None:
    class Headed(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message or "Project-Id-Version: x"

    monkeypatch.setattr(language, "_catalogue", Headed())
    assert _("") == ""


def test_the_words_of_the_command_line_follow() -> None:
    language.use("ja")
    assert os.environ["LANGUAGE"] == "ja"
    assert gettext.textdomain() == "fieldvisit"


@pytest.mark.parametrize(("number", "expected"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes")])
def test_numbers_have_their_form(number: int, expected: str) -> None:
    assert counted("{n} note", "{n} notes", number) == expected


def test_sentences_and_lists_are_joined_as_the_language_does() -> None:
    assert language.together("One.", "", "Two.") == "One. Two."
    assert language.enumerated(["a", "b"]) == "a, b"
    language.use("ja")
    assert language.together("一つ目。", "", "二つ目。") == "一つ目。二つ目。"
    assert language.together("次のとおり：fieldvisit log", "二つ目。") == (
        "次のとおり：fieldvisit log 二つ目。"
    )
    assert language.enumerated(["a", "b"]) == "a、b"
