"""The gate broken in every small way: each must be noticed, or listed with the reason why not.

An ordinary run tries a fixed sample. All of them: FIELDVISIT_MUTANTS=all, and this file.
"""

import hashlib
import importlib
import inspect
import os
import shutil
import types
from pathlib import Path

import pytest

from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields
from privacy import worlds
from privacy.aviary import Aviary
from privacy.broken import broken
from privacy.expected import Expected
from privacy.gate_guards import Guarded
from privacy.mutants import Mutant, mutants
from privacy.rule_guards import GATE_GUARDS, noticed
from privacy.test_two_worlds import pair

MODULES = {
    name.rpartition(".")[2]: importlib.import_module(f"fieldvisit.{name}")
    for name in (
        "storage.gate.note_rows", "storage.gate.of_confirmations", "storage.gate.of_conflicts",
        "storage.gate.of_materials", "storage.gate.of_notes", "storage.gate.of_revisions",
        "storage.gate.of_summaries", "fieldwork.disclosure",
    )
}  # fmt: skip
EVERY = [(module, mutant) for name, module in MODULES.items()
         for mutant in mutants(inspect.getsource(module), name)]  # fmt: skip
SAMPLE = 16
LISTED = Path(__file__).with_name("survivors.txt")


def _rank(pair_: tuple[types.ModuleType, Mutant]) -> str:
    return hashlib.sha256(pair_[1].name.encode()).hexdigest()


DRAWN = sorted(EVERY, key=_rank)[:SAMPLE]
TRIED = EVERY if os.environ.get("FIELDVISIT_MUTANTS") == "all" else DRAWN


def survivors() -> dict[str, str]:
    """The mutants that nothing can notice, each with the reason that stands above it."""
    found: dict[str, str] = {}
    reason = ""
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            reason = line
        elif line:
            assert line not in found
            found[line] = reason
    return found


def _with_one_note(folder: Path) -> Path:
    """A study in which a summary rests on all that there is."""
    given = Settings(folder, str(folder), "書き手")
    note = add_note(given, "chiba-1", "ただ一つの話", NoteFields(place="ai-rpa"))
    seen = (SeenNote(note.id, note.revision, note.disclosure),)
    with changing(given, "summary set") as (_look, ledger):
        of = Summary(note.city_code, Address("ai-rpa"), "まとめ", note.disclosure, "書き手", seen)
        records.save(ledger, of)
    return folder


@pytest.fixture(scope="module")
def studies(
    aviary: Aviary, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Guarded]:
    """A study without notes, one with everything that we could think of, and one by chance."""
    room = tmp_path_factory.mktemp("guarded")
    b = worlds.without_off_record(aviary.folder, room / "b")
    chance = pair(template, room / "chance", 6)
    one = _with_one_note(shutil.copytree(template, room / "one"))
    return [
        Guarded(one, one, Expected(one)),
        Guarded(template, template, Expected(template)),
        Guarded(aviary.folder, b, Expected(aviary.folder)),
        Guarded(chance.a, chance.b, Expected(chance.a)),
    ]


def test_nothing_is_noticed_in_the_gate_as_it_is(studies: list[Guarded]) -> None:
    for guard in GATE_GUARDS:
        for of in studies:
            guard(of)


@pytest.mark.parametrize("number", range(len(TRIED)))
def test_a_small_change_is_noticed(studies: list[Guarded], number: int) -> None:
    module, mutant = TRIED[number]
    try:
        with broken(module, mutant.tree()):
            found = noticed(studies)
    except (LookupError, NameError, TypeError, ValueError) as error:
        found = repr(error)  # it does not even start
    if mutant.name in survivors():
        assert not found, f"{mutant.name} is noticed and need not be listed"
    else:
        assert found, f"{mutant.name} is not noticed"


def test_what_is_listed_is_there_and_says_why() -> None:
    listed = survivors()
    assert set(listed) <= {mutant.name for _module, mutant in EVERY}
    assert all(reason.endswith(".") for reason in listed.values())
    assert len({mutant.name for _module, mutant in EVERY}) == len(EVERY) > 500


def test_the_modules_are_the_whole_gate() -> None:
    folder = Path(inspect.getfile(MODULES["of_notes"])).parent
    assert {path.stem for path in folder.glob("*.py")} == {*MODULES, "__init__"} - {"disclosure"}


def test_the_sample_reaches_the_larger_modules() -> None:
    assert {"of_notes", "disclosure"} <= {mutant.name.split(".")[0] for _module, mutant in DRAWN}
