"""A fault at every single change of a file: the command did all or nothing, and said which."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from faults.rig import (
    FAIL_FROM_THERE,
    FAIL_ONCE,
    FAULTS,
    HERE,
    KILLED,
    Command,
    Fault,
    Outcome,
    Rows,
    Warm,
    rows,
    rows_as_found,
    shape,
    warm,
)
from fieldvisit.actions.editor_sheets import open_record
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.settings import Settings
from fieldvisit.storage.connection import reading
from fieldvisit.storage.gate import notes
from fieldvisit.study.drafts import close
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing

pytestmark = pytest.mark.faults
NEW = 12
NOTE = Command(
    ("note", "add", "chiba-1", "1/2", "専門職の採用区分はない。", "--also", "2/1", "-t", "x")
)
MARK = Command(("mark", "chiba-1", "1/2", "1/3", "3", "to-follow", "--due", "2019-10-31"))
UNDO = Command(("undo",))
INIT = Command(("init", "{folder}"))
STATUS = Command(("status", "--json"))
READER = Command(("note", "list", "--json"))
RESUME = Command(("record", "chiba-1", "--yes"), "true")
WRITER = Command(("note", "add", "chiba-1", "6/1", "そのあと"))
STANDING = {"fieldvisit.db", "interview_guides", "drafts"}

COMMANDS = {
    "note add": (NOTE, "plain"),
    "mark": (MARK, "plain"),
    "undo": (UNDO, "plain"),
    "record": (None, "plain"),
    "record, added only": (None, "plain"),
    "record, draft in conflict": (RESUME, "conflict"),
    "init": (INIT, "none"),
}
STEPS = {"record, added only": 3, "init": 6}  # the others are struck at every change
FEWEST = 20
ENDS = 5  # where files are made, and where what is stored becomes so
IN_MEMORY = Path("/dev/shm")  # a folder of our own is made in it


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes calls fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("killing processes and filling disks needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    words = ["-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "shim.c"), "-ldl"]
    subprocess.run([compiler, *words], check=True)
    return library


@pytest.fixture(scope="session")
def faulty(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The program, loaded, with faults at hand."""
    with warm(tmp_path_factory.mktemp("home"), shim) as process:
        yield process


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A folder, in memory if the system has such: what dies is a process, the disk goes on."""
    where = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(prefix="fieldvisit-", dir=where) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Studies to be copied: a plain one, one with a draft in conflict, and none."""
    folder = tmp_path_factory.mktemp("faults")
    plain, conflict = study(folder / "plain"), folder / "conflict"
    in_conflict(shutil.copytree(plain, conflict))
    return {"plain": plain, "conflict": conflict, "none": folder / "none"}


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_does_all_or_nothing(
    name: str,
    kind: str,
    faulty: Warm,
    templates: dict[str, Path],
    room: Path,
    record_property: Callable[[str, object], None],
) -> None:
    known, start = COMMANDS[name]
    command = known or recording(templates[start], room, only_adds=name != "record")
    trial, changes = trial_of(faulty, command, templates[start], room)
    assert changes > FEWEST
    points = _points(changes, name, kind)
    found = [(at, wrong(faulty, trial, replace(FAULTS[kind], at=at))) for at in points]
    record_property("trials", f"{name}, {kind}: {len(points)} of {changes} changes of files")
    assert [(at, what) for at, what in found if what] == []


def _points(changes: int, name: str, kind: str) -> list[int]:
    """Where a fault strikes: 1 is the first change, one more than all is none of them.

    Full and broken disks take turns: either strikes at every second place of the kills.
    """
    step, last = STEPS.get(name, 1) * (1 if FAULTS[kind].kills else 2), changes + 1
    ends = {*range(1, ENDS + 1), *range(last - ENDS, last + 1)}
    return sorted({*range(1 + list(FAULTS).index(kind) % step, last + 1, step)} | ends)


