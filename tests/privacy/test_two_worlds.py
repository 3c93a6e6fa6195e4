"""Two worlds: what is off the record leaves no trace in any output for `group` or `public`.

World A is a study, world B the same one in which nothing that is off the record was ever entered.
Each answer must be the same byte for byte. `log`, `undo` and `check` speak to the keyboard alone.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from string import ascii_uppercase

import pytest
from msgspec import Struct
from msgspec.structs import replace

from cli.harness import run_here
from fieldvisit.storage import ids
from privacy import draws, worlds
from privacy.by_chance import inhabited
from privacy.commands import (
    COMPLETED,
    FROM_NOTES,
    LETTERS,
    NOT_FROM_NOTES,
    SEVERAL,
    SHEETS,
    Line,
    asked,
    lines,
    names_for,
    shell_offers,
)


class Pair(Struct, frozen=True):
    """The two worlds of one seed; ``gone`` are the notes that world B has not."""

    a: Path
    b: Path
    seen: list[str]
    gone: list[str]
    ids: list[str]
    cells: list[tuple[str, str]]


def pair(template: Path, folder: Path, seed: int, *, cities: bool = False) -> Pair:
    inhabited(template, folder / "a", seed)
    worlds.without_off_record(folder / "a", folder / "b", cities=cities)
    seen = worlds.handles(folder / "b")
    with closing(sqlite3.connect(folder / "a" / "fieldvisit.db")) as database:
        notes = database.execute("SELECT handle, id FROM note ORDER BY seq").fetchall()
    gone = [(handle, id_) for handle, id_ in notes if handle not in seen]
    dice = random.Random(seed)
    cells = worlds.cells(folder / dice.choice("abb")) or worlds.cells(folder / "a")
    for each in (gone, seen, cells):
        dice.shuffle(each)
    lost = [h for h, _id in gone], [i for _h, i in gone]
    return Pair(folder / "a", folder / "b", seen, *lost, cells)


@pytest.fixture(autouse=True)
def _drawn_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for names is drawn by chance; here each world draws the same."""
    monkeypatch.setattr(
        ids, "new_letters", lambda taken: next(c for c in ascii_uppercase if c not in taken)
    )
    monkeypatch.setattr(ids, "new_mark", lambda taken: str(1000 + len(taken)))


