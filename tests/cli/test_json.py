"""JSON: what every listing gives to a program, in the shape of the contract."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.harness import Run
from cli.listings import LISTINGS

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
    run("note", "edit", handle, "改めた。")
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
