"""Hostile text is shown and never acts: in every format of every command, and in the shell.

What was typed is found again, and a refusal repeats it harmlessly.
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from cli.harness import run_here
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.documents.formats import FORMATS
from fieldvisit.harmless import unguarded, visible
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields
from hostile_text.outputs import CONTROLS, QUIET, asked
from hostile_text.texts import BODIES, FORMULAS, MARKUP, OTHERS, TERMINAL, UNICODE
from privacy.commands import ASKED, COMPLETED, DELIVERING, command_of, formats, shell_offers

EVERY = (
    *ASKED, "log", "read nothing.md",
    "review --list --audience all", "city show warui", "visit show warui-1", "prepare warui-1",
    "prepare warui-1 --for city",
)  # fmt: skip


def test_every_command_and_every_format_is_looked_at() -> None:
    assert len(BODIES) == len({*BODIES}) > 240
    assert {command_of(words) for words in EVERY} == DELIVERING.keys()
    assert QUIET.keys() == FORMATS.keys(), "say in hostile_text/outputs.py what may not act in it"


@pytest.mark.parametrize("words", EVERY)
def test_no_output_holds_what_acts(nasty: Settings, words: str) -> None:
    """Each command in each format that it has, in turn in both languages."""
    for number, format_ in enumerate(formats(words)):
        lang = ("en", "ja")[(len(words) + number) % 2]
        data = asked(nasty, words, *(("--format", format_) if format_ else ()), lang=lang)
        if data:
            QUIET[format_ or "md"](data)


@pytest.mark.parametrize("words", COMPLETED)
def test_the_shell_is_offered_one_plain_line_each(nasty: Settings, words: str) -> None:
    """Names and words go into a script that the shell evaluates: nothing in them may act."""
    offered = shell_offers(nasty.study().folder, words)
    entries = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", offered.strip(), re.DOTALL)
    for entry in entries[1].split("\n") if entries else []:
        assert re.fullmatch(r'"[\w/-]+(":"[^"\'`$\\;&|<>(){}\[\]*!#~=]*)?"', entry), entry
        assert not CONTROLS.search(entry)


def test_every_text_is_found_again(nasty: Settings) -> None:
    notes = json.loads(asked(nasty, "note list --json"))["notes"]
    assert sorted(note["body"] for note in notes) == sorted(BODIES)
    assert {note["tags"][0] for note in notes} == {text.strip() for text in BODIES}
    assert {note["source"]["url"] for note in notes} == {*BODIES}
    assert {note["by"] for note in notes} == {*BODIES}
    page = asked(nasty, "note list --format csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(page, newline="")))
    assert {unguarded(row["text"]) for row in rows} == {visible(text) for text in BODIES}


@pytest.mark.parametrize("number", range(0, len(BODIES), 6))
def test_a_search_for_hostile_text_finds_it(nasty: Settings, number: int) -> None:
    text = BODIES[number]
    study = str(nasty.study().folder)
    for format_ in FORMATS:
        result = run_here("--study", study, "search", "--format", format_, "--", text)
        assert result.code in {0, 2}, result.err
        if result.code == 0:
            QUIET[format_](result.out_bytes)
    hits = json.loads(run_here("--study", study, "search", "--json", "--", text).out)["hits"]
    assert text in [hit["body"] for hit in hits]


TYPED = (
    ("visit", "show", "{}"), ("note", "show", "{}"), ("note", "add", "{}", "ai-rpa", "x"),
    ("note", "add", "chiba-1", "{}", "x"), ("note", "add", "chiba-1", "1/{}", "x"),
    ("note", "list", "--topic", "{}"), ("note", "list", "-k", "{}"),
    ("note", "list", "--city", "{}"), ("compare", "{}"), ("compare", "--class", "{}"),
    ("compare", "--study-group", "{}"), ("compare", "--view", "{}"), ("coverage", "{}"),
    ("coverage", "--audience", "{}"), ("status", "--format", "{}"), ("guide", "show", "{}"),
    ("guide", "diff", "it-workforce", "{}"), ("city", "show", "{}"), ("visit", "add", "{}"),
    ("visit", "edit", "chiba-1", "--date", "{}"), ("mark", "chiba-1", "{}", "declined"),
    ("mark", "chiba-1", "hiring", "{}"), ("undo", "{}"), ("draft", "show", "{}"),
    ("draft", "drop", "{}"), ("{}",), ("note", "{}"), ("note", "list", "{}"),
    ("prepare", "chiba-1", "--for", "{}"), ("status", "-o", "{}"), ("--study", "{}", "status"),
    ("--lang", "{}"), ("note", "edit", "{}", "-d", "public"), ("note", "show", "--{}"),
)  # fmt: skip


@pytest.mark.parametrize("words", TYPED)
def test_a_refusal_repeats_hostile_words_harmlessly(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    study = Path(shutil.copytree(template, tmp_path / "study"))
    monkeypatch.chdir(study)
    for text in (*TERMINAL[::4], *UNICODE[::3], *MARKUP[::4], *FORMULAS[::4], *OTHERS[::2]):
        result = run_here(*(word.replace("{}", text) for word in words))
        assert result.code in {0, 1, 2}, (text, result.err)
        assert not CONTROLS.search(result.err), (text, result.err)
        assert not CONTROLS.search(result.out), text


def test_hostile_words_of_a_guide_are_shown_and_never_act(template: Path, tmp_path: Path) -> None:
    """A guide is a file that a colleague may have sent."""
    study = Path(shutil.copytree(template, tmp_path / "study"))
    given = Settings(study, str(study), "t")
    texts = [text for text in BODIES if "\n" not in text and "{" not in text and len(text) < 99]
    file = study / "interview_guides" / "bad.yaml"
    check = ("--study", str(study), "guide", "check", str(file))
    refused = []
    for text in texts:
        file.write_text(_guide_of([text]), encoding="utf-8")
        result = run_here(*check)
        assert result.code in {0, 1}
        assert not CONTROLS.search(result.err)
        refused += [text] if result.code else []
    kept = [text for text in texts if text not in refused]
    assert len(kept) > 100
    file.write_text(_guide_of(kept), encoding="utf-8")
    assert run_here(*check).code == 0
    edit_visit(given, "otsu-1", VisitFields(guides=("bad",)))
    for words in ("guide show bad", "prepare otsu-1", "prepare otsu-1 --for city", "guide list",
                  "coverage otsu-1", "compare bad --view city", "compare bad"):  # fmt: skip
        for format_ in ("md", "table"):
            QUIET[format_](asked(given, words, "--format", format_))


def _guide_of(texts: Sequence[str]) -> str:
    def words(text: str) -> dict[str, str]:
        return {"ja": text, "en": text}

    whole = " ".join(texts)
    questions = [
        {"question": f"q{number}", "send": True, "ask": words(text), "gate": words(text),
         "probes": [words(text)]}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    topics = [{"topic": "bad", "title": words(whole), "questions": questions}]
    head = {"guide": "bad", "version": "1", "title": words(whole), "source": words(whole)}
    return yaml.safe_dump({**head, "topics": topics}, sort_keys=False)
