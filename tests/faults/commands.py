"""The commands that are put to the test, the study they change, and what must hold afterwards."""

import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from faults.rig import KILLED, Command, Fault, Outcome, Rows, Warm, rows_as_found, shape
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.recording.record import open_record
from fieldvisit.actions.write_note import add_note
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close
from fieldvisit.study.fields import NoteFields, VisitFields

NEW = 12
NOTE = Command(
    ("note", "add", "chiba-1", "1/2", "専門職の採用区分はない。", "--also", "2/1", "-t", "x")
)
MARK = Command(("mark", "chiba-1", "1/2", "1/3", "3", "to-follow", "--due", "2019-10-31"))
UNDO = Command(("undo",))
INIT = Command(("init", "{folder}"))
READER = Command(("note", "list", "--json"))
WRITER = Command(("note", "add", "chiba-1", "6/1", "そのあと"))
STANDING = {"fieldvisit.db", "interview_guides", "drafts"}


class Trial(Struct, frozen=True):
    """One command, the study it is tried on, and how that stands after the whole command."""

    command: Command
    template: Path
    room: Path
    before: Rows
    after: list[str]

    @property
    def folder(self) -> Path:
        return self.room / "study"

    def start_again(self) -> None:
        """Copy the study, or leave nothing where there was none."""
        (self.room / "typed").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.template.exists():
            shutil.copytree(self.template, self.folder)

    def rows(self) -> Rows:
        """What the next program would find; the study itself is left alone."""
        return rows_as_found(self.folder, self.room / "copy")

    def state(self) -> str:
        """`before`, `after` or `part`."""
        found = self.rows()
        if found == self.before:
            return "before"
        return "after" if shape(found) == self.after else "part"


def trial_of(program: Warm, command: Command, template: Path, room: Path) -> tuple[Trial, int]:
    """The trial of a command, and how many changes of files it makes if nothing goes wrong."""
    trial = Trial(command, template, room, {}, [])
    trial.start_again()
    before = trial.rows()
    outcome = program.run(command, trial.folder, Fault())
    assert outcome.code == 0, outcome.err
    return replace(trial, before=before, after=shape(trial.rows())), outcome.changes


def study(folder: Path) -> None:
    """A study with one visit and four notes."""
    given = Settings(folder, str(folder), "t")
    make_study(given, folder)
    plan = VisitFields(
        respondents=("情報経営部/課長/山田太郎", "情報経営部/係長/"), interviewers=("佐藤",)
    )
    add_visits(given, ["千葉市"], plan)
    for number in range(4):
        add_note(given, "chiba-1", f"記録{number}", NoteFields(place="1/1"))


def recording(folder: Path, room: Path, *, only_adds: bool = False) -> Command:
    """`record` with an editor that fills in much: additions, changes, a removal, a person."""
    with open_record(Settings(folder, str(folder), "t"), "chiba-1", "group") as opened:
        sheet = opened.draft.text()
        close(opened.draft)
    sheet = sheet if only_adds else _reworked(sheet)
    new = "\n\n".join(f"新しい記録{number}" for number in range(NEW))
    (room / "filled.md").write_text(sheet + f"\n{new}\n", encoding="utf-8")
    editor = room / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp {room}/filled.md "$1" && : > {room}/typed\n')
    editor.chmod(0o700)
    return Command(("record", "chiba-1", "--yes"), True, {"EDITOR": str(editor)})


def _reworked(sheet: str) -> str:
    for old, new in (
        ("記録0", "記録0は改めた"),
        ("【to be confirmed】記録2", "【public】記録2"),
        ("係長 |  |\n", "係長 |  |\n| respondent | 総務部 | 主査 | 鈴木 |\n"),
        *((f"\n\n### 3/{n} ", f"\n追加{n}\n\n\n### 3/{n} ") for n in range(1, 4)),
    ):
        assert old in sheet, old
        sheet = sheet.replace(old, new, 1)
    start = sheet.index("<!-- note", sheet.index("記録0"))
    return sheet[:start] + sheet[sheet.index("<!-- note", start + 1) :]


def violation(trial: Trial, outcome: Outcome) -> str:
    """What a run under a fault did that it must not do; empty if nothing."""
    state = trial.state()
    if state == "part":
        return "stored a part"
    if outcome.code == KILLED:
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
    if not (trial.room / "typed").exists():
        return ""
    filled = (trial.room / "filled.md").read_bytes()
    drafts = [path for path in (trial.folder / "drafts").iterdir() if path.name[0] != "."]
    kept = any(path.read_bytes() == filled for path in drafts)
    return "" if kept or trial.state() == "after" else "lost what was typed"


def stuck(program: Warm, trial: Trial, command: Command) -> str:
    """What the next command could not do unaided; empty if nothing."""
    outcome = program.run(command, trial.folder)
    if outcome.code != 0:
        return f"{command.words[:2]} afterwards: {outcome.err}"
    if command is READER:  # may leave a journal that nobody needs; the next writer takes it away
        return ""
    stray = {path.name for path in trial.folder.iterdir()} - STANDING
    return f"left {stray}" if stray else ""


def stuck_record(program: Warm, trial: Trial) -> str:
    """What `record` did not make of what was typed; empty if it is stored, and stored once."""
    typed = (trial.room / "typed").exists()
    again = program.run(replace(trial.command, environment={"EDITOR": "true"}), trial.folder)
    if again.code != 0:
        return f"record afterwards: {again}"
    wanted = "after" if typed else "before"
    return "" if trial.state() == wanted else f"record afterwards stored it otherwise: {again}"


def stuck_init(program: Warm, trial: Trial) -> str:
    """What the next `init` could not make good; empty if nothing."""
    again = program.run(INIT, trial.folder)
    if again.code not in {0, 1}:
        return f"init afterwards: {again}"
    outcome = program.run(Command(("status", "--json")), trial.folder)
    if outcome.code != 0:
        return f"status afterwards: {outcome.err}"
    return "" if trial.state() == "after" else "is no whole study afterwards"
