import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import fieldvisit
from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.guide_files.reading import read
from fieldvisit.guide_files.shipped import shipped_folder
from fieldvisit.guide_files.snapshot import from_json, to_json
from guide_files.strategies import guides


@given(guides(), st.text("0123456789abcdef", max_size=64))
def test_a_guide_comes_back_whole_with_its_hash(guide: Guide, sha256: str) -> None:
    kept = replace(guide, sha256=sha256)
    back = from_json(to_json(kept))
    assert back == kept
    assert back.sha256 == sha256
    assert to_json(back) == to_json(kept)


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_guide_is_one_line_of_json_that_people_can_read(path: Path) -> None:
    text = to_json(read(path))
    assert "\n" not in text
    assert "お聞かせください" in text
    assert json.loads(text)["slug"] == path.stem


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"topics": 1}', '{"topics": [{}]}', '{"topics":[],"x":1}',
             '{"topics":[],"slug":"g","version":"1","title":"x"}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_snapshot_is_refused(text: str) -> None:
    with pytest.raises(BadGuide):
        from_json(text)


def test_a_snapshot_of_an_earlier_program_may_lack_what_has_a_default() -> None:
    text = '{"slug":"g","version":"1","title":{"ja":"x"},"topics":[]}'
    assert from_json(text).disclosure == ""


def test_reading_a_snapshot_needs_no_yaml() -> None:
    program = (
        "import sys; from fieldvisit.guide_files.snapshot import from_json; "
        "sys.exit(any(name in sys.modules for name in "
        "('yaml', 'fieldvisit.guide_files.reading', 'difflib')))"
    )
    where = os.environ | {"PYTHONPATH": str(Path(fieldvisit.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=where, check=False)
    assert done.returncode == 0
