"""Two worlds: what is off the record leaves no trace in any output for `group` or `public`.

World A is a study, world B the same one in which nothing that is off the record was ever said.
Each answer must be the same byte for byte. `log`, `undo` and `check` speak to the keyboard alone.
"""

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from cli.harness import Result, run_here
from fieldvisit.documents.formats import FORMATS
from fieldvisit.storage import ids
from privacy import commands, worlds
from privacy.commands import (
    ASKED,
    COMPLETED,
    DELIVERING,
    KEYBOARD_ALONE,
    LANGUAGES,
    SEVERAL,
    Line,
    asked,
    audiences,
    command_of,
    names_for,
    shell_offers,
)
from privacy.stories import told_twice

ANONYMISED = ("", "--cells both", "--view city --cells both", "ai-rpa hiring",
              "--study-group jimu", "--city 千葉市 --city 西予市")  # fmt: skip


class Pair(Struct, frozen=True):
    """The two worlds of one seed; ``gone`` are the notes that world B has not."""

    a: Path
    b: Path
    seen: list[str]
    gone: list[str]
    names: dict[str, str]


def pair(template: Path, folder: Path, seed: int) -> Pair:
    a, b = told_twice(template, folder, seed)
    if seed % 2:  # an output was made, with what is off the record, and its key is there
        run_here("--study", str(a), "compare", "--anonymise", "--audience", "all")
        with closing(sqlite3.connect(b / "fieldvisit.db", isolation_level=None)) as database:
            database.execute("ATTACH ? AS other", (str(a / "fieldvisit.db"),))
            database.execute("INSERT INTO anonymised_output SELECT * FROM other.anonymised_output")
    seen = worlds.handles(b)
    with closing(sqlite3.connect(a / "fieldvisit.db")) as database:
        notes = database.execute("SELECT handle, id FROM note ORDER BY seq").fetchall()
    gone = [(handle, id_) for handle, id_ in notes if handle not in seen]
    dice = random.Random(seed)
    cells = worlds.cells(dice.choice([a, b, b])) or worlds.cells(a)
    for each in (gone, seen, cells):
        dice.shuffle(each)
    handles = [handle for handle, _id in gone]
    return Pair(a, b, seen, handles, names_for(seen, handles, [id_ for _, id_ in gone], cells))


