"""Every command that lists, and those that have rows."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.harness import Run, assert_refused, tree

LISTINGS = {
    "status": "status", "study show": "study", "study-group list": "study-groups",
    "guide list": "guides", "guide show it-workforce": "guide", "city list": "cities",
    "city show 千葉市": "city", "visit list": "visits", "visit show chiba-1": "visit",
    "note list": "notes", "coverage": "coverage", "compare": "compare", "compare ai-rpa": "compare",
    "search 。": "search", "log": "log", "draft list": "drafts",
    "guide diff it-workforce chiba-1": "guide-diff", "confirm list": "confirmations",
}  # fmt: skip
GRIDS = [
    "study-group list", "guide list", "city list", "visit list", "note list", "coverage",
    "compare", "search 。", "log", "draft list", "guide show it-workforce", "confirm list",
]  # fmt: skip


@pytest.mark.parametrize("words", GRIDS)
def test_csv_opens_in_japanese_excel_with_a_row_a_thing_in_both_languages(
    run: Run, noted: Path, words: str
) -> None:
    sizes = []
    for language in ("en", "ja"):
        data = run(*words.split(), "--format", "csv", lang=language).out_bytes
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        sizes.append([len(row) for row in rows])
        assert len(set(sizes[-1])) == 1
        assert len(set(rows[0])) == len(rows[0]), "two columns of one name"
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("words", [*LISTINGS, "prepare chiba-1"])
def test_a_terminal_gets_a_drawn_page_and_a_pipe_markdown(
    run: Run, noted: Path, words: str
) -> None:
    piped = run(*words.split())
    first = next(line for line in piped.out.split("\n") if line and not line.startswith("<!--"))
    assert first.startswith("# ")
    assert run(*words.split(), "--format", "md").out == piped.out
    drawn = run(*words.split(), tty="out")
    assert "\n# " not in f"\n{drawn.out}"
    assert drawn.err in {piped.err, ""}


@pytest.mark.parametrize("words", [*LISTINGS, "prepare chiba-1"])
def test_a_file_gets_the_format_of_its_ending(
    run: Run, noted: Path, words: str, tmp_path: Path
) -> None:
    for ending, name in [(".md", "md"), (".JSON", "json"), (".csv", "csv"), (".markdown", "md")]:
        path = tmp_path / f"一覧{ending}"
        piped = run(*words.split(), "--format", name)
        written = run(*words.split(), "-o", str(path))
        assert written.code == piped.code
        assert written.out == ""
        assert (path.read_bytes() if path.exists() else b"") == piped.out_bytes
        assert piped.code or path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_overwritten_with_force_only(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.md"
    path.write_text("mine")
    before = tree(tmp_path)
    assert_refused(run("compare", "-o", str(path)), 1, "x.md", "--force")
    assert tree(tmp_path) == before
    assert run("compare", "-o", str(path), "--force").code == 0
    assert path.read_text("utf-8").startswith("# Comparison")


@pytest.mark.parametrize(
    "words", ["status", "note list", "coverage", "compare", "search x", "visit list", "draft list"]
)
def test_an_empty_study_is_listed_in_every_format(run: Run, tmp_path: Path, words: str) -> None:
    run("init", "empty")
    where = ("--study", "empty", *words.split())
    assert json.loads(run(*where, "--json").out)["schema"]
    for tty, option in [("", ()), ("out", ()), ("", ("--format", "table"))]:
        assert run(*where, *option, tty=tty).out


Maybe = (str, type(None))
CITY = {
    "code": Maybe, "name": str, "prefecture": str, "kana": str, "romaji": str, "class": str,
    "attributes": list,
}  # fmt: skip
NAME = {"code": Maybe, "name": str}
VISIT = {
    "handle": str, "id": str, "city": NAME, "date": Maybe, "until": Maybe, "status": str,
    "mode": str, "guides": list, "study_groups": list, "interviewers": list, "respondents": list,
}  # fmt: skip
NOTE = {
    "handle": str, "id": str, "city": NAME, "visit": Maybe, "survey": Maybe, "topic": Maybe,
    "question": Maybe, "also": list, "kind": str, "body": str, "disclosure": str, "by": Maybe,
    "said_by": Maybe, "as_of": Maybe, "source": (dict, type(None)), "tags": list,
    "conflicts": list, "created_at": str, "updated_at": str, "revision": int,
}  # fmt: skip


WORDS = {"ja": str, "en": str}
STANDING = {"topic": str, "question": str, "state": str, "reason": Maybe, "due": Maybe}
COVERED = {
    "visit": str, "city": NAME, "answered": int, "asked": int, "to_follow": int, "open": int,
    "questions": [STANDING],
}  # fmt: skip
CELL = {"question": Maybe, "state": str, "notes": [NOTE], "summary": Maybe}
COMPARED = {
    "city": NAME, "visits": [str], "state": str, "answered": int, "asked": int, "to_follow": int,
    "cells": [CELL],
}  # fmt: skip
QUESTION = {
    "question": str, "number": int, "ask": WORDS, "probes": list, "for": list, "sensitive": bool,
    "common": bool, "send": bool, "disclosure": Maybe,
}  # fmt: skip
TOPIC = {"topic": str, "title": WORDS, "short": WORDS, "questions": [QUESTION]}


def assert_shape(found: Any, shape: Any) -> None:
    """Every key of the shape is there with its type; more keys may be."""
    if isinstance(shape, dict):
        assert isinstance(found, dict)
        for key, below in shape.items():
            assert key in found, key
            assert_shape(found[key], below)
    elif isinstance(shape, list):
        assert isinstance(found, list)
        for item in found:
            assert_shape(item, shape[0])
    else:
        assert isinstance(found, shape), (found, shape)


def pairs(found: Any) -> list[tuple[str, Any]]:
    """All keys with their values, however deep."""
    if isinstance(found, dict):
        return [*found.items(), *(pair for value in found.values() for pair in pairs(value))]
    return [pair for item in found for pair in pairs(item)] if isinstance(found, list) else []


@pytest.mark.parametrize("words", LISTINGS)
def test_json_is_one_document_that_names_its_schema_first(
    run: Run, noted: Path, words: str
) -> None:
    result = run(*words.split(), "--json")
    assert result.code == 0
    assert next(iter(result.json)) == "schema"
    assert result.json["schema"] == f"fieldvisit.{LISTINGS[words]}/1"
    assert result.out.endswith("}\n")
    assert run(*words.split(), "--format", "json").out == result.out
    for key, value in pairs(result.json):
        assert key.isascii()
        if key in {"at", "created_at", "updated_at"}:
            assert value.endswith("Z")
            datetime.fromisoformat(value)


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("note list", {"notes": [NOTE]}),
        ("visit list", {"visits": [VISIT]}),
        ("visit show chiba-1", {"visit": VISIT}),
        ("city list", {"cities": [CITY]}),
        ("city show otsu", {"city": CITY}),
        ("search 。", {"query": [str], "hits": [NOTE]}),
        ("coverage", {"audience": str, "visits": [COVERED]}),
        (
            "compare",
            {
                "audience": str,
                "topics": [{"topic": str, "title": WORDS, "across": Maybe, "cities": [COMPARED]}],
            },
        ),
        (
            "guide show it-workforce",
            {"guide": str, "version": str, "title": WORDS, "topics": [TOPIC]},
        ),
    ],
)
def test_json_has_the_shape_of_the_contract(run: Run, noted: Path, words: str, shape: Any) -> None:
    found = run(*words.split(), "--json").json
    assert_shape(found, shape)
    assert all(found[key] for key in shape)


def test_the_shape_of_a_note_and_of_its_history(run: Run, noted: Path) -> None:
    handle = run("note", "list", "--json").json["notes"][0]["handle"]
    run("note", "edit", handle, "改めた。", "--reason", "確かめた")
    assert_shape(run("note", "show", handle, "--json").json, {"note": NOTE})
    revision = {"id": str, "number": int, "at": str, "by": Maybe, "change": str}
    found = run("note", "history", handle, "--json").json
    assert_shape(found, {"revisions": [{**NOTE, **revision}]})
    assert [entry["number"] for entry in found["revisions"]] == [1, 2]


def test_fixed_values_are_english_and_notes_come_by_date_of_the_visit(
    run: Run, noted: Path
) -> None:
    notes = run("note", "list", "--json", lang="ja").json["notes"]
    assert {note["kind"] for note in notes} == {"statement", "desk", "quote", "remark"}
    assert {note["disclosure"] for note in notes} == {"confirm", "public", "group"}
    assert [note["visit"] for note in notes] == [
        None, "chiba-1", "chiba-1", "himeji-1", "himeji-1"
    ]  # fmt: skip


JSON_WITH_WORDS = {"status"}  # its next step is a sentence


@pytest.mark.parametrize("words", sorted(set(LISTINGS) - JSON_WITH_WORDS))
def test_json_is_the_same_in_both_languages(run: Run, noted: Path, words: str) -> None:
    english = run(*words.split(), "--json", lang="en")
    japanese = run(*words.split(), "--json", lang="ja")
    assert japanese.out_bytes == english.out_bytes


def test_the_option_is_found_behind_a_folder_called_like_a_command(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    noted.rename(tmp_path / "demo")
    assert "2019年10月21日" in run("--study", "demo", "--lang", "ja", "visit", "list").out


def test_lists_and_guesses_in_japanese_have_japanese_signs(run: Run, noted: Path) -> None:
    refused = run("compare", "nosuch", lang="ja").err
    assert "1\u00a0hiring" not in refused
    assert "1 hiring、2 collaboration、" in refused.replace("\n", "")
