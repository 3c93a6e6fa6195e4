"""`demo`: the sample study."""

import shlex
import tempfile
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree


def test_the_demo_makes_a_study_and_prints_coverage_and_a_comparison(
    run: Run, tmp_path: Path
) -> None:
    result = run("demo", "sample")
    assert result.code == 0
    assert result.out.index("Coverage") < result.out.index("Comparison of the cities")
    assert (tmp_path / "sample" / "fieldvisit.db").exists()
    assert "sample" in result.err


def test_every_command_that_the_demo_names_works(run: Run, tmp_path: Path) -> None:
    told = run("demo", str(tmp_path / "the sample")).err.splitlines()
    tries = [line.strip() for line in told if line.startswith("  fieldvisit ")]
    assert len(tries) > 5
    for line in tries:
        result = run(*shlex.split(line)[1:])
        assert result.code == 0, (line, result.err)


def test_without_a_folder_the_demo_uses_a_new_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told = run("demo").err
    (found,) = tmp_path.glob("fieldvisit-demo-*/study/fieldvisit.db")
    assert str(found.parent) in told


def test_a_study_is_not_overwritten_by_the_demo(run: Run, three: Path) -> None:
    before = tree(three)
    assert_refused(run("demo", str(three)), 1, str(three))
    assert tree(three) == before