def test_a_process_that_ran_nothing_before_does_so_too(
    shim: Path, faulty: Warm, templates: dict[str, Path], room: Path
) -> None:
    trial, changes = trial_of(faulty, NOTE, templates["plain"], room)
    with warm(room, shim) as first:
        assert trial.strike(first, Fault()).changes == changes
    for kind in ("torn", "broken once"):
        with warm(room, shim) as first:
            assert wrong(first, trial, replace(FAULTS[kind], at=changes // 2)) == ""


class Trial(Struct, frozen=True):
    """One command, the study it is tried on, and how that stands after the whole command."""

    command: Command
    template: Path
    room: Path
    before: Rows = {}
    after: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return self.room / "study"

    @property
    def typed(self) -> Path:
        """There once the editor has left its text, which is `filled.md` beside."""
        return self.room / "typed"

    def strike(self, program: Warm, fault: Fault) -> Outcome:
        """Run the command on a new copy of the study, or where there is none."""
        self.typed.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.template.exists():
            shutil.copytree(self.template, self.folder)
        return program.run(self.command, self.folder, fault)

    def resume(self, program: Warm, fault: Fault) -> Outcome:
        """Run what a person would run next; only the last of it has to succeed."""
        if self.command is INIT:
            steps = [INIT, STATUS]
        elif self.command.editor:
            steps = [RESUME]
        else:
            steps = [WRITER if fault.at % 2 else READER]
        return [program.run(step, self.folder) for step in steps][-1]

    def rows(self) -> Rows:
        """What the next program would find; the study itself is left alone."""
        return rows_as_found(self.folder, self.room / "copy")

    def state(self) -> str:
        """`before`, `after` or `part`."""
        found = self.rows()
        if found == self.before:
            return "before"
        return "after" if tuple(shape(found)) == self.after else "part"


def trial_of(program: Warm, command: Command, template: Path, room: Path) -> tuple[Trial, int]:
    """The trial of a command, and how many changes of files it makes if nothing goes wrong."""
    trial = Trial(command, template, room, rows_as_found(template, room / "copy"))
    outcome = trial.strike(program, Fault())
    assert outcome.code == 0, outcome.err
    return replace(trial, after=tuple(shape(trial.rows()))), outcome.changes


def study(folder: Path) -> Path:
    """Make a study with one visit and four notes."""
    given = Settings(folder, str(folder), "t")
    make_study(given, folder)
    plan = VisitFields(
        respondents=("情報経営部/課長/山田太郎", "情報経営部/係長/"), interviewers=("佐藤",)
    )
    add_visits(given, ["千葉市"], plan)
    for number in range(4):
        add_note(given, "chiba-1", f"記録{number}", NoteFields(place="1/1"))
    return folder


def in_conflict(folder: Path) -> None:
    """Leave a draft in the study, and have a colleague change what it rests on."""
    given = Settings(folder, str(folder), "t")
    with open_record(given, "chiba-1", "group") as opened:
        mine = opened.draft.text().replace("記録0", "記録0は私が改めた")
        mine = mine.replace("{hiring}\n", "{hiring}\n追加\n")
        opened.draft.path.write_text(mine, encoding="utf-8")
    with viewing(given, "all") as view:
        notes = {note.body: note.handle for note in view.notes}
    for body in ("記録0", "記録3"):
        edit_note(given, notes[body], f"{body}は同僚が改めた", NoteFields())


def recording(folder: Path, room: Path, *, only_adds: bool = False) -> Command:
    """`record` with an editor that fills in much: additions and changes."""
    with open_record(Settings(folder, str(folder), "t"), "chiba-1", "group") as opened:
        sheet = opened.draft.text()
        close(opened.draft)
    sheet = sheet if only_adds else _reworked(sheet)
    new = "\n\n".join(f"新しい記録{number}" for number in range(NEW))
    sheet = sheet.replace("{unsorted}\n", f"{{unsorted}}\n{new}\n")
    (room / "filled.md").write_text(sheet, encoding="utf-8")
    editor = room / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp {room}/filled.md "$1" && : > {room}/typed\n')
    editor.chmod(0o700)
    return Command(("record", "chiba-1", "--yes"), str(editor))


def _reworked(sheet: str) -> str:
    for old, new in (
        ("記録0", "記録0は改めた"),
        ("【to be confirmed】記録2", "【関係者限り】記録2"),
        ("【to be confirmed】記録3", "【public】記録3"),  # this waits
        *((f"\n\n### 3/{n} ", f"\n追加{n}\n\n\n### 3/{n} ") for n in range(1, 4)),
    ):
        assert old in sheet, old
        sheet = sheet.replace(old, new, 1)
    return sheet


def violation(trial: Trial, outcome: Outcome, fault: Fault) -> str:
    """What a run under a fault did that it must not do; empty if nothing."""
    state = trial.state()
    if state == "part":
        return "stored a part"
    if fault.kills and outcome.code < 0:
        return "lost what it had reported" if outcome.out and state == "before" else ""
    if outcome.code == 0:
        return "" if state == "after" else "reported what it had not stored"
    if outcome.code != 1 or "Traceback" in outcome.err:
        return f"ended with {outcome.code}"
    if state == "after" or outcome.out:
        said = "fieldvisit log" in outcome.err and "Nothing" not in outcome.err
        return "" if said and not outcome.out else "refused what it had stored"
    return "" if str(trial.folder) in outcome.err else "did not name the place"


def lost_text(trial: Trial) -> str:
    """Tell whether what was typed into the editor is neither stored nor in a draft."""
    if not trial.typed.exists():
        return ""
    filled = (trial.room / "filled.md").read_bytes()
    drafts = [path for path in (trial.folder / "drafts").iterdir() if path.name[0] != "."]
    kept = any(path.read_bytes() == filled for path in drafts)
    return "" if kept or trial.state() == "after" else "lost what was typed"


def stuck(program: Warm, trial: Trial, fault: Fault) -> str:
    """What the next commands could not do unaided; empty if nothing.

    `init` makes the study whole or finds it so; `record` stores what was typed, and stores it
    once; another command goes on as if nothing had happened.
    """
    again = trial.resume(program, fault)
    if again.code != 0:
        return f"stuck afterwards: {again}"
    if trial.command is INIT or trial.command.editor:
        typed = trial.command in {INIT, RESUME} or trial.typed.exists()
        if trial.state() != ("after" if typed else "before"):
            return f"stands otherwise afterwards: {again}"
    elif not fault.at % 2:  # a reader may leave a journal; the next writer takes it away
        return ""
    stray = {path.name for path in trial.folder.iterdir() if path.suffix != ".new"} - STANDING
    return f"left {stray}" if stray else ""


def wrong(program: Warm, trial: Trial, fault: Fault) -> str:
    """What went wrong in one trial; empty if nothing."""
    outcome = trial.strike(program, fault)
    if found := violation(trial, outcome, fault) or lost_text(trial):
        return f"{found}: {outcome}"
    return stuck(program, trial, fault)


CALLS = 4  # made, written, synced, moved; then the folder is synced, as far as that is possible
SIZE = 100_000


@pytest.mark.parametrize("old", [b"", b"old"], ids=["there was none", "there was one"])
@pytest.mark.parametrize("kind", FAULTS)
def test_a_file_written_whole_is_the_old_or_the_new_one_and_never_a_part(
    kind: str, old: bytes, faulty: Warm, room: Path, record_property: Callable[[str, object], None]
) -> None:
    for at in range(1, CALLS + 3):
        fault = replace(FAULTS[kind], at=at)
        folder = room / str(at)
        folder.mkdir()
        file, new = folder / "sheet.md", b"new" * SIZE
        if old:
            file.write_bytes(old)
        command = Command(("write-whole", str(file), str(SIZE)))
        outcome = faulty.run(command, folder, fault)
        there = file.read_bytes() if file.exists() else b""
        assert there == (new if outcome.code == 0 or (there and there != old) else old)
        ends_well = at > CALLS + fault.kills
        assert outcome.code == (0 if ends_well else KILLED if fault.kills else 1)
        assert outcome.code != 1 or str(file) in outcome.err
        if outcome.code == 1 and fault.how == FAIL_ONCE:
            assert {path.name for path in folder.iterdir()} == ({"sheet.md"} if old else set())
        assert faulty.run(command, folder).code == 0
        assert file.read_bytes() == new
        left = [path.name for path in folder.iterdir() if path != file]
        assert len(left) <= (outcome.code not in {0, 1} or fault.how == FAIL_FROM_THERE)
        assert all(name.startswith(".") and name.endswith(".new") for name in left)
    record_property("trials", f"file written whole, {kind}: {CALLS + 2}")


WRITERS, EACH = 20, 20


def test_twenty_processes_that_write_at_once_lose_nothing_and_nobody_is_turned_away(
    field: Settings, faulty: Warm, room: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = shutil.copytree(field.study().folder, room / "study")
    command = Command(("write-together", str(folder), str(WRITERS), str(EACH)))
    outcome = faulty.run(command, folder)
    assert (outcome.code, outcome.err) == (0, "")
    handles = outcome.out.split()
    assert len(handles) == len(set(handles)) == WRITERS * EACH
    record_property("trials", f"{WRITERS} writers at once: {2 * WRITERS * EACH} writes")

    with reading(folder / "fieldvisit.db") as connection:
        stored = notes(connection, "all")
    assert {note.handle for note in stored} == set(handles)
    assert {note.body for note in stored} == {
        f"w{writer}-{number}!" for writer in range(WRITERS) for number in range(EACH)
    }
    assert {note.number for note in stored} == {2}
    assert all(note.body.startswith(f"{note.by}-") for note in stored)
    assert rows(folder / "fieldvisit.db")  # it is sound
    with closing(sqlite3.connect(folder / "fieldvisit.db")) as connection:
        revisions = connection.execute(
            "SELECT object, parents, id FROM revision WHERE kind = 'note' ORDER BY seq"
        ).fetchall()
        commands = connection.execute("SELECT command FROM change").fetchall()
    said = [command for (command,) in commands]
    assert sum(command.startswith("note") for command in said) == 2 * WRITERS * EACH
    assert said.count("keep guides") == 1
    last: dict[str, list[str]] = {}
    for name, parents, id_ in revisions:
        assert json.loads(parents) == last.get(name, [])
        last[name] = [id_]
    assert len(last) == WRITERS * EACH
