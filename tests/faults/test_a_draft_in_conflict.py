"""A draft is carried over to what a colleague changed, and the program dies in between."""

from pathlib import Path

import pytest

from faults.commands import Trial, study
from faults.rig import KILL, TORN, Command, Fault, Warm
from fieldvisit.actions.recording.record import open_record
from fieldvisit.actions.write_note import edit_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing

pytestmark = pytest.mark.faults
RESUME = Command(("record", "chiba-1", "--yes"), True, {"EDITOR": "true"})
TRIES = 3  # one that is refused for the conflict, one that stores, one to spare


@pytest.mark.parametrize("how", [KILL, TORN], ids=["killed", "torn"])
def test_both_texts_survive_a_kill_at_every_change_of_a_file(
    how: int, faulty: Warm, tmp_path: Path
) -> None:
    template = tmp_path / "template"
    _in_conflict(template)
    trial = Trial(RESUME, template, tmp_path, {}, [])
    trial.start_again()
    whole = faulty.run(RESUME, trial.folder, Fault())
    assert whole.code == 1
    assert whole.changes > 4
    for at in range(1, whole.changes + 2):
        trial.start_again()
        faulty.run(RESUME, trial.folder, Fault(at, how))
        codes = [faulty.run(RESUME, trial.folder).code for _try in range(TRIES)]
        assert codes[-1] == 0, at
        with viewing(Settings(trial.folder, str(trial.folder), "t"), "all") as view:
            bodies = sorted(note.body for note in view.notes)
        assert bodies == ["記録0は私が改めた", "記録1", "記録2", "記録3は同僚が改めた", "追加"], at


def _in_conflict(folder: Path) -> None:
    study(folder)
    given = Settings(folder, str(folder), "t")
    with open_record(given, "chiba-1", "group") as opened:
        mine = opened.draft.text().replace("記録0", "記録0は私が改めた")
        opened.draft.path.write_text(f"{mine}\n追加\n", encoding="utf-8")
    with viewing(given, "all") as view:
        notes = {note.body: note.handle for note in view.notes}
    for body in ("記録0", "記録3"):
        edit_note(given, notes[body], f"{body}は同僚が改めた", NoteFields())
