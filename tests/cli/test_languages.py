"""Two languages: words differ, data never does."""

import csv
import io
from pathlib import Path

import pytest

from cli.harness import Run
from cli.listings import GRIDS, LISTINGS

JSON_WITH_WORDS = {"status"}  # its next step is a sentence


@pytest.mark.parametrize("words", sorted(set(LISTINGS) - JSON_WITH_WORDS))
def test_json_is_the_same_in_both_languages(run: Run, noted: Path, words: str) -> None:
    english = run(*words.split(), "--json", lang="en")
    japanese = run(*words.split(), "--json", lang="ja")
    assert japanese.out_bytes == english.out_bytes


@pytest.mark.parametrize("words", GRIDS)
def test_csv_has_as_many_rows_and_columns_in_both_languages(
    run: Run, noted: Path, words: str
) -> None:
    sizes = []
    for language in ("en", "ja"):
        data = run(*words.split(), "--format", "csv", lang=language).out_bytes
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        sizes.append([len(row) for row in rows])
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("words", [*LISTINGS, "prepare chiba-1", "prepare chiba-1 --for city"])
@pytest.mark.parametrize("tty", ["", "out"])
def test_every_page_is_made_in_both_languages(run: Run, noted: Path, words: str, tty: str) -> None:
    for language in ("en", "ja"):
        assert run(*words.split(), lang=language, tty=tty).code == 0


def test_notes_stand_on_a_page_as_they_were_typed(run: Run, noted: Path) -> None:
    bodies = [note["body"] for note in run("note", "list", "--json").json["notes"]]
    for language in ("en", "ja"):
        shown = run("note", "list", lang=language).out
        assert all(body in shown for body in bodies)


def test_data_that_documents_hold_follow_the_language(run: Run, noted: Path) -> None:
    assert "情報" in run("guide", "show", "it-workforce", lang="ja").out
    assert "Hiring" in run("guide", "show", "it-workforce", lang="en").out
    assert "2019年10月21日（月）" in run("visit", "list", lang="ja").out
    assert "Mon 21 October 2019" in run("visit", "list", lang="en").out


@pytest.mark.parametrize(
    ("environment", "japanese"),
    [
        ({"FIELDVISIT_LANG": "ja"}, True),
        ({"FIELDVISIT_LANG": "en", "LC_ALL": "ja_JP.UTF-8"}, False),
        ({"FIELDVISIT_LANG": "", "LC_ALL": "ja_JP.UTF-8"}, True),
        ({"FIELDVISIT_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP"}, True),
        ({"FIELDVISIT_LANG": "", "LC_ALL": "de_DE.UTF-8", "LANG": "ja_JP"}, False),
    ],
)
def test_the_environment_chooses_the_language(
    run: Run,
    noted: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    japanese: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("2019年10月21日" in run("visit", "list").out) is japanese


@pytest.mark.parametrize("words", [("--lang", "ja"), ("--lang=ja",)])
def test_the_option_comes_before_the_environment(
    run: Run, noted: Path, words: tuple[str, ...]
) -> None:
    assert "2019年10月21日" in run(*words, "visit", "list").out


def test_the_option_is_found_behind_a_folder_called_like_a_command(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    noted.rename(tmp_path / "demo")
    assert "2019年10月21日" in run("--study", "demo", "--lang", "ja", "visit", "list").out


def test_no_other_language_is_spoken(run: Run) -> None:
    result = run("--lang", "fr", "city", "list")
    assert (result.code, result.out) == (2, "")
    assert "ja or en" in result.err


@pytest.mark.parametrize(
    ("typed", "disclosure"),
    [
        ("オフレコ", "off-record"),
        ("公表可", "public"),
        ("関係者限り", "group"),
        ("要確認", "confirm"),
        ("anon", "anonymous"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_fixed_values_are_accepted_in_both_languages(
    run: Run, three: Path, typed: str, disclosure: str, language: str
) -> None:
    words = ("note", "add", "chiba-1", "hiring", "話", "-d", typed)
    handle = run(*words, lang=language).out.strip()
    shown = run("note", "show", handle, "--json", "--audience", "all").json["note"]
    assert shown["disclosure"] == disclosure


def test_lists_and_guesses_in_japanese_have_japanese_signs(run: Run, noted: Path) -> None:
    refused = run("compare", "nosuch", lang="ja").err
    assert "1\u00a0hiring" not in refused
    assert "1 hiring、2 collaboration、" in refused.replace("\n", "")
    assert "「visit」ではありませんか。" in run("vist", lang="ja").err


def test_values_are_glossed_in_japanese_alone(run: Run, noted: Path) -> None:
    english = run("mark", "chiba-1", "4/4", "foo").err
    assert english.startswith("“foo” is not a known mark.\nAllowed: to-follow, no-answer, ")
    assert "後日回答予定" not in english
    assert "to-follow（後日回答予定）、" in run("mark", "chiba-1", "4/4", "foo", lang="ja").err
