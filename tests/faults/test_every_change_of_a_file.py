"""A fault at every single change of a file: the command did all or nothing, and said which."""

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

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
    "full from there": Fault(how=FAIL_FROM_THERE, error=errno.ENOSPC),
    "broken once": Fault(how=FAIL_ONCE, error=errno.EIO),
    "broken from there": Fault(how=FAIL_FROM_THERE, error=errno.EIO),
}
COMMANDS = {"note add": NOTE, "mark": MARK, "undo": UNDO, "init": INIT}
FEWEST = 20
MOST = {"mark": 30, "undo": 30, "init": 16}  # others: every change, up to 150
LAST = 10  # where what is stored becomes so


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "template"
    study(folder)
    return folder


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("name", ["note add", "record", "mark", "undo", "init"])
def test_a_command_does_all_or_nothing(
    name: str,
    kind: str,
    faulty: Warm,
    template: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    command = COMMANDS.get(name) or recording(template, tmp_path)
    start = tmp_path / "none" if name == "init" else template
    trial, changes = trial_of(faulty, command, start, tmp_path)
    assert changes > FEWEST
    points = _points(changes, MOST.get(name, 150), list(FAULTS).index(kind))
    found = [(at, _wrong(faulty, trial, replace(FAULTS[kind], at=at))) for at in points]
    record_property("trials", f"{name}, {kind}: {len(points)} of {changes} changes of files")
    assert [(at, wrong) for at, wrong in found if wrong] == []


def _points(changes: int, most: int, offset: int) -> list[int]:
    """Every change and one more; of many, every k-th, other ones for each kind of fault."""
    step = changes // most + 1
    chosen = {*range(1 + offset % step, changes + 2, step), *range(changes + 2 - LAST, changes + 2)}
    return sorted(chosen)


def _wrong(program: Warm, trial: Trial, fault: Fault) -> str:
    trial.start_again()
    outcome = program.run(trial.command, trial.folder, fault)
    if wrong := violation(trial, outcome) or lost_text(trial):
        return f"{wrong}: {outcome}"
    if trial.command is INIT:
        return stuck_init(program, trial)
    if trial.command.keyboard and fault.at % 3 == 0:
        return stuck_record(program, trial)
    return stuck(program, trial, WRITER if fault.at % 2 else READER)