@pytest.fixture(autouse=True)
def _drawn_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for names is drawn by chance; here each world draws the same."""
    monkeypatch.setattr(ids, "shuffled", list)


def written(path: Path | None) -> dict[str, bytes]:
    """The bytes that an answer left in a file, or in each file of a folder."""
    if path is None or not path.exists():
        return {}
    files = list(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def assert_alike(found: Pair, line: Line, file: str = "") -> None:
    if line.words.startswith("trace"):
        for folder in (found.a, found.b):
            asked(folder, replace(line, words="compare --anonymise", format="md"), found.names)
    files = [folder / file if file else None for folder in (found.a, found.b)]
    a, b = (
        asked(folder, line, found.names, file=path)
        for folder, path in zip((found.a, found.b), files, strict=True)
    )
    assert a.code == b.code, (line, a.err, b.err)
    assert a.code in {0, 1, 2}, a.err
    assert a.out_bytes == b.out_bytes, line
    assert written(files[0]) == written(files[1]), line
    if a.code and not line.words.startswith("confirm"):  # tells the keyboard what was left out
        assert a.err.replace(str(found.a), "") == b.err.replace(str(found.b), ""), line
    for path in filter(None, files):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


@pytest.mark.by_chance
@pytest.mark.parametrize("seed", range(worlds.EXAMPLES))
def test_every_output_is_the_same_in_both_worlds(
    template: Path, a_story: Path, tmp_path: Path, seed: int
) -> None:
    found = pair(template, tmp_path, seed)
    for number, line in enumerate(commands.share(a_story, seed)):
        # A letter in a file counts as sent, several sheets do not go into one.
        alone = not line.words.startswith("confirm send") and SEVERAL not in line.words
        into_file = number % 4 == 0 and line.format not in {"table", ""} and alone
        assert_alike(found, line, f"out.{line.format}" if into_file else "")
    words = COMPLETED[seed % len(COMPLETED)]
    assert shell_offers(found.a, words) == shell_offers(found.b, words)


@pytest.mark.by_chance
@pytest.mark.parametrize("seed", range(worlds.A_FEW))
def test_anonymised_outputs_are_the_same_in_both_worlds(
    template: Path, a_story: Path, tmp_path: Path, seed: int
) -> None:
    """Letters, marks, refusals and traces rest on nothing off the record."""
    found = pair(template, tmp_path, seed)
    forms = commands.forms(a_story, "compare")
    every = list(product(ANONYMISED, forms, ("group", "public"), LANGUAGES))
    for words, *rest in random.Random(seed).sample(every, 6):
        assert_alike(found, Line(f"compare {words} --anonymise", *rest))
    for mark in (f"{n}-{of}" for n in range(1, 4) for of in ("A市", "City B", *range(1, 9))):
        a, b = (run_here("--study", str(folder), "trace", mark) for folder in (found.a, found.b))
        assert (a.code, a.out, a.err) == (b.code, b.out, b.err)


@pytest.mark.by_chance
def test_each_command_is_drawn_often_in_each_format(
    a_story: Path, record_property: Callable[[str, object], None]
) -> None:
    found = commands.counted(a_story, worlds.EXAMPLES)
    kinds = f"{len(found)} commands and formats, the rarest {min(found.values())} times"
    told = f"{worlds.EXAMPLES} studies, {found.total()} draws in two worlds, of {kinds}"
    record_property("trials", told)
    if worlds.EXAMPLES >= commands.STUDIES:
        assert min(found.values()) >= commands.AT_LEAST
        assert found.keys() == commands.decks(a_story).keys()


def test_every_command_that_delivers_a_document_is_asked() -> None:
    asked_for = {command_of(words) for words in ASKED} | KEYBOARD_ALONE
    assert asked_for == DELIVERING.keys(), "name a line for it in privacy/commands.py"


def test_every_format_is_drawn_and_what_is_no_form_of_a_command_is_refused(a_story: Path) -> None:
    drawn = commands.decks(a_story)
    assert {format_ for _command, format_ in drawn} - {""} == FORMATS.keys()
    for words in {command_of(words): words for words in ASKED}.values():
        forms = {format_ for command, format_ in drawn if command == command_of(words)}
        assert forms
        for format_ in FORMATS.keys() - forms if "" not in forms else ():
            line = Line(words, format_, audiences(words)[0], "ja")
            assert asked(a_story, line, names_for(worlds.handles(a_story), [], [])).code in {1, 2}


@pytest.mark.parametrize("words", ["record chiba-1", "record himeji-1", "summary edit"])
def test_the_editor_shows_the_same(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    found = pair(template, tmp_path, 6)
    opened = []
    for folder in (found.a, found.b):
        (kept := folder / "opened").mkdir()
        monkeypatch.setenv("EDITOR", f"cp -t {kept}")
        typed = ("--study", str(folder), *words.split(), "--audience", "group")
        run_here(*typed, tty="keyboard", stdin="n\n" * 5)
        opened += [sorted(written(kept).values())]
    assert opened[0] == opened[1] != []


def test_the_shell_is_offered_the_same(template: Path, tmp_path: Path) -> None:
    for seed in (5, 6, 10, 11):
        found = pair(template, tmp_path / str(seed), seed)
        assert found.gone
        for words in (*COMPLETED, *(f"note show {each}" for each in (*found.gone, *found.seen))):
            assert shell_offers(found.a, words) == shell_offers(found.b, words)
        assert any(handle in shell_offers(found.a, "note show ") for handle in found.seen)


@pytest.mark.parametrize("seed", [0, 6])
def test_the_sheets_of_a_folder_and_the_bare_program_are_the_same(
    template: Path, tmp_path: Path, seed: int
) -> None:
    found = pair(template, tmp_path, seed)
    for reader in ("interviewer", "city"):
        sheets = []
        for folder in (found.a, found.b):
            visits = ("chiba-1", "himeji-1", "tsukuba-1")
            words = ("prepare", *visits, "--for", reader, "-o", str(folder / reader))
            assert run_here("--study", str(folder), *words).code == 0
            sheets.append(written(folder / reader))
        assert len(sheets[0]) == 3
        assert sheets[0] == sheets[1]
    bare = [run_here("--study", str(folder)).out_bytes for folder in (found.a, found.b)]
    assert bare[0] == bare[1] == run_here("--study", str(found.a), "status").out_bytes


def unnumbered(made: Result | str) -> str:
    """An answer without the number that each anonymised output has of its own."""
    return re.sub("[0-9]+(?=-[0-9])", "N", made if isinstance(made, str) else made.out)


def test_neither_the_environment_nor_a_pipe_or_file_opens_more(
    a_story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving the audience out is the group's share; `public` tightens, `all` opens nothing."""
    folder = shutil.copytree(a_story, tmp_path / "study")
    names = names_for(worlds.handles(folder)[:1], [], [], worlds.cells(folder))
    for words in ASKED:
        if "--audience" not in DELIVERING[command_of(words)]:
            continue
        public, group = (asked(folder, Line(words, "md", a, "en"), names)
                         for a in ("public", "group"))  # fmt: skip
        unsaid = Line(words, "md", "", "en")
        assert unnumbered(asked(folder, unsaid, names)) == unnumbered(group)
        monkeypatch.setenv("FIELDVISIT_AUDIENCE", "public")
        assert unnumbered(asked(folder, unsaid, names)) == unnumbered(public)
        monkeypatch.setenv("FIELDVISIT_AUDIENCE", "all")
        assert unnumbered(asked(folder, unsaid, names)) == unnumbered(group)
        if SEVERAL not in words and "-o" in DELIVERING[command_of(words)]:
            file = tmp_path / "out.md"
            assert asked(folder, unsaid, names, file=file).code == group.code
            made = unnumbered(file.read_text("utf-8")) if file.exists() else None
            assert made == (unnumbered(group) if group.code == 0 else None)
            file.unlink(missing_ok=True)
        monkeypatch.delenv("FIELDVISIT_AUDIENCE")