def written(path: Path | None) -> dict[str, bytes]:
    """The bytes that an answer left in a file, or in each file of a folder."""
    if path is None or not path.exists():
        return {}
    files = list(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def assert_alike(found: Pair, line: Line, file: str = "") -> None:
    names = names_for(found.seen, found.gone, found.ids, found.cells)
    if line.words.startswith("trace"):
        for folder in (found.a, found.b):
            asked(folder, replace(line, words="compare --anonymise", format="md"), names)
    files = [folder / file if file else None for folder in (found.a, found.b)]
    answers = [
        asked(folder, line, names, file=path)
        for folder, path in zip((found.a, found.b), files, strict=True)
    ]
    a, b = answers
    assert a.code == b.code, (line, a.err, b.err)
    assert a.code in {0, 1, 2}, a.err
    assert a.out_bytes == b.out_bytes, line
    assert written(files[0]) == written(files[1]), line
    if a.code and line.words not in LETTERS:  # it tells the keyboard what was left out
        assert a.err.replace(str(found.a), "") == b.err.replace(str(found.b), ""), line
    for path in filter(None, files):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


@pytest.mark.parametrize("seed", range(worlds.EXAMPLES))
def test_every_output_is_the_same_in_both_worlds(template: Path, tmp_path: Path, seed: int) -> None:
    found = pair(template, tmp_path, seed)
    for number, line in enumerate(draws.share(seed)):
        # A letter in a file counts as sent, several sheets do not go into one.
        alone = line.words not in LETTERS and SEVERAL not in line.words
        into_file = number % 4 == 0 and line.format != "table" and alone
        assert_alike(found, line, f"out.{line.format}" if into_file else "")
    words = COMPLETED[seed % len(COMPLETED)]
    assert shell_offers(found.a, words) == shell_offers(found.b, words)


def test_each_command_is_drawn_often_in_each_format(
    record_property: Callable[[str, object], None],
) -> None:
    found = draws.counted(worlds.EXAMPLES)
    record_property("trials", f"{worlds.EXAMPLES} studies, {found.total()} draws in two worlds,"
                    f" the rarest {min(found.values())}: {draws.told(found)}")  # fmt: skip
    assert {name for name, _format in found} == {draws.command_of(line) for line in lines()}
    if worlds.EXAMPLES >= draws.STUDIES:
        assert min(found.values()) >= draws.AT_LEAST
        asked_for = [line for seed in range(draws.STUDIES) for line in draws.share(seed)]
        assert {(line.words, line.format, line.audience) for line in asked_for} == {
            (line.words, line.format, line.audience) for line in lines()
        }
        assert len(asked_for) == draws.counted(draws.STUDIES).total()
    assert {line.words for line in lines()} == {
        *FROM_NOTES, *NOT_FROM_NOTES, *SHEETS, *LETTERS
    }  # fmt: skip


@pytest.mark.parametrize("seed", [0, 6, 10, 11])
def test_a_city_known_only_from_an_off_record_note_is_not_missed(
    template: Path, tmp_path: Path, seed: int
) -> None:
    found = pair(template, tmp_path, seed, cities=True)
    for words in ("city list", "city show 西予市", "compare", "compare --city 西予市", "note list"):
        for format_ in ("md", "json", "csv"):
            audience = "" if words.startswith("city") else "group"
            assert_alike(found, Line(words, format_, audience, "en"))


@pytest.mark.parametrize("seed", [0, 6, 10, 11])
def test_the_shell_is_offered_the_same(template: Path, tmp_path: Path, seed: int) -> None:
    found = pair(template, tmp_path, seed)
    assert found.gone
    for words in (*COMPLETED, *(f"note show {handle}" for handle in (*found.gone, *found.seen))):
        assert shell_offers(found.a, words) == shell_offers(found.b, words)
    assert any(handle in shell_offers(found.a, "note show ") for handle in found.seen)


@pytest.mark.parametrize("seed", [0, 6])
def test_the_sheets_of_a_folder_are_the_same(template: Path, tmp_path: Path, seed: int) -> None:
    found = pair(template, tmp_path, seed)
    for reader in ("interviewer", "city"):
        sheets = []
        for folder in (found.a, found.b):
            into = folder / reader
            visits = ("chiba-1", "himeji-1", "tsukuba-1")
            words = ("prepare", *visits, "--for", reader, "-o", str(into))
            assert run_here("--study", str(folder), *words).code == 0
            sheets.append({path.name: path.read_bytes() for path in into.iterdir()})
        assert len(sheets[0]) == 3
        assert sheets[0] == sheets[1]


@pytest.mark.parametrize("seed", [0, 6])
def test_the_bare_program_says_the_same(template: Path, tmp_path: Path, seed: int) -> None:
    found = pair(template, tmp_path, seed)
    answers = [run_here("--study", str(folder)).out_bytes for folder in (found.a, found.b)]
    assert answers[0] == answers[1] == run_here("--study", str(found.a), "status").out_bytes


@pytest.mark.parametrize("words", [*FROM_NOTES, *SHEETS])
def test_the_environment_can_tighten(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    folder = _a_study(template, tmp_path.parent)
    names = names_for(worlds.handles(folder)[:1], [], [], worlds.cells(folder))
    said = asked(folder, Line(words, "md", "public", "en"), names)
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "public")
    assert asked(folder, Line(words, "md", "", "en"), names).out == said.out


@pytest.mark.parametrize("words", [*FROM_NOTES, *SHEETS])
def test_a_pipe_or_file_gets_the_group_s_share_unasked(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """Neither leaving the audience out nor wishing for `all` by the environment opens more."""
    folder = shutil.copytree(_a_study(template, tmp_path.parent), tmp_path / "study")
    names = names_for(worlds.handles(folder)[:1], [], [], worlds.cells(folder))
    said = asked(folder, Line(words, "md", "group", "en"), names)
    unsaid = Line(words, "md", "", "en")
    assert asked(folder, unsaid, names).out == said.out
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "all")
    assert asked(folder, unsaid, names).out == said.out
    if SEVERAL in words:
        return
    file = tmp_path / "out.md"
    assert asked(folder, unsaid, names, file=file).code == said.code
    assert written(file) == ({file.name: said.out_bytes} if said.code == 0 else {})


def _a_study(template: Path, room: Path) -> Path:
    folder = room / "study-of-seed-6"
    if not folder.exists():
        inhabited(template, folder, 6)
    return folder
