"""A fault at every single change of a file: the command did all or nothing, and said which."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from faults.commands import (
    INIT,
    MARK,
    NOTE,
    READER,
    UNDO,
    WRITER,
    Trial,
    lost_text,
    recording,
    stuck,
    stuck_init,
    stuck_record,
    study,
    trial_of,
    violation,
)
from faults.rig import FAIL_FROM_THERE, FAIL_ONCE, KILL, TORN, Fault, Warm

pytestmark = pytest.mark.faults
FAULTS = {
    "killed": Fault(how=KILL),
    "torn": Fault(how=TORN),
    "full once": Fault(how=FAIL_ONCE, error=errno.ENOSPC),
    "broken once": Fault(how=FAIL_ONCE, error=errno.EIO),
    "full from there": Fault(how=FAIL_FROM_THERE, error=errno.ENOSPC),
    "broken from there": Fault(how=FAIL_FROM_THERE, error=errno.EIO),
}
COMMANDS = {"mark": MARK, "undo": UNDO, "init": INIT, "note add": NOTE}
EVERY_CHANGE = {"note add", "record"}
FEWEST, MOST = 20, 150
FEW = 12
ENDS = 5  # where files are made, and where what is stored becomes so


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "template"
    study(folder)
    return folder


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("name", ["record", "record, added only", *COMMANDS])
def test_a_command_does_all_or_nothing(
    name: str,
    kind: str,
    faulty: Warm,
    template: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    command = COMMANDS.get(name) or recording(template, tmp_path, only_adds=name != "record")
    start = tmp_path / "none" if command is INIT else template
    trial, changes = trial_of(faulty, command, start, tmp_path)
    assert changes > FEWEST
    points = _points(changes, name, kind)
    found = [(at, _wrong(faulty, trial, replace(FAULTS[kind], at=at))) for at in points]
    record_property("trials", f"{name}, {kind}: {len(points)} of {changes} changes of files")
    assert [(at, wrong) for at, wrong in found if wrong] == []


def _points(changes: int, name: str, kind: str) -> list[int]:
    """Where a fault strikes: 1 is the first change, one more than all is none of them.

    Kills strike at every change of the commands that matter most. Errors strike there too, each
    of the four kinds at every fourth change and together at all of them.
    """
    step = changes // (MOST if name in EVERY_CHANGE else FEW) + 1
    number = list(FAULTS).index(kind)
    if step == 1 and FAULTS[kind].error:
        step = 4
    last = changes + 1
    ends = {*range(1, ENDS + 1), *range(last - ENDS, last + 1)}
    return sorted({*range(1 + number % step, last + 1, step)} | ends)


def _wrong(program: Warm, trial: Trial, fault: Fault) -> str:
    trial.start_again()
    outcome = program.run(trial.command, trial.folder, fault)
    if wrong := violation(trial, outcome) or lost_text(trial):
        return f"{wrong}: {outcome}"
    if trial.command is INIT:
        return stuck_init(program, trial)
    if trial.command.keyboard:
        return stuck_record(program, trial)
    return stuck(program, trial, WRITER if fault.at % 2 else READER)
