"""Every command that writes a file × every path of a study: refused, the study as it was."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperArgument

from cli.harness import Result, every_command, run_here, tree
from fieldvisit.cli.declaring import AnyCommand

# What stands for an argument of a command, by its name in the help.
VALUES = {
    "VISIT": "chiba-1", "VISIT...": "chiba-1", "[VISIT]": "chiba-1", "CITY": "千葉市",
    "GUIDE": "it-workforce", "TOPIC[/QUESTION]": "ai-rpa", "NOTE": "{note}", "WORDS...": "話",
    "VISIT|FILE": "chiba-1", "MARK": "{mark}",
}  # fmt: skip
MORE = {
    "summary history": ("--city", "千葉市"), "review": ("--list", "--audience", "all"),
}  # fmt: skip
KEPT = ("interview_guides", "drafts", "materials")


@cache
def commands() -> dict[str, AnyCommand]:
    """Every command of the registry that has -o, by the words that name it."""
    return {
        " ".join(words): command
        for words, command in every_command().items()
        if any("-o" in option.opts for option in command.params)
    }


def words(name: str, names: dict[str, str]) -> list[str]:
    """The command with what it needs."""
    needed = [
        VALUES[str(argument.metavar)]
        for argument in commands()[name].params
        if isinstance(argument, TyperArgument) and argument.required
    ]
    filled = [value.format(**names) for value in needed]
    yes = ["--yes"] if any("--yes" in option.opts for option in commands()[name].params) else []
    return [*name.split(), *filled, *MORE.get(name, ()), *yes, "--format", "md"]


def paths(study: Path, elsewhere: Path) -> Iterator[Path]:
    """Every file of the study, new ones in its folders, and other ways to spell them."""
    files = [path for path in study.rglob("*") if path.is_file()]
    yield from files
    yield from (study / f"fieldvisit.db{ending}" for ending in ("-journal", "-wal", ".schema-0001"))
    yield from (study / folder / "new" / ".." / "new.md" for folder in KEPT)
    yield from (study / folder for folder in KEPT)
    for number, file in enumerate(files):
        yield study / "interview_guides" / ".." / file.relative_to(study)
        yield file.parent / ".." / file.parent.name / file.name
        yield Path(os.path.relpath(file))
        yield Path(str(file).upper()) if Path(str(file).upper()).exists() else file
        for make, name in ((os.symlink, "link"), (os.link, "hard")):
            other = elsewhere / f"{name}-{number}.md"
            make(file, other)
            yield other
    for folder in (*KEPT, "."):
        linked = elsewhere / f"folder-{folder}"
        linked.symlink_to(study / folder)
        name = "new.md" if folder in KEPT else "fieldvisit.db"
        yield linked / name
    yield study / "Drafts" / "new.md"
    yield study / "FIELDVISIT.DB"


@pytest.fixture
def filled(noted: Path, tmp_path: Path) -> Path:
    """A study with a draft, a material and the copy of an older database."""
    (tmp_path / "handout.txt").write_text("配付資料", "utf-8")
    handout = str(tmp_path / "handout.txt")
    words_ = ("material", "add", "chiba-1", "資料", "--file", handout)
    assert run_here(*words_).code == 0
    assert run_here("visit", "edit", "chiba-1", "--status", "held").code == 0
    assert run_here("summary", "set", "ai-rpa", "--city", "千葉市", "要約").code == 0
    (noted / "drafts" / "note-add-chiba-1.txt").write_text("書きかけ", "utf-8")
    (noted / "fieldvisit.db.schema-0001").write_bytes((noted / "fieldvisit.db").read_bytes())
    return noted


def refused(result: Result) -> bool:
    return result.code == 1 and result.out == "" and len(result.err.strip().splitlines()) >= 2


def test_the_registry_has_commands_that_write() -> None:
    assert {"compare", "prepare", "confirm send", "note list", "draft list"} < set(commands())


@pytest.mark.parametrize("name", commands())
def test_no_command_writes_over_a_study(name: str, filled: Path, tmp_path: Path) -> None:
    [note, *_] = run_here("note", "list", "--audience", "all", "--json").json["notes"]
    run_here("compare", "--anonymise")
    line = words(name, {"note": note["handle"], "mark": "1-1"})
    (tmp_path / "elsewhere").mkdir()
    ways = list(paths(filled, tmp_path / "elsewhere"))
    before, around = tree(filled), tree(tmp_path / "elsewhere")
    sound = run_here(*line, "-o", str(tmp_path / f"out.{'docx' if 'send' in name else 'md'}"))
    assert sound.code == 0, sound.err
    before = tree(filled) if name == "confirm send" else before
    wrong = [path for path in ways if not refused(run_here(*line, "-o", str(path), "--force"))]
    assert wrong == []
    assert tree(filled) == before
    assert {name for name in tree(tmp_path / "elsewhere") if name in around} == set(around)


def test_another_study_is_kept_as_well(filled: Path, fresh_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    before = tree(fresh_copy)
    for path in paths(fresh_copy, tmp_path / "elsewhere"):
        result = run_here("compare", "-o", str(path), "--force")
        # A second name of a file elsewhere is replaced, and the file itself stays.
        assert refused(result) or path.name.startswith("hard"), path
    assert tree(fresh_copy) == before


@pytest.fixture
def fresh_copy(_noted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_noted, tmp_path / "another"))


def test_folders_that_are_links_are_kept_as_well(filled: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    (filled / "materials").rename(away)
    (filled / "materials").symlink_to(away)
    before = tree(away)
    [file] = away.iterdir()
    for path in (file, away / "new.md", filled / "materials" / "new.md"):
        assert refused(compared(path)), path
    assert tree(away) == before


def moved_away(file: Path, away: Path) -> Path:
    """Have a file of a study lie elsewhere, with a link to it where it was."""
    away.mkdir(exist_ok=True)
    moved = file.rename(away / f"real{file.suffix}")
    file.symlink_to(os.path.relpath(moved, file.parent))
    return moved


def compared(path: Path) -> Result:
    return run_here("compare", "--format", "md", "--force", "-o", str(path))


@pytest.mark.parametrize("what", ["interview_guides/*", "materials/*", "drafts/*", "fieldvisit.db"])
def test_what_a_study_keeps_by_a_link_is_kept(filled: Path, tmp_path: Path, what: str) -> None:
    away = tmp_path / "away"
    real = moved_away(next(path for path in filled.glob(what) if path.suffix), away)
    (tmp_path / "second.md").symlink_to(real)
    ways = [real, tmp_path / "second.md", Path(os.path.relpath(real))]
    if what == "fieldvisit.db":
        ways += [away / f"real.db{ending}" for ending in ("-journal", "-wal", "-shm")]
    before = tree(filled), tree(away)
    for path in ways:
        assert refused(compared(path)), path
    assert (tree(filled), tree(away)) == before
    assert compared(away / "beside.md").code == 0


@pytest.mark.parametrize("name", KEPT)
def test_no_file_is_put_where_a_link_of_a_study_leads(
    filled: Path, tmp_path: Path, name: str
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (filled / name / "to-come.yaml").symlink_to(away / "new.yaml")
    (filled / name / "folder").symlink_to(tmp_path / "folder")
    (tmp_path / "folder" / "deeper").mkdir(parents=True)
    for path in (away / "new.yaml", tmp_path / "folder" / "deeper" / "new.md"):
        assert refused(compared(path)), path
        assert not path.exists()


def test_the_journal_of_a_database_elsewhere_is_kept(fresh_copy: Path, filled: Path) -> None:
    real = moved_away(fresh_copy / "fieldvisit.db", fresh_copy.parent / "away")
    for path in (real, real.with_name("real.db-journal")):
        assert refused(compared(path)), path


@pytest.mark.parametrize("words_", ["prepare chiba-1 himeji-1 -o {0}", "demo {0}", "init {0}"])
@pytest.mark.parametrize("folder", [*KEPT, *(f"{name}/new" for name in KEPT), "con", "a "])
def test_no_folder_is_made_in_what_a_study_keeps(filled: Path, words_: str, folder: str) -> None:
    before = tree(filled)
    result = run_here(*(word.format(filled / folder) for word in words_.split()), "--force")
    if result.code == 2:  # demo and init know no --force
        result = run_here(*(word.format(filled / folder) for word in words_.split()))
    assert refused(result), result.err
    assert tree(filled) == before


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_is_no_file(filled: Path, name: str) -> None:
    assert run_here("compare", "-o", name).out == run_here("compare").out != ""
