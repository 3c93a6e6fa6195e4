"""A file that is written whole: after any fault it is the old one or the new one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from faults.rig import FAIL_FROM_THERE, FAIL_ONCE, FAULTS, KILLED, Command, Warm

pytestmark = pytest.mark.faults
CALLS = 4  # made, written, synced, moved; then the folder is synced, as far as that is possible
SIZE = 100_000
NEW = b"new" * SIZE


@pytest.mark.parametrize("old", [b"", b"old"], ids=["there was none", "there was one"])
@pytest.mark.parametrize("kind", FAULTS)
def test_old_or_new_and_never_a_part(
    kind: str, old: bytes, faulty: Warm, room: Path, record_property: Callable[[str, object], None]
) -> None:
    for at in range(1, CALLS + 3):
        fault = replace(FAULTS[kind], at=at)
        folder = room / str(at)
        folder.mkdir()
        file = folder / "sheet.md"
        if old:
            file.write_bytes(old)
        command = Command(("write-whole", str(file), str(SIZE)))
        outcome = faulty.run(command, folder, fault)
        there = file.read_bytes() if file.exists() else b""
        assert there == (NEW if outcome.code == 0 or (there and there != old) else old)
        ends_well = at > CALLS + fault.kills
        assert outcome.code == (0 if ends_well else KILLED if fault.kills else 1)
        assert outcome.code != 1 or str(file) in outcome.err
        if outcome.code == 1 and fault.how == FAIL_ONCE:
            assert {path.name for path in folder.iterdir()} == ({"sheet.md"} if old else set())
        assert faulty.run(command, folder).code == 0
        assert file.read_bytes() == NEW
        left = [path.name for path in folder.iterdir() if path != file]
        assert len(left) <= (outcome.code not in {0, 1} or fault.how == FAIL_FROM_THERE)
        assert all(name.startswith(".") and name.endswith(".new") for name in left)
    record_property("trials", f"file written whole, {kind}: {CALLS + 2}")
